import { describe, expect, test } from "vitest";
import { bases, carried } from "../../functions/pipeline/detect/trunks.ts";
import type { TrunkInstance } from "../../functions/pipeline/ports.ts";
import { trunk } from "../functions/pipeline/fixtures.ts";
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

const on = (edge: string, change: Partial<TrunkInstance> = {}): TrunkInstance => trunk({ edge: { id: edge, name: edge }, ...change });

describe("a trunk that is down", () => {
	test("is told with all that was read and counted, on whichever edges it is judged", () => {
		const group = [
			on("a", { connected: false, options: [false, true], calls: 0, qosMismatches: 4 }),
			on("b", { connected: false, registers: [true, false, false], calls: undefined, qosMismatches: undefined }),
			on("a", { connected: false, calls: 5, qosMismatches: 6 }),
		];
		expect(detectTrunks(group)).toEqual([
			{
				condition: "trunk-down",
				id: "base-1",
				name: "Frankfurt-1",
				verdict: "breach",
				reason: "not-connected",
				metrics: {
					instances: 3,
					instancesUp: 0,
					optionsTotal: 2,
					optionsUp: 1,
					registersTotal: 3,
					registersUp: 1,
					calls: 5,
					qosMismatches: 10,
				},
				raw: group,
				carriedBy: ["a", "b"],
			},
		]);
	});

	test("has the reason of its first instance that gives one", () => {
		const group = [trunk({ connected: undefined }), trunk({ options: [false] }), trunk({ connected: false })];
		expect(detectTrunks(group)).toMatchObject([{ verdict: "breach", reason: "options-failing" }]);
	});

	test("says nothing of its edges where one of them is not known, and nothing of one that is not judged", () => {
		const [unknown] = detectTrunks([on("a", { connected: false }), trunk({ connected: false })]);
		expect(unknown).not.toHaveProperty("carriedBy");
		const [known] = detectTrunks([on("a", { connected: false }), on("b", { enabled: false }), on("c", { inService: false })]);
		expect(known?.carriedBy).toEqual(["a"]);
	});

	test("is ordered by its base, whatever the order of the listing", () => {
		const listed = ["c", "a", "d", "b"].map((id) => trunk({ trunkBase: { id, name: id.toUpperCase() } }));
		expect(bases(listed).map(({ id, name }) => id + name)).toEqual(["aA", "bB", "cC", "dD"]);
		expect(bases(listed.toReversed()).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
	});

	test("is judged where it is wanted and its edge is in service; what is not known counts as both", () => {
		const group = [
			trunk({ id: "1", inService: undefined, enabled: undefined }),
			trunk({ id: "2", inService: false }),
			trunk({ id: "3", state: "inactive" }),
			trunk({ id: "4", enabled: false }),
		];
		const { wanted, judged } = carried(group);
		expect([wanted.map(({ id }) => id), judged.map(({ id }) => id)]).toEqual([["1", "4"], ["1"]]);
	});
});
