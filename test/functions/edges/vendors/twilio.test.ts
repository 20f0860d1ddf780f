import { describe, expect, test } from "vitest";
import { smsBody } from "../../../../functions/edges/vendors/pageValues.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createTwilio } from "../../../../rehearsal/vendors/sms/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";
import { twilio } from "./vendorPagers.ts";

const start = Date.UTC(2026, 10, 24, 23, 59, 50);
const accountSid = `AC${"0".repeat(32)}`;
const from = "+4930123456";
const to = "+4915112345678";
const key = "inc:1:dev:trunk-down:b1:1:1";

function order(change: Partial<PageOrder> = {}): PageOrder {
	return {
		channel: { kind: "sms", name: "sms", to },
		dedupKey: key,
		severity: "high",
		summary: "SIP trunk Frankfurt is down",
		title: "SIP trunk down",
		body: "SIP trunk down",
		source: "Frankfurt",
		details: {},
		intendedAt: start,
		...change,
	};
}

function world() {
	const clock = new VirtualClock(start);
	const emulator = createTwilio({ clock });
	const { authToken } = emulator.world.addAccount({ accountSid });
	const net = network(emulator.hosts.map((host) => ({ host, fetch: emulator.fetch })));
	const budget = openBudget();
	const pager = twilio({ fetch: net, accountSid, from, credentials: async () => ({ accountSid, authToken }), budget, perMinute: 60 });
	return { clock, emulator, net, budget, pager, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}

const authToken = "0123456789abcdef0123456789abcdef";
const contractPager = (fetch: typeof globalThis.fetch) =>
	twilio({ fetch, accountSid, from, credentials: async () => ({ accountSid, authToken }), budget: openBudget(), perMinute: 60 });

adapterContract({
	system: "Twilio",
	secrets: [authToken, Buffer.from(`${accountSid}:${authToken}`).toString("base64")],
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{ name: "read", call: (fetch) => contractPager(fetch).read(order()) },
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()) },
	],
});

describe("the text of a message", () => {
	test("ends in its reference, whatever the length of the summary", () => {
		expect(smsBody("HIGH", order())).toBe(`HIGH: SIP trunk Frankfurt is down ref ${key}`);
		const long = smsBody("HIGH", order({ summary: "x".repeat(3000) }));
		expect(long).toBe(`HIGH: ${"x".repeat(231)}... ref ${key}`);
	});

	test("invites to approve a remedy before its reference, as long as there is a link", () => {
		expect(smsBody("HIGH", order({ details: { approval: "https://a.example/1" } }))).toBe(
			`HIGH: SIP trunk Frankfurt is down Approve the remedy within 5 minutes: https://a.example/1 ref ${key}`,
		);
		expect(smsBody("HIGH", order({ details: { approval: "" } }))).toBe(`HIGH: SIP trunk Frankfurt is down ref ${key}`);
	});

	test("ends in the link by which it is acknowledged, which ends in its reference", () => {
		const acknowledgeUrl = `https://hook.test/a/signed/${key}`;
		expect(smsBody("HIGH", order({ acknowledgeUrl }))).toBe(`HIGH: SIP trunk Frankfurt is down Acknowledge: ${acknowledgeUrl}`);
		const both = order({ acknowledgeUrl, details: { approval: "https://a.example/1" } });
		expect(smsBody("HIGH", both)).toMatch(/ Approve the remedy within 5 minutes: https:\/\/a.example\/1 Acknowledge: https:\S+$/);
	});

	test("has at most three messages with the longest link, or five where a letter is not in GSM-7", () => {
		const longest = "k".repeat(100);
		const acknowledgeUrl = `https://${"i".repeat(32)}.lambda-url.ap-southeast-2.on.aws/a/${"s".repeat(22)}/${longest}`;
		const body = (letter: string) => smsBody("HIGH", order({ summary: letter.repeat(3000), dedupKey: longest, acknowledgeUrl }));
		expect(body("x").length).toBeLessThanOrEqual(3 * 153);
		expect(body("ж").length).toBeLessThanOrEqual(5 * 67);
		expect(body("ж").endsWith(`/${longest}`)).toBe(true);
	});
});

describe("a page", () => {
	test("is the documented form with Basic authentication", async () => {
		const requests: Request[] = [];
		const pager = contractPager(async (input, init) => {
			const request = new Request(input, init);
			requests.push(request);
			return request.method === "GET" ? Response.json({ messages: [] }) : Response.json({ sid: "SM1", status: "queued" }, { status: 201 });
		});
		await expect(pager.send(order())).resolves.toEqual({ receipt: "SM1" });
		const sent = requests[1];
		expect(`${sent?.method} ${sent?.url}`).toBe(`POST https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages.json`);
		expect(sent?.headers.get("authorization")).toBe(`Basic ${btoa(`${accountSid}:${authToken}`)}`);
		expect(sent?.headers.get("content-type")).toBe("application/x-www-form-urlencoded");
		expect([...new URLSearchParams(await sent?.text())]).toEqual([
			["To", to],
			["From", from],
			["Body", `HIGH: SIP trunk Frankfurt is down ref ${key}`],
		]);
		expect(new URL(requests[0]?.url ?? "").search).toBe("?To=%2B4915112345678&DateSent%3E=2026-11-24&PageSize=100");
	});

	test("is pending while queued, then delivered", async () => {
		const { pager, later, budget } = world();
		const { receipt } = await pager.send(order());
		expect(receipt).toMatch(/^SM[0-9a-f]{32}$/);
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "pending", receipt });
		await later(5);
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "delivered", receipt });
		expect(budget.taken).toEqual(["twilio:read of 60", "twilio of 60", "twilio:read of 60", "twilio:read of 60"]);
	});

	test.each(["undelivered", "failed"] as const)("that ends %s has failed, and sending again makes another", async (outcome) => {
		const { pager, emulator, later } = world();
		emulator.world.setFault({ outcome });
		const { receipt } = await pager.send(order());
		await later(5);
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "failed", receipt });
		emulator.world.setFault(undefined);
		const again = await pager.send(order({ receipt }));
		expect(again.receipt).not.toBe(receipt);
		await later(5);
		await expect(pager.read(order(again))).resolves.toEqual({ state: "delivered", receipt: again.receipt });
	});

	test("whose answer was lost is found by its reference, over midnight too, and not sent twice", async () => {
		const { pager, emulator, later } = world();
		const { receipt } = await pager.send(order());
		await later(60);
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt });
		await expect(pager.send(order())).resolves.toEqual({ receipt });
		expect(emulator.world.messages()).toHaveLength(1);
	});

	test("is found by the link that it ends in, too, by whoever could not sign one", async () => {
		const { pager, emulator, later } = world();
		const { receipt } = await pager.send(order({ acknowledgeUrl: `https://hook.test/a/signed/${key}` }));
		await later(60);
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt });
		await expect(pager.send(order())).resolves.toEqual({ receipt });
		expect(emulator.world.messages()).toHaveLength(1);
	});

	test("with a receipt that is still under way is not sent twice", async () => {
		const { pager, emulator } = world();
		const { receipt } = await pager.send(order());
		await expect(pager.send(order({ receipt }))).resolves.toEqual({ receipt });
		expect(emulator.world.messages()).toHaveLength(1);
	});

	test("is not proven by another reference, another number, or a message from long before the intent", async () => {
		const { pager, clock, later } = world();
		await pager.send(order());
		await later(6);
		await expect(pager.read(order({ dedupKey: key.slice(1) }))).resolves.toEqual({ state: "absent" });
		const other = { kind: "sms", name: "sms", to: "+4915100000000" } as const;
		await expect(pager.read(order({ channel: other }))).resolves.toEqual({ state: "absent" });
		await expect(pager.read(order({ intendedAt: clock.now() + 290_000 }))).resolves.toMatchObject({ state: "delivered" });
		await expect(pager.read(order({ intendedAt: clock.now() + 301_000 }))).resolves.toEqual({ state: "absent" });
	});

	test("is sent although the lookup before it fails", async () => {
		const pager = contractPager(async (_input, init) =>
			init?.method === "GET" ? Response.json({ code: 20500 }, { status: 500 }) : Response.json({ sid: "SM1" }, { status: 201 }),
		);
		await expect(pager.send(order())).resolves.toEqual({ receipt: "SM1" });
	});

	test("with a receipt that Twilio does not know is absent", async () => {
		const { pager } = world();
		await expect(pager.read(order({ receipt: `SM${"f".repeat(32)}` }))).resolves.toEqual({ state: "absent" });
	});

	test("of another kind of channel is refused", async () => {
		const { pager, emulator } = world();
		const channel = { kind: "pagerduty", name: "p", service: "s", serviceId: "P1" } as const;
		await expect(pager.send(order({ channel }))).rejects.toMatchObject({ reason: "misconfigured", retry: false });
		expect(emulator.world.messages()).toEqual([]);
	});
});

describe("a recovery", () => {
	test("is one more message, proven by its own reference", async () => {
		const { pager, emulator, clock, later } = world();
		await pager.send(order());
		await later(60);
		const recovery = order({ dedupKey: `${key}:recovery`, intendedAt: clock.now() });
		const { receipt } = await pager.resolve(recovery);
		await later(5);
		await expect(pager.read(recovery)).resolves.toEqual({ state: "delivered", receipt });
		expect(emulator.world.messages().map(({ body }) => body)).toEqual([
			`HIGH: SIP trunk Frankfurt is down ref ${key}`,
			`RECOVERED: SIP trunk Frankfurt is down ref ${key}:recovery`,
		]);
	});
});

describe("an error", () => {
	test("carries the vendor's code", async () => {
		const { pager } = world();
		const channel = { kind: "sms", name: "sms", to: "12" } as const;
		await expect(pager.send(order({ channel }))).rejects.toMatchObject({
			reason: "rejected",
			message: "Twilio: expected 2xx from the new message, got 400 (21211)",
		});
	});

	test("says unreachable when the network is cut, and unauthorized for a wrong token", async () => {
		const { pager, net } = world();
		net.world.cut("api.twilio.com");
		await expect(pager.send(order())).rejects.toMatchObject({ reason: "unreachable" });
		net.world.restore("api.twilio.com");
		const wrong = twilio({
			fetch: net,
			accountSid,
			from,
			credentials: async () => ({ accountSid, authToken }),
			budget: openBudget(),
			perMinute: 60,
		});
		await expect(wrong.send(order())).rejects.toMatchObject({ reason: "unauthorized", retry: false });
	});
});
