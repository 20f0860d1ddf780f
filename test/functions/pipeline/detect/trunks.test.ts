import { describe, expect, test } from "vitest";
import { trunk } from "../fixtures.ts";
import { detectTrunks } from "./observing.ts";

const down = { connected: false } as const;

describe("detectTrunks", () => {
	test.each([
		{ name: "all instances connected", instances: [trunk(), trunk()], verdict: "clear", reason: "connected" },
		{ name: "all instances down", instances: [trunk(down), trunk(down)], verdict: "breach", reason: "not-connected" },
		{ name: "one edge still carries calls", instances: [trunk(down), trunk()], verdict: "clear", reason: "connected" },
		{ name: "no proxy answers OPTIONS", instances: [trunk({ options: [false, false] })], verdict: "breach", reason: "options-failing" },
		{ name: "one proxy answers OPTIONS", instances: [trunk({ options: [false, true] })], verdict: "clear", reason: "connected" },
		{ name: "no registration succeeds", instances: [trunk({ registers: [false] })], verdict: "breach", reason: "registration-failing" },
		{ name: "a disabled trunk is not down", instances: [trunk({ ...down, inService: false })], verdict: "clear", reason: "disabled" },
		{ name: "an inactive trunk is not down", instances: [trunk({ ...down, state: "inactive" })], verdict: "clear", reason: "disabled" },
		{
			name: "its edge is out of service",
			instances: [trunk({ ...down, enabled: false })],
			verdict: "no-data",
			reason: "edge-out-of-service",
		},
		{
			name: "one edge out of service, the other's trunk down",
			instances: [trunk({ enabled: false }), trunk(down)],
			verdict: "breach",
			reason: "not-connected",
		},
		{ name: "no state at all", instances: [trunk({ connected: undefined })], verdict: "no-data", reason: "no-state" },
		{
			name: "an unknown gate counts as open",
			instances: [trunk({ ...down, inService: undefined, enabled: undefined })],
			verdict: "breach",
			reason: "not-connected",
		},
	])("$name → $verdict, $reason", ({ instances, verdict, reason }) => {
		expect(detectTrunks(instances)).toEqual([expect.objectContaining({ id: "base-1", verdict, reason })]);
	});

	test("instances are grouped by their base, deleted ones are left out, order is by base id", () => {
		const found = detectTrunks([
			trunk({ trunkBase: { id: "b", name: "B" } }),
			trunk({ trunkBase: { id: "a", name: "A" } }),
			trunk({ trunkBase: { id: "b", name: "B" }, ...down }),
			trunk({ trunkBase: { id: "c", name: "C" }, state: "deleted" }),
		]);
		expect(found.map(({ id, name, metrics }) => ({ id, name, instances: metrics.instances, up: metrics.instancesUp }))).toEqual([
			{ id: "a", name: "A", instances: 1, up: 1 },
			{ id: "b", name: "B", instances: 2, up: 1 },
		]);
	});
});
