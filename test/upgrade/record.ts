import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../../commands/commandLine.ts";
import { declaredIn } from "./declaring.ts";
import { type Released, releasedPath, rowOf } from "./released.ts";

class RecordError extends Error {}

const root = fileURLToPath(new URL("../../", import.meta.url));
const stacks = ["dev", "prod"];

function command(): Command {
	return scriptCommand("upgrade:record")
		.description(
			"Writes down what a release declares for its own stack files (test/upgrade/released.golden), so that the tests can say what an upgrade from it takes away. Do it once a release is tagged. Exit status: 0 done, 2 wrong input.",
		)
		.requiredOption("--from <ref>", "the release: a tag, or a commit");
}

async function run(program: Command): Promise<number> {
	const { from } = program.opts<{ readonly from: string }>();
	const commit = git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", `${from}^{commit}`).trim();
	const folder = mkdtempSync(join(tmpdir(), "release-"));
	console.error(`… running the program of ${commit}`);
	try {
		git(root, "clone", "--quiet", "--no-checkout", root, folder);
		git(folder, "checkout", "--quiet", "--detach", commit);
		symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
		const released: Released = { from: commit, stacks: [] };
		for (const stack of stacks) {
			const settings = readFileSync(join(folder, `Pulumi.${stack}.yaml`), "utf8");
			const resources = (await declaredIn(folder, stack, settings)).map(rowOf);
			released.stacks.push({
				stack,
				settings,
				resources: resources.toSorted((one, other) => (one.type + one.name < other.type + other.name ? -1 : 1)),
			});
		}
		writeFileSync(releasedPath, textOf(released));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return 0;
}

/** A line a resource, so that a difference can be read. */
function textOf({ from, stacks: all }: Released): string {
	const parts = all.map(({ stack, settings, resources }) => {
		const rows = resources.map((row) => `\t\t${JSON.stringify(row)}`).join(",\n");
		return `\t{ "stack": ${JSON.stringify(stack)}, "settings": ${JSON.stringify(settings)}, "resources": [\n${rows}\n\t] }`;
	});
	return `{ "from": ${JSON.stringify(from)}, "stacks": [\n${parts.join(",\n")}\n] }\n`;
}

function git(cwd: string, ...args: readonly string[]): string {
	const { status, stdout, stderr, error } = spawnSync("git", args, { cwd, encoding: "utf8" });
	if (error !== undefined) throw new RecordError(`Expected git on the PATH, got ${error.message}`);
	if (status !== 0)
		throw new RecordError(
			`Expected a tag or a commit of this clone, got a refusal of git ${args[0]}${stderr.trim() === "" ? "" : `: ${stderr.trim()}`}`,
		);
	return stdout;
}

await runAsProcess({ command, run, isWrongInput: (error): error is Error => error instanceof RecordError });
