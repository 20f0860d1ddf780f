import { describe, expect, test } from "vitest";
import { checkCredential, type VendorOptions, vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import { severities } from "../../../../functions/pipeline/model/incident.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createOpsgenie } from "../../../../rehearsal/vendors/opsgenie/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { opsgenie } from "../../../../vendors/opsgenie.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";

const start = Date.UTC(2026, 10, 24, 10) + 700;
const channel = { kind: "opsgenie", name: "opsgenie", team: "primary" } as const;
const apiKey = "0f1e2d3c-4b5a-4978-8695-a4b3c2d1e0f9";

function order(change: Partial<PageOrder> = {}): PageOrder {
	return {
		channel,
		dedupKey: "inc:1:dev:trunk-down:b1:1:1",
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

const receipt = order().dedupKey;
const optionsOf = (fetch: typeof globalThis.fetch, key = apiKey, region = "us"): VendorOptions => ({
	kind: "opsgenie",
	fetch,
	account: { region },
	credentials: async () => ({ apiKey: key }),
	budget: openBudget(),
	perMinute: 60,
});

function world() {
	const clock = new VirtualClock(start);
	const emulator = createOpsgenie({ clock, region: "us" });
	const key = emulator.world.addTeam("primary");
	const net = network(["api.opsgenie.com", "api.eu.opsgenie.com"].map((host) => ({ host, fetch: emulator.fetch })));
	const pager = vendorPager(optionsOf(net, key));
	return { clock, alerts: emulator.world, key, net, pager, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
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
	system: "Opsgenie",
	secrets: [apiKey],
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{ name: "read", call: (fetch) => contractPager(fetch).read(order()) },
		{ name: "acknowledge", call: async (fetch) => contractPager(fetch).acknowledge?.(order()), answeredBy: [404] },
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()), answeredBy: [404] },
	],
});

test("a severity is a priority that Opsgenie takes", () => {
	expect(severities.map((severity) => opsgenie.severities[severity])).toEqual(["P1", "P2", "P3", "P4"]);
});

describe("a page", () => {
	test("is the documented request, with the key in the header and our key as the alias", async () => {
		const { requests, pager } = recorded({ result: "Request will be processed", took: 0.1, requestId: "r" }, 202);
		await expect(pager.send(order())).resolves.toEqual({ receipt });
		const [sent] = requests;
		expect(`${sent?.method} ${sent?.url}`).toBe("POST https://api.opsgenie.com/v2/alerts");
		expect(sent?.headers.get("authorization")).toBe(`GenieKey ${apiKey}`);
		expect(await sent?.json()).toEqual({
			message: "SIP trunk down: Frankfurt",
			alias: receipt,
			description: "SIP trunk Frankfurt is down\nSeverity: high",
			entity: "Frankfurt",
			source: "Genesys Cloud",
			priority: "P2",
			tags: ["environment:dev"],
			details: { connected: "0 of 2 edges" },
		});
	});

	test("is accepted before it is proven: absent, delivered, acknowledged by a person, resolved", async () => {
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

	test("that a person deletes is absent, one that is snoozed is still only delivered", async () => {
		const { pager, alerts, later } = world();
		await pager.send(order());
		await later(2);
		alerts.act("snooze", "primary", "Alex");
		await expect(pager.read(order())).resolves.toMatchObject({ state: "delivered" });
		alerts.act("delete", "primary", "Alex");
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
	});

	test("is proven by an alert of Opsgenie's clock up to five minutes before the intent, and by no older one, nor by another key's", async () => {
		const { pager, later } = world();
		await pager.send(order());
		await later(2);
		await expect(pager.read(order({ intendedAt: start + 300_000 }))).resolves.toMatchObject({ state: "delivered" });
		await expect(pager.read(order({ intendedAt: start + 303_000 }))).resolves.toEqual({ state: "absent" });
		await expect(pager.read(order({ dedupKey: `${receipt}r2` }))).resolves.toEqual({ state: "absent" });
	});

	test("whose alias the vendor's search ignored is not proven by whatever came back", async () => {
		const { pager } = recorded({ data: [{ alias: "other", status: "open", createdAt: new Date(start).toISOString() }] });
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
	});

	test("of a status that there is not is malformed", async () => {
		const { pager } = recorded({ data: [{ alias: receipt, status: "new", createdAt: new Date(start).toISOString() }] });
		await expect(pager.read(order())).rejects.toMatchObject({
			reason: "malformed",
			message: "Opsgenie: expected a status of open or closed, got another",
		});
	});

	test("is read by a search for its alias in quotes, the newest first", async () => {
		const { requests, pager } = recorded({ data: [] });
		await pager.read(order());
		const url = new URL(requests[0]?.url ?? "");
		expect(`${url.host}${url.pathname}`).toBe("api.opsgenie.com/v2/alerts");
		expect([...url.searchParams]).toEqual([
			["query", `alias:"${receipt}"`],
			["sort", "createdAt"],
			["order", "desc"],
		]);
	});
});

describe("an acknowledgement or an end", () => {
	test("names the alert by its alias and says what is new", async () => {
		const { requests, pager } = recorded({ result: "Request will be processed", requestId: "r" }, 202);
		await pager.acknowledge?.(order({ note: "Acknowledged by Ada" }));
		await pager.resolve(order());
		const alias = encodeURIComponent(receipt);
		expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
			`POST https://api.opsgenie.com/v2/alerts/${alias}/acknowledge?identifierType=alias`,
			`POST https://api.opsgenie.com/v2/alerts/${alias}/close?identifierType=alias`,
		]);
		const common = { user: "Genesys Cloud runbooks", source: "Genesys Cloud" };
		expect(await Promise.all(requests.map((request) => request.json()))).toEqual([
			{ ...common, note: "Acknowledged by Ada" },
			{ ...common, note: "" },
		]);
	});

	test("is read back although its alert is older than its intent", async () => {
		const { pager, clock, later } = world();
		await pager.send(order());
		await later(400);
		const mirror = order({ intendedAt: clock.now() });
		await expect(pager.read(mirror)).resolves.toEqual({ state: "absent" });
		await pager.acknowledge?.(mirror);
		await later(2);
		await expect(pager.read(mirror)).resolves.toMatchObject({ state: "acknowledged" });
		await later(400);
		const recovery = order({ intendedAt: clock.now() });
		await pager.resolve(recovery);
		await later(2);
		await expect(pager.read(recovery)).resolves.toMatchObject({ state: "resolved" });
	});
});

describe("a key", () => {
	test("is taken, or is not: revoked, of the other region, or none by its looks", async () => {
		const { alerts, net, key } = world();
		await expect(checkCredential(optionsOf(net, key), channel)).resolves.toBeUndefined();
		const refused = { reason: "unauthorized", retry: false };
		await expect(checkCredential(optionsOf(net, key, "eu"), channel)).rejects.toMatchObject(refused);
		await expect(checkCredential(optionsOf(net, "PLANTED-token"), channel)).rejects.toMatchObject(refused);
		alerts.revokeKey("primary");
		await expect(checkCredential(optionsOf(net, key), channel)).rejects.toMatchObject(refused);
		expect(alerts.alerts()).toEqual([]);
	});
});
