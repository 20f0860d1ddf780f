import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export interface EnvironmentOptions {
	/** Where `index.mjs` and `settings.json` lie. */
	readonly taskRoot: string;
	/** The function's variables, its keys, and where AWS and everything else are. */
	readonly env: Readonly<Record<string, string>>;
	readonly timeoutSeconds: number;
	/** Told of each line that the function prints. */
	readonly printed: (line: string) => void;
}

/** What a function threw, as Lambda tells it. */
export class FunctionError extends Error {}

interface Invocation {
	readonly id: string;
	readonly event: unknown;
	readonly storyTime: number;
	readonly done: (answer: unknown) => void;
	readonly failed: (error: Error) => void;
	/** Told that everything it printed was read. */
	readonly read: () => void;
}

/** A story takes no time: a function runs out of it only where it hangs, however busy this machine is. */
const patience = 10;

const bootstrap = fileURLToPath(new URL("bootstrap.ts", import.meta.url));

/** One execution environment: a process that runs a bundle, and the Runtime API that it asks for events. It runs one invocation at a time. */
export class Environment {
	readonly #options: EnvironmentOptions;
	readonly #server: Server;
	#child: ChildProcess | undefined;
	#current: Invocation | undefined;
	/** Given to the process once it asks for it. */
	#waiting: Invocation | undefined;
	#asking: ServerResponse | undefined;

	constructor(options: EnvironmentOptions) {
		this.#options = options;
		this.#server = createServer((request, response) => void this.#serve(request, response));
	}

	/** Runs the function once. Throws FunctionError for what it throws, Error where its process ends or its time is over. */
	async invoke(event: unknown, storyTime: number): Promise<unknown> {
		if (this.#child === undefined) await this.#start();
		const limit = this.#options.timeoutSeconds * 1000 * patience;
		return new Promise((resolve, reject) => {
			const printed = Promise.withResolvers<void>();
			const timer = setTimeout(() => failed(new Error(`Task timed out after ${limit / 1000} seconds`)), limit);
			const failed = (error: Error): void => {
				clearTimeout(timer);
				reject(error);
			};
			const done = (answer: unknown): void => {
				clearTimeout(timer);
				printed.promise.then(() => resolve(answer), reject);
			};
			this.#current = { id: randomUUID(), event, storyTime, done, failed, read: printed.resolve };
			this.#waiting = this.#current;
			this.#hand();
		});
	}

	async end(): Promise<void> {
		this.#current = undefined;
		this.#child?.kill("SIGKILL");
		this.#server.closeAllConnections();
		await new Promise((resolve) => this.#server.close(resolve));
	}

	async #start(): Promise<void> {
		await new Promise<void>((listening) => this.#server.listen(0, "127.0.0.1", listening));
		const { port } = this.#server.address() as AddressInfo;
		const { taskRoot, env } = this.#options;
		const own = { PATH: process.env.PATH, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`, LAMBDA_TASK_ROOT: taskRoot };
		const child = spawn(process.execPath, [bootstrap], { env: { ...env, ...own }, stdio: ["ignore", "pipe", "pipe"] });
		this.#child = child;
		createInterface({ input: child.stdout }).on("line", (line) => {
			if (line === `END RequestId: ${this.#current?.id}`) this.#current?.read();
			else this.#options.printed(line);
		});
		createInterface({ input: child.stderr }).on("line", this.#options.printed);
		child.once("exit", (code) => this.#current?.failed(new Error(`Runtime exited with error: exit status ${code}`)));
	}

	async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const [, id, what] = /^\/2018-06-01\/runtime\/invocation\/([\w-]+)(?:\/(response|error))?$/.exec(request.url ?? "") ?? [];
		if (request.method === "GET" && id === "next") {
			this.#asking = response;
			this.#hand();
			return;
		}
		const text = await textOf(request);
		if (id === undefined || id !== this.#current?.id) {
			response.writeHead(400).end();
			return;
		}
		response.writeHead(202).end();
		const answer: unknown = JSON.parse(text);
		if (what === "response") this.#current.done(answer);
		else this.#current.failed(new FunctionError(`${Object(answer).errorType}: ${Object(answer).errorMessage}`));
	}

	#hand(): void {
		const [invocation, response] = [this.#waiting, this.#asking];
		if (invocation === undefined || response === undefined) return;
		this.#waiting = undefined;
		this.#asking = undefined;
		response.writeHead(200, {
			"content-type": "application/json",
			"lambda-runtime-aws-request-id": invocation.id,
			"lambda-runtime-deadline-ms": String(invocation.storyTime + this.#options.timeoutSeconds * 1000),
			"story-time": String(invocation.storyTime),
		});
		response.end(JSON.stringify(invocation.event ?? null));
	}
}

async function textOf(request: IncomingMessage): Promise<string> {
	const parts: Buffer[] = [];
	for await (const part of request) parts.push(part);
	return Buffer.concat(parts).toString();
}
