import { describe, expect, test } from "vitest";
import { createPagerDuty } from "../../../rehearsal/vendors/pagerduty/api.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { account, start } from "./pagerdutyAccount.ts";

describe("Events API v2", () => {
	test("answers 202 and makes the incident two seconds later", async () => {
		const { post, trigger, world, later } = account();
		const answer = await post(trigger);
		expect(answer.status).toBe(202);
		expect(await answer.json()).toEqual({ status: "success", message: "Event processed", dedup_key: "k" });
		await later(1);
		expect(world.incidents()).toEqual([]);
		await later(1);
		expect(world.incidents()).toMatchObject([
			{
				id: "Q0000000000001",
				number: 1,
				serviceId: "P1",
				incidentKey: "k",
				title: "s",
				status: "triggered",
				createdAt: start + 2000,
				triggers: 1,
			},
		]);
	});

	test.each([
		{
			name: "a short routing key",
			change: { routing_key: "short" },
			error: "Length of 'routing_key' is incorrect (should be 32 characters)",
		},
		{ name: "no routing key", change: { routing_key: undefined }, error: "'routing_key' is missing or blank" },
		{ name: "an unknown routing key", change: { routing_key: "f".repeat(32) }, error: "Invalid routing key" },
		{
			name: "an unknown action",
			change: { event_action: "page" },
			error: "'event_action' is invalid (should be one of trigger, acknowledge, resolve)",
		},
		{
			name: "a long dedup key",
			change: { dedup_key: "k".repeat(256) },
			error: "Length of 'dedup_key' is incorrect (should be at most 255 characters)",
		},
		{
			name: "a resolve without a key",
			change: { event_action: "resolve", dedup_key: undefined },
			error: "'dedup_key' is missing or blank",
		},
		{ name: "no payload", change: { payload: undefined }, error: "'payload' is missing or blank" },
		{
			name: "our own word for a severity",
			change: { payload: { summary: "s", source: "x", severity: "high" } },
			error: "'payload.severity' is invalid (should be one of critical, error, warning, info)",
		},
		{
			name: "a long summary",
			change: { payload: { summary: "s".repeat(1025), source: "x", severity: "info" } },
			error: "Length of 'payload.summary' is incorrect (should be at most 1024 characters)",
		},
		{ name: "no source", change: { payload: { summary: "s", severity: "info" } }, error: "'payload.source' is missing or blank" },
	])("answers 400 to $name", async ({ change, error }) => {
		const { post, trigger, world, later } = account();
		const answer = await post({ ...trigger, ...change });
		expect(answer.status).toBe(400);
		expect(await answer.json()).toEqual({ status: "invalid event", message: "Event object is invalid", errors: [error] });
		await later(10);
		expect(world.incidents()).toEqual([]);
	});

	test("answers 400 to what is no JSON object", async () => {
		const { post } = account();
		expect((await post("text")).status).toBe(400);
	});

	test("gives an event without a key one of its own", async () => {
		const { post, trigger } = account();
		const { dedup_key: _dropped, ...rest } = trigger;
		expect(await (await post(rest)).json()).toMatchObject({ dedup_key: "generated-1" });
	});

	test("joins an open incident, opens a new one after a resolve, drops what meets nothing open", async () => {
		const { post, trigger, world, later } = account();
		await post({ ...trigger, event_action: "acknowledge" });
		await post({ ...trigger, event_action: "resolve" });
		await later(2);
		expect(world.incidents()).toEqual([]);
		await post(trigger);
		await later(2);
		world.acknowledge({ service: "P1", by: "Alex" });
		await post(trigger);
		await later(2);
		expect(world.incidents()).toMatchObject([{ status: "acknowledged", triggers: 2, changedBy: { summary: "Alex", person: true } }]);
		await post({ ...trigger, event_action: "resolve" });
		await later(2);
		await post(trigger);
		await later(2);
		expect(world.incidents().map(({ status }) => status)).toEqual(["resolved", "triggered"]);
	});

	test("answers 429 to the 121st event of a key in a minute, and takes it in the next", async () => {
		const { post, trigger, later } = account();
		for (let sent = 0; sent < 120; sent += 1) expect((await post(trigger)).status).toBe(202);
		expect((await post(trigger)).status).toBe(429);
		await later(60);
		expect((await post(trigger)).status).toBe(202);
	});
});

describe("faults", () => {
	test("answer in the vendor's stead, for one service or for all, until they end", async () => {
		const { post, get, trigger, world } = account();
		world.setFault({ status: 503, message: "down" }, "P1");
		expect((await post(trigger)).status).toBe(503);
		expect((await get("/incidents?service_ids[]=P1")).status).toBe(503);
		expect((await get("/incidents?service_ids[]=P2")).status).toBe(200);
		world.setFault(undefined, "P1");
		world.setFault({ status: 500, message: "down" });
		expect((await post(trigger)).status).toBe(500);
		expect((await get("/incidents")).status).toBe(500);
		world.setFault(undefined);
		expect((await post(trigger)).status).toBe(202);
	});

	test("can swallow what was accepted", async () => {
		const { post, trigger, world, later } = account();
		world.setFault({ swallow: true });
		expect((await post(trigger)).status).toBe(202);
		await later(60);
		expect(world.incidents()).toEqual([]);
	});
});

describe("a key of the other region", () => {
	test("is none: the events host knows no such routing key, the REST host no such token", async () => {
		const { trigger, keys } = account();
		const { fetch, world } = createPagerDuty({ clock: new VirtualClock(start), region: "us" });
		world.addService({ id: "P1", name: "primary" });
		const event = new Request("https://events.eu.pagerduty.com/v2/enqueue", { method: "POST", body: JSON.stringify(trigger) });
		const refused = await fetch(event);
		expect([refused.status, await refused.json()]).toMatchObject([400, { errors: ["Invalid routing key"] }]);
		const headers = { authorization: `Token token=${keys.apiToken}` };
		expect((await fetch(new Request("https://api.eu.pagerduty.com/incidents", { headers }))).status).toBe(401);
	});
});

describe("REST", () => {
	test.each(["", "Token token=wrong", "Bearer wrong"])("answers 401 to '%s'", async (authorization) => {
		const { get } = account();
		expect((await get("/incidents", authorization)).status).toBe(401);
	});

	test("does not take a routing key for a token", async () => {
		const { get, keys } = account();
		expect((await get("/incidents", `Token token=${keys.routingKey}`)).status).toBe(401);
	});

	test("finds incidents by key and service, the newest first, with times of whole seconds", async () => {
		const { post, get, trigger, later } = account();
		await post(trigger);
		await later(2.5);
		await post({ ...trigger, event_action: "resolve" });
		await later(2);
		await post(trigger);
		await later(2);
		const answer = await (await get("/incidents?incident_key=k&service_ids[]=P1&date_range=all&sort_by=created_at:desc")).json();
		expect(answer).toMatchObject({
			incidents: [
				{ id: "Q0000000000002", status: "triggered", incident_key: null, service: { id: "P1" }, created_at: "2026-11-24T10:00:06Z" },
				{ id: "Q0000000000001", status: "resolved", last_status_change_by: { summary: "primary" } },
			],
			more: false,
		});
		expect(await (await get("/incidents?incident_key=other")).json()).toMatchObject({ incidents: [] });
	});

	test("looks back a month unless told otherwise", async () => {
		const { post, get, trigger, later } = account();
		await post(trigger);
		await later(31 * 86_400);
		expect(await (await get("/incidents?incident_key=k")).json()).toMatchObject({ incidents: [] });
		expect(await (await get("/incidents?incident_key=k&date_range=all")).json()).toMatchObject({ incidents: [{ id: "Q0000000000001" }] });
	});

	test("gives one incident, and 404 for what there is not", async () => {
		const { post, get, trigger, later } = account();
		await post(trigger);
		await later(2);
		expect(await (await get("/incidents/Q0000000000001")).json()).toMatchObject({ incident: { status: "triggered" } });
		expect((await get("/incidents/Q9")).status).toBe(404);
		expect((await get("/services")).status).toBe(404);
	});

	test("answers 429 with its headers to the 961st request in a minute", async () => {
		const { get } = account();
		for (let sent = 0; sent < 960; sent += 1) await get("/incidents");
		const refused = await get("/incidents");
		expect(refused.status).toBe(429);
		expect(refused.headers.get("ratelimit-reset")).toBe("60");
	});
});

describe("the world", () => {
	test("issues the same keys in every run, of the lengths that PagerDuty's have", () => {
		expect(account().keys).toEqual(account().keys);
		expect(account().keys.routingKey).toHaveLength(32);
		expect(account().keys.apiToken).toHaveLength(20);
	});

	test("does not acknowledge for a service that there is not", () => {
		expect(() => account().world.acknowledge({ service: "typo", by: "Alex" })).toThrow(
			'expected a registered service, got "typo"; allowed: primary',
		);
	});
});

describe("a service as it is set up", () => {
	test("is told with the key of its integration where that is asked for, and with its changes", async () => {
		const { get, keys, world } = account();
		const integration = { id: "P1EV2", type: "events_api_v2_inbound_integration", summary: "Events API V2" };
		const service = { id: "P1", type: "service", name: "primary", status: "active", alert_grouping_parameters: { type: null } };
		expect(await (await get("/services/P1?include[]=integrations")).json()).toEqual({
			service: { ...service, integrations: [{ ...integration, integration_key: keys.routingKey }] },
		});
		world.setUp("primary", { status: "maintenance", grouping: "time" });
		expect(await (await get("/services/P1")).json()).toEqual({
			service: {
				...service,
				status: "maintenance",
				alert_grouping_parameters: { type: "time" },
				integrations: [{ ...integration, type: "events_api_v2_inbound_integration_reference" }],
			},
		});
	});

	test("is none for an unknown id, and for whoever has no token", async () => {
		const { get, world } = account();
		expect([(await get("/services/P2")).status, (await get("/services/P1", "Token token=wrong")).status]).toEqual([404, 401]);
		world.setUp("primary", { status: "disabled" });
		world.revokeKeys("primary");
		expect((await get("/services/P1")).status).toBe(401);
	});
});
