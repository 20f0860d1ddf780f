import { describe, expect, test } from "vitest";
import { overseerRunbooks, watchedRunbook, watchedRunbooks } from "../../../../conditions/runbooks.ts";
import { trunkDown } from "../../../../conditions/trunkDown.ts";
import { mismatchesDelta, readGauges } from "../../../../functions/pipeline/detect/gauges.ts";
import { observeAll } from "../../../../functions/pipeline/detect/rules.ts";
import { bases, carried, judgeInstance } from "../../../../functions/pipeline/detect/trunks.ts";
import type { TrunkInstance } from "../../../../functions/pipeline/ports.ts";
import { seconds, trunk, zero } from "../fixtures.ts";
import { all, calm, crowded, edgeA, offline, onEdgeA, support } from "../pollWorld.ts";
import { detectDegraded, detectEdges, detectQueues, detectTrunks } from "./observing.ts";

const on = (edge: string, change: Partial<TrunkInstance> = {}): TrunkInstance => trunk({ edge: { id: edge, name: edge }, ...change });

describe("one instance of a trunk", () => {
	test.each([
		[{ connected: false, options: [true], registers: [true] }, "not-connected"],
		[{ connected: undefined, options: [true] }, "connected"],
		[{ connected: undefined, registers: [true] }, "connected"],
		[{ connected: undefined, options: [], registers: [] }, "no-state"],
		[{ connected: undefined, options: [false], registers: [true] }, "options-failing"],
		[{ connected: undefined, options: [true], registers: [false, false] }, "registration-failing"],
		[{ connected: true, options: [], registers: [] }, "connected"],
		[{ connected: true, options: [false], registers: [false] }, "options-failing"],
		[{ connected: true, options: [false, true], registers: [false, true] }, "connected"],
	] as const)("%j is %s", (change, reason) => {
		expect(judgeInstance(trunk(change))).toBe(reason);
	});
});

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

describe("a degraded trunk", () => {
	const limits = { scoreBelow: 0.85 };
	const gauges = (before: number, now: number) => ({
		before: { at: zero, mismatches: { "base-1": before } },
		now: { at: seconds(60), mismatches: { "base-1": now } },
	});

	test("is told with its score, its parts and all that they were made of", () => {
		const group = [
			trunk({ options: [true, false], registers: [true], calls: 30 }),
			trunk({ options: [true, true], registers: [true, true], calls: 10 }),
			trunk({ connected: false, options: [false], registers: [false], calls: 99 }),
		];
		expect(detectDegraded(group, limits, gauges(10, 14))).toEqual([
			{
				condition: "trunk-degraded",
				id: "base-1",
				name: "Frankfurt-1",
				verdict: "breach",
				reason: "options-partly-failing",
				metrics: {
					score: 0.75 * 0.9,
					optionsShare: 0.75,
					registersShare: 1,
					qosPart: 0.9,
					optionsUp: 3,
					optionsTotal: 4,
					registersUp: 3,
					registersTotal: 3,
					calls: 40,
					mismatchesDelta: 4,
				},
				raw: group,
			},
		]);
	});

	test("without a change of its mismatches has no number of them", () => {
		const [found] = detectDegraded([trunk({ options: [true] })], limits, { before: undefined, now: undefined });
		expect(found).toMatchObject({ verdict: "clear", reason: "healthy", metrics: { score: 1 } });
		expect(found?.metrics).not.toHaveProperty("mismatchesDelta");
	});

	test("is one below the limit, and not at it", () => {
		const half = [trunk({ options: [true, false] })];
		const verdict = (scoreBelow: number) => detectDegraded(half, { scoreBelow }, gauges(0, 0))[0]?.verdict;
		expect([verdict(0.5), verdict(0.500001)]).toEqual(["clear", "breach"]);
	});

	test.each([
		{ name: "only options", change: { options: [true] }, reason: "healthy" },
		{ name: "only registrations", change: { registers: [true] }, reason: "healthy" },
		{ name: "nothing", change: {}, reason: "nothing-measured" },
	])("of which $name is measured: $reason", ({ change, reason }) => {
		const [found] = detectDegraded([trunk(change)], limits, { before: undefined, now: undefined });
		expect(found?.reason).toBe(reason);
		if (reason === "nothing-measured") expect(found?.metrics).toEqual({});
	});

	test("of which only the mismatches are measured is judged by them", () => {
		expect(detectDegraded([trunk({ calls: undefined })], limits, gauges(0, 9))).toMatchObject([{ reason: "qos-mismatches" }]);
	});

	test("that is switched off on purpose is clear, without a number", () => {
		expect(detectDegraded([trunk({ inService: false })], limits, gauges(0, 0))).toMatchObject([{ verdict: "clear", metrics: {} }]);
		expect(detectDegraded([trunk({ inService: false })], limits, gauges(0, 0))[0]?.metrics).toEqual({});
	});
});

describe("an edge", () => {
	test.each([
		[{ online: true }, { online: 1 }, "online"],
		[{ online: false }, { online: 0 }, "offline"],
		[{ online: undefined }, {}, "no-state"],
		[{ online: true, statusCode: "active" }, { online: 1 }, "online"],
		[{ online: true, statusCode: "DISCONNECTED" }, { online: 1 }, "out-of-service"],
		[{ online: true, state: "inactive" }, { online: 1 }, "out-of-service"],
	])("%j is told with %j: %s", (change, metrics, reason) => {
		const edge = { ...edgeA, ...change };
		const [found] = detectEdges([edge]);
		expect(found).toMatchObject({ condition: "edge-offline", id: "edge-a", name: "Edge-A", reason, raw: edge });
		expect(found?.metrics).toEqual(metrics);
	});

	test("stands in the order of the ids", () => {
		const listed = ["c", "a", "d", "b"].map((id) => ({ ...edgeA, id }));
		expect(detectEdges(listed).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
		expect(detectEdges(listed.toReversed()).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
	});
});

describe("a queue", () => {
	const limits = { waitingOver: 5, longestWaitSecondsOver: 120, queues: [{ name: "Sales" }, { name: "Support", fedBy: ["T-1", "T-2"] }] };

	test("is told with what is known of it, whole seconds of the longest wait, and its feeds", () => {
		expect(detectQueues([{ ...crowded, waitingSince: [seconds(-2), zero - 90_999] }], limits, zero)).toEqual([
			{
				condition: "queue-overflow",
				id: "queue-1",
				name: "Support",
				verdict: "breach",
				reason: "too-many-waiting",
				metrics: { waiting: 9, longestWaitSeconds: 90, onQueueUsers: 2 },
				raw: { ...crowded, waitingSince: [seconds(-2), zero - 90_999] },
				fedBy: ["T-1", "T-2"],
			},
		]);
		const unknown = { ...support, name: "Other", waiting: undefined, onQueueUsers: undefined };
		expect(detectQueues([unknown], limits, zero)[0]).toMatchObject({ fedBy: [], metrics: {} });
		expect(detectQueues([unknown], limits, zero)[0]?.metrics).toStrictEqual({});
		expect(detectQueues([{ ...support, name: "Sales" }], limits, zero)[0]?.fedBy).toEqual([]);
	});

	test("of which only the wait is known, and is short: nobody knows how many", () => {
		const found = detectQueues([{ ...support, waiting: undefined, waitingSince: [seconds(-5)] }], limits, zero);
		expect(found).toMatchObject([{ verdict: "no-data", reason: "no-numbers" }]);
	});

	test("stands in the order of the ids", () => {
		const listed = ["c", "a", "d", "b"].map((id) => ({ ...support, id }));
		expect(detectQueues(listed, limits, zero).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
		expect(detectQueues(listed.toReversed(), limits, zero).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
	});
});

describe("the runbooks of the poller", () => {
	test("each looks at its own source, and sees nothing where that was not read", () => {
		const needs = watchedRunbooks.map(({ name, sources }) => `${name} ${sources.join(" ")}`);
		expect(needs).toEqual(
			expect.arrayContaining(["edge-offline edges", "trunk-down trunks", "trunk-degraded trunks", "queue-overflow queues"]),
		);
		expect(observeAll({ now: zero }, all)).toEqual([]);
	});

	test("what only the overseer can know is none of them", () => {
		expect(overseerRunbooks.filter(({ name }) => watchedRunbook(name) !== undefined)).toEqual([]);
		expect(watchedRunbook("trunk-down")).toBe(trunkDown);
	});

	test("only those of enabled runbooks observe", () => {
		const sight = { now: zero, trunks: [onEdgeA], edges: [offline], queues: [support] };
		const off = { ...all, "trunk-down": { ...calm, enabled: false } };
		expect(observeAll(sight, off).map(({ condition }) => condition)).toEqual(["edge-offline", "trunk-degraded", "queue-overflow"]);
	});

	test("the degraded one compares the levels of two polls", () => {
		const at = (second: number, level: number) => readGauges([{ ...onEdgeA, qosMismatches: level }], seconds(second));
		const [found] = detectDegraded([onEdgeA], { scoreBelow: 0.85 }, { before: at(0, 3), now: at(60, 8) });
		expect(found?.metrics).toMatchObject({ mismatchesDelta: 5 });
	});
});

describe("the levels of a gauge", () => {
	test("are summed for each base; one that is not whole is left out", () => {
		const of = (id: string, qosMismatches: number | undefined) => trunk({ trunkBase: { id, name: id }, qosMismatches });
		expect(readGauges([of("a", 3), of("b", 0), of("a", 4), of("c", 9), of("c", undefined)], seconds(60))).toEqual({
			at: seconds(60),
			mismatches: { a: 7, b: 0 },
		});
	});

	test("are compared over three minutes and no longer, and only where both are known", () => {
		const at = (second: number, mismatches: Readonly<Record<string, number>>) => ({ at: seconds(second), mismatches });
		expect(mismatchesDelta(at(0, { a: 1 }), at(180, { a: 4 }), "a")).toBe(3);
		expect(mismatchesDelta(at(0, { a: 1 }), at(180.001, { a: 4 }), "a")).toBeUndefined();
		expect(mismatchesDelta(at(0, { a: 1 }), undefined, "a")).toBeUndefined();
		expect(mismatchesDelta(at(0, { a: 1 }), at(60, {}), "a")).toBeUndefined();
		expect(mismatchesDelta(at(0, {}), at(60, { a: 1 }), "a")).toBeUndefined();
	});
});
