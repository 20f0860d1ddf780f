import { describe, expect, test } from "vitest";
import { answerCredentials, askRemediator, credentialChecks } from "../../../../functions/edges/credentials/checks.ts";
import { noticedPager, noticedWorkflows } from "../../../../functions/edges/credentials/noticed.ts";
import { proveClient } from "../../../../functions/edges/genesys/api.ts";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { EdgeError, type FailureReason, type PageOrder, type Pager } from "../../../../functions/pipeline/ports.ts";
import { createPagerDuty } from "../../../../rehearsal/vendors/pagerduty/api.ts";
import { createTwilio } from "../../../../rehearsal/vendors/sms/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { adapterContract, openBudget } from "../vendors/adapterContract.ts";
import { proveAccount, proveKeys } from "../vendors/vendorPagers.ts";

const start = Date.UTC(2026, 10, 24, 10);
const channel = { kind: "pagerduty", name: "pagerduty", service: "primary", serviceId: "PPRIMARY" } as const;
const accountSid = `AC${"0".repeat(32)}`;
const keys = { routingKey: "0123456789abcdef0123456789abcdef", apiToken: "u+apiTokenOfPagerDuty" };
const authToken = "0123456789abcdef0123456789abcdef";
const clientSecret = "genesys-secret-5f1e";

const pagerDutyOptions = (fetch: typeof globalThis.fetch, given = keys) =>
	({ fetch, region: "us", credentials: async () => given, budget: openBudget(), perMinute: 60 }) as const;
const twilioOptions = (fetch: typeof globalThis.fetch, token = authToken) =>
	({
		fetch,
		accountSid,
		from: "+4930123456",
		credentials: async () => ({ accountSid, authToken: token }),
		budget: openBudget(),
		perMinute: 60,
	}) as const;
const clientOptions = (fetch: typeof globalThis.fetch) => ({
	fetch,
	domain: "mypurecloud.de",
	credentials: async () => ({ clientId: "client-1", clientSecret }),
	clientName: "launcher",
	clock: { now: () => start },
	budget: openBudget(),
	perMinute: 240,
});

adapterContract({
	system: "PagerDuty",
	secrets: [keys.routingKey, keys.apiToken],
	operations: [{ name: "check", call: (fetch) => proveKeys(pagerDutyOptions(fetch), channel) }],
});
adapterContract({
	system: "Twilio",
	secrets: [authToken, Buffer.from(`${accountSid}:${authToken}`).toString("base64")],
	operations: [{ name: "check", call: (fetch) => proveAccount(twilioOptions(fetch)) }],
});
adapterContract({
	system: "Genesys Cloud",
	secrets: [clientSecret, Buffer.from(`client-1:${clientSecret}`).toString("base64")],
	operations: [{ name: "check", call: (fetch) => proveClient(clientOptions(fetch)) }],
});

const reasonOf = (call: Promise<unknown>): Promise<unknown> =>
	call.then(
		() => "taken",
		(error: unknown) => (error instanceof EdgeError ? error.reason : error),
	);

describe("the check of a PagerDuty service's keys", () => {
	function world() {
		const clock = new VirtualClock(start);
		const emulator = createPagerDuty({ clock, region: "us" });
		const issued = emulator.world.addService({ id: "PPRIMARY", name: "primary" });
		const net = network(emulator.hosts.map((host) => ({ host, fetch: emulator.fetch })));
		return { clock, emulator, check: (given = issued) => reasonOf(proveKeys(pagerDutyOptions(net, given), channel)), issued };
	}

	test("passes, and nothing comes of it", async () => {
		const { clock, emulator, check } = world();
		expect(await check()).toBe("taken");
		await clock.run(start + 60_000);
		expect(emulator.world.incidents()).toEqual([]);
	});

	test("tells a wrong token and a wrong routing key, and both while they are revoked", async () => {
		const { emulator, check, issued } = world();
		expect(await check({ ...issued, apiToken: "another" })).toBe("unauthorized");
		expect(await check({ ...issued, routingKey: "0".repeat(32) })).toBe("unauthorized");
		const [end, other] = [emulator.world.revokeKeys("primary"), emulator.world.revokeKeys("PPRIMARY")];
		end();
		expect(await check()).toBe("unauthorized");
		other();
		expect(await check()).toBe("taken");
		expect(() => emulator.world.revokeKeys("tertiary")).toThrow('expected a registered service, got "tertiary"; allowed: primary');
	});
});

describe("the check of Twilio's account", () => {
	test("passes for an account that is active, and tells a revoked token", async () => {
		const emulator = createTwilio({ clock: new VirtualClock(start) });
		const issued = emulator.world.addAccount({ accountSid });
		const net = network(emulator.hosts.map((host) => ({ host, fetch: emulator.fetch })));
		const check = () => reasonOf(proveAccount(twilioOptions(net, issued.authToken)));
		expect(await check()).toBe("taken");
		const end = emulator.world.revokeTokens();
		expect(await check()).toBe("unauthorized");
		end();
		expect(await check()).toBe("taken");
	});

	test("an account that is suspended sends nothing", async () => {
		const fetch: typeof globalThis.fetch = async () => Response.json({ sid: accountSid, status: "suspended" });
		expect(await reasonOf(proveAccount(twilioOptions(fetch)))).toBe("forbidden");
	});
});

describe("the remediator's own credential", () => {
	test.each<{ name: string; answer: unknown; reason: string }>([
		{ name: "taken", answer: { outcome: "ok", detail: "" }, reason: "taken" },
		{ name: "refused", answer: { outcome: "unauthorized", detail: "expected 2xx from the token, got 401" }, reason: "unauthorized" },
		{ name: "another contract", answer: { outcome: "fine" }, reason: "malformed" },
	])("is asked of the remediator: $name", async ({ answer, reason }) => {
		const asked: unknown[] = [];
		const invoke = async (functionName: string, payload: unknown) => {
			asked.push([functionName, payload]);
			return answer;
		};
		expect(await reasonOf(askRemediator(invoke, "remediator"))).toBe(reason);
		expect(asked).toEqual([["remediator", { operation: "credentials" }]]);
	});

	test("and answered by it, with a reason and never by a fault of Lambda's", async () => {
		const refused = credentialChecks(() => () => Promise.reject(new EdgeError("unauthorized", "got 401", { retry: false })));
		expect(await answerCredentials(refused)).toEqual({ outcome: "unauthorized", detail: "got 401" });
		expect(await answerCredentials(credentialChecks(() => async () => {}))).toEqual({ outcome: "ok", detail: "" });
	});

	test("a name that the stack does not have is a wrong setting", async () => {
		expect(await reasonOf(credentialChecks(() => undefined).check("pagerduty-gone"))).toBe("misconfigured");
	});
});

describe("a refusal that work meets", () => {
	const failing = (reason: FailureReason) => () => Promise.reject(new EdgeError(reason, `got ${reason}`, { retry: false }));
	const options = () => {
		const clock = { now: () => start };
		const ledger = memoryLedger(clock);
		return { ledger: () => ledger, clock, settings: { environment: "dev" }, name: "twilio" };
	};

	test.each<{ reason: FailureReason; noted: unknown }>([
		{
			reason: "unauthorized",
			noted: { twilio: { dueAt: start, failures: 1, failedAt: start, reason: "unauthorized", detail: "got unauthorized" } },
		},
		{
			reason: "forbidden",
			noted: { twilio: { dueAt: start, failures: 1, failedAt: start, reason: "forbidden", detail: "got forbidden", open: true } },
		},
		{ reason: "rejected", noted: { twilio: { dueAt: start, failures: 0 } } },
		{ reason: "unavailable", noted: undefined },
		{ reason: "timeout", noted: undefined },
	])("$reason is noted at once, and thrown on", async ({ reason, noted }) => {
		const given = options();
		const pager: Pager = { send: failing(reason), read: failing(reason), resolve: failing(reason) };
		const order = {} as Partial<PageOrder> as PageOrder;
		expect(await reasonOf(noticedPager(pager, given).send(order))).toBe(reason);
		expect((await given.ledger().read("credentials:1:dev"))?.value).toEqual(noted);
	});

	test.each(["send", "read", "resolve", "acknowledge"] as const)("by %s as well", async (call) => {
		const given = options();
		const refused = failing("unauthorized");
		const pager = noticedPager({ send: refused, read: refused, resolve: refused, acknowledge: refused }, given);
		expect(await reasonOf(Promise.resolve(pager[call]?.({} as Partial<PageOrder> as PageOrder)))).toBe("unauthorized");
		expect((await given.ledger().read("credentials:1:dev"))?.value).toMatchObject({ twilio: { failures: 1 } });
	});

	test("many at once are one", async () => {
		const given = { ...options(), name: "launcher" };
		const workflows = noticedWorkflows({ launch: failing("unauthorized"), status: failing("unauthorized") }, given);
		for (let asked = 0; asked < 5; asked += 1) await reasonOf(workflows.status("execution"));
		expect(await given.ledger().read("credentials:1:dev")).toMatchObject({ version: 1, value: { launcher: { failures: 1 } } });
	});

	test("a ledger that does not answer loses the news, and not the work's own reason", async () => {
		const given = options();
		const silent = { ...given.ledger(), read: failing("unreachable") };
		const workflows = noticedWorkflows(
			{ launch: failing("unauthorized"), status: failing("unauthorized") },
			{ ...given, ledger: () => silent },
		);
		expect(await reasonOf(workflows.launch("default", {}, "name"))).toBe("unauthorized");
	});
});
