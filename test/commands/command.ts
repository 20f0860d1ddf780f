import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { vi } from "vitest";
import { type Script, statusOf } from "../../commands/commandLine.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Ended {
	readonly status: number | null;
	readonly out: string;
	readonly err: string;
}

/** Runs a command of commands/ as its npm script does, in the root of the repository. */
export function runCommand(name: string, args: readonly string[], input = ""): Ended {
	const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "./assert-node.mjs", `commands/${name}.ts`, ...args], {
		cwd: root,
		input,
		encoding: "utf8",
		maxBuffer: 100_000_000,
	});
	return { status, out: stdout, err: stderr };
}

/** What the command does with these arguments, without a process of its own: starting one costs more than most commands do. */
export function runInProcess({ command, ...script }: Script, args: readonly string[]): Ended {
	let [out, err] = ["", ""];
	const log = vi.spyOn(console, "log").mockImplementation((text: unknown) => {
		out += `${text}\n`;
	});
	const error = vi.spyOn(console, "error").mockImplementation((text: unknown) => {
		err += `${text}\n`;
	});
	const program = command().configureOutput({
		writeOut: (text) => {
			out += text;
		},
		writeErr: (text) => {
			err += text;
		},
	});
	try {
		const status = statusOf(program, script, args);
		if (typeof status !== "number") throw new Error("Expected a command that ends at once, got one that waits.");
		return { status, out, err };
	} finally {
		log.mockRestore();
		error.mockRestore();
	}
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
