import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { claimFlight, endFlight, type Flight, whyFlight } from "../../../../functions/pipeline/limits/flight.ts";
import { seconds } from "../fixtures.ts";

const one = { incidentKey: "inc:1:dev:trunk-down:a", occurrence: 1 };
const other = { incidentKey: "inc:1:dev:trunk-down:b", occurrence: 1 };
const cooldown = 600;

describe("a remedy's flight", () => {
	const held = claimFlight(undefined, { ...one, until: seconds(100) }, cooldown, seconds(0)).flight;

	test.each([
		{ name: "nobody has it", flight: undefined, who: one, at: 0, reason: "granted" },
		{ name: "somebody else has it", flight: held, who: other, at: 99, reason: "in-flight" },
		{ name: "the same occurrence asks again", flight: held, who: one, at: 99, reason: "already-held" },
		{ name: "its holder was lost, the cooldown still counts", flight: held, who: other, at: 100, reason: "cooldown" },
		{
			name: "the next occurrence of the same incident",
			flight: endFlight(held, one, true),
			who: { ...one, occurrence: 2 },
			at: 599,
			reason: "cooldown",
		},
		{ name: "after the cooldown", flight: endFlight(held, one, true), who: other, at: 600, reason: "granted" },
		{ name: "a beginning that came to nothing", flight: endFlight(held, one, false), who: other, at: 1, reason: "granted" },
	])("$name: $reason", ({ flight, who, at, reason }) => {
		expect(whyFlight(flight, who, cooldown, seconds(at))).toBe(reason);
	});

	test("is not ended by somebody who does not have it", () => {
		expect(endFlight(held, other, true)).toBeUndefined();
		expect(endFlight(undefined, one, true)).toBeUndefined();
	});

	test("a beginning that came to nothing leaves the cooldown of the one before", () => {
		const before = endFlight(held, one, true);
		const again = claimFlight(before, { ...other, until: seconds(800) }, cooldown, seconds(700));
		expect(again.reason).toBe("granted");
		expect(endFlight(again.flight, other, false)).toEqual({ begunAt: seconds(0) });
	});

	test("is written with its holder, its beginning and the one before; where it is refused, it stays as it is", () => {
		const wanted = { ...other, until: seconds(900) };
		expect(claimFlight(undefined, wanted, cooldown, seconds(700))).toEqual({
			flight: { holder: wanted, begunAt: seconds(700) },
			reason: "granted",
		});
		expect(claimFlight(endFlight(held, one, true), wanted, cooldown, seconds(700)).flight).toEqual({
			holder: wanted,
			begunAt: seconds(700),
			begunBefore: seconds(0),
		});
		expect(claimFlight(held, wanted, cooldown, seconds(50))).toEqual({ flight: held, reason: "in-flight" });
	});

	test("is another's where the incident or the occurrence is another", () => {
		expect(whyFlight(held, { ...one, occurrence: 2 }, cooldown, seconds(50))).toBe("in-flight");
		expect(endFlight(held, { ...one, occurrence: 2 }, true)).toBeUndefined();
		expect(endFlight(held, { ...other, occurrence: 1 }, true)).toBeUndefined();
	});

	test("leaves its beginning behind where something was done, and nothing where it was the first and nothing was done", () => {
		expect(endFlight(held, one, true)).toEqual({ begunAt: seconds(0) });
		expect(endFlight(held, one, false)).toStrictEqual({});
		expect(whyFlight({}, one, cooldown, seconds(0))).toBe("granted");
	});

	test("two that act are never in the air at once, nor within the cooldown", () => {
		const ask = fc.record({ who: fc.constantFrom(one, other), after: fc.integer({ min: 0, max: 900 }), ends: fc.boolean() });
		fc.assert(
			fc.property(fc.array(ask, { maxLength: 30 }), (asks) => {
				let flight: Flight | undefined;
				let at = 0;
				const begun: number[] = [];
				for (const { who, after, ends } of asks) {
					at += after;
					const taken = claimFlight(flight, { ...who, until: seconds(at + 60) }, cooldown, seconds(at));
					flight = taken.flight;
					if (taken.reason === "granted") begun.push(at);
					if (ends) flight = endFlight(flight, who, true) ?? flight;
				}
				for (const [index, moment] of begun.entries())
					if (index > 0) expect(moment - (begun[index - 1] ?? 0)).toBeGreaterThanOrEqual(cooldown);
			}),
		);
	});
});
