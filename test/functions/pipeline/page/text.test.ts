import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutSms, cutText, smsSize } from "../../../../functions/pipeline/page/text.ts";

const text = fc.oneof(
	fc.string({ unit: "grapheme", maxLength: 60 }),
	fc.string({ unit: "binary", maxLength: 60 }),
	fc.string({ maxLength: 60 }),
);
const seeded = { numRuns: 500, seed: 20261124 };

const graphemes = (given: string): readonly string[] =>
	[...new Intl.Segmenter("en", { granularity: "grapheme" }).segment(given)].map(({ segment }) => segment);

describe("cutText", () => {
	test.each([
		{ name: "what fits stays", given: "x".repeat(10), units: 10, cut: "x".repeat(10) },
		{ name: "what does not is marked", given: "x".repeat(11), units: 10, cut: `${"x".repeat(7)}...` },
		{ name: "no pair is split", given: "😀".repeat(6), units: 10, cut: "😀😀😀..." },
		{ name: "no family is split", given: `abc👨‍👩‍👧${"x".repeat(9)}`, units: 10, cut: "abc..." },
		{ name: "no accent is taken off its letter", given: `abcdefe\u0301${"x".repeat(9)}`, units: 10, cut: "abcdef..." },
		{ name: "a flag stays whole", given: `${"🇩🇪".repeat(2)}${"x".repeat(9)}`, units: 10, cut: "🇩🇪..." },
		{ name: "a pile of accents is cut all the same", given: `a${"\u0301".repeat(500)}`, units: 10, cut: `a${"\u0301".repeat(6)}...` },
		{ name: "half a pair is replaced", given: "lone \ud83d end", units: 20, cut: "lone \ufffd end" },
		{ name: "there may be no room for the mark", given: "xyz", units: 2, cut: "xy" },
		{ name: "nor for anything", given: "😀", units: 1, cut: "" },
	])("$name", ({ given, units, cut }) => {
		expect(cutText(given, units)).toBe(cut);
	});

	test("is well-formed, within its bound, and a beginning of the text between two of its characters", () => {
		fc.assert(
			fc.property(text, fc.integer({ min: 4, max: 80 }), (given, units) => {
				const cut = cutText(given, units);
				const whole = given.toWellFormed();
				expect(cut.isWellFormed()).toBe(true);
				expect(cut.length).toBeLessThanOrEqual(units);
				if (whole.length <= units) {
					expect(cut).toBe(whole);
					return;
				}
				const kept = cut.slice(0, -3);
				expect(whole.startsWith(kept)).toBe(true);
				const all = graphemes(whole);
				if (all.every((each) => each.length <= 32)) expect(graphemes(kept)).toEqual(all.slice(0, graphemes(kept).length));
			}),
			seeded,
		);
	});
});

describe("smsSize", () => {
	test.each([
		{ given: "", size: { encoding: "GSM-7", units: 0, segments: 1 } },
		{ given: "x".repeat(160), size: { encoding: "GSM-7", units: 160, segments: 1 } },
		{ given: "x".repeat(161), size: { encoding: "GSM-7", units: 161, segments: 2 } },
		{ given: `${"x".repeat(159)}€`, size: { encoding: "GSM-7", units: 161, segments: 2 } },
		{ given: "Zürich [A]", size: { encoding: "GSM-7", units: 12, segments: 1 } },
		{ given: "x".repeat(459), size: { encoding: "GSM-7", units: 459, segments: 3 } },
		{ given: "東".repeat(70), size: { encoding: "UCS-2", units: 70, segments: 1 } },
		{ given: `${"x".repeat(69)}😀`, size: { encoding: "UCS-2", units: 71, segments: 2 } },
	])("of $given is $size", ({ given, size }) => {
		expect(smsSize(given)).toEqual(size);
	});
});

describe("cutSms", () => {
	test("bounds the units of the encoding that the text needs", () => {
		const units = { gsm: 12, ucs2: 6 };
		expect(["x".repeat(12), "x".repeat(13), "€".repeat(7), "東".repeat(6), "東".repeat(7)].map((given) => cutSms(given, units))).toEqual([
			"x".repeat(12),
			`${"x".repeat(9)}...`,
			"€€€€...",
			"東".repeat(6),
			"東東東...",
		]);
	});
});
