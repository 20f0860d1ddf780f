import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Ended {
	readonly status: number | null;
	readonly out: string;
	readonly err: string;
}

/** Runs a command of commands/ as its npm script does, in the root of the repository. */
export function runCommand(name: string, args: readonly string[]): Ended {
	const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "./assert-node.mjs", `commands/${name}.ts`, ...args], {
		cwd: root,
		encoding: "utf8",
		maxBuffer: 100_000_000,
	});
	return { status, out: stdout, err: stderr };
}

/** A folder for the files of one test file. */
export class Folder {
	readonly path = mkdtempSync(join(tmpdir(), "flow-command-"));

	#added = 0;

	write(name: string, content: unknown): string {
		const path = join(this.path, name);
		writeFileSync(path, typeof content === "string" || content instanceof Uint8Array ? content : JSON.stringify(content));
		return path;
	}

	/** Under a name of its own. */
	add(extension: string, content: unknown): string {
		this.#added += 1;
		return this.write(`${this.#added}.${extension}`, content);
	}

	remove(): void {
		rmSync(this.path, { recursive: true, force: true });
	}
}
