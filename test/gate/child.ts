import { type ChildProcess, spawn } from "node:child_process";

/** A process with a group of its own, so that it can be ended together with all that it started. */
export class Child {
	readonly #process: ChildProcess;
	readonly #said: string[] = [];

	constructor(args: readonly string[]) {
		const env = { ...process.env, FORCE_COLOR: "0" };
		this.#process = spawn(process.execPath, [...args], { stdio: ["ignore", "pipe", "pipe"], env, detached: process.platform !== "win32" });
		for (const stream of [this.#process.stdout, this.#process.stderr]) {
			stream?.setEncoding("utf8");
			stream?.on("data", (text: string) => this.#said.push(text));
		}
	}

	/** All that it has said. */
	get output(): string {
		return this.#said.join("");
	}

	/** Its exit status; null: it was ended. */
	ended(): Promise<number | null> {
		return new Promise((resolve, reject) => {
			this.#process.on("error", reject);
			this.#process.on("close", resolve);
		});
	}

	/** Ends it and all that it started. */
	end(): void {
		const { pid, exitCode, signalCode } = this.#process;
		if (pid === undefined || exitCode !== null || signalCode !== null) return;
		if (process.platform === "win32") this.#process.kill();
		else process.kill(-pid, "SIGKILL");
	}
}
