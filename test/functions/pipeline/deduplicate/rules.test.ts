import { describe, expect, test } from "vitest";
import { deduplicate } from "../../../../functions/pipeline/deduplicate/rules.ts";
import { whyDispatch, workflowInputs } from "../../../../functions/pipeline/dispatch/rules.ts";
import { incident, reading, seconds, settings } from "../fixtures.ts";

describe("deduplicate", () => {
	const at = seconds(120);
	test.each([
		{ name: "nothing known", existing: undefined, signal: "open", reason: "first", next: { occurrence: 1, state: "open", openedAt: at } },
		{
			name: "open",
			existing: incident(),
			signal: "open",
			reason: "seen-again",
			next: { occurrence: 1, seen: 2, lastSeenAt: at, openedAt: seconds(0) },
		},
		{
			name: "recovery under way",
			existing: incident({ state: "recovered" }),
			signal: "open",
			reason: "next-occurrence",
			next: { occurrence: 2, state: "open", pages: [] },
		},
		{
			name: "closed",
			existing: incident({ state: "closed", occurrence: 4 }),
			signal: "open",
			reason: "next-occurrence",
			next: { occurrence: 5, state: "open", pages: [] },
		},
		{
			name: "open and clear again",
			existing: incident(),
			signal: "close",
			reason: "recovered",
			next: { state: "recovered", recoveredAt: at },
		},
		{ name: "nothing open", existing: undefined, signal: "close", reason: "nothing-open", next: undefined },
		{ name: "recovered already", existing: incident({ state: "recovered" }), signal: "close", reason: "nothing-open", next: undefined },
		{ name: "closed already", existing: incident({ state: "closed" }), signal: "close", reason: "nothing-open", next: undefined },
	] as const)("$name, asked to $signal → $reason", ({ existing, signal, reason, next }) => {
		const plan = deduplicate(existing, reading(), signal, "dev", at);
		expect(plan.reason).toBe(reason);
		if (next === undefined) expect(plan.incident).toBeUndefined();
		else expect(plan.incident).toMatchObject({ key: "inc:1:dev:trunk-down:base-1", ...next });
		expect(plan.archive).toEqual(
			existing !== undefined && reason === "next-occurrence"
				? { ...existing, storedAs: `${existing.key}#${existing.occurrence}` }
				: undefined,
		);
	});

	test("an open incident that is seen again changes in that, and in nothing else", () => {
		const child = { key: "k", condition: "queue-overflow", name: "Support", since: at } as const;
		const existing = incident({ children: [child], tier: 1 });
		const again = { ...existing, lastSeenAt: at, polledAt: at, seen: 2 };
		expect(deduplicate(existing, reading(), "open", "dev", at)).toEqual({ reason: "seen-again", incident: again });
		expect(deduplicate(existing, reading(), "open", "dev", at, [child]).incident).toEqual(again);
		const other = { ...child, key: "l" };
		expect(deduplicate(existing, reading(), "open", "dev", at, [child, other]).incident?.children).toEqual([child, other]);
		expect(deduplicate(incident(), reading(), "open", "dev", at).incident).not.toHaveProperty("children");
	});

	test("a recovery changes the state and nothing else", () => {
		const existing = incident({ seen: 7, tier: 2 });
		expect(deduplicate(existing, reading({ verdict: "clear" }), "close", "dev", at)).toEqual({
			reason: "recovered",
			incident: { ...existing, state: "recovered", recoveredAt: at },
		});
	});

	test("the next occurrence brings nothing of the one before but its number", () => {
		const { incident: next } = deduplicate(incident({ state: "closed", tier: 2 }), reading(), "open", "prod", at);
		expect(next).toEqual(
			incident({
				key: "inc:1:prod:trunk-down:base-1",
				environment: "prod",
				occurrence: 2,
				openedAt: at,
				lastSeenAt: at,
				polledAt: at,
				summary: "SIP trunk Frankfurt-1 is down: not connected (up on 0 of 2 edges)",
			}),
		);
	});

	test("the summary says what, where and how much of it", () => {
		expect(deduplicate(undefined, reading(), "open", "dev", at).incident?.summary).toBe(
			"SIP trunk Frankfurt-1 is down: not connected (up on 0 of 2 edges)",
		);
		expect(deduplicate(undefined, reading({ reason: "reported-by-monitoring", metrics: {} }), "open", "dev", at).incident?.summary).toBe(
			"SIP trunk Frankfurt-1 is down: reported-by-monitoring",
		);
	});
});

describe("two witnesses", () => {
	const alert = { ...reading(), confirmed: true as const, source: "webhook" as const, reason: "an alert" };
	const decide = (
		existing: ReturnType<typeof incident>,
		logged: typeof alert | ReturnType<typeof reading>,
		signal: "open" | "close",
		at: number,
	) => deduplicate(existing, logged, signal, "dev", seconds(at));
	const opened = deduplicate(undefined, alert, "open", "dev", seconds(0)).incident ?? incident();
	const polled = decide(opened, { ...reading(), reason: "not-connected" }, "open", 60).incident ?? incident();

	test("what an alert opened stays the alert's to end, also once the polls see it", () => {
		expect(polled).toMatchObject({ polledAt: seconds(60), reading: { confirmed: true } });
		expect(decide(polled, reading(), "close", 120)).toEqual({ reason: "not-its-witness" });
	});

	test("the alert's end is left to the polls while they see it, and then they tell it", () => {
		const left = decide(polled, alert, "close", 209);
		expect(left).toMatchObject({ reason: "left-to-the-polls", incident: { state: "open" } });
		expect(decide(left.incident ?? polled, reading(), "close", 300)).toMatchObject({ reason: "recovered" });
	});

	test("polls that have seen nothing for two minutes and a half keep no alert from its end", () => {
		expect(decide(polled, alert, "close", 210)).toMatchObject({ reason: "recovered" });
		expect(decide(opened, alert, "close", 60)).toMatchObject({ reason: "recovered" });
	});
});

describe("whyDispatch", () => {
	const message = { incidentKey: incident().key, occurrence: 1 };
	const launch = { id: "launch-1", at: seconds(0) };
	test.each([
		{ name: "nothing launched", item: incident(), reason: "launch" },
		{ name: "an intent without an execution", item: incident({ launch }), reason: "launch-again" },
		{ name: "an execution", item: incident({ launch: { ...launch, executionId: "e" } }), reason: "already-launched" },
		{
			name: "a claim, its execution not recorded",
			item: incident({ launch: { ...launch, claimedAt: seconds(1) } }),
			reason: "already-launched",
		},
		{ name: "no incident", item: undefined, reason: "unknown-incident" },
		{ name: "the next occurrence", item: incident({ occurrence: 2 }), reason: "other-occurrence" },
		{ name: "recovered", item: incident({ state: "recovered" }), reason: "not-open" },
		{
			name: "acknowledged",
			item: incident({ acknowledged: { at: seconds(1), by: "Ada", tier: 1, channel: "sms" } }),
			reason: "acknowledged",
		},
		{ name: "taken over", item: incident({ takenOver: { at: seconds(1), reason: "x" } }), reason: "taken-over" },
	])("$name → $reason", ({ item, reason }) => {
		expect(whyDispatch(item, message)).toBe(reason);
	});

	test("the workflow's inputs are flat, and every one is keyed Flow.x", () => {
		expect(workflowInputs(settings, incident(), "launch-1")).toEqual({
			"Flow.launchId": "launch-1",
			"Flow.incidentKey": "inc:1:dev:trunk-down:base-1",
			"Flow.occurrence": 1,
			"Flow.condition": "trunk-down",
			"Flow.entityId": "base-1",
			"Flow.entityName": "Frankfurt-1",
			"Flow.severity": "high",
			"Flow.summary": "[DEV] SIP trunk Frankfurt-1 is down",
			"Flow.shortText": "[DEV] HIGH: SIP trunk Frankfurt-1 is down",
			"Flow.title": "[DEV] SIP trunk Frankfurt-1 is down",
			"Flow.body": expect.stringMatching(/^\[DEV\] SIP trunk Frankfurt-1 is down\nSince: 2026-01-05 08:00 UTC\nSeverity: high\n/),
			"Flow.spoken": "On-call page, high: DEV SIP trunk Frankfurt-1 is down",
			"Flow.reason": "not-connected",
			"Flow.children": "",
			"Flow.openedAt": "2026-01-05T08:00:00.000Z",
			"Flow.environment": "dev",
		});
	});
});
