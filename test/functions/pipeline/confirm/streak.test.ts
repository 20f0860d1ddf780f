import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { advanceStreak, type Streak } from "../../../../functions/pipeline/confirm/streak.ts";
import type { Verdict } from "../../../../functions/pipeline/model/incident.ts";
import { seconds } from "../fixtures.ts";

const limits = { breachesToOpen: 2, clearsToClose: 3 };

/** Plays verdicts a minute apart and returns what each asked for, and why. */
function play(verdicts: readonly Verdict[], every = 60): readonly string[] {
	let streak: Streak | undefined;
	return verdicts.map((verdict, index) => {
		const step = advanceStreak(streak, verdict, seconds(index * every), limits);
		streak = step.streak;
		return `${step.signal} ${step.reason}`;
	});
}

describe("advanceStreak", () => {
	test("opens at the second breach in a row and closes at the third clear in a row", () => {
		expect(play(["breach", "breach", "breach", "clear", "clear", "clear", "clear"])).toEqual([
			"none breach-counted",
			"open breach-streak-reached",
			"open breach-streak-reached",
			"none clear-counted",
			"none clear-counted",
			"close clear-streak-reached",
			"close clear-streak-reached",
		]);
	});

	test("a flap starts the count again", () => {
		expect(play(["breach", "clear", "breach", "clear"]).every((step) => step.startsWith("none"))).toBe(true);
	});

	test("no data neither counts nor resets", () => {
		expect(play(["breach", "no-data", "breach"])).toEqual(["none breach-counted", "none no-data", "open breach-streak-reached"]);
	});

	test("a flood of the same reading within one spacing counts once", () => {
		expect(play(["breach", "breach", "breach", "breach"], 1)).toEqual([
			"none breach-counted",
			"none already-counted",
			"none already-counted",
			"none already-counted",
		]);
	});

	test("the spacing ends after exactly twenty seconds, and the other verdict never waits for it", () => {
		const counted = advanceStreak(undefined, "breach", seconds(0), limits).streak;
		const at = (verdict: Verdict, millisecond: number) => advanceStreak(counted, verdict, seconds(0) + millisecond, limits).reason;
		expect([at("breach", 19_999), at("breach", 20_000), at("clear", 1), at("clear", 20_000)]).toEqual([
			"already-counted",
			"breach-streak-reached",
			"clear-counted",
			"clear-counted",
		]);
		expect(counted).toEqual({ breaches: 1, clears: 0, countedAt: seconds(0) });
	});

	test.each([
		{ verdict: "breach", before: undefined, streak: { breaches: 1, clears: 0, countedAt: seconds(60) }, signal: "none" },
		{ verdict: "clear", before: undefined, streak: { breaches: 0, clears: 1, countedAt: seconds(60) }, signal: "none" },
		{ verdict: "no-data", before: undefined, streak: { breaches: 0, clears: 0, countedAt: 0 }, signal: "none" },
		{ verdict: "breach", before: { breaches: 2, clears: 0 }, streak: { breaches: 2, clears: 0, countedAt: seconds(60) }, signal: "open" },
		{ verdict: "breach", before: { breaches: 0, clears: 2 }, streak: { breaches: 1, clears: 0, countedAt: seconds(60) }, signal: "none" },
		{ verdict: "clear", before: { breaches: 0, clears: 3 }, streak: { breaches: 0, clears: 3, countedAt: seconds(60) }, signal: "close" },
		{ verdict: "clear", before: { breaches: 2, clears: 0 }, streak: { breaches: 0, clears: 1, countedAt: seconds(60) }, signal: "none" },
		{ verdict: "no-data", before: { breaches: 2, clears: 0 }, streak: { breaches: 2, clears: 0, countedAt: seconds(0) }, signal: "none" },
	] as const)("a $verdict after $before is $streak, and asks for $signal", ({ verdict, before, streak, signal }) => {
		const step = advanceStreak(before && { ...before, countedAt: seconds(0) }, verdict, seconds(60), limits);
		expect([step.streak, step.signal]).toEqual([streak, signal]);
	});

	test.each([
		{ verdict: "breach", breaches: 1, clears: 0, signal: "none" },
		{ verdict: "breach", breaches: 2, clears: 0, signal: "open" },
		{ verdict: "clear", breaches: 0, clears: 2, signal: "none" },
		{ verdict: "clear", breaches: 0, clears: 3, signal: "close" },
	] as const)(
		"a $verdict within the spacing of $breaches breaches and $clears clears asks again for $signal",
		({ verdict, breaches, clears, signal }) => {
			const before = { breaches, clears, countedAt: seconds(50) };
			expect(advanceStreak(before, verdict, seconds(60), limits)).toEqual({ streak: before, signal, reason: "already-counted" });
		},
	);

	test("opens exactly when the last N counted verdicts are breaches", () => {
		const verdicts = fc.array(fc.constantFrom<Verdict>("breach", "clear", "no-data"), { maxLength: 30 });
		fc.assert(
			fc.property(verdicts, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }), (given, breachesToOpen, clearsToClose) => {
				let streak: Streak | undefined;
				const counted: Verdict[] = [];
				for (const [index, verdict] of given.entries()) {
					const step = advanceStreak(streak, verdict, seconds(index * 60), { breachesToOpen, clearsToClose });
					streak = step.streak;
					if (verdict !== "no-data") counted.push(verdict);
					const tail = (count: number, of: Verdict): boolean =>
						counted.length >= count && counted.slice(-count).every((each) => each === of);
					const expected =
						verdict === "no-data" ? "none" : tail(breachesToOpen, "breach") ? "open" : tail(clearsToClose, "clear") ? "close" : "none";
					expect(step.signal).toBe(expected);
					expect(Math.min(streak.breaches, streak.clears)).toBe(0);
				}
			}),
		);
	});
});
