import { createServer, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import type { WireCall } from "./wanted.ts";

/** Where AWS is for the functions: a call is told, and answered here or handed on. */
export interface EndpointOptions {
	/** Where it is handed on to. */
	readonly moto: string;
	/** Told of each call with the access key that signed it; what it answers is the answer, and undefined hands the call on. */
	readonly called: (accessKeyId: string, call: WireCall) => Promise<AwsAnswer | undefined>;
	/** Told of each call that was handed on and taken. */
	readonly taken: (call: WireCall) => void;
}

export interface AwsAnswer {
	readonly status: number;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body: string;
}

export interface Endpoint {
	readonly url: string;
	close(): Promise<void>;
}

/** One address for every service of AWS, on a free loopback port. Calls are handed on one after another, as if each took no time. */
export async function serveEndpoint(options: EndpointOptions): Promise<Endpoint> {
	let last: Promise<unknown> = Promise.resolve();
	const server = createServer((request, response) => {
		serve(options, request, response, (work) => {
			const next = last.then(work);
			last = next.catch(() => undefined);
			return next;
		}).catch((error: unknown) => response.writeHead(500).end(String(error)));
	});
	await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
	const { port } = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		close: async () => {
			server.closeAllConnections();
			await new Promise((closed) => server.close(closed));
		},
	};
}

type InTurn = (work: () => Promise<void>) => Promise<void>;

async function serve(options: EndpointOptions, request: IncomingMessage, response: ServerResponse, inTurn: InTurn): Promise<void> {
	const body = await bytesOf(request);
	const [accessKeyId, call] = readCall(request, body.toString());
	const answer = await options.called(accessKeyId, call);
	if (answer === undefined)
		await inTurn(async () => {
			if ((await handOn(options.moto, request, body, response)) < 300) options.taken(call);
		});
	else response.writeHead(answer.status, { "content-type": "application/x-amz-json-1.1", ...answer.headers }).end(answer.body);
}

/** Which call it is stands in the header of the JSON protocols, and in the path of Lambda's. */
function readCall({ headers, url = "" }: IncomingMessage, text: string): readonly [string, WireCall] {
	const [, accessKeyId = "", service = ""] = /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)\//.exec(headers.authorization ?? "") ?? [];
	const [, FunctionName] = /^\/2015-03-31\/functions\/([^/]+)\/invocations$/.exec(url) ?? [];
	if (FunctionName !== undefined) return [accessKeyId, { service, operation: "Invoke", body: { FunctionName, Payload: text } }];
	const target = String(headers["x-amz-target"] ?? "");
	return [accessKeyId, { service, operation: target.split(".").at(-1) ?? "", body: target === "" ? {} : JSON.parse(text) }];
}

function handOn(moto: string, { method, url, headers }: IncomingMessage, body: Buffer, response: ServerResponse): Promise<number> {
	const { hostname, port } = new URL(moto);
	return new Promise((resolve, reject) => {
		// With the host that was asked for: moto makes the addresses of queues of it.
		const onward = send({ hostname, port, method, path: url, headers, agent: false }, async (answer) => {
			// Whoever asked may be gone by now.
			response.writeHead(answer.statusCode ?? 500, answer.headers).end(await bytesOf(answer));
			resolve(answer.statusCode ?? 500);
		});
		onward.once("error", reject);
		onward.end(body);
	});
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
	const parts: Buffer[] = [];
	for await (const part of message) parts.push(part);
	return Buffer.concat(parts);
}
