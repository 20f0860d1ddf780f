import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { overOpening, spokenLine, spokenOpening, spokenText } from "../../../../functions/pipeline/page/spoken.ts";
import { parseXml } from "../../../../rehearsal/vendors/voice/xml.ts";

describe("what is said", () => {
	test.each([
		{ name: "an ampersand is a word", given: "R&D", said: "R and D" },
		{ name: "brackets and quotes are nothing", given: 'a <b> "c" \\ `d`', said: "a b c d" },
		{ name: "an apostrophe stays one", given: "O'Hare", said: "O’Hare" },
		{ name: "pictures are nothing", given: "down 🔥 now 👨‍👩‍👧", said: "down now" },
		{ name: "letters of every language stay", given: "Münster, Łódź, 東京, Αθήνα", said: "Münster, Łódź, 東京, Αθήνα" },
		{ name: "letters in disguise are letters", given: "𝐇𝐞𝐥𝐥𝐨 ＜ok＞", said: "Hello ok" },
		{ name: "lines become one", given: "a\r\n\tb", said: "a b" },
		{ name: "half a pair is nothing", given: "lone \ud83d end", said: "lone end" },
		{ name: "numbers are read with their signs", given: "100 % (3.5 €), 5-10/min", said: "100 % (3.5 €), 5-10/min" },
	])("$name", ({ given, said }) => {
		expect(spokenText(given)).toBe(said);
	});

	test("means nothing in XML, in a text as in an attribute, whatever is given", () => {
		const text = fc.oneof(fc.string({ unit: "binary", maxLength: 80 }), fc.string({ unit: "grapheme", maxLength: 80 }));
		fc.assert(
			fc.property(text, (given) => {
				const said = spokenText(given);
				const { attributes, children } = parseXml(`<a b="${said}" c='${said}'>${said}</a>`);
				expect([attributes.b, attributes.c, children.join("")]).toEqual([said, said, said]);
			}),
			{ numRuns: 500, seed: 20261124 },
		);
	});

	test("is one line of at most 300 characters that begins with what it is about", () => {
		expect(spokenLine(spokenOpening("high"), "SIP trunk A&B is down")).toBe("On-call page, high: SIP trunk A and B is down");
		expect(spokenLine(overOpening, "x".repeat(500))).toBe(`Recovered: ${"x".repeat(286)}...`);
	});
});
