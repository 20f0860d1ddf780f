import { describe, expect, it } from "vitest";
import { parse } from "../../../architect/expressions/parse.ts";
import { print } from "../../../architect/expressions/print.ts";
import { childrenOf, type Expression } from "../../../architect/expressions/syntax.ts";
import { tokenize } from "../../../architect/expressions/tokens.ts";
import { problemIn } from "./evaluating.ts";

/** Each token as its kind, its text or value and its position. */
function tokensOf(text: string): readonly (readonly unknown[])[] {
	return tokenize(text).map((token) => {
		if (token.kind === "end") return [token.kind, token.position];
		return [token.kind, "text" in token ? token.text : token.value, token.position];
	});
}

describe("tokens", () => {
	it("have their kind and their place, counting from 1", () => {
		expect(tokensOf('  Flow.a_1 >= 12.50\n\t&"x" 7')).toEqual([
			["name", "Flow", 3],
			["symbol", ".", 7],
			["name", "a_1", 8],
			["symbol", ">=", 12],
			["decimal", 12.5, 15],
			["symbol", "&", 22],
			["string", "x", 23],
			["integer", 7, 27],
			["end", 28],
		]);
	});

	it.each(["==", "!=", ">=", "<=", ..."-+*/%^&|!~<>?:()[].,"])("of the symbol %s", (symbol) => {
		expect(tokensOf(symbol)).toEqual([
			["symbol", symbol, 1],
			["end", symbol.length + 1],
		]);
	});

	it.each<[string, readonly (readonly unknown[])[]]>([
		["", [["end", 1]]],
		[
			"_a1",
			[
				["name", "_a1", 1],
				["end", 4],
			],
		],
		[
			"1.",
			[
				["integer", 1, 1],
				["symbol", ".", 2],
				["end", 3],
			],
		],
		[
			".5",
			[
				["symbol", ".", 1],
				["integer", 5, 2],
				["end", 3],
			],
		],
		[
			"007",
			[
				["integer", 7, 1],
				["end", 4],
			],
		],
		[
			"1.0",
			[
				["decimal", 1, 1],
				["end", 4],
			],
		],
		[
			"2a",
			[
				["integer", 2, 1],
				["name", "a", 2],
				["end", 3],
			],
		],
		[
			'""',
			[
				["string", "", 1],
				["end", 3],
			],
		],
		[
			'"\\"\\\\\\n\\r\\t"',
			[
				["string", '"\\\n\r\t', 1],
				["end", 13],
			],
		],
		[
			'"é😀\u2028"',
			[
				["string", "é😀\u2028", 1],
				["end", 7],
			],
		],
		[
			"999999999999999",
			[
				["integer", 999_999_999_999_999, 1],
				["end", 16],
			],
		],
		[
			"1000000000000000.5",
			[
				["decimal", 1_000_000_000_000_000.5, 1],
				["end", 19],
			],
		],
	])("of %j", (text, tokens) => {
		expect(tokensOf(text)).toEqual(tokens);
	});

	it.each([
		[`1 + "abc`, "syntax", 5, 'Expected a closing " of this string, got the end of the expression.'],
		['1 + "ab\\q"', "syntax", 8, 'Expected one of \\" \\\\ \\n \\r \\t in a string, got "\\q".'],
		['"ab\\', "syntax", 4, 'Expected one of \\" \\\\ \\n \\r \\t in a string, got "\\".'],
		["Flow.a # 1", "syntax", 8, 'Expected a value or an operator, got "#".'],
		["Flow.a 😀", "syntax", 8, 'Expected a value or an operator, got "😀".'],
		["a='x'", "syntax", 2, 'Expected a value or an operator, got "=" (equality is ==).'],
		["a 'x'", "syntax", 3, 'Expected a value or an operator, got "\'" (strings stand in "double quotes").'],
		[`1 + ${"9".repeat(50)}`, "out-of-range", 5, `Expected an integer of at most 999999999999999, got ${"9".repeat(40)}.`],
		[`1 + ${"9".repeat(400)}.0`, "out-of-range", 5, "Expected a decimal that fits in 64 bits."],
		[`"${"a".repeat(32_000)}"`, "too-long", 32_001, "Expected at most 32000 characters, got 32002."],
	])("are none in %s: %s at %i", (text, kind, position, message) => {
		expect(problemIn(() => tokenize(text))).toEqual([kind, position, message]);
	});
});

/** Kind and position of every part, the whole first. */
function placesOf(expression: Expression): readonly string[] {
	return [`${expression.kind} ${expression.position}`, ...childrenOf(expression).flatMap(placesOf)];
}

describe("places: an operator's own, a call's name, a conditional's condition", () => {
	it.each([
		["1 + 2 * 3", ["binary 3", "literal 1", "binary 7", "literal 5", "literal 9"]],
		["-Flow.a", ["unary 1", "variable 2"]],
		["true and !false", ["binary 6", "literal 1", "unary 10", "literal 11"]],
		[" (true) ? 1 : 2", ["conditional 3", "literal 3", "literal 11", "literal 15"]],
		["Flow.a[0].b", ["property 10", "index 7", "variable 1", "literal 8"]],
		['If(Flow.a, "x", NOT_SET)', ["call 1", "variable 4", "literal 12", "literal 17"]],
		["1 - 2 - 3", ["binary 7", "binary 3", "literal 1", "literal 5", "literal 9"]],
	])("%s", (text, places) => {
		expect(placesOf(parse(text))).toEqual(places);
	});
});

describe("what a text is parsed to", () => {
	it.each<[string, unknown]>([
		["TRUE", { kind: "literal", type: "boolean", value: true, position: 1 }],
		["False", { kind: "literal", type: "boolean", value: false, position: 1 }],
		["not_set", { kind: "literal", type: "notSet", position: 1 }],
		["1.0", { kind: "literal", type: "decimal", value: 1, position: 1 }],
		["1", { kind: "literal", type: "integer", value: 1, position: 1 }],
		["flow.X", { kind: "variable", name: "flow.X", position: 1 }],
		["now()", { kind: "call", name: "now", args: [], position: 1 }],
		["True.x", { kind: "property", property: "x", position: 5 }],
		["Flow.a AND Flow.b", { kind: "binary", operator: "and", position: 8 }],
		["Flow.a Or Flow.b", { kind: "binary", operator: "or", position: 8 }],
	])("%s", (text, expected) => {
		expect(parse(text)).toMatchObject(Object(expected));
	});
});

describe("refused", () => {
	it.each([
		["(1", 3, 'Expected ")", got the end of the expression.'],
		["Flow.a[1", 9, 'Expected "]", got the end of the expression.'],
		["true ? 1", 9, 'Expected ":", got the end of the expression.'],
		["true ? 1 , 2", 10, 'Expected ":", got ",".'],
		["Flow.a.", 8, "Expected a property name, got the end of the expression."],
		["Flow.a.1", 8, 'Expected a property name, got "1".'],
		["Flow.1", 6, 'Expected a variable name, got "1".'],
		['Flow."a"', 6, 'Expected a variable name, got "a".'],
		["If(1 2)", 6, 'Expected ")", got "2".'],
		["If(,)", 4, 'Expected a value, got ",".'],
		["If(1,)", 6, 'Expected a value, got ")".'],
		["and", 1, 'Expected a value, got "and".'],
		["OR true", 1, 'Expected a value, got "OR".'],
		["1 + ]", 5, 'Expected a value, got "]".'],
		['1 "a"', 3, 'Expected an operator or the end of the expression, got "a".'],
		["1.5 2.5", 5, 'Expected an operator or the end of the expression, got "2.5".'],
		["Flow(1", 7, 'Expected ")", got the end of the expression.'],
	])("%s", (text, position, message) => {
		expect(problemIn(() => parse(text))).toEqual(["syntax", position, message]);
	});

	it("beyond 60 levels, at the place where the 61st begins", () => {
		const message = "Expected at most 60 levels of nesting, got more.";
		expect(problemIn(() => parse(`${"(".repeat(61)}1${")".repeat(61)}`))).toEqual(["too-deep", 62, message]);
		expect(problemIn(() => parse(`${"-".repeat(61)}1`))).toEqual(["too-deep", 62, message]);
		expect(problemIn(() => parse(`${"true ? 1 : ".repeat(61)}1`))).toEqual(["too-deep", 668, message]);
	});

	it("in a row of more than 500 operations; siblings do not add up", () => {
		const message = "Expected at most 500 operations in a row, got more.";
		expect(print(parse(`1${" + 1".repeat(499)}`))).toHaveLength(1 + 4 * 499);
		expect(problemIn(() => parse(`1${" + 1".repeat(500)}`))).toMatchObject({ 0: "too-deep", 2: message });
		const many = `Append(${Array.from({ length: 600 }, () => '"a"').join(", ")})`;
		expect(print(parse(many))).toBe(many);
		const after = "If((1), (2), (3))";
		expect(print(parse(Array.from({ length: 40 }, () => after).join(" + ")))).toContain("If(1, 2, 3) + If(1, 2, 3)");
	});
});
