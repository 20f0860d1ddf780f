import { describe, expect, test } from "vitest";
import { checkCredential, type VendorOptions, vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import { severities } from "../../../../functions/pipeline/model/incident.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createJsm } from "../../../../rehearsal/vendors/jsm/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { jsm } from "../../../../vendors/jsm.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";

const start = Date.UTC(2026, 10, 24, 10) + 700;
const cloudId = "11111111-2222-4333-8444-555555555555";
const email = "reader@example.com";
const channel = { kind: "jsm", name: "jsm", team: "primary" } as const;
const secrets = { integrationKey: "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9", apiToken: "PLANTED-token", email };

function order(change: Partial<PageOrder> = {}): PageOrder {
	return {
		channel,
		dedupKey: "inc:1:dev:trunk-down:b1:1:1",
		severity: "critical",
		summary: "SIP trunk Frankfurt is down",
		title: "SIP trunk down: Frankfurt",
		body: "SIP trunk Frankfurt is down\nSeverity: critical",
		source: "Frankfurt",
		details: { connected: "0 of 2 edges" },
		intendedAt: start,
		...change,
	};
}

const receipt = order().dedupKey;
const optionsOf = (fetch: typeof globalThis.fetch, credentials: Readonly<Record<string, string>> = secrets): VendorOptions => ({
	kind: "jsm",
	fetch,
	account: { cloudId, email },
	credentials: async () => credentials,
	budget: openBudget(),
	perMinute: 60,
});

function world() {
	const clock = new VirtualClock(start);
	const emulator = createJsm({ clock, cloudId, email });
	const issued = { ...emulator.world.addTeam("primary"), email };
	const net = network(emulator.hosts.map((host) => ({ host, fetch: emulator.fetch })));
	const pager = vendorPager(optionsOf(net, issued));
	return { clock, alerts: emulator.world, issued, net, pager, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}

function recorded(answer: unknown, status = 200) {
	const requests: Request[] = [];
	const pager = vendorPager(
		optionsOf(async (input, init) => {
			requests.push(new Request(input, init));
			return Response.json(answer, { status });
		}),
	);
	return { requests, pager };
}

const contractPager = (fetch: typeof globalThis.fetch) => vendorPager(optionsOf(fetch));

adapterContract({
	system: "Jira Service Management",
	secrets: [secrets.integrationKey, secrets.apiToken, email, btoa(`${email}:${secrets.apiToken}`)],
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{ name: "read", call: (fetch) => contractPager(fetch).read(order()) },
		{ name: "acknowledge", call: async (fetch) => contractPager(fetch).acknowledge?.(order()), answeredBy: [404] },
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()), answeredBy: [404] },
	],
});

test("a severity is a priority that JSM takes", () => {
	expect(severities.map((severity) => jsm.severities[severity])).toEqual(["P1", "P2", "P3", "P4"]);
});

describe("a page", () => {
	test("is an integration event, with the integration's key in the header and our key as the alias", async () => {
		const { requests, pager } = recorded({ result: "Request will be processed", took: 0.1, requestId: "r" }, 202);
		await expect(pager.send(order())).resolves.toEqual({ receipt });
		const [sent] = requests;
		expect(`${sent?.method} ${sent?.url}`).toBe("POST https://api.atlassian.com/jsm/ops/integration/v2/alerts");
		expect(sent?.headers.get("authorization")).toBe(`GenieKey ${secrets.integrationKey}`);
		expect(await sent?.json()).toEqual({
			message: "SIP trunk down: Frankfurt",
			alias: receipt,
			description: "SIP trunk Frankfurt is down\nSeverity: critical",
			entity: "Frankfurt",
			source: "Genesys Cloud",
			priority: "P1",
			tags: ["environment:dev"],
			details: { connected: "0 of 2 edges" },
		});
	});

	test("is read by the other credential, in the site's list", async () => {
		const { requests, pager } = recorded({ values: [], links: {}, count: 0 });
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		const url = new URL(requests[0]?.url ?? "");
		expect(`${url.host}${url.pathname}`).toBe(`api.atlassian.com/jsm/ops/api/${cloudId}/v1/alerts`);
		expect([...url.searchParams]).toEqual([
			["query", `alias:"${receipt}"`],
			["sort", "createdAt"],
			["order", "desc"],
		]);
		expect(requests[0]?.headers.get("authorization")).toBe(`Basic ${btoa(`${email}:${secrets.apiToken}`)}`);
	});

	test("is accepted before it is proven: absent, delivered, acknowledged, resolved", async () => {
		const { pager, alerts, later } = world();
		await expect(pager.send(order())).resolves.toEqual({ receipt });
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt });
		alerts.change("primary", "acknowledge", "Alex");
		await expect(pager.read(order())).resolves.toEqual({ state: "acknowledged", receipt, by: "Alex" });
		await expect(pager.resolve(order({ note: "over" }))).resolves.toEqual({ receipt });
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "resolved", receipt, by: "Alex" });
		expect(alerts.alerts()).toMatchObject([{ closedBy: "Genesys Cloud runbooks", notes: ["over"] }]);
	});

	test("sent again under its key is one alert", async () => {
		const { pager, alerts, later } = world();
		await pager.send(order());
		await later(2);
		await pager.send(order());
		await later(2);
		expect(alerts.alerts().map(({ count }) => count)).toEqual([2]);
	});

	test.each([
		{ status: "open", acknowledged: false, state: "delivered" },
		{ status: "open", acknowledged: true, state: "acknowledged" },
		{ status: "snoozed", acknowledged: false, state: "delivered" },
		{ status: "acked", acknowledged: true, state: "acknowledged" },
		{ status: "resolved", acknowledged: false, state: "resolved" },
		{ status: "closed", acknowledged: true, state: "resolved" },
	])("whose alert is $status, acknowledged: $acknowledged, is $state", async ({ status, acknowledged, state }) => {
		const { pager } = recorded({ values: [{ alias: receipt, status, acknowledged, createdAt: new Date(start).toISOString() }] });
		await expect(pager.read(order())).resolves.toEqual({ state, receipt });
	});

	test.each(["loses", "in-maintenance", "groups"] as const)(
		"that is accepted and of which nothing becomes (%s) is absent",
		async (does) => {
			const { pager, alerts, later } = world();
			alerts.begin({ does });
			await pager.send(order());
			await later(60);
			await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		},
	);
});

describe("an acknowledgement or an end", () => {
	test("names the alert by its alias, and is read back although the alert is older than its intent", async () => {
		const { pager, clock, later } = world();
		await pager.send(order());
		await later(400);
		const mirror = order({ intendedAt: clock.now() });
		await expect(pager.read(mirror)).resolves.toEqual({ state: "absent" });
		await pager.acknowledge?.(mirror);
		await later(2);
		await expect(pager.read(mirror)).resolves.toMatchObject({ state: "acknowledged" });
		const { requests, pager: other } = recorded({ requestId: "r" }, 202);
		await other.resolve(order());
		const address = `https://api.atlassian.com/jsm/ops/integration/v2/alerts/${encodeURIComponent(receipt)}/close?identifierType=alias`;
		expect(requests.map(({ url }) => url)).toEqual([address]);
	});
});

describe("the credentials", () => {
	test("are both checked, and nobody is paged", async () => {
		const { alerts, net, issued, later } = world();
		await expect(checkCredential(optionsOf(net, issued), channel)).resolves.toBeUndefined();
		const refused = { reason: "unauthorized", retry: false };
		for (const wrong of [
			{ integrationKey: "PLANTED-token" },
			{ integrationKey: secrets.integrationKey },
			{ apiToken: "PLANTED-token" },
			{ email: "another@example.com" },
		]) {
			await expect(checkCredential(optionsOf(net, { ...issued, ...wrong }), channel)).rejects.toMatchObject(refused);
		}
		await later(5);
		expect(alerts.alerts()).toEqual([]);
	});
});
