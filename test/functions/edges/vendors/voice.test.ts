import { describe, expect, test } from "vitest";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createVoice, host } from "../../../../rehearsal/vendors/voice/api.ts";
import { callOutcomes } from "../../../../rehearsal/vendors/voice/calls.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";
import { twilioVoice } from "./vendorPagers.ts";

const start = Date.UTC(2026, 10, 24, 10);
const accountSid = `AC${"0".repeat(32)}`;
const from = "+4930123456";
const to = "+4915112345678";
const key = "inc:1:dev:trunk-down:b1:1:1";
const acknowledgeUrl = `https://hook.test/a/signed/${key}`;
const receiptPattern = /^CA[0-9a-f]{32}$/;

const order = (change: Partial<PageOrder> = {}): PageOrder => ({
	channel: { kind: "voice", name: "voice", to },
	dedupKey: key,
	severity: "high",
	summary: "SIP trunk Frankfurt is down",
	title: "SIP trunk Frankfurt is down",
	body: "SIP trunk Frankfurt is down",
	source: "Frankfurt",
	details: {},
	intendedAt: start,
	...change,
});

function world() {
	const clock = new VirtualClock(start);
	const { fetch, world: calls } = createVoice({ clock });
	const { authToken } = calls.addAccount(accountSid);
	const net = network([{ host, fetch }]);
	const budget = openBudget();
	const pager = twilioVoice({ fetch: net, accountSid, from, credentials: async () => ({ accountSid, authToken }), budget, perMinute: 60 });
	return { calls, net, budget, pager, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}

const authToken = "0123456789abcdef0123456789abcdef";
const contractPager = (fetch: typeof globalThis.fetch) =>
	twilioVoice({ fetch, accountSid, from, credentials: async () => ({ accountSid, authToken }), budget: openBudget(), perMinute: 60 });

adapterContract({
	system: "Twilio Voice",
	secrets: [authToken, Buffer.from(`${accountSid}:${authToken}`).toString("base64")],
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{
			name: "read",
			// One that is not found is absent, which is no error.
			call: async (fetch) => {
				const reading = await contractPager(fetch).read(order({ receipt: "CA1" }));
				if (reading.state === "absent") return contractPager(fetch).send(order());
				return reading;
			},
		},
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()) },
	],
});

describe("a call", () => {
	test("is the documented form with Basic authentication; nothing is looked up for one that was never made", async () => {
		const requests: Request[] = [];
		const pager = contractPager(async (input, init) => {
			requests.push(new Request(input, init));
			return Response.json({ sid: "CA1", status: "queued" }, { status: 201 });
		});
		await expect(pager.send(order())).resolves.toEqual({ receipt: "CA1" });
		expect(requests).toHaveLength(1);
		const [sent] = requests;
		expect(`${sent?.method} ${sent?.url}`).toBe(`POST https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Calls.json`);
		expect(sent?.headers.get("authorization")).toBe(`Basic ${btoa(`${accountSid}:${authToken}`)}`);
		const said = "On-call page, high: SIP trunk Frankfurt is down";
		expect([...new URLSearchParams(await sent?.text())]).toEqual([
			["To", to],
			["From", from],
			["Twiml", `<Response><Say loop="2">${said}.</Say></Response>`],
			["MachineDetection", "Enable"],
			["Timeout", "25"],
		]);
	});

	test("with an acknowledge link asks for a key, which is posted to the link", async () => {
		const { pager, calls, later } = world();
		await pager.send(order({ acknowledgeUrl, summary: `Trunk "O'Hare" <A&B> 🔥 is down` }));
		await later(10);
		expect(calls.listening(to)).toMatchObject({ action: acknowledgeUrl });
		const heard = "On-call page, high: Trunk O’Hare A and B is down";
		expect(calls.calls()[0]?.spoken?.words).toBe(`${heard}. Press any key to acknowledge. ${heard}. Press any key to acknowledge.`);
	});

	test("fits into the longest document that Twilio takes", async () => {
		const { pager, calls } = world();
		const longest = `https://${"i".repeat(32)}.lambda-url.ap-southeast-2.on.aws/a/${"s".repeat(22)}/${"k".repeat(100)}`;
		await pager.send(order({ acknowledgeUrl: longest, summary: "Ü".repeat(3000) }));
		expect(calls.calls()[0]?.twiml.length).toBeLessThanOrEqual(4000);
	});

	test("is pending until a human is heard, then delivered, and stays so", async () => {
		const { pager, later, budget } = world();
		const { receipt } = await pager.send(order());
		expect(receipt).toMatch(receiptPattern);
		const states: string[] = [];
		for (const seconds of [0, 2, 5, 4, 60]) {
			await later(seconds);
			states.push((await pager.read(order({ receipt }))).state);
		}
		expect(states).toEqual(["pending", "pending", "pending", "delivered", "delivered"]);
		expect(budget.taken.slice(0, 2)).toEqual(["twilio-voice of 60", "twilio-voice:read of 60"]);
	});

	test.each(callOutcomes)("that ends as %s has failed, and calling again makes another", async (outcome) => {
		const { pager, calls, later } = world();
		const end = calls.addFault({ outcome });
		const { receipt } = await pager.send(order());
		await later(60);
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "failed", receipt });
		end();
		const again = await pager.send(order({ receipt }));
		expect(again.receipt).not.toBe(receipt);
		await later(10);
		await expect(pager.read(order(again))).resolves.toEqual({ state: "delivered", receipt: again.receipt });
	});

	test("that is under way, or was heard, does not ring again", async () => {
		const { pager, calls, later } = world();
		const { receipt } = await pager.send(order());
		await expect(pager.send(order({ receipt }))).resolves.toEqual({ receipt });
		await later(60);
		await expect(pager.send(order({ receipt }))).resolves.toEqual({ receipt });
		expect(calls.calls()).toHaveLength(1);
	});

	test("whose answer was lost is absent, and rings again: nothing tells it from every other call", async () => {
		const { pager, calls, later } = world();
		await pager.send(order());
		await later(60);
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		await pager.send(order());
		expect(calls.calls()).toHaveLength(2);
	});

	test("that Twilio does not know is absent", async () => {
		const { pager } = world();
		await expect(pager.read(order({ receipt: `CA${"f".repeat(32)}` }))).resolves.toEqual({ state: "absent" });
	});
});

test("a recovery is one more call, which asks for nothing", async () => {
	const { pager, calls, later } = world();
	await pager.send(order({ acknowledgeUrl }));
	await later(60);
	const { receipt } = await pager.resolve(order({ dedupKey: `${key}:recovery` }));
	await later(60);
	await expect(pager.read(order({ dedupKey: `${key}:recovery`, receipt }))).resolves.toEqual({ state: "delivered", receipt });
	const said = "Recovered: SIP trunk Frankfurt is down";
	expect(calls.calls().map(({ spoken }) => spoken?.words)[1]).toBe(`${said}. ${said}.`);
});

test("an error carries the vendor's code, and says unreachable when the network is cut", async () => {
	const { pager, net } = world();
	const channel = { kind: "voice", name: "voice", to: "12" } as const;
	await expect(pager.send(order({ channel }))).rejects.toMatchObject({
		reason: "rejected",
		message: "Twilio Voice: expected 2xx from the new call, got 400 (21211)",
	});
	net.world.cut(host);
	await expect(pager.send(order())).rejects.toMatchObject({ reason: "unreachable" });
});
