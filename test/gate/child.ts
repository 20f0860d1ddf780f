import { type ChildProcess, spawn } from "node:child_process";

const isWindows = process.platform === "win32";

/** A process with a group of its own, so that it can be ended together with all that it started. Its output is kept. */
export class Child {
	/** Its exit status; null: it was ended. */
	readonly ended: Promise<number | null>;
	readonly #process: ChildProcess;
	readonly #said: string[] = [];

	constructor(command: string, args: readonly string[]) {
		// npm is a script on Windows, and scripts need a shell there.
		const shell = isWindows && command === "npm";
		this.#process = spawn(command, [...args], { stdio: ["ignore", "pipe", "pipe"], detached: !isWindows, shell });
		for (const stream of [this.#process.stdout, this.#process.stderr]) {
			stream?.setEncoding("utf8");
			stream?.on("data", (text: string) => this.#said.push(text));
		}
		this.ended = new Promise((resolve, reject) => {
			this.#process.on("error", reject);
			this.#process.on("close", resolve);
		});
	}

	/** All that it has said. */
	get output(): string {
		return this.#said.join("");
	}

	/** Ends it and all that it started. */
	end(): void {
		const { pid, exitCode, signalCode } = this.#process;
		if (pid === undefined || exitCode !== null || signalCode !== null) return;
		if (isWindows) this.#process.kill();
		else process.kill(-pid, "SIGKILL");
	}
}

/** Ends everything that `end` ends with this process, also when a signal ends it. */
export function endWithThisProcess(end: () => void): void {
	process.on("exit", end);
	for (const [signal, status] of [
		["SIGINT", 130],
		["SIGTERM", 143],
	] as const)
		process.once(signal, () => process.exit(status));
}
