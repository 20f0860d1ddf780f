import { describe, expect, test } from "vitest";
import { severities } from "../../../../functions/pipeline/model/incident.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createPagerDuty } from "../../../../rehearsal/vendors/pagerduty/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { hostName } from "../../../../vendors/hosts.ts";
import { pagerduty } from "../../../../vendors/pagerduty.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";
import { pagerDuty } from "./vendorPagers.ts";

const start = Date.UTC(2026, 10, 24, 10) + 700;
const primary = { id: "PPRIMARY", name: "primary" };

function order(change: Partial<PageOrder> = {}): PageOrder {
	return {
		channel: { kind: "pagerduty", name: "pagerduty", service: primary.name, serviceId: primary.id },
		dedupKey: "inc:1:dev:trunk-down:b1:1:1",
		severity: "high",
		summary: "SIP trunk Frankfurt is down",
		title: "SIP trunk down",
		body: "SIP trunk down",
		source: "Frankfurt",
		details: { connected: "0 of 2 edges" },
		intendedAt: start,
		...change,
	};
}

function world(region: "us" | "eu" = "us") {
	const clock = new VirtualClock(start);
	const emulator = createPagerDuty({ clock, region });
	const keys = emulator.world.addService(primary);
	const net = network(emulator.hosts.map((host) => ({ host, fetch: emulator.fetch })));
	const budget = openBudget();
	const pager = pagerDuty({ fetch: net, region, credentials: async () => keys, budget, perMinute: 60 });
	return { clock, emulator, keys, net, budget, pager, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}

const keys = { routingKey: "0123456789abcdef0123456789abcdef", apiToken: "u+apiTokenOfPagerDuty" };
const contractPager = (fetch: typeof globalThis.fetch) =>
	pagerDuty({ fetch, region: "us", credentials: async () => keys, budget: openBudget(), perMinute: 60 });

adapterContract({
	system: "PagerDuty",
	secrets: [keys.routingKey, keys.apiToken],
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{ name: "read", call: (fetch) => contractPager(fetch).read(order()) },
		{ name: "acknowledge", call: async (fetch) => contractPager(fetch).acknowledge?.(order()), answeredBy: [404] },
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()), answeredBy: [404] },
	],
});

describe("severity", () => {
	test("is mapped to a word that PagerDuty takes, for each of ours", () => {
		expect(severities.map((severity) => pagerduty.severities[severity])).toEqual(["critical", "error", "warning", "info"]);
	});
});

describe("hosts", () => {
	test.each([
		{ region: "us", hosts: { events: "events.pagerduty.com", api: "api.pagerduty.com" } },
		{ region: "eu", hosts: { events: "events.eu.pagerduty.com", api: "api.eu.pagerduty.com" } },
	] as const)("of $region", ({ region, hosts }) => {
		expect(hostsOf(region)).toEqual([hosts.events, hosts.api]);
		expect(createPagerDuty({ clock: new VirtualClock(0), region }).hosts).toEqual([hosts.events, hosts.api]);
	});
});

describe("a page", () => {
	test("is the documented trigger event, with the key in the body and no Authorization header", async () => {
		const requests: Request[] = [];
		const pager = contractPager(async (input, init) => {
			requests.push(new Request(input, init));
			return Response.json({ status: "success", message: "Event processed", dedup_key: "k" }, { status: 202 });
		});
		await expect(pager.send(order({ summary: "x".repeat(2000) }))).resolves.toEqual({ receipt: "k" });
		const sent = requests[0];
		expect(sent?.url).toBe("https://events.pagerduty.com/v2/enqueue");
		expect(sent?.headers.get("authorization")).toBeNull();
		expect(await sent?.json()).toEqual({
			routing_key: keys.routingKey,
			event_action: "trigger",
			dedup_key: "inc:1:dev:trunk-down:b1:1:1",
			payload: {
				summary: `${"x".repeat(1021)}...`,
				source: "Frankfurt",
				severity: "error",
				component: "b1",
				group: "dev",
				custom_details: { connected: "0 of 2 edges", body: "SIP trunk down" },
			},
		});
	});

	test("is accepted before it is proven: absent, delivered, acknowledged by a person, resolved", async () => {
		const { pager, emulator, later, budget } = world();
		const receipt = order().dedupKey;
		const record = { receipt: "Q0000000000001", recordId: "Q0000000000001" };
		await expect(pager.send(order())).resolves.toEqual({ receipt });
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", ...record });
		emulator.world.acknowledge({ service: "primary", by: "Alex" });
		await expect(pager.read(order())).resolves.toEqual({ state: "acknowledged", ...record, by: "Alex" });
		await expect(pager.resolve(order())).resolves.toEqual({ receipt });
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "resolved", ...record, by: "primary" });
		expect(new Set(budget.taken)).toEqual(new Set(["pagerduty-primary of 60", "pagerduty-primary:read of 60"]));
	});

	test("sent again under its key is one incident", async () => {
		const { pager, emulator, later } = world();
		await pager.send(order());
		await later(2);
		await pager.send(order());
		await later(2);
		expect(emulator.world.incidents().map(({ triggers }) => triggers)).toEqual([2]);
	});

	test("that PagerDuty took and lost is absent", async () => {
		const { pager, emulator, later } = world();
		emulator.world.setFault({ swallow: true }, primary.id);
		await pager.send(order());
		await later(60);
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
	});

	test("is proven by an incident of PagerDuty's clock up to five minutes before the intent, and by no older one", async () => {
		const { pager, later } = world();
		await pager.send(order());
		await later(2);
		await expect(pager.read(order({ intendedAt: start + 300_000 }))).resolves.toMatchObject({ state: "delivered" });
		await expect(pager.read(order({ intendedAt: start + 303_000 }))).resolves.toEqual({ state: "absent" });
	});

	test("is not proven by another service's incident or by another key", async () => {
		const { pager, emulator, later } = world();
		emulator.world.addService({ id: "POTHER", name: "other" });
		await pager.send(order());
		await later(2);
		const elsewhere = { kind: "pagerduty", name: "pagerduty", service: "other", serviceId: "POTHER" } as const;
		await expect(pager.read(order({ channel: elsewhere }))).resolves.toEqual({ state: "absent" });
		await expect(pager.read(order({ dedupKey: "inc:1:dev:trunk-down:b1:1:2" }))).resolves.toEqual({ state: "absent" });
	});

	test("whose service the vendor's filter ignored is still not proven by whatever came back", async () => {
		const wrong = { id: "Q1", incident_key: null, service: { id: "POTHER" }, status: "triggered", created_at: "2026-11-24T10:00:05Z" };
		const pager = contractPager(async () => Response.json({ incidents: [wrong, { ...wrong, service: {} }] }));
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
	});

	test("is read with the documented query and header", async () => {
		const requests: Request[] = [];
		const pager = contractPager(async (input, init) => {
			requests.push(new Request(input, init));
			return Response.json({ incidents: [] });
		});
		await pager.read(order());
		const url = new URL(requests[0]?.url ?? "");
		expect(`${url.host}${url.pathname}`).toBe("api.pagerduty.com/incidents");
		expect([...url.searchParams]).toEqual([
			["incident_key", order().dedupKey],
			["service_ids[]", primary.id],
			["date_range", "all"],
			["sort_by", "created_at:desc"],
		]);
		expect(requests[0]?.headers.get("authorization")).toBe(`Token token=${keys.apiToken}`);
		expect(requests[0]?.headers.get("accept")).toBe("application/vnd.pagerduty+json;version=2");
	});

	test("of another kind of channel is refused", async () => {
		const { pager } = world();
		const sms = order({ channel: { kind: "sms", name: "sms", to: "+4915112345678" } });
		await expect(pager.send(sms)).rejects.toMatchObject({ reason: "misconfigured", retry: false });
	});
});

describe("an acknowledgement or a recovery", () => {
	test("is read back although its incident is older than its intent", async () => {
		const { pager, clock, later } = world();
		await pager.send(order());
		await later(400);
		const mirror = order({ intendedAt: clock.now() });
		await expect(pager.read(mirror)).resolves.toEqual({ state: "absent" });
		await pager.acknowledge?.(mirror);
		await later(2);
		await expect(pager.read(mirror)).resolves.toMatchObject({ state: "acknowledged" });
		const recovery = order({ intendedAt: clock.now() + 1000 });
		await later(1);
		await pager.resolve(recovery);
		await later(2);
		await expect(pager.read(recovery)).resolves.toMatchObject({ state: "resolved" });
	});
});

describe("the network", () => {
	test("that is cut, or an account of the other region, is an error that says which", async () => {
		const { pager, net, emulator, keys: known } = world();
		net.world.cut("events.pagerduty.com");
		await expect(pager.send(order())).rejects.toMatchObject({ reason: "unreachable", retry: true });
		net.world.restore("events.pagerduty.com");
		await expect(pager.send(order())).resolves.toBeDefined();
		const foreign = network(hostsOf("eu").map((host) => ({ host, fetch: emulator.fetch })));
		const lost = pagerDuty({ fetch: foreign, region: "eu", credentials: async () => known, budget: openBudget(), perMinute: 60 });
		await expect(lost.send(order())).rejects.toMatchObject({ reason: "rejected", retry: false });
		await expect(lost.read(order())).rejects.toMatchObject({ reason: "unauthorized", retry: false });
	});
});

function hostsOf(region: "us" | "eu"): readonly string[] {
	return ["events", "api"].map((host) => hostName(pagerduty, host, { region }));
}
