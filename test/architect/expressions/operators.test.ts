import { describe, expect, it } from "vitest";
import type { Json, Type } from "../../../architect/expressions/values.ts";
import { problemOf, resultOf, type Scope } from "./evaluating.ts";

const scope: Scope = {
	"Flow.at": { type: "dateTime", content: Date.UTC(2026, 0, 31) },
	"Flow.later": { type: "dateTime", content: Date.UTC(2026, 1, 1) },
	"Flow.hour": { type: "duration", content: 3_600_000 },
	"Flow.day": { type: "duration", content: 86_400_000 },
	"Flow.five": { type: "currency", content: { amount: 5, code: "USD" } },
	"Flow.two": { type: "currency", content: { amount: 2, code: "USD" } },
	"Flow.euro": { type: "currency", content: { amount: 2, code: "EUR" } },
	"Flow.numbers": { type: "integerCollection", content: [1, undefined] },
	"Flow.decimals": { type: "decimalCollection", content: [1, undefined] },
	"Flow.names": { type: "stringCollection", content: ["a", "b"] },
	"Flow.noInteger": { type: "integer", content: undefined },
	"Flow.noDecimal": { type: "decimal", content: undefined },
	"Flow.noText": { type: "string", content: undefined },
	"Flow.noFlag": { type: "boolean", content: undefined },
	"Flow.noTime": { type: "dateTime", content: undefined },
	"Flow.noPause": { type: "duration", content: undefined },
	"Flow.noPrice": { type: "currency", content: undefined },
	"Flow.noNames": { type: "stringCollection", content: undefined },
};

describe("each overload", () => {
	it.each<[string, Type, Json]>([
		["7 + 2", "integer", 9],
		["7 - 2", "integer", 5],
		["7 * 2", "integer", 14],
		["7 / 2", "decimal", 3.5],
		["7 % 2", "integer", 1],
		["7 ^ 2", "decimal", 49],
		["0.1 + 0.2", "decimal", 0.3],
		["0.1 + 2", "decimal", 2.1],
		["2 + 0.1", "decimal", 2.1],
		["0.3 - 0.1", "decimal", 0.2],
		["0.3 - 2", "decimal", -1.7],
		["2 - 0.3", "decimal", 1.7],
		["0.1 * 0.7", "decimal", 0.07],
		["0.7 * 3", "decimal", 2.1],
		["3 * 0.7", "decimal", 2.1],
		["0.7 / 0.1", "decimal", 7],
		["0.3 / 3", "decimal", 0.1],
		["3 / 0.5", "decimal", 6],
		["1 / 3", "decimal", 0.333333333333333],
		["3.5 % 1.2", "decimal", 1.1],
		["3.5 % 2", "decimal", 1.5],
		["3 % 0.7", "decimal", 0.2],
		["-7 % 2", "integer", -1],
		["1.1 ^ 2", "decimal", 1.21],
		["4 ^ 0.5", "decimal", 2],
		["0.5 ^ 0.0", "decimal", 1],
		["Flow.five + Flow.two", "currency", "7.00|USD"],
		["Flow.five - Flow.two", "currency", "3.00|USD"],
		["Flow.five * 2", "currency", "10.00|USD"],
		["2 * Flow.five", "currency", "10.00|USD"],
		["Flow.five * 0.5", "currency", "2.50|USD"],
		["0.5 * Flow.five", "currency", "2.50|USD"],
		["Flow.five / 2", "currency", "2.50|USD"],
		["Flow.five / 0.5", "currency", "10.00|USD"],
		["Flow.five % 2", "currency", "1.00|USD"],
		["Flow.five % 1.5", "currency", "0.50|USD"],
		["-Flow.five", "currency", "-5.00|USD"],
		["Flow.at + Flow.hour", "dateTime", "2026-01-31T01:00:00Z"],
		["Flow.hour + Flow.at", "dateTime", "2026-01-31T01:00:00Z"],
		["Flow.at - Flow.hour", "dateTime", "2026-01-30T23:00:00Z"],
		["Flow.day + Flow.hour", "duration", "P1DT1H"],
		["Flow.hour - Flow.day", "duration", "-PT23H"],
		["-Flow.hour", "duration", "-PT1H"],
		['"a" + "b"', "string", "ab"],
		["12 & 10", "integer", 8],
		["12 | 10", "integer", 14],
		["~0", "integer", -1],
		["4294967296 & 4294967297", "integer", 4_294_967_296],
		["4294967296 | 1", "integer", 4_294_967_297],
		["~4294967296", "integer", -4_294_967_297],
		["-2.5", "decimal", -2.5],
		["Flow.names[0]", "string", "a"],
		["Flow.numbers[1]", "integer", null],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression, scope)).toEqual([type, value]);
	});
});

describe("comparisons", () => {
	const pairs: readonly (readonly [type: string, less: string, more: string])[] = [
		["integers", "1", "2"],
		["an integer and a decimal", "1", "1.5"],
		["a decimal and an integer", "1.5", "2"],
		["decimals", "1.5", "2.5"],
		["strings, by case", '"A"', '"a"'],
		["strings of different length", '"a"', '"aa"'],
		["date-times", "Flow.at", "Flow.later"],
		["durations", "Flow.hour", "Flow.day"],
		["currencies of one code", "Flow.two", "Flow.five"],
	];
	it.each(pairs)("of %s", (_, less, more) => {
		const answers = (one: string, other: string) =>
			["<", "<=", ">", ">=", "==", "!="].filter((operator) => resultOf(`${one} ${operator} ${other}`, scope)[1] === true);
		expect(answers(less, more)).toEqual(["<", "<=", "!="]);
		expect(answers(more, less)).toEqual([">", ">=", "!="]);
		expect(answers(less, less)).toEqual(["<=", ">=", "=="]);
	});

	it.each([
		["1 == 1.0", true],
		["1.0 == 1", true],
		["1.5 == 1", false],
		["Flow.numbers == Flow.decimals", true],
		["Flow.decimals == Flow.numbers", true],
		["Flow.decimals != Flow.numbers", false],
		['Flow.names == MakeList("a", "b")', true],
		['Flow.names == MakeList("b", "a")', false],
		['Flow.names == MakeList("a", "B")', false],
		['Flow.names == MakeList("a")', false],
		["Flow.noNames == Flow.names", false],
		["Flow.noNames == NOT_SET", true],
		['Flow.noText == ""', false],
		["Flow.noInteger == Flow.noDecimal", true],
		["Flow.noInteger != 0", true],
		["Flow.two == Flow.euro", false],
		['Flow.two != MakeCurrency(2, "USD")', false],
		['ToPhoneNumber("+13178723000") == ToPhoneNumber("13178723000")', true],
		['ToPhoneNumber("+13178723000") != ToPhoneNumber("tel:+1 317 872 3000")', false],
		['ToPhoneNumber("+13178723000") == ToPhoneNumber("+13178723001")', false],
		['ToPhoneNumber("+13178723000") == NOT_SET', false],
		['MakeList(ToPhoneNumber("+13178723000")) == MakeList(ToPhoneNumber("1-317-872-3000"))', true],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression, scope)).toEqual(["boolean", value]);
	});
});

it("JSON that looks like a phone number is compared as JSON", () => {
	const like = (raw: string) => ({ isTel: true, isSip: false, uri: `tel:${raw}`, raw, dialingCode: "1", subscriberNumber: "2" });
	const documents: Scope = { "Flow.one": { type: "json", content: like("12") }, "Flow.other": { type: "json", content: like("1-2") } };
	expect(resultOf("Flow.one == Flow.other", documents)[1]).toBe(false);
	expect(resultOf("Flow.one == Flow.one", documents)[1]).toBe(true);
});

describe("boolean operators", () => {
	it.each([
		["true and true", true],
		["true and false", false],
		["false and true", false],
		["false and false", false],
		["true or true", true],
		["true or false", true],
		["false or true", true],
		["false or false", false],
		["!true", false],
		["!false", true],
		// The second argument is not evaluated (the vendor's descriptions of both).
		["false and Flow.noFlag", false],
		["true or Flow.noFlag", true],
		["Flow.noFlag ? true : false", false],
		['true ? Flow.names[0] == "a" : Flow.names[9] == "a"', true],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression, scope)).toEqual(["boolean", value]);
	});
});

/** Operators and a set value of each type that they take. */
const refusing: readonly (readonly [operators: string, values: readonly (readonly [set: string, unset: string])[]])[] = [
	[
		"+ - * / % < <= > >=",
		[
			["1", "Flow.noInteger"],
			["1.5", "Flow.noDecimal"],
		],
	],
	["& |", [["1", "Flow.noInteger"]]],
	[
		"^",
		[
			["1", "Flow.noInteger"],
			["1.5", "Flow.noDecimal"],
		],
	],
	["+ < <= > >=", [['"a"', "Flow.noText"]]],
	[
		"+ - < <= > >=",
		[
			["Flow.hour", "Flow.noPause"],
			["Flow.five", "Flow.noPrice"],
		],
	],
	["< <= > >=", [["Flow.at", "Flow.noTime"]]],
	["and", [["true", "Flow.noFlag"]]],
	["or", [["false", "Flow.noFlag"]]],
];

describe("NOT_SET is an error of the run, at the argument", () => {
	const cases = refusing.flatMap(([operators, values]) =>
		operators.split(" ").flatMap((operator) => values.map(([set, unset]) => [operator, set, unset] as const)),
	);
	it.each(cases)("of %s beside %s: %s", (operator, set, unset) => {
		const got = (index: number, variable: string) => `Expected argument ${index} of ${operator} to be set, got NOT_SET (${variable}).`;
		expect(problemOf(`${unset} ${operator} ${set}`, scope)).toEqual(["not-set", 1, got(1, unset)]);
		expect(problemOf(`${set} ${operator} ${unset}`, scope)).toEqual(["not-set", set.length + operator.length + 3, got(2, unset)]);
	});

	it.each([
		["!Flow.noFlag", 2, "!", "Flow.noFlag"],
		["~Flow.noInteger", 2, "~", "Flow.noInteger"],
		["-Flow.noInteger", 2, "unary -", "Flow.noInteger"],
		["-Flow.noDecimal", 2, "unary -", "Flow.noDecimal"],
		["-Flow.noPause", 2, "unary -", "Flow.noPause"],
		["-Flow.noPrice", 2, "unary -", "Flow.noPrice"],
		["Flow.noNames[0]", 1, "[]", "Flow.noNames"],
	])("%s", (expression, position, operator, variable) => {
		expect(problemOf(expression, scope)).toEqual([
			"not-set",
			position,
			`Expected argument 1 of ${operator} to be set, got NOT_SET (${variable}).`,
		]);
	});
});

describe("refused at run time", () => {
	it.each([
		["1 / 0", "division-by-zero", 3, "/: Expected a divisor other than 0, got 0."],
		["1.5 / 0.0", "division-by-zero", 5, "/: Expected a divisor other than 0, got 0."],
		["1 % 0", "division-by-zero", 3, "%: Expected a divisor other than 0, got 0."],
		["1.5 % 0", "division-by-zero", 5, "%: Expected a divisor other than 0, got 0."],
		["Flow.five % 0", "division-by-zero", 11, "%: Expected a divisor other than 0, got 0."],
		["Flow.five - Flow.euro", "wrong-type", 11, "-: Expected currencies of one code, got USD and EUR."],
		["Flow.five >= Flow.euro", "wrong-type", 11, ">=: Expected currencies of one code, got USD and EUR."],
		['-MakeCurrency(NOT_SET, "USD")', "not-set", 1, "unary -: Expected a currency with an amount, got a NOT_SET amount."],
		["Flow.names[2]", "out-of-range", 11, "[]: Expected an index from 0 to 1, got 2 (the collection has 2 items)."],
		["Flow.names[-1]", "out-of-range", 11, "[]: Expected an index from 0 to 1, got -1 (the collection has 2 items)."],
		["System.MinInt - 1", "out-of-range", 15, "-: Expected an integer within ±999999999999999, got -1000000000000000."],
		["System.MaxDuration + Flow.hour", "out-of-range", 20, "+: Expected a duration within ±999999999999999 ms, got 1000000003599999 ms."],
		[
			"System.MinDateTime - Flow.hour",
			"out-of-range",
			20,
			"-: Expected a dateTime of the years 1800 to 2200, got -5364666000000 ms since 1970.",
		],
		["10 ^ 309", "out-of-range", 4, "^: Expected a finite decimal, got Infinity."],
	])("%s: %s at %i", (expression, kind, position, message) => {
		expect(problemOf(expression, scope)).toEqual([kind, position, message]);
	});
});
