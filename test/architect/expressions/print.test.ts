import { describe, expect, it } from "vitest";
import { parse } from "../../../architect/expressions/parse.ts";
import { print, quote } from "../../../architect/expressions/print.ts";

describe("printing keeps only the parentheses that are needed", () => {
	it.each([
		["(1 + 2) * 3"],
		["1 + 2 * 3"],
		["1 - (2 - 3)"],
		["1 - 2 - 3"],
		["(1 ^ 2) ^ 3", "1 ^ 2 ^ 3"],
		["1 ^ (2 ^ 3)"],
		["!(true and false)"],
		["!-1"],
		["-(!true)"],
		["-(-1)", "--1"],
		["-(1 + 2)"],
		["(-1) ^ 2", "-1 ^ 2"],
		["-(1 ^ 2)"],
		["(true ? 1 : 2) ? 3 : 4"],
		["true ? (false ? 1 : 2) : (true ? 3 : 4)", "true ? false ? 1 : 2 : true ? 3 : 4"],
		["(true ? 1 : 2) + 3"],
		["(Flow.a + Flow.b).c"],
		["(Flow.a + Flow.b)[0]"],
		["(-Flow.a)[0]"],
		["Flow.a[(1 + 2)]", "Flow.a[1 + 2]"],
		["(Flow.a.b).c[0]", "Flow.a.b.c[0]"],
		["F((1), (true ? 1 : 2))", "F(1, true ? 1 : 2)"],
		["true or false and true"],
		["(true or false) and true"],
		["(1 | 2) & 3"],
		["1 == 2 | 3 & 4", "1 == 2 | 3 & 4"],
		["(1 == 2) == true", "1 == 2 == true"],
		["1 == (2 > 3)", "1 == 2 > 3"],
		["~1"],
		["NOT_SET == not_set", "NOT_SET == NOT_SET"],
		["TRUE", "true"],
		["1.50", "1.5"],
	])("%s", (text, expected = text) => {
		expect(print(parse(text))).toBe(expected);
	});

	it("escapes what a string literal cannot hold", () => {
		expect(quote('a"b\\c\nd\re\tf')).toBe('"a\\"b\\\\c\\nd\\re\\tf"');
		expect(quote('""\\\\\n\n\r\r\t\t')).toBe('"\\"\\"\\\\\\\\\\n\\n\\r\\r\\t\\t"');
	});
});
