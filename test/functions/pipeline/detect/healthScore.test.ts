import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { mismatchesDelta, readGauges } from "../../../../functions/pipeline/detect/gauges.ts";
import { fewestCalls, type HealthFacts, healthScore } from "../../../../functions/pipeline/detect/healthScore.ts";
import { seconds, trunk } from "../fixtures.ts";

const perfect: HealthFacts = { optionsUp: 4, optionsTotal: 4, registersUp: 2, registersTotal: 2, mismatchesDelta: 0, calls: 50 };

describe("healthScore", () => {
	test.each([
		{ name: "nothing is wrong", change: {}, score: 1, weakest: "options" },
		{
			name: "nothing is probed",
			change: { optionsUp: 0, optionsTotal: 0, registersUp: 0, registersTotal: 0 },
			score: 1,
			weakest: "options",
		},
		{ name: "half of the proxies answer", change: { optionsUp: 2 }, score: 0.5, weakest: "options" },
		{ name: "one of two registrations holds", change: { registersUp: 1 }, score: 0.5, weakest: "registers" },
		{ name: "a mismatch in every tenth call", change: { mismatchesDelta: 5 }, score: 0.9, weakest: "qos" },
		{ name: "both shares multiply", change: { optionsUp: 2, registersUp: 1 }, score: 0.25, weakest: "options" },
		{ name: "more mismatches than calls", change: { mismatchesDelta: 500 }, score: 0, weakest: "qos" },
		{ name: "one bad call of one", change: { mismatchesDelta: 1, calls: 1 }, score: 1 - 1 / fewestCalls, weakest: "qos" },
		{ name: "old mismatches leave the window", change: { mismatchesDelta: -300 }, score: 1, weakest: "options" },
		{ name: "no change is known", change: { mismatchesDelta: undefined }, score: 1, weakest: "options" },
	] as const)("$name → $score", ({ change, score, weakest }) => {
		const scored = healthScore({ ...perfect, ...change });
		expect(scored.score).toBeCloseTo(score, 10);
		expect(scored.weakest).toBe(weakest);
	});

	const count = fc.integer({ min: 0, max: 200 });
	const facts: fc.Arbitrary<HealthFacts> = fc
		.tuple(count, count, count, count, fc.option(fc.integer({ min: -5000, max: 5000 }), { nil: undefined }), count)
		.map(([optionsTotal, optionsUp, registersTotal, registersUp, delta, calls]) => ({
			optionsTotal,
			optionsUp: Math.min(optionsUp, optionsTotal),
			registersTotal,
			registersUp: Math.min(registersUp, registersTotal),
			mismatchesDelta: delta,
			calls,
		}));

	test("is from 0 to 1, and so is each part", () => {
		fc.assert(
			fc.property(facts, (given) => {
				const { score, parts } = healthScore(given);
				for (const value of [score, ...Object.values(parts)]) expect(value).toSatisfy((each: number) => each >= 0 && each <= 1);
				expect(Math.min(...Object.values(parts))).toBeGreaterThanOrEqual(score);
			}),
		);
	});

	test("never falls when a proxy or a registration comes up, or when fewer mismatches are new", () => {
		fc.assert(
			fc.property(facts, (given) => {
				const { score } = healthScore(given);
				const better = [
					{ ...given, optionsUp: Math.min(given.optionsUp + 1, given.optionsTotal) },
					{ ...given, registersUp: Math.min(given.registersUp + 1, given.registersTotal) },
					{ ...given, mismatchesDelta: (given.mismatchesDelta ?? 0) - 1 },
				];
				for (const each of better) expect(healthScore(each).score).toBeGreaterThanOrEqual(score);
			}),
		);
	});

	test("a falling window is worth as much as a still one", () => {
		fc.assert(
			fc.property(facts, fc.integer({ min: -10_000, max: 0 }), (given, delta) => {
				expect(healthScore({ ...given, mismatchesDelta: delta })).toEqual(healthScore({ ...given, mismatchesDelta: 0 }));
			}),
		);
	});
});

describe("the change of a gauge", () => {
	const at = (second: number, ...levels: readonly (number | undefined)[]) =>
		readGauges(
			levels.map((qosMismatches) => trunk({ qosMismatches })),
			seconds(second),
		);

	test.each([
		{ name: "the sum over the instances rises", before: at(0, 3, 4), now: at(60, 5, 4), delta: 2 },
		{ name: "the window slides", before: at(0, 10), now: at(60, 4), delta: -6 },
		{ name: "there was no poll before", before: undefined, now: at(60, 4), delta: undefined },
		{ name: "the last poll is long ago", before: at(0, 1), now: at(600, 900), delta: undefined },
		{ name: "one instance did not report before", before: at(0, 3, undefined), now: at(60, 3, 900), delta: undefined },
		{ name: "one instance does not report now", before: at(0, 3, 900), now: at(60, 3, undefined), delta: undefined },
	])("$name → $delta", ({ before, now, delta }) => {
		expect(mismatchesDelta(before, now, "base-1")).toBe(delta);
	});
});
