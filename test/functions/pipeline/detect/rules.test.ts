import { describe, expect, test } from "vitest";
import { neededSources, observeAll } from "../../../../functions/pipeline/detect/rules.ts";
import { normalize, summarize } from "../../../../functions/pipeline/normalize/rules.ts";
import { detectEdges, edge, overflow, queue } from "../../../conditions/observing.ts";
import { reading, settings, trunk, zero } from "../fixtures.ts";

const degraded = { ...overflow, scoreBelow: 0.85 };

describe("the runbooks of the poller", () => {
	const all = {
		"trunk-down": settings.runbooks["trunk-down"],
		"trunk-degraded": degraded,
		"edge-offline": { ...overflow },
		"queue-overflow": overflow,
	};

	const { routes } = settings;

	test("the edges are read as well where a route asks for a trunk's site", () => {
		const bySite = [{ match: { site: ["Berlin"] }, policy: "default" }, ...routes];
		expect(neededSources({ runbooks: settings.runbooks, routes: bySite })).toEqual(["edges", "trunks"]);
		expect(neededSources({ runbooks: { "queue-overflow": overflow }, routes: bySite })).toEqual(["queues"]);
	});

	test("only what an enabled runbook needs is looked at", () => {
		expect(neededSources({ runbooks: {}, routes })).toEqual([]);
		expect(neededSources({ runbooks: settings.runbooks, routes })).toEqual(["trunks"]);
		expect(neededSources({ runbooks: { ...settings.runbooks, "queue-overflow": { ...overflow, enabled: false } }, routes })).toEqual([
			"trunks",
		]);
		expect(neededSources({ runbooks: all as typeof settings.runbooks, routes })).toEqual(["edges", "trunks", "queues"]);
	});

	test("what can explain another failure is observed before it, and what was not read is not judged", () => {
		const snapshot = { now: zero, edges: [edge()], trunks: [trunk({ options: [true] })], queues: [queue()] };
		const conditions = (seen: Parameters<typeof observeAll>[0]) =>
			observeAll(seen, all as typeof settings.runbooks).map(({ condition }) => condition);
		expect(conditions(snapshot)).toEqual(["edge-offline", "trunk-down", "trunk-degraded", "queue-overflow"]);
		const { edges: _unread, ...blind } = snapshot;
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
