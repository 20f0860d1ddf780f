import { describe, expect, test } from "vitest";
import { readGauges } from "../../functions/pipeline/detect/gauges.ts";
import type { TrunkInstance } from "../../functions/pipeline/ports.ts";
import { seconds, trunk, zero } from "../functions/pipeline/fixtures.ts";
import { onEdgeA } from "../functions/pipeline/pollWorld.ts";
import { detectDegraded } from "./observing.ts";

const degraded = { scoreBelow: 0.85 };

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

	test("compares the levels of two polls", () => {
		const at = (second: number, level: number) => readGauges([{ ...onEdgeA, qosMismatches: level }], seconds(second));
		const [found] = detectDegraded([onEdgeA], { scoreBelow: 0.85 }, { before: at(0, 3), now: at(60, 8) });
		expect(found?.metrics).toMatchObject({ mismatchesDelta: 5 });
	});
});
