import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { cpuHeader } from "./cpuHeader.ts";

/** When a process asked for its first event, and when it had answered it: in milliseconds of `performance.now()`. */
export interface Seen {
	readonly asked: number;
	readonly answered: number;
	/** What it had used of the CPU by then, in milliseconds. */
	readonly cpu: number;
}

/** Signs links, and is no client of Genesys Cloud: nothing is called outside of this machine. */
const secret = JSON.stringify({ SecretString: JSON.stringify({ signingSecrets: ["measured"] }) });

/**
 * Lambda's Runtime API, which gives each process one event, and an empty account of AWS: no item in the table, and one secret for all. On a free
 * port of this machine.
 */
export class Account {
	readonly #server: Server;
	#event: unknown;
	#asked = 0;
	#done: (seen: Seen) => void = () => {};

	private constructor() {
		this.#server = createServer((request, response) => this.#answer(request, response));
	}

	static async open(): Promise<Account> {
		const account = new Account();
		await new Promise<void>((resolve) => account.#server.listen(0, "127.0.0.1", resolve));
		return account;
	}

	get address(): string {
		const { port } = this.#server.address() as AddressInfo;
		return `127.0.0.1:${port}`;
	}

	/** Resolves when the next process has answered this event. */
	give(event: unknown): Promise<Seen> {
		this.#event = event;
		this.#asked = 0;
		return new Promise((resolve) => {
			this.#done = resolve;
		});
	}

	close(): Promise<void> {
		this.#server.closeAllConnections();
		return new Promise((resolve) => this.#server.close(() => resolve()));
	}

	#answer({ url = "", headers }: IncomingMessage, response: ServerResponse): void {
		if (url.endsWith("/invocation/next")) this.#next(response);
		else if (url.includes("/runtime/invocation/")) {
			this.#done({ asked: this.#asked, answered: performance.now(), cpu: Number(headers[cpuHeader]) / 1000 });
			response.end("{}");
		} else {
			const isSecret = String(headers["x-amz-target"]).endsWith("GetSecretValue");
			response.setHeader("Content-Type", "application/x-amz-json-1.0").end(isSecret ? secret : "{}");
		}
	}

	/** A second event never comes. */
	#next(response: ServerResponse): void {
		if (this.#asked > 0) return;
		this.#asked = performance.now();
		response.setHeader("Content-Type", "application/json").setHeader("Lambda-Runtime-Aws-Request-Id", "1").end(JSON.stringify(this.#event));
	}
}
