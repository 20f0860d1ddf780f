import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../gate/programs.ts";

const names = ["valkey-server", "redis-server"];

/** What to say where there is none: how to get it. */
export const noServer = `no server on the PATH (${names.join(", ")}); on Debian "apt-get install redis-server" installs one`;

export const findServer = (searchPath: string): string | undefined => findProgram(names, searchPath);

export interface RedisServer {
	readonly port: number;
	/** Ends it, and waits until it has ended. */
	stop(): Promise<void>;
}

/** A server of its own on loopback that keeps nothing on disk. `args`: more of its settings, as on its command line. Throws where it does not start. */
export async function startServer(args: readonly string[] = []): Promise<RedisServer> {
	const program = findServer(process.env.PATH ?? "");
	if (program === undefined) throw new Error(noServer);
	const folder = mkdtempSync(join(tmpdir(), "redis-"));
	const port = await freePort();
	const plain = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder];
	const child = spawn(program, [...plain, ...args], { stdio: ["ignore", "pipe", "pipe"] });
	process.once("exit", () => child.kill("SIGKILL"));
	await ready(child);
	return {
		port,
		stop: async () => {
			if (child.exitCode === null) {
				child.kill("SIGTERM");
				await once(child, "exit");
			}
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** It says so when it takes connections. */
async function ready(child: ChildProcess): Promise<void> {
	let said = "";
	await new Promise<void>((resolve, reject) => {
		child.stdout?.on("data", (chunk: Buffer) => {
			said += chunk.toString();
			if (/Ready to accept connections/.test(said)) resolve();
		});
		child.once("exit", (code) => reject(new Error(`Expected the server to start, it ended with ${code}: ${said.slice(-500)}`)));
	});
}

async function freePort(): Promise<number> {
	const probe = createServer().listen(0, "127.0.0.1");
	await once(probe, "listening");
	const address = probe.address();
	probe.close();
	await once(probe, "close");
	if (address === null || typeof address === "string") throw new Error("Expected a port of loopback");
	return address.port;
}
