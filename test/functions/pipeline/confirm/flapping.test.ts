import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	advanceHistory,
	dampedClears,
	type FlapHistory,
	flapClosings,
	flapFactor,
	flapWindowMilliseconds,
	isFlapping,
} from "../../../../functions/pipeline/confirm/flapping.ts";
import { seconds } from "../fixtures.ts";

const play = (...signals: readonly (readonly [number, "open" | "close" | "none"])[]): FlapHistory | undefined =>
	signals.reduce<FlapHistory | undefined>((history, [second, signal]) => advanceHistory(history, signal, seconds(second)), undefined);

describe("flap damping", () => {
	test("a repeated close without an opening is no flap", () => {
		expect(play([0, "close"], [60, "close"], [120, "close"])).toEqual({ open: false, closings: [] });
	});

	test("an opening that is asked for again and again is one opening", () => {
		expect(play([0, "open"], [60, "open"], [120, "close"], [180, "close"])).toEqual({ open: false, closings: [seconds(120)] });
	});

	test("after two closings within the hour it takes five times as many clears", () => {
		const once = play([0, "open"], [60, "close"]);
		const twice = play([0, "open"], [60, "close"], [120, "open"], [180, "close"]);
		expect(dampedClears(3, undefined, seconds(0))).toBe(3);
		expect(dampedClears(3, once, seconds(61))).toBe(3);
		expect(dampedClears(3, twice, seconds(181))).toBe(3 * flapFactor);
	});

	test("what is older than the window is forgotten", () => {
		const twice = play([0, "open"], [60, "close"], [120, "open"], [180, "close"]);
		expect(isFlapping(twice, seconds(60) + flapWindowMilliseconds - 1)).toBe(true);
		expect(isFlapping(twice, seconds(60) + flapWindowMilliseconds)).toBe(false);
	});

	test("a reading that asks for nothing changes nothing but what is forgotten", () => {
		const history = play([0, "open"], [60, "close"], [120, "open"]);
		expect(advanceHistory(history, "none", seconds(180))).toEqual({ open: true, closings: [seconds(60)] });
		expect(advanceHistory(history, "none", seconds(60) + flapWindowMilliseconds)).toEqual({ open: true, closings: [] });
		expect(advanceHistory(undefined, "none", seconds(0))).toEqual({ open: false, closings: [] });
		expect(advanceHistory(history, "open", seconds(180))).toEqual({ open: true, closings: [seconds(60)] });
	});

	test("the two last closings are kept, the oldest first", () => {
		const history = play([0, "open"], [60, "close"], [120, "open"], [180, "close"], [240, "open"], [300, "close"]);
		expect(history).toEqual({ open: false, closings: [seconds(180), seconds(300)] });
	});

	test("the history never grows beyond what decides", () => {
		const signals = fc.array(fc.constantFrom("open" as const, "close" as const, "none" as const), { maxLength: 200 });
		fc.assert(
			fc.property(signals, (given) => {
				const history = play(...given.map((signal, index) => [index * 60, signal] as const));
				expect((history?.closings ?? []).length).toBeLessThanOrEqual(flapClosings);
			}),
		);
	});
});
