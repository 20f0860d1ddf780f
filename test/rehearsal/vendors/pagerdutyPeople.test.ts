import { describe, expect, test } from "vitest";
import { account } from "./pagerdutyAccount.ts";

describe("what takes no incident of its own", () => {
	test("a maintenance window: accepted, and none is made; what is open can still end", async () => {
		const { post, trigger, world, later } = account();
		await post(trigger);
		await later(2);
		const end = world.addFault({ triggers: "dropped" });
		expect((await post({ ...trigger, dedup_key: "k2" })).status).toBe(202);
		await post({ ...trigger, event_action: "resolve" });
		await later(2);
		expect(world.incidents()).toMatchObject([{ incidentKey: "k", status: "resolved" }]);
		end();
		await post({ ...trigger, dedup_key: "k2" });
		await later(2);
		expect(world.incidents()).toHaveLength(2);
	});

	test("grouping: the alert is one of another incident, which is over once all of its alerts are", async () => {
		const { post, get, trigger, world, later } = account();
		await post(trigger);
		await later(2);
		world.addFault({ triggers: "grouped" });
		await post({ ...trigger, dedup_key: "k2" });
		await later(2);
		expect(world.incidents()).toHaveLength(1);
		expect(await (await get("/incidents?incident_key=k2")).json()).toMatchObject({ incidents: [{ id: "Q0000000000001", title: "s" }] });
		expect(await (await get("/incidents/Q0000000000001/alerts?alert_key=k2")).json()).toMatchObject({
			alerts: [{ alert_key: "k2", status: "triggered", incident: { id: "Q0000000000001" } }],
		});
		for (const [dedup_key, status] of [
			["k", "triggered"],
			["k2", "resolved"],
		]) {
			await post({ ...trigger, dedup_key, event_action: "resolve" });
			await later(2);
			expect(world.incidents()[0]?.status).toBe(status);
		}
	});

	test("grouping with nothing open: it goes into what another tool made an hour ago", async () => {
		const { post, get, trigger, world, later } = account();
		world.addFault({ triggers: "grouped" });
		await post(trigger);
		await later(2);
		expect(await (await get("/incidents?incident_key=k")).json()).toMatchObject({
			incidents: [{ title: "Another tool's incident", created_at: "2026-11-24T09:00:00Z", alert_counts: { all: 2 } }],
		});
	});
});

describe("people", () => {
	const at = { service: "primary", by: "Ada" };

	test("snooze: it is acknowledged for an hour, then triggered again", async () => {
		const { post, trigger, world, later } = account();
		await post(trigger);
		await later(2);
		expect(world.act("snooze", at)).toMatchObject([{ status: "acknowledged", changedBy: { summary: "Ada", person: true } }]);
		await later(3599);
		expect(world.incidents()).toMatchObject([{ status: "acknowledged" }]);
		await later(1);
		expect(world.incidents()).toMatchObject([{ status: "triggered", changedBy: { person: false } }]);
	});

	test("reassign: nobody has answered, and an answer is no more", async () => {
		const { post, trigger, world, later } = account();
		await post(trigger);
		await later(2);
		expect(world.act("reassign", at)).toMatchObject([{ status: "triggered", assignedTo: "another team" }]);
		world.acknowledge(at);
		expect(world.act("reassign", at)).toMatchObject([{ status: "triggered" }]);
		expect(world.incidents()[0]).not.toHaveProperty("answeredAt");
	});

	test("merge: it is resolved, its alert is in the other incident, and ends there", async () => {
		const { post, get, trigger, world, later } = account();
		await post(trigger);
		await later(2);
		expect(world.act("merge", at)).toMatchObject([{ status: "resolved", alerts: [], mergedInto: "Q0000000000002" }]);
		expect(await (await get("/incidents/Q0000000000001")).json()).toMatchObject({
			incident: { resolve_reason: { type: "merge_resolve_reason", incident: { id: "Q0000000000002" } } },
		});
		expect(await (await get("/incidents?incident_key=k")).json()).toMatchObject({
			incidents: [{ id: "Q0000000000002", status: "triggered", resolve_reason: null }],
		});
		await post({ ...trigger, event_action: "resolve" });
		await later(2);
		expect(world.incidents().map(({ status }) => status)).toEqual(["resolved", "resolved"]);
	});

	test("delete nothing: PagerDuty has no such thing", () => {
		expect(() => account().world.act("delete", at)).toThrow("expected resolve, snooze, reassign, merge, got delete");
	});
});
