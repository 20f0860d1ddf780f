import { describe, expect, test } from "vitest";
import { vanished } from "../../../../functions/pipeline/detect/vanished.ts";
import { watchedConditions } from "../../../../functions/pipeline/model/incident.ts";
import { settings, trunk, zero } from "../fixtures.ts";
import { calm, edgeA, support } from "../pollWorld.ts";

const key = "inc:1:dev:trunk-down:base-1";
const { runbooks } = settings;

describe("vanished", () => {
	test.each([
		{ name: "still listed", keys: [key], snapshot: { now: zero, trunks: [trunk()] }, runbooks, gone: [] },
		{ name: "no longer listed", keys: [key], snapshot: { now: zero, trunks: [] }, runbooks, gone: [{ key, reason: "no-longer-listed" }] },
		{
			name: "listed as deleted",
			keys: [key],
			snapshot: { now: zero, trunks: [trunk({ state: "deleted" })] },
			runbooks,
			gone: [{ key, reason: "no-longer-listed" }],
		},
		{ name: "the listing could not be read", keys: [key], snapshot: { now: zero }, runbooks, gone: [] },
		{
			name: "its runbook is off",
			keys: [key],
			snapshot: { now: zero, trunks: [trunk()] },
			runbooks: {},
			gone: [{ key, reason: "runbook-disabled" }],
		},
		{
			name: "the overseer's own",
			keys: ["inc:1:dev:platform-unreachable:genesys-cloud"],
			snapshot: { now: zero, trunks: [] },
			runbooks,
			gone: [],
		},
		{ name: "an occurrence that moved aside", keys: [`${key}#1`], snapshot: { now: zero, trunks: [] }, runbooks, gone: [] },
	] as const)("$name", ({ keys, snapshot, runbooks: enabled, gone }) => {
		expect(vanished(keys, snapshot, enabled)).toEqual(gone);
	});
});

describe("each condition has its listing", () => {
	const on = Object.fromEntries(watchedConditions.map((condition) => [condition, calm]));
	const keyOf = (condition: string, id: string): string => `inc:1:dev:${condition}:${id}`;
	const listings = { trunks: [trunk()], edges: [edgeA], queues: [support] };

	test.each([
		["trunk-down", "trunks", "base-1"],
		["trunk-degraded", "trunks", "base-1"],
		["edge-offline", "edges", "edge-a"],
		["queue-overflow", "queues", "queue-1"],
	] as const)("%s is looked up in the %s, and only there", (condition, source, listed) => {
		const keys = [keyOf(condition, listed), keyOf(condition, "gone")];
		expect(vanished(keys, { now: zero, ...listings }, on)).toEqual([{ key: keyOf(condition, "gone"), reason: "no-longer-listed" }]);
		expect(vanished(keys, { now: zero, ...listings, [source]: undefined }, on)).toEqual([]);
		expect(vanished(keys, { now: zero, [source]: [] }, on)).toHaveLength(2);
	});

	test("a runbook that is there and off is off", () => {
		const off = { ...on, "edge-offline": { ...calm, enabled: false } };
		expect(vanished([keyOf("edge-offline", "edge-a")], { now: zero, ...listings }, off)).toEqual([
			{ key: keyOf("edge-offline", "edge-a"), reason: "runbook-disabled" },
		]);
	});

	test("what is no incident key is nobody's", () => {
		expect(vanished(["streak:1:dev:trunk-down:gone", ""], { now: zero, ...listings }, on)).toEqual([]);
	});
});
