import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the program is made of, and what it takes to run it. */
export const parts = [
	"Pulumi.yaml",
	"architect",
	"assert-node.mjs",
	"components",
	"conditions",
	"contracts",
	"functions",
	"index.ts",
	"package.json",
	"promotion",
	"remedies",
	"response",
	"sdks",
	"vendors",
] as const;

/** A copy of the program in a folder of its own: the engine writes a stack's file beside it, and the program what it generates. */
export interface ProjectCopy {
	readonly folder: string;
	/** Where the engine and its state may live. */
	readonly home: string;
	remove(): void;
}

/** Copies the program below the system's temporary folder. The installed packages are shared. */
export function copyProject(): ProjectCopy {
	const above = realpathSync(mkdtempSync(join(tmpdir(), "runbooks-engine-")));
	const folder = join(above, "program");
	for (const part of parts)
		cpSync(join(root, part), join(folder, part), { recursive: true, filter: (from) => !from.endsWith("node_modules") });
	symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
	return { folder, home: join(above, "home"), remove: () => rmSync(above, { recursive: true, force: true }) };
}

/** The programs that stand in for providers, by the provider. */
export const standIns = {
	aws: join(root, "rehearsal/engine/bin/aws"),
	genesyscloud: join(root, "rehearsal/engine/bin/genesyscloud"),
} as const;

/** Where Node 24 is, as npm has it on the path. */
export const packagedPrograms = join(root, "node_modules/.bin");
