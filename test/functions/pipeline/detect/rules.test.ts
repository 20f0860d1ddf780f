import { describe, expect, test } from "vitest";
import { neededSources, observeAll } from "../../../../functions/pipeline/detect/rules.ts";
import { normalize, summarize } from "../../../../functions/pipeline/normalize/rules.ts";
import type { EdgeState, QueueActivity, TrunkInstance } from "../../../../functions/pipeline/ports.ts";
import { reading, seconds, settings, trunk, zero } from "../fixtures.ts";
import { detectDegraded, detectEdges, detectQueues } from "./observing.ts";

const edge = (change: Partial<EdgeState> = {}): EdgeState => ({
	id: "edge-1",
	name: "Edge-1",
	state: "active",
	statusCode: "ACTIVE",
	online: true,
	...change,
});

const queue = (change: Partial<QueueActivity> = {}): QueueActivity => ({
	id: "queue-1",
	name: "Support",
	waiting: 0,
	waitingSince: [],
	truncated: false,
	onQueueUsers: 3,
	...change,
});

const overflow = {
	enabled: true,
	severity: "medium",
	breachesToOpen: 2,
	clearsToClose: 3,
	remediation: "observe",
	waitingOver: 5,
	longestWaitSecondsOver: 120,
	queues: [{ name: "Support", fedBy: ["Frankfurt-1"] }],
} as const;
const degraded = { ...overflow, scoreBelow: 0.85 };

describe("detectEdges", () => {
	test.each([
		{ name: "online", change: {}, verdict: "clear", reason: "online" },
		{ name: "offline", change: { online: false }, verdict: "breach", reason: "offline" },
		{ name: "taken out of service", change: { online: false, statusCode: "INACTIVE" }, verdict: "clear", reason: "out-of-service" },
		{ name: "inactive", change: { online: false, state: "inactive" }, verdict: "clear", reason: "out-of-service" },
		{
			name: "no status code says nothing against it",
			change: { online: false, statusCode: undefined },
			verdict: "breach",
			reason: "offline",
		},
		{ name: "no online status", change: { online: undefined }, verdict: "no-data", reason: "no-state" },
	])("$name → $verdict, $reason", ({ change, verdict, reason }) => {
		expect(detectEdges([edge(change)])).toEqual([expect.objectContaining({ condition: "edge-offline", id: "edge-1", verdict, reason })]);
	});

	test("each edge is judged by itself, in the order of the ids; a deleted one is none", () => {
		const found = detectEdges([edge({ id: "b", online: false }), edge({ id: "a" }), edge({ id: "c", state: "deleted" })]);
		expect(found.map(({ id, verdict }) => `${id} ${verdict}`)).toEqual(["a clear", "b breach"]);
	});
});

describe("detectQueues", () => {
	const since = (...ago: readonly number[]): number[] => ago.map((second) => seconds(-second));
	test.each([
		{ name: "no row", change: {}, verdict: "clear", reason: "nobody-waits" },
		{ name: "as many as allowed", change: { waiting: 5, waitingSince: since(20) }, verdict: "clear", reason: "within-limits" },
		{ name: "one more than allowed", change: { waiting: 6, waitingSince: since(20) }, verdict: "breach", reason: "too-many-waiting" },
		{ name: "too many, and nobody says since when", change: { waiting: 6 }, verdict: "breach", reason: "too-many-waiting" },
		{ name: "exactly as long as allowed", change: { waiting: 1, waitingSince: since(120) }, verdict: "clear", reason: "within-limits" },
		{ name: "a second longer", change: { waiting: 1, waitingSince: since(121) }, verdict: "breach", reason: "waiting-too-long" },
		{
			name: "the oldest stands anywhere in the list",
			change: { waiting: 2, waitingSince: since(5, 500) },
			verdict: "breach",
			reason: "waiting-too-long",
		},
		{ name: "few wait, and nobody says since when", change: { waiting: 2 }, verdict: "no-data", reason: "no-numbers" },
		{ name: "a row without a count", change: { waiting: undefined }, verdict: "no-data", reason: "no-numbers" },
	])("$name → $verdict, $reason", ({ change, verdict, reason }) => {
		expect(detectQueues([queue(change)], overflow, zero)).toEqual([
			expect.objectContaining({ condition: "queue-overflow", verdict, reason, fedBy: ["Frankfurt-1"] }),
		]);
	});

	test("a truncated list still holds the longest wait, and the count does not come from the list", () => {
		const [found] = detectQueues([queue({ waiting: 400, waitingSince: since(90, 80, 2, 1), truncated: true })], overflow, zero);
		expect(found?.metrics).toEqual({ waiting: 400, longestWaitSeconds: 90, onQueueUsers: 3 });
	});

	test("a clock that is behind the vendor's gives no negative wait", () => {
		const [found] = detectQueues([queue({ waiting: 1, waitingSince: [seconds(30)] })], overflow, zero);
		expect(found?.metrics.longestWaitSeconds).toBe(0);
	});
});

describe("detectDegraded", () => {
	const judge = (instances: readonly TrunkInstance[], before = 0, now = 0) =>
		detectDegraded(instances, degraded, {
			before: { at: zero, mismatches: { "base-1": before } },
			now: { at: seconds(60), mismatches: { "base-1": now } },
		});
	const half = { options: [true, false] };

	test.each([
		{ name: "all proxies answer", instances: [trunk({ options: [true, true] })], verdict: "clear", reason: "healthy" },
		{ name: "half of them answer", instances: [trunk(half)], verdict: "breach", reason: "options-partly-failing" },
		{
			name: "half of the registrations hold",
			instances: [trunk({ registers: [true, false] })],
			verdict: "breach",
			reason: "registration-partly-failing",
		},
		{
			name: "an edge that it lost is not part of the score",
			instances: [trunk({ connected: false, options: [false] }), trunk({ options: [true] })],
			verdict: "clear",
			reason: "healthy",
		},
		{
			name: "an edge out of service is not part of it either",
			instances: [trunk({ ...half, enabled: false }), trunk({ options: [true] })],
			verdict: "clear",
			reason: "healthy",
		},
		{ name: "disabled on purpose", instances: [trunk({ ...half, inService: false })], verdict: "clear", reason: "disabled" },
	])("$name → $verdict, $reason", ({ instances, verdict, reason }) => {
		expect(judge(instances)).toEqual([expect.objectContaining({ condition: "trunk-degraded", id: "base-1", verdict, reason })]);
	});

	test("a trunk that is down is not judged: trunk-down speaks of it", () => {
		expect(judge([trunk({ connected: false }), trunk({ options: [false, false] })])).toEqual([]);
	});

	test("new mismatches count against the calls, old ones that leave do not", () => {
		expect(judge([trunk({ calls: 20 })], 100, 110)).toEqual([expect.objectContaining({ verdict: "breach", reason: "qos-mismatches" })]);
		expect(judge([trunk({ calls: 20 })], 110, 100)).toEqual([expect.objectContaining({ verdict: "clear", reason: "healthy" })]);
	});

	test("nothing probed and nothing measured is no data", () => {
		const unmeasured = detectDegraded([trunk()], degraded, { before: undefined, now: undefined });
		expect(unmeasured).toEqual([expect.objectContaining({ verdict: "no-data", reason: "nothing-measured" })]);
	});
});

describe("the runbooks of the poller", () => {
	const all = {
		"trunk-down": settings.runbooks["trunk-down"],
		"trunk-degraded": degraded,
		"edge-offline": { ...overflow },
		"queue-overflow": overflow,
	};

	test("only what an enabled runbook needs is looked at", () => {
		expect(neededSources({})).toEqual([]);
		expect(neededSources(settings.runbooks)).toEqual(["trunks"]);
		expect(neededSources({ ...settings.runbooks, "queue-overflow": { ...overflow, enabled: false } })).toEqual(["trunks"]);
		expect(neededSources(all as typeof settings.runbooks)).toEqual(["edges", "trunks", "queues"]);
	});

	test("what can explain another failure is observed before it, and what was not read is not judged", () => {
		const sight = { now: zero, edges: [edge()], trunks: [trunk({ options: [true] })], queues: [queue()] };
		const conditions = (seen: Parameters<typeof observeAll>[0]) =>
			observeAll(seen, all as typeof settings.runbooks).map(({ condition }) => condition);
		expect(conditions(sight)).toEqual(["edge-offline", "trunk-down", "trunk-degraded", "queue-overflow"]);
		const { edges: _unread, ...blind } = sight;
		expect(conditions(blind)).toEqual(["trunk-down", "trunk-degraded", "queue-overflow"]);
	});

	test("an observation becomes a reading with what was read attached", () => {
		const [observation] = detectEdges([edge({ online: false })]);
		if (observation === undefined) throw new Error("expected an observation, got none");
		expect(normalize(observation, "high", zero)).toEqual({
			schema: "genesyscloud-runbooks/reading/1",
			condition: "edge-offline",
			entity: { id: "edge-1", name: "Edge-1" },
			severity: "high",
			verdict: "breach",
			reason: "offline",
			observedAt: zero,
			metrics: { online: 0 },
			source: "poller",
			raw: edge({ online: false }),
		});
	});

	test.each([
		{ change: {}, says: "SIP trunk Frankfurt-1 is down: not connected (up on 0 of 2 edges)" },
		{ change: { reason: "reported", metrics: {} }, says: "SIP trunk Frankfurt-1 is down: reported" },
		{ change: { condition: "edge-offline", reason: "offline" }, says: "Edge Frankfurt-1 is offline: it carries no calls" },
		{
			change: { condition: "edge-offline", reason: "seen by monitoring" },
			says: "Edge Frankfurt-1 is offline (seen by monitoring): it carries no calls",
		},
		{
			change: { condition: "queue-overflow", metrics: { waiting: 40, longestWaitSeconds: 95, onQueueUsers: 0 } },
			says: "Queue Frankfurt-1 overflows: 40 waiting, the longest for 95 s (0 on queue)",
		},
		{
			change: { condition: "queue-overflow", metrics: {} },
			says: "Queue Frankfurt-1 overflows: an unknown number waiting (staffing not known)",
		},
		{
			change: { condition: "trunk-degraded", reason: "options-partly-failing", metrics: { score: 0.5, optionsUp: 4, optionsTotal: 8 } },
			says: "SIP trunk Frankfurt-1 is degraded: health score 0.50, 4 of 8 proxies answer OPTIONS",
		},
		{ change: { condition: "trunk-degraded", reason: "reported", metrics: {} }, says: "SIP trunk Frankfurt-1 is degraded: reported" },
		{ change: { condition: "detector-silent", reason: "nothing for 400 s" }, says: "Frankfurt-1: nothing for 400 s" },
	] as const)("the page says: $says", ({ change, says }) => {
		expect(summarize(reading(change))).toBe(says);
	});
});
