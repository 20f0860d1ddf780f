import { describe, expect, it } from "vitest";
import { chance } from "../../../architect/expressions/chance.ts";
import type { Json } from "../../../architect/expressions/values.ts";
import { problemOf, resultOf, type Scope } from "./evaluating.ts";

const scope: Scope = { "Flow.steps": { type: "durationCollection", content: [60_000, undefined, 120_000] } };

describe("the nth weekday of a month or of a year", () => {
	it.each<[string, Json]>([
		["GetDayOfWeekOccurrence(1, 1, 2026)", "2026-01-04T00:00:00Z"],
		["GetDayOfWeekOccurrence(5, 1, 2026)", "2026-01-01T00:00:00Z"],
		["GetDayOfWeekOccurrence(4, 1, 2026)", "2026-01-07T00:00:00Z"],
		["GetDayOfWeekOccurrence(5, 53, 2026)", "2026-12-31T00:00:00Z"],
		["GetDayOfWeekOccurrence(4, 53, 2026)", null],
		["GetDayOfWeekOccurrence(5, -1, 2026)", "2026-12-31T00:00:00Z"],
		["GetDayOfWeekOccurrence(5, -53, 2026)", "2026-01-01T00:00:00Z"],
		["GetDayOfWeekOccurrence(5, -54, 2026)", null],
		["GetDayOfWeekOccurrence(1, 1, 2026, 2)", "2026-02-01T00:00:00Z"],
		["GetDayOfWeekOccurrence(7, 4, 2026, 2)", "2026-02-28T00:00:00Z"],
		["GetDayOfWeekOccurrence(7, 5, 2026, 2)", null],
		["GetDayOfWeekOccurrence(1, 5, 2026, 3)", "2026-03-29T00:00:00Z"],
		["GetDayOfWeekOccurrence(1, -5, 2026, 3)", "2026-03-01T00:00:00Z"],
		["GetDayOfWeekOccurrence(1, -6, 2026, 3)", null],
		["GetDayOfWeekOccurrence(5, 1, 2026, 12)", "2026-12-03T00:00:00Z"],
		["GetDayOfWeekOccurrence(5, 5, 2026, 12)", "2026-12-31T00:00:00Z"],
		["GetDayOfWeekOccurrence(5, 1, 2026, 1, 2, 3)", "2026-01-01T01:02:03Z"],
		["GetDayOfWeekOccurrence(5, -1, 2026, 23, 59, 59)", "2026-12-31T23:59:59Z"],
		["GetDayOfWeekOccurrence(5, 1, 2026, 12, 4, 5, 6)", "2026-12-03T04:05:06Z"],
		["GetDayOfWeekOccurrence(5, 1, 1800, 1)", "1800-01-02T00:00:00Z"],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression)).toEqual(["dateTime", value]);
	});

	it.each([
		["GetDayOfWeekOccurrence(0, 1, 2026)", "day of the week to be from 1 to 7, got 0"],
		["GetDayOfWeekOccurrence(1, 1, 1799)", "year to be from 1800 to 2200, got 1799"],
		["GetDayOfWeekOccurrence(1, 1, 2201)", "year to be from 1800 to 2200, got 2201"],
		["GetDayOfWeekOccurrence(1, 1, 2026, 0)", "month to be from 1 to 12, got 0"],
		["GetDayOfWeekOccurrence(1, 1, 2026, 13)", "month to be from 1 to 12, got 13"],
		["GetDayOfWeekOccurrence(1, 1, 2026, 24, 0, 0)", "hour to be from 0 to 23, got 24"],
		["GetDayOfWeekOccurrence(1, 1, 2026, 1, 0, -1, 0)", "minute to be from 0 to 59, got -1"],
		["GetDayOfWeekOccurrence(1, 1, 2026, 1, 0, 0, 60)", "second to be from 0 to 59, got 60"],
	])("%s is out of range", (expression, what) => {
		expect(problemOf(expression)).toEqual(["out-of-range", 1, `GetDayOfWeekOccurrence: Expected the ${what}.`]);
	});
});

describe("rounding durations up", () => {
	it.each<[string, Json]>([
		["RoundUp(MakeDuration(0, 0, 0, 30))", "PT30S"],
		["RoundUp(MakeDuration(0, 0, 0, 30, 1))", "PT1M"],
		["RoundUp(MakeDuration(0, 0, 1, 1))", "PT2M"],
		["RoundUp(MakeDuration(0, 0, 2, 1))", "PT5M"],
		["RoundUp(MakeDuration(0, 0, 5, 1))", "PT10M"],
		["RoundUp(MakeDuration(0, 0, 0, 0))", "PT0S"],
		["RoundUp(MakeDuration(0, 0, 7, 0), MakeDuration(0, 0, 7, 0))", "PT7M"],
		["RoundUp(MakeDuration(0, 0, 7, 1), MakeDuration(0, 0, 7, 0))", "PT14M"],
		["RoundUp(MakeDuration(0, 0, 0, 30), MakeDuration(0, 0, 5, 0), Flow.steps)", "PT1M"],
		["RoundUp(MakeDuration(0, 0, 1, 30), MakeDuration(0, 0, 5, 0), Flow.steps)", "PT2M"],
		["RoundUp(MakeDuration(0, 0, 3, 0), MakeDuration(0, 0, 5, 0), Flow.steps)", "PT5M"],
		["RoundUp(MakeDuration(0, 0, 0, 30), MakeDuration(0, 0, 0, 40), Flow.steps)", "PT40S"],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression, scope)).toEqual(["duration", value]);
	});

	it("needs an interval, and a range has durations at both ends", () => {
		expect(problemOf("RoundUp(MakeDuration(0, 0, 1, 0), MakeDuration(0, 0, 0, -1))")).toEqual([
			"out-of-range",
			1,
			"RoundUp: Expected an interval of more than 0 ms, got -1000 ms.",
		]);
		expect(resultOf("RoundUp(MakeDuration(0, 0, 0, 0, 1), MakeDuration(0, 0, 0, 0, 1))")[1]).toBe("PT0.001S");
		const out = "Range: Expected a duration within ±999999999999999 ms, got ";
		expect(problemOf("Range(System.MaxDuration, MakeDuration(0, 0, 0, 0, 1))")[2]).toBe(`${out}1000000000000000 ms.`);
		expect(problemOf("Range(System.MinDuration, MakeDuration(0, 0, 0, 0, 1))")[2]).toBe(`${out}-1000000000000000 ms.`);
	});
});

describe("chance", () => {
	const moments = [0, 1, 2, 3].map((step) => 1_767_225_600_000 + step);

	it("is from 0 to below 1 and differs by seed and by place", () => {
		const drawn = moments.flatMap((seed) => [1, 2, 3].map((position) => chance(seed, position)));
		for (const each of drawn) expect(each >= 0 && each < 1).toBe(true);
		expect(new Set(drawn).size).toBe(drawn.length);
		expect(chance(1, 1)).not.toBe(chance(1 + 2 ** 32, 1));
	});

	it("fills its range evenly, whatever the seed's step is", () => {
		for (const step of [1, 1000, 60_000, 2 ** 32]) {
			const tenths = new Array<number>(10).fill(0);
			for (let count = 0; count < 2000; count += 1) {
				const tenth = Math.floor(chance(1_767_225_600_000 + count * step, 1) * 10);
				tenths[tenth] = (tenths[tenth] ?? 0) + 1;
			}
			expect(Math.min(...tenths)).toBeGreaterThan(140);
			expect(Math.max(...tenths)).toBeLessThan(260);
		}
	});

	it("does not step evenly from one seed to the next", () => {
		const drawn = Array.from({ length: 200 }, (_, step) => chance(1_767_225_600_000 + step, 1));
		const steps = drawn.slice(1).map((each, index) => Math.round(((each - (drawn[index] ?? 0) + 1) % 1) * 1000));
		expect(new Set(steps).size).toBeGreaterThan(150);
	});

	it("is the moment's own without a seed, and within RandomInt's two ends", () => {
		expect(resultOf("Random()")).toEqual(resultOf("Random()", {}, { seed: Date.UTC(2026, 0, 31, 6, 30, 0) }));
		expect(resultOf("RandomInt(5, 5)")).toEqual(["integer", 5]);
		const drawn = (expression: string) => new Set(Array.from({ length: 60 }, (_, seed) => resultOf(expression, {}, { seed })[1]));
		expect(drawn("RandomInt(10, 12)")).toEqual(new Set([10, 11, 12]));
		expect(drawn("RandomInt(-2, 0)")).toEqual(new Set([-2, -1, 0]));
		expect(problemOf("RandomInt(5, 4)")).toEqual(["out-of-range", 1, "RandomInt: Expected a second number of at least 5, got 4."]);
	});
});
