import { spawn } from "node:child_process";
import { createHmac } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, test } from "vitest";
import type { Page } from "../examples/receiver/pages.ts";
import { createReceiver } from "../examples/receiver/receiver.ts";
import { checkCredential, type VendorOptions, vendorPager } from "../functions/edges/vendors/pager.ts";
import { sign } from "../functions/edges/webhook/signature.ts";
import type { PageOrder } from "../functions/pipeline/ports.ts";
import { openBudget } from "./functions/edges/vendors/adapterContract.ts";

const document = readFileSync(new URL("../docs/signed-webhook.md", import.meta.url), "utf8");
const start = Date.UTC(2026, 10, 24, 10);
const secret = "PLANTED-signing-secret";
const key = "inc:1:dev:trunk-down:b1:1:1";
const schema = "genesyscloud-runbooks/page/1";

const closing: (() => void)[] = [];
afterEach(() => {
	for (const close of closing.splice(0)) close();
});

interface Given {
	readonly secrets?: readonly string[];
	readonly ring?: (page: Page) => Promise<void>;
}

/** A receiver on a port of this machine, a pager that sends to it, and a clock that both have. */
async function receiver({ secrets = [secret], ring = async () => {} }: Given = {}) {
	let now = start;
	const rung: string[] = [];
	const { server, pages } = createReceiver({
		secrets,
		now: () => now,
		ring: async (page) => {
			rung.push(page.title);
			await ring(page);
		},
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	closing.push(() => server.close().closeAllConnections());
	const address = server.address();
	const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/orders`;
	const options: VendorOptions = {
		kind: "signedWebhook",
		fetch,
		account: {},
		credentials: async () => ({ signingSecret: secret }),
		budget: openBudget(),
		perMinute: 60,
		clock: { now: () => now },
	};
	const channel = { kind: "signedWebhook", name: "own", endpoint: "own-pager", url } as const;
	const order = (change: Partial<PageOrder> = {}): PageOrder => ({
		channel,
		dedupKey: key,
		severity: "high",
		summary: "SIP trunk Frankfurt is down",
		title: "SIP trunk down",
		body: "SIP trunk Frankfurt is down\nSeverity: high",
		source: "Frankfurt",
		details: {},
		intendedAt: start,
		...change,
	});
	const post = (body: string, headers: Readonly<Record<string, string>>) => fetch(url, { method: "POST", headers, body });
	const later = (seconds: number) => {
		now += seconds * 1000;
	};
	return { url, channel, options, pager: vendorPager(options), order, pages, rung, post, later };
}

function signedHeaders(body: string, seconds = start / 1000, by = secret) {
	return { "X-Runbooks-Timestamp": String(seconds), "X-Runbooks-Signature": sign(by, String(seconds), body) };
}

describe("the receiver in examples/", () => {
	test("is paged, proves it, is answered by a person, and told the end", async () => {
		const { pager, order, pages, rung } = await receiver();
		await expect(pager.send(order())).resolves.toEqual({ receipt: "page-1" });
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt: "page-1" });
		pages.change(key, { state: "acknowledged", by: "Ada" });
		await expect(pager.read(order())).resolves.toEqual({ state: "acknowledged", receipt: "page-1", by: "Ada" });
		await pager.resolve(order({ note: "Over." }));
		await expect(pager.read(order())).resolves.toMatchObject({ state: "resolved" });
		expect(rung).toEqual(["SIP trunk down"]);
	});

	test("wakes nobody twice for one key, and takes an answer that was given elsewhere", async () => {
		const { pager, order, rung, later } = await receiver();
		await Promise.all([pager.send(order()), pager.send(order())]);
		later(60);
		await pager.send(order());
		await pager.acknowledge?.(order({ note: "Acknowledged by Ada" }));
		await expect(pager.read(order())).resolves.toMatchObject({ state: "acknowledged" });
		await pager.resolve(order());
		later(1);
		await pager.acknowledge?.(order());
		await pager.resolve(order());
		await expect(pager.read(order())).resolves.toMatchObject({ state: "resolved" });
		expect(rung).toHaveLength(1);
	});

	test("says that it is under way while people cannot have heard it, and 503 where nobody could be reached", async () => {
		let isReached: (() => void) | undefined;
		const { pager, order, rung, later } = await receiver({ ring: () => new Promise((resolve) => (isReached = resolve)) });
		const sending = pager.send(order());
		await expect.poll(() => rung.length).toBe(1);
		await expect(pager.read(order())).resolves.toMatchObject({ state: "pending" });
		isReached?.();
		await sending;
		await expect(pager.read(order())).resolves.toMatchObject({ state: "delivered" });
		const broken = await receiver({ ring: () => Promise.reject(new Error("no siren")) });
		await expect(broken.pager.send(broken.order())).rejects.toMatchObject({ reason: "unavailable", retry: true });
		later(1);
		await expect(broken.pager.read(broken.order())).resolves.toEqual({ state: "absent" });
	});

	test("knows no other key", async () => {
		const { pager, order } = await receiver();
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		await expect(pager.resolve(order())).resolves.toEqual({ receipt: key });
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
	});

	test("takes the secret, both during a rotation, and no other, nor an empty one", async () => {
		const { options, channel, rung } = await receiver();
		await expect(checkCredential(options, channel)).resolves.toBeUndefined();
		const rotating = await receiver({ secrets: ["PLANTED-new-secret", secret] });
		await expect(checkCredential(rotating.options, rotating.channel)).resolves.toBeUndefined();
		for (const secrets of [["PLANTED-other-secret"], [""], []]) {
			const other = await receiver({ secrets });
			await expect(checkCredential(other.options, other.channel)).rejects.toMatchObject({ reason: "unauthorized", retry: false });
		}
		expect(rung).toEqual([]);
	});

	test("believes a timestamp within five minutes, and several signatures, of which one is right", async () => {
		const { post } = await receiver();
		const body = JSON.stringify({ schema, action: "check", key: "k" });
		const status = async (seconds: number) => (await post(body, signedHeaders(body, start / 1000 + seconds))).status;
		expect(await Promise.all([-301, -300, 300, 301].map(status))).toEqual([401, 200, 200, 401]);
		const { "X-Runbooks-Signature": signature, ...timestamp } = signedHeaders(body);
		expect((await post(body, { ...timestamp, "X-Runbooks-Signature": `v1=00, ${signature}` })).status).toBe(200);
		expect((await post(body, { "X-Runbooks-Signature": signature })).status).toBe(401);
		expect((await post(`${body} `, signedHeaders(body))).status).toBe(401);
	});

	test("does a replay of an order no second time, also where other signatures were put beside the right one", async () => {
		const { pager, order, post, pages, later } = await receiver();
		await pager.send(order());
		const body = JSON.stringify({ schema, action: "acknowledge", key });
		const headers = signedHeaders(body);
		await post(body, headers);
		pages.change(key, { state: "delivered" });
		later(200);
		const replayed = await post(body, { ...headers, "X-Runbooks-Signature": `${headers["X-Runbooks-Signature"]},v1=00` });
		expect(await replayed.json()).toMatchObject({ state: "delivered" });
		later(600);
		expect((await post(body, headers)).status).toBe(401);
		await post(body, signedHeaders(body, start / 1000 + 800));
		await expect(pager.read(order())).resolves.toMatchObject({ state: "acknowledged" });
	});

	test.each(["text", "[]", JSON.stringify({ schema, action: "ring", key }), JSON.stringify({ schema: "another/1", action: "read", key })])(
		"refuses what is no order: %s",
		async (body) => {
			const { post } = await receiver();
			expect((await post(body, signedHeaders(body))).status).toBe(400);
		},
	);

	test("refuses another method, and what is larger than any order", async () => {
		const { url, post } = await receiver();
		expect((await fetch(url)).status).toBe(405);
		expect((await post("x".repeat(70_000), {})).status).toBe(413);
	});

	test("runs by itself, as the document says", async () => {
		const [, script = ""] = /npx node (\S+\.ts)/.exec(document) ?? [];
		const run = (env: Readonly<Record<string, string>>) =>
			spawn(process.execPath, [fileURLToPath(new URL(`../${script}`, import.meta.url))], { env: { ...process.env, ...env } });
		const child = run({ SIGNING_SECRET: secret, PORT: "0" });
		closing.push(() => child.kill());
		const [said] = await once(child.stdout, "data");
		const port = /"port":(\d+)/.exec(String(said))?.[1];
		const body = JSON.stringify({ schema, action: "page", key, title: "Do you hear me?" });
		const headers = signedHeaders(body, Math.floor(Date.now() / 1000));
		const [[rung], answer] = await Promise.all([
			once(child.stdout, "data"),
			fetch(`http://127.0.0.1:${port}/`, { method: "POST", headers, body }),
		]);
		expect(String(rung)).toBe("Ring, ring: Do you hear me?\n");
		expect(await answer.json()).toEqual({ key, receipt: "page-1", state: "delivered" });
		const [code] = await once(run({ SIGNING_SECRET: "" }), "exit");
		expect(code).toBe(1);
	});
});

describe("docs/signed-webhook.md", () => {
	const blocks = (language: string) =>
		[...document.matchAll(new RegExp(`\`\`\`${language}\n([^]*?)\n\`\`\``, "g"))].map(([, text = ""]) => text);

	test("shows an order to page as it is sent", async () => {
		const shown = JSON.parse(blocks("json")[0] ?? "");
		const { channel, options, order } = await receiver();
		const sent: unknown[] = [];
		const recorded: typeof fetch = async (input, init) => {
			sent.push(await new Request(input, init).json());
			return Response.json({});
		};
		const { key: dedupKey, title, summary, body, severity, entity: source, details } = shown;
		await vendorPager({ ...options, fetch: recorded }).send({
			...order(),
			channel,
			dedupKey,
			title,
			summary,
			body,
			severity,
			source,
			details,
		});
		expect(sent).toEqual([shown]);
	});

	test("shows an answer that is understood as it says", async () => {
		const shown = JSON.parse(blocks("json")[1] ?? "");
		const { options, order } = await receiver();
		const pager = vendorPager({ ...options, fetch: async () => Response.json(shown) });
		const { receipt, state, by } = shown;
		await expect(pager.read(order({ dedupKey: shown.key }))).resolves.toEqual({ state, receipt, by });
	});

	test("has a body and its signature to try", () => {
		const [body = "", signature] = blocks("text");
		const [, by = "", timestamp = ""] = /with the secret `(\S+)` and the timestamp `(\d+)`/.exec(document) ?? [];
		expect(signature).toBe(`v1=${createHmac("sha256", by).update(`${timestamp}.${body}`).digest("hex")}`);
	});

	test("names every state and every action", () => {
		for (const word of ["delivered", "acknowledged", "resolved", "failed", "page", "read", "acknowledge", "resolve", "check"])
			expect(document).toMatch(new RegExp(`^\\| [^|]*\`${word}\``, "m"));
	});
});
