import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { bundleOptions, entryPoints, type FunctionName, functionNames } from "../../../components/functions/bundle.ts";
import { settingsFile } from "../../../components/functions/settingsFile.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import { Account } from "./account.ts";
import { bareFunction } from "./bare.ts";
import { environmentOf, firstEvents } from "./events.ts";
import { clientsIn } from "./inputs.ts";

/** Two programs on disk, and what they weigh in bytes. */
export interface Pair {
	readonly name: FunctionName;
	readonly clients: readonly string[];
	readonly own: Program;
	/** The same clients and nothing else. */
	readonly bare: Program;
}

export interface Program {
	readonly path: string;
	readonly bytes: number;
}

/** Milliseconds from the start of a process. */
export interface Start {
	/** Until it asks for its first event: everything is loaded. */
	readonly loaded: number;
	/** Until that is answered. */
	readonly answered: number;
	/** What of the CPU that took: a function of 256 MB has a seventh of one, so this is what counts there. */
	readonly cpu: number;
}

/** A start that takes longer than this has failed. */
const longestMilliseconds = 30_000;

const here = fileURLToPath(new URL(".", import.meta.url));

/** Starts programs of functions, each in a fresh process, against an account on this machine. Close it: it holds a folder and a port. */
export class Launchpad {
	readonly #folder: string;
	readonly #account: Account;

	private constructor(folder: string, account: Account) {
		this.#folder = folder;
		this.#account = account;
	}

	static async open(): Promise<Launchpad> {
		const pad = new Launchpad(mkdtempSync(join(tmpdir(), "runbooks-start-")), await Account.open());
		const loop = await build({ ...bundleOptions, entryPoints: [`${here}/loop.ts`] });
		pad.#write("loop.mjs", textOf(loop.outputFiles));
		return pad;
	}

	async close(): Promise<void> {
		await this.#account.close();
		rmSync(this.#folder, { recursive: true });
	}

	/** Every function as it is deployed, and beside it the bare one with the clients that its bundle holds. */
	async pairs(): Promise<readonly Pair[]> {
		const { outputFiles, metafile } = await build({ ...bundleOptions, entryPoints, metafile: true });
		const settings = settingsFile(readStackFile("dev").settings.runtime);
		return Promise.all(
			functionNames.map(async (name) => {
				const clients = clientsIn(metafile, name);
				const text = textOf(outputFiles.filter(({ path }) => path.endsWith(`/${name}.js`)));
				this.#write(`${name}/settings.json`, settings);
				const stdin = { contents: bareFunction(clients), resolveDir: bundleOptions.absWorkingDir };
				const bare = await build({ ...bundleOptions, stdin });
				return {
					name,
					clients,
					own: this.#write(`${name}/index.mjs`, text),
					bare: this.#write(`${name}-bare/index.mjs`, textOf(bare.outputFiles)),
				};
			}),
		);
	}

	/** Throws where the process ends before it has answered. */
	async start(program: Program, name: FunctionName): Promise<Start> {
		const given = this.#account.give(firstEvents[name]);
		const began = performance.now();
		const child = spawn(process.execPath, [join(this.#folder, "loop.mjs"), program.path], {
			env: environmentOf(this.#account.address),
			stdio: "ignore",
		});
		const ended = once(child, "exit", { signal: AbortSignal.timeout(longestMilliseconds) });
		const seen = await Promise.race([given, ended.then(() => undefined)]).catch(() => undefined);
		child.kill();
		// It asks for a second event, which must not be the one that the next process is given.
		if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
		if (seen === undefined) throw new Error(`Expected an answer of the ${name} within ${longestMilliseconds} ms, got none`);
		return { loaded: seen.asked - began, answered: seen.answered - began, cpu: seen.cpu };
	}

	#write(name: string, text: string): Program {
		const path = join(this.#folder, name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, text);
		return { path, bytes: Buffer.byteLength(text) };
	}
}

function textOf([file]: readonly { readonly text: string }[]): string {
	if (file === undefined) throw new Error("Expected a bundle, got none");
	return file.text;
}
