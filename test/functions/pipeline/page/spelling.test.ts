import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { oneLine, spelledInGsm, withShortName } from "../../../../functions/pipeline/page/spelling.ts";
import { fitsSms, smsSize } from "../../../../functions/pipeline/page/text.ts";
import { smsLine } from "../../../../functions/pipeline/page/words.ts";
import { hostileName } from "../../../vendors/hostileNames.ts";

describe("what is typewritten in a text message", () => {
	test.each([
		{ name: "quotes", of: "‘a’ “b” „c‟ «d» ‹e› `f´", is: `'a' "b" "c" "d" <e> 'f'` },
		{ name: "dashes", of: "a–b—c−d‑e", is: "a-b-c-d-e" },
		{ name: "an ellipsis", of: "wait…", is: "wait..." },
		{ name: "spaces, also without a width", of: "a\u00a0b\u202fc\u200bd\u00ade", is: "a b cde" },
		{ name: "a bullet, a cross and an arrow", of: "•2×3→6", is: "*2x3->6" },
		{ name: "nothing where it is GSM-7 already", of: "Zürich [A] {1} €", is: "Zürich [A] {1} €" },
		{ name: "nothing where a letter needs UCS-2 all the same", of: "“東京” – down", is: "“東京” – down" },
	])("$name", ({ of, is }) => expect(spelledInGsm(of)).toBe(is));

	test("is a text that GSM-7 holds, or the text as it was", () => {
		fc.assert(
			fc.property(hostileName, (name) => {
				const spelled = spelledInGsm(name);
				if (spelled !== name) expect(smsSize(spelled).encoding).toBe("GSM-7");
			}),
			{ seed: 20261128 },
		);
	});

	test("a summary with typographic signs takes one message instead of two", () => {
		const line = smsLine("HIGH", "SIP trunk “Zürich–Nord” is down: not connected (up on 0 of 2 edges)");
		expect(line).toBe('HIGH: SIP trunk "Zürich-Nord" is down: not connected (up on 0 of 2 edges)');
		expect(smsSize(line)).toMatchObject({ encoding: "GSM-7", segments: 1 });
	});
});

describe("a long name", () => {
	const name = "N".repeat(300);
	const line = `SIP trunk ${name} is down: not connected`;

	test("is shortened in a text message, and what is said of it stays", () => {
		expect(smsLine("HIGH", line, { entityName: name })).toBe(`HIGH: SIP trunk ${"N".repeat(45)}... is down: not connected`);
		expect(smsLine("HIGH", `[DEV] ${line}`, { environment: "dev", entityName: name })).toMatch(/^\[DEV\] HIGH: .*\.\.\. is down/);
	});

	test("is cut with its line where the line does not say it", () => {
		expect(fitsSms(smsLine("HIGH", line, { entityName: "another" }), { gsm: 240, ucs2: 96 })).toBe(true);
		expect(smsLine("HIGH", line)).toHaveLength(240);
	});

	test("stays as it is where it is short, or a pattern", () => {
		expect(withShortName("$& is down", "$&", 48)).toBe("$& is down");
		expect(withShortName(`${"$&".repeat(30)} is down`, "$&".repeat(30), 48)).toBe(`${"$&".repeat(22)}$... is down`);
	});
});

test("whatever breaks a line does not break ours", () => {
	expect(oneLine("a\nb\r\nc\td\u0085e\u2028f\u2029g\u0000h")).toBe("a b c d e f g h");
	fc.assert(
		fc.property(hostileName, (name) => {
			expect(oneLine(name)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
		}),
		{ seed: 20261128 },
	);
});
