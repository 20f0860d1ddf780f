import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { checkCredential, type VendorOptions, vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import { verify } from "../../../../functions/edges/webhook/signature.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createReceiver } from "../../../../rehearsal/vendors/signedWebhook/receiver.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { signedWebhook } from "../../../../vendors/signedWebhook.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";

const start = Date.UTC(2026, 10, 24, 10) + 700;
const url = "https://pager.customer.example/orders";
const channel = { kind: "signedWebhook", name: "own", endpoint: "own-pager", url } as const;
const key = "inc:1:dev:trunk-down:b1:1:1";
const schema = "genesyscloud-runbooks/page/1";
const signingSecret = "PLANTED-signing-secret";

function order(change: Partial<PageOrder> = {}): PageOrder {
	return {
		channel,
		dedupKey: key,
		severity: "high",
		summary: "SIP trunk Frankfurt is down",
		title: "SIP trunk down: Frankfurt",
		body: "SIP trunk Frankfurt is down\nSeverity: high",
		source: "Frankfurt",
		details: { connected: "0 of 2 edges" },
		intendedAt: start,
		...change,
	};
}

const optionsOf = (
	fetch: typeof globalThis.fetch,
	secret = signingSecret,
	clock: VendorOptions["clock"] = { now: () => start },
): VendorOptions => ({
	kind: "signedWebhook",
	fetch,
	account: {},
	credentials: async () => ({ signingSecret: secret }),
	budget: openBudget(),
	perMinute: 60,
	clock,
});

function world() {
	const clock = new VirtualClock(start);
	const receiver = createReceiver(clock);
	receiver.addEndpoint("own-pager", url);
	const net = network(receiver.hosts().map((host) => ({ host, fetch: receiver.fetch })));
	const options = optionsOf(net, receiver.secretOf("own-pager"), clock);
	return {
		clock,
		receiver,
		net,
		options,
		pager: vendorPager(options),
		later: (seconds: number) => clock.run(clock.now() + seconds * 1000),
	};
}

function answered(answer: unknown, status = 200) {
	const requests: Request[] = [];
	const fetch: typeof globalThis.fetch = async (input, init) => {
		requests.push(new Request(input, init));
		return Response.json(answer, { status });
	};
	return { requests, options: optionsOf(fetch), pager: vendorPager(optionsOf(fetch)) };
}

const contractPager = (fetch: typeof globalThis.fetch) => vendorPager(optionsOf(fetch));

adapterContract({
	system: "Signed webhook",
	secrets: [signingSecret],
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		// A key that the endpoint does not know is a page that is not there, and needs no change.
		{ name: "read", call: (fetch) => contractPager(fetch).read(order()), answeredBy: [404] },
		{ name: "acknowledge", call: async (fetch) => contractPager(fetch).acknowledge?.(order()), answeredBy: [404] },
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()), answeredBy: [404] },
	],
});

describe("an order", () => {
	test("to page says everything, in JSON, to the address of the channel", async () => {
		const { pager, requests } = answered({});
		await expect(pager.send(order())).resolves.toEqual({ receipt: key });
		const [sent] = requests;
		expect(`${sent?.method} ${sent?.url}`).toBe(`POST ${url}`);
		expect(sent?.headers.get("content-type")).toBe("application/json");
		expect(await sent?.json()).toEqual({
			schema,
			action: "page",
			key,
			title: "SIP trunk down: Frankfurt",
			summary: "SIP trunk Frankfurt is down",
			body: "SIP trunk Frankfurt is down\nSeverity: high",
			severity: "high",
			entity: "Frankfurt",
			details: { connected: "0 of 2 edges" },
		});
	});

	test("to read, to acknowledge and to resolve says the key, and what is new", async () => {
		const { pager, options, requests } = answered({ key, state: "delivered", receipt: "P1" });
		await pager.read(order());
		await pager.acknowledge?.(order({ note: "Acknowledged by Ada" }));
		await expect(pager.resolve(order({ note: "Over" }))).resolves.toEqual({ receipt: "P1" });
		await checkCredential(options, channel);
		expect(await Promise.all(requests.map((request) => request.json()))).toEqual([
			{ schema, action: "read", key },
			{ schema, action: "acknowledge", key, note: "Acknowledged by Ada" },
			{ schema, action: "resolve", key, note: "Over" },
			{ schema, action: "check", key: "credentials-check" },
		]);
	});

	test("is signed like the webhook of this system, for the body as it is sent and the second of its making", async () => {
		const { pager, requests } = answered({});
		await pager.send(order());
		const [sent] = requests;
		const body = (await sent?.text()) ?? "";
		const timestamp = String(Math.floor(start / 1000));
		expect(sent?.headers.get("x-runbooks-timestamp")).toBe(timestamp);
		const signature = sent?.headers.get("x-runbooks-signature") ?? "";
		expect(signature).toBe(`v1=${createHmac("sha256", signingSecret).update(`${timestamp}.${body}`).digest("hex")}`);
		expect(verify({ signature, timestamp, body }, [signingSecret], start).reason).toBe("valid");
	});

	test("is signed anew each time: a repeat is no replay", async () => {
		let now = start;
		const signatures: (string | null)[] = [];
		const fetch: typeof globalThis.fetch = async (input, init) => {
			signatures.push(new Request(input, init).headers.get("x-runbooks-signature"));
			return Response.json({});
		};
		const pager = vendorPager(optionsOf(fetch, signingSecret, { now: () => now }));
		await pager.send(order());
		now += 1000;
		await pager.send(order());
		expect(new Set(signatures).size).toBe(2);
	});

	test("is not sent unsigned: without a clock or a secret nothing is asked", async () => {
		const { requests, options } = answered({});
		const { clock: _clock, ...timeless } = options;
		const misconfigured = { reason: "misconfigured", retry: false };
		await expect(vendorPager(timeless).send(order())).rejects.toMatchObject(misconfigured);
		await expect(vendorPager({ ...options, credentials: async () => ({}) }).send(order())).rejects.toMatchObject(misconfigured);
		expect(requests).toEqual([]);
	});
});

describe("a page", () => {
	test("is delivered, acknowledged by a person, who takes it back, and resolved", async () => {
		const { pager, receiver, later } = world();
		await expect(pager.send(order())).resolves.toEqual({ receipt: "P1" });
		const receipt = "P1";
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt });
		receiver.change("own-pager", "acknowledged", "Ada");
		await expect(pager.read(order())).resolves.toEqual({ state: "acknowledged", receipt, by: "Ada" });
		receiver.change("own-pager", "delivered", "Ada");
		await later(1);
		await pager.acknowledge?.(order({ note: "n" }));
		await expect(pager.read(order())).resolves.toMatchObject({ state: "acknowledged" });
		await expect(pager.resolve(order({ note: "n" }))).resolves.toEqual({ receipt });
		await expect(pager.read(order())).resolves.toMatchObject({ state: "resolved" });
	});

	test("sent again under its key, at once or later, is one page", async () => {
		const { pager, receiver, later } = world();
		await pager.send(order());
		await pager.send(order());
		await later(60);
		await pager.send(order());
		expect(receiver.pages()).toHaveLength(1);
	});

	test("that is accepted and never there is absent, and so is one that a person deletes", async () => {
		const { pager, receiver, later } = world();
		const end = receiver.faults.hold({ swallow: true });
		await expect(pager.send(order())).resolves.toBeDefined();
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		end();
		await later(1);
		await pager.send(order());
		await expect(pager.read(order())).resolves.toMatchObject({ state: "delivered" });
		receiver.act("delete", "own-pager", "Ada");
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
	});

	test.each([
		{ answer: { key, receipt: "P1", state: "ringing" }, state: "pending" },
		{ answer: { key, receipt: "P1" }, state: "pending" },
		{ answer: { key, receipt: "P1", state: "failed" }, state: "failed" },
		{ answer: { key, receipt: "P1", state: "delivered", by: "Ada" }, state: "delivered" },
		{ answer: { key: "another", receipt: "P1", state: "delivered" }, state: "absent" },
		{ answer: { receipt: "P1", state: "delivered" }, state: "absent" },
		{ answer: {}, state: "absent" },
		{ answer: [], state: "absent" },
	])("read back as $answer is $state", async ({ answer, state }) => {
		await expect(answered(answer).pager.read(order())).resolves.toMatchObject({ state });
	});

	test("read back without a receipt is malformed", async () => {
		await expect(answered({ key, state: "delivered" }).pager.read(order())).rejects.toMatchObject({ reason: "malformed" });
	});
});

describe("a secret", () => {
	test("is taken, or is not, and nobody is paged to see it", async () => {
		const { options, receiver, net, clock } = world();
		await expect(checkCredential(options, channel)).resolves.toBeUndefined();
		await expect(checkCredential(options, channel)).resolves.toBeUndefined();
		const refused = { reason: "unauthorized", retry: false };
		await expect(checkCredential(optionsOf(net, signingSecret, clock), channel)).rejects.toMatchObject(refused);
		const late = { now: () => clock.now() - 301_000 };
		await expect(checkCredential({ ...options, clock: late }, channel)).rejects.toMatchObject(refused);
		receiver.revoke("own-pager");
		await expect(checkCredential(options, channel)).rejects.toMatchObject(refused);
		expect(receiver.pages()).toEqual([]);
	});

	test("that is exchanged while a function runs is read again", async () => {
		const { net, receiver, clock } = world();
		const asked: boolean[] = [];
		const pager = vendorPager({
			...optionsOf(net, "", clock),
			credentials: async (fresh = false) => {
				asked.push(fresh);
				return { signingSecret: fresh ? receiver.secretOf("own-pager") : "PLANTED-old-secret" };
			},
		});
		await expect(pager.send(order())).resolves.toEqual({ receipt: "P1" });
		expect(asked.length).toBeGreaterThan(1);
	});
});

test("an address is HTTPS, and has no credentials, query or fragment", () => {
	const { pattern } = signedWebhook.channel.url;
	const wrong = [
		"http://a.example/",
		"https://user@a.example/",
		"https://a.example/?q=1",
		"https://a.example/#f",
		"https://",
		"ftp://a.example",
	];
	expect([url, "https://10.0.0.1:8443/a/b"].filter((each) => !pattern.test(each))).toEqual([]);
	expect(wrong.filter((each) => pattern.test(each))).toEqual([]);
});
