import { createServer, type IncomingMessage, type Server } from "node:http";
import { fileURLToPath } from "node:url";
import { type Page, Pages, type Ring, readOrder } from "./pages.ts";
import { Replays, verified } from "./signature.ts";

export interface ReceiverOptions {
	/** The signing secret of the endpoint; while it is exchanged the new one and the old one. */
	readonly secrets: readonly string[];
	readonly ring: Ring;
	/** Milliseconds. */
	readonly now?: () => number;
}

interface Answer {
	readonly status: number;
	readonly body: Readonly<Record<string, unknown>>;
}

/** More than any order has. */
const maximumBytes = 64 * 1024;

/**
 * A receiver of signed orders as docs/signed-webhook.md describes one: it believes what is signed, does each order once, pages once for one key, and
 * says of a key what became of it. `pages` is for the people who answer.
 */
export function createReceiver(options: ReceiverOptions): { readonly server: Server; readonly pages: Pages } {
	const pages = new Pages(options.ring);
	const replays = new Replays();
	const server = createServer((request, response) => {
		answerTo(request, { ...options, pages, replays }).then(
			({ status, body }) => response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body)),
			// The connection broke before the order was there.
			() => response.destroy(),
		);
	});
	return { server, pages };
}

interface Receiver extends ReceiverOptions {
	readonly pages: Pages;
	readonly replays: Replays;
}

async function answerTo(request: IncomingMessage, { pages, replays, secrets, now = Date.now }: Receiver): Promise<Answer> {
	if (request.method !== "POST") return refused(405, "Expected POST");
	const body = await read(request);
	if (body === undefined) return refused(413, `Expected at most ${maximumBytes} bytes`);
	// Nothing of a body is believed, or parsed, before its signature is.
	const signature = verified({ headers: request.headers, body }, secrets, now());
	if (signature === undefined) return refused(401, "Expected a signature of now");
	const order = readOrder(body);
	if (order === undefined) return refused(400, "Expected an order");
	if (order.action === "check") return { status: 200, body: { state: "ready" } };
	if (replays.isReplay(signature, now())) return told(pages.find(order.key));
	try {
		return told(await pages.obey(order));
	} catch {
		return refused(503, "Nobody could be reached");
	}
}

/** What became of a page. */
function told(page: Page | undefined): Answer {
	if (page === undefined) return refused(404, "There is no page of this key");
	const { key, receipt, state, by } = page;
	return { status: 200, body: { key, receipt, state, ...(by === undefined ? {} : { by }) } };
}

const refused = (status: number, error: string): Answer => ({ status, body: { error } });

async function read(request: IncomingMessage): Promise<string | undefined> {
	if (Number(request.headers["content-length"] ?? 0) > maximumBytes) return undefined;
	const parts: Buffer[] = [];
	let bytes = 0;
	for await (const part of request) {
		const chunk = Buffer.from(part);
		bytes += chunk.length;
		if (bytes > maximumBytes) return undefined;
		parts.push(chunk);
	}
	return Buffer.concat(parts).toString("utf8");
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
	const { SIGNING_SECRET: secret = "", PORT: port = "8080" } = process.env;
	if (secret === "") throw new Error("Expected the signing secret of the endpoint in SIGNING_SECRET, got nothing");
	const { server } = createReceiver({
		secrets: [secret],
		ring: async ({ title }) => console.log(`Ring, ring: ${title}`),
	});
	server.listen(Number(port), "127.0.0.1", () => console.log(`Listens at ${JSON.stringify(server.address())}`));
}
