import { describe, expect, test } from "vitest";
import { checkCredential, vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createSes } from "../../../../rehearsal/vendors/email/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";
import { plantedIdentity, sesOptions } from "./vendorPagers.ts";

const start = Date.UTC(2026, 10, 24, 10);
const region = "eu-central-1";
const from = "pages@runbooks.example";
const to = "ada@customer.example";
const key = "inc:1:dev:trunk-down:b1:1:1";
const account = { region, from, configurationSet: "" };
const channel = { kind: "email", name: "email", to } as const;

const order = (change: Partial<PageOrder> = {}): PageOrder => ({
	channel,
	dedupKey: key,
	severity: "high",
	summary: "SIP trunk Frankfurt is down",
	title: "SIP trunk Frankfurt is down",
	body: "SIP trunk Frankfurt is down\nSeverity: high",
	source: "Frankfurt",
	details: {},
	intendedAt: start,
	...change,
});

function world(change: Partial<typeof account> = {}) {
	const clock = new VirtualClock(start);
	const callers = { secretsOf: (id: string) => (id === plantedIdentity.accessKeyId ? plantedIdentity : undefined), permits: () => true };
	const { fetch, host, world: ses } = createSes({ clock, region, callers });
	ses.verify(from);
	const budget = openBudget();
	const options = sesOptions({ fetch: network([{ host, fetch }]), clock, account: { ...account, ...change }, budget, perMinute: 60 });
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	return { ses, budget, pager: vendorPager(options), check: () => checkCredential(options, channel), later };
}

const contractPager = (fetch: typeof globalThis.fetch) =>
	vendorPager(sesOptions({ fetch, clock: { now: () => start }, account, budget: openBudget(), perMinute: 60 }));

adapterContract({
	system: "Amazon SES",
	secrets: Object.values(plantedIdentity),
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{
			name: "read",
			// One that is not found is absent, which is no error.
			call: async (fetch) => {
				const reading = await contractPager(fetch).read(order({ receipt: "1" }));
				return reading.state === "absent" ? contractPager(fetch).send(order()) : reading;
			},
		},
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()) },
	],
});

describe("an e-mail", () => {
	test("is the documented request, signed; a setting that says nothing is not sent", async () => {
		const requests: Request[] = [];
		const pager = contractPager(async (input, init) => {
			requests.push(new Request(input, init));
			return Response.json({ MessageId: "1" });
		});
		const link = `https://hook.test/a/signed/${key}`;
		await expect(pager.send(order({ body: `SIP trunk Frankfurt is down\nAcknowledge: ${link}` }))).resolves.toEqual({ receipt: "1" });
		expect(requests).toHaveLength(1);
		const [sent] = requests;
		expect(`${sent?.method} ${sent?.url}`).toBe("POST https://email.eu-central-1.amazonaws.com/v2/email/outbound-emails");
		expect(sent?.headers.get("authorization")).toMatch(
			/^AWS4-HMAC-SHA256 Credential=ASIAPLANTED0000000001\/20261124\/eu-central-1\/ses\/aws4_request, SignedHeaders=/,
		);
		expect(await sent?.json()).toEqual({
			FromEmailAddress: from,
			Destination: { ToAddresses: [to] },
			Content: {
				Simple: {
					Subject: { Data: "SIP trunk Frankfurt is down", Charset: "UTF-8" },
					Body: {
						Text: {
							Data: `SIP trunk Frankfurt is down\nAcknowledge: ${link}\n\nPage ref ${key}`,
							Charset: "UTF-8",
						},
					},
				},
			},
		});
	});

	test("names its configuration set, where the stack has one", async () => {
		const { pager, ses } = world({ configurationSet: "pages" });
		await pager.send(order());
		expect(ses.messages()).toMatchObject([{ configurationSet: "pages", to }]);
	});

	test("is absent until SES knows it, pending while it is on its way, then delivered", async () => {
		const { pager, later, budget } = world();
		const { receipt } = await pager.send(order());
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "absent" });
		await later(1);
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "pending", receipt });
		await later(2);
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "delivered", receipt });
		expect(budget.taken).toEqual(["ses of 60", ...Array.from({ length: 3 }, () => "ses:read of 60")]);
	});

	test.each([
		{ outcome: "bounce", state: "failed" },
		{ outcome: "reject", state: "failed" },
		{ outcome: "delay", state: "pending" },
		{ outcome: "complaint", state: "delivered" },
	] as const)("that ends in a $outcome is $state", async ({ outcome, state }) => {
		const { pager, ses, later } = world();
		ses.faults.hold({ outcome });
		const { receipt } = await pager.send(order());
		await later(5);
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state, receipt });
	});

	test("that is under way is not sent twice; one that bounced is", async () => {
		const { pager, ses, later } = world();
		const end = ses.faults.hold({ outcome: "bounce" });
		const { receipt } = await pager.send(order());
		await later(1);
		await expect(pager.send(order({ receipt }))).resolves.toEqual({ receipt });
		end();
		await later(5);
		const again = await pager.send(order({ receipt }));
		expect(again.receipt).not.toBe(receipt);
		expect(ses.messages()).toHaveLength(2);
	});

	test("whose answer was lost is absent: nothing finds it", async () => {
		const { pager, later, budget } = world();
		await pager.send(order());
		await later(5);
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		expect(budget.taken).toEqual(["ses of 60"]);
	});

	test("of the end says so in its subject", async () => {
		const { pager, ses } = world();
		await pager.resolve(order({ dedupKey: `${key}:recovery`, body: "SIP trunk Frankfurt is down\nOver since: 10:05 UTC" }));
		expect(ses.messages()).toMatchObject([
			{
				subject: "RECOVERED: SIP trunk Frankfurt is down",
				body: `SIP trunk Frankfurt is down\nOver since: 10:05 UTC\n\nPage ref ${key}:recovery`,
			},
		]);
	});

	test("that is refused says by which exception, and nothing of what was in it", async () => {
		const { pager, ses } = world();
		ses.account = { ...ses.account, productionAccess: false };
		await expect(pager.send(order())).rejects.toMatchObject({
			reason: "rejected",
			message: "Amazon SES: expected 2xx from the new message, got 400 (MessageRejected)",
		});
	});

	test("is not sent by a function that has no keys", async () => {
		const { identity: _none, ...options } = sesOptions({
			fetch: async () => Response.json({}),
			clock: { now: () => start },
			account,
			budget: openBudget(),
			perMinute: 60,
		});
		await expect(vendorPager(options).send(order())).rejects.toMatchObject({
			reason: "misconfigured",
			message: "Amazon SES: expected the keys of a role to sign with, got none",
		});
	});
});

describe("the permission to send", () => {
	test("is there where the account may send, out of the sandbox", async () => {
		await expect(world().check()).resolves.toBeUndefined();
	});

	test.each([
		{ name: "paused", account: { sendingEnabled: false }, words: "an account that may send" },
		{ name: "in the sandbox", account: { productionAccess: false }, words: "an account that is out of the sandbox" },
	])("is not there while it is $name", async ({ account: changed, words }) => {
		const { check, ses } = world();
		ses.account = { ...ses.account, ...changed };
		await expect(check()).rejects.toMatchObject({
			reason: "forbidden",
			message: `Amazon SES: expected ${words}, got one that is false`,
		});
	});
});
