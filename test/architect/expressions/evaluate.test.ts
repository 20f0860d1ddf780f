import { describe, expect, it } from "vitest";
import type { Json, Type } from "../../../architect/expressions/values.ts";
import { problemOf, resultOf, type Scope } from "./evaluating.ts";

const scope: Scope = {
	"Flow.text": { type: "string", content: "Hello" },
	"Flow.unset": { type: "string", content: undefined },
	"Flow.count": { type: "integer", content: 2 },
	"Flow.unsetCount": { type: "integer", content: undefined },
	"Flow.ratio": { type: "decimal", content: 2.5 },
	"Flow.yes": { type: "boolean", content: true },
	"Flow.unsetFlag": { type: "boolean", content: undefined },
	"Flow.at": { type: "dateTime", content: Date.UTC(2009, 0, 10, 6, 30, 0) },
	"Flow.pause": { type: "duration", content: 300_000 },
	"Flow.names": { type: "stringCollection", content: ["hello", "world", undefined] },
	"Flow.connected": { type: "booleanCollection", content: [true, false, true] },
	"Flow.numbers": { type: "integerCollection", content: [1, 2, 3] },
	"Flow.decimals": { type: "decimalCollection", content: [1, 2, 3] },
	"Flow.body": { type: "json", content: { a: { b: "deep", n: 5 }, list: [1], nothing: null } },
};

describe("operators", () => {
	it.each<[string, Type, Json]>([
		["2 + 3", "integer", 5],
		["2.5 + 3", "decimal", 5.5],
		["2 + 33.7", "decimal", 35.7],
		["2.2 + 3.9", "decimal", 6.1],
		['"Hello " + "There"', "string", "Hello There"],
		["MakeDuration(0, 1, 1, 1) + Flow.at", "dateTime", "2009-01-10T07:31:01Z"],
		["Flow.at + MakeDuration(0, 1, 1, 1)", "dateTime", "2009-01-10T07:31:01Z"],
		["MakeDuration(0, 10, 30, 0) + MakeDuration(1, 1, 15, 30)", "duration", "P1DT11H45M30S"],
		["20.5 - 5.3", "decimal", 15.2],
		["Flow.at - Flow.pause", "dateTime", "2009-01-10T06:25:00Z"],
		["7.2 * 12", "decimal", 86.4],
		["5.1 * -3", "decimal", -15.3],
		["42 / 8", "decimal", 5.25],
		["42 / (3.0 + 3.0)", "decimal", 7],
		["44.7741 / 6.21", "decimal", 7.21],
		["27 % 5", "integer", 2],
		["37.3 % 12.8", "decimal", 11.7],
		["2 ^ 3", "decimal", 8],
		["2 ^ -1", "decimal", 0.5],
		["81 ^ 0.5", "decimal", 9],
		["2 ^ 3 ^ 2", "decimal", 64],
		["3 & 9", "integer", 1],
		["-2 & 5", "integer", 4],
		["-2 | 5", "integer", -1],
		["3 | 9", "integer", 11],
		["~ 256", "integer", -257],
		["-( 3.5 + 2.7 )", "decimal", -6.2],
		["-( 0 )", "integer", 0],
		["- MakeDuration(10, 0, 0, 0)", "duration", "-P10D"],
		["!( 5 == 3 )", "boolean", true],
		["true And false", "boolean", false],
		["true Or false", "boolean", true],
		["7 > 5.2", "boolean", true],
		['"Hello" > "World"', "boolean", false],
		['"a" < "B"', "boolean", false],
		["Flow.at <= Flow.at", "boolean", true],
		["Flow.pause >= MakeDuration(0, 0, 5, 0)", "boolean", true],
		["5 == 5.0", "boolean", true],
		["5 != 3.0", "boolean", true],
		["true == ! ( true and false )", "boolean", true],
		['"Hello" == "hello"', "boolean", false],
		["Flow.numbers == Flow.decimals", "boolean", true],
		["Flow.unset == NOT_SET", "boolean", true],
		["Flow.text != NOT_SET", "boolean", true],
		["NOT_SET == NOT_SET", "boolean", true],
		["ToInt(NOT_SET) == 5", "boolean", false],
		['5>3 ? "hello" : "world"', "string", "hello"],
		["Flow.numbers[2]", "integer", 3],
		["Flow.body.a.b == Flow.body.a.b", "boolean", true],
		["1 + 2 * 3 ^ 2", "decimal", 19],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression, scope)).toEqual([type, value]);
	});

	it("binds | and & looser than ==, so that mixing them is a type error", () => {
		expect(problemOf("1 | 2 == 3")[0]).toBe("wrong-type");
	});
});

describe("functions", () => {
	it.each<[string, Type, Json]>([
		['Append("Hello", "-", "World")', "string", "Hello-World"],
		["Append(NOT_SET, Flow.text)", "string", "Hello"],
		["Append(ToString(NOT_SET), NOT_SET)", "string", ""],
		['Contains("Hello", "he")', "boolean", false],
		['Contains("Hello", "he", true)', "boolean", true],
		['Contains(Flow.text, "")', "boolean", true],
		['Left("Hello", 6)', "string", "Hello"],
		['Left("Hello", 2)', "string", "He"],
		['Length("Hello World")', "integer", 11],
		['Lower("Hello World")', "string", "hello world"],
		['upper("Hello World")', "string", "HELLO WORLD"],
		['Replace("Hello World", "Hello", NOT_SET)', "string", " World"],
		['Replace("a.a$a", "a", "$&")', "string", "$&.$&$$&"],
		['Replace("Hello World", "", "Ball")', "string", "Hello World"],
		['Substring("Hello", 2, 3)', "string", "llo"],
		['Substring("Hello", 0, 27)', "string", "Hello"],
		['Substring("Hello", 10, 5)', "string", ""],
		['Trim("    Hello    ")', "string", "Hello"],
		["AddMinutes(Flow.at, 3)", "dateTime", "2009-01-10T06:33:00Z"],
		["AddSeconds(Flow.at, -3)", "dateTime", "2009-01-10T06:29:57Z"],
		["DateTimeDiff(AddMinutes(Flow.at, 120), Flow.at)", "duration", "PT2H"],
		["DateTimeDiff(Flow.at, AddMinutes(Flow.at, 120))", "duration", "-PT2H"],
		["GetCurrentDateTimeUtc()", "dateTime", "2026-01-31T06:30:00Z"],
		["MakeDuration(0,0,0,300)", "duration", "PT5M"],
		["MakeDuration(-10, 5, 30, 0, 456)", "duration", "-P9DT18H29M59.544S"],
		["Count(Flow.names)", "integer", 3],
		["Count(Find(Flow.connected, true))", "integer", 2],
		["Find(Flow.names, NOT_SET)", "integerCollection", [2]],
		['FindFirst(Flow.names, "Hello")', "integer", -1],
		['FindFirst(Flow.names, "hello")', "integer", 0],
		["GetAt(Flow.names, 2)", "string", null],
		["AreEqual(105, 105, 105)", "boolean", true],
		["AreEqual(100+5, 105, 110)", "boolean", false],
		["AreEqual(NOT_SET, NOT_SET)", "boolean", true],
		['AreEqual(false, "Hello", "hello")', "boolean", false],
		['AreEqual(true, "Hello", "hel" + "lo", "HELLO")', "boolean", true],
		["AreEqual(true, Flow.names, Flow.names)", "boolean", true],
		["If(5>3, 100, 200)", "integer", 100],
		["If(Flow.unsetFlag, 100, 200)", "integer", 200],
		["If(true, NOT_SET, 5)", "integer", null],
		["If(true, Flow.numbers, Flow.numbers)", "integerCollection", [1, 2, 3]],
		['IsSet("")', "boolean", true],
		["IsSet(Flow.unset)", "boolean", false],
		["IsSet(NOT_SET)", "boolean", false],
		['IsNotSetOrEmpty("")', "boolean", true],
		["IsNotSetOrEmpty(Flow.unset)", "boolean", true],
		["IsNotSetOrEmpty(0)", "boolean", false],
		["IsNotSetOrEmpty(Flow.numbers)", "boolean", false],
		["ToString(5 > 3)", "string", "true"],
		["ToString(2000.5)", "string", "2000.5"],
		["ToString(-1.0)", "string", "-1.0"],
		["ToString(Flow.at)", "string", "2009-01-10T06:30:00Z"],
		["ToString(MakeDuration(0, 1, 0, 0))", "string", "PT1H"],
		["ToString(NOT_SET)", "string", null],
		["ToString(Flow.unsetCount)", "string", null],
		["ToString(Flow.names)", "string", "hello\nworld\n"],
		['ToString(Flow.numbers, "|")', "string", "1|2|3"],
		["ToString(2000.506, 2)", "string", "2000.51"],
		["ToString(1.125, 2)", "string", "1.13"],
		["ToString(-1.0, 3)", "string", "-1.000"],
		["ToString(-0.04, 1)", "string", "0.0"],
		["ToString(Flow.body.a.b)", "string", "deep"],
		["ToString(Flow.body.a.n)", "string", "5"],
		["ToString(Flow.body.missing)", "string", null],
		["ToString(Flow.body.nothing)", "string", null],
		["ToString(Flow.body.a.b.c)", "string", null],
		["ToInt(-5.7)", "integer", -5],
		["ToInt(true)", "integer", 1],
		['ToInt("-55")', "integer", -55],
		['ToInt("")', "integer", null],
		['ToInt("\u00a0\u00a0")', "integer", null],
		["ToInt(NOT_SET)", "integer", null],
		["ToInt(MakeDuration(0,-1,5,0,500))", "integer", -3_299_500],
		['ToDateTime("2009-01-10T06:30:00-07:00")', "dateTime", "2009-01-10T13:30:00Z"],
		['ToDateTime("2009-01-10T06:30:00.125Z")', "dateTime", "2009-01-10T06:30:00.125Z"],
		["ToDateTime(3600)", "dateTime", "1970-01-01T01:00:00Z"],
		["ToDateTime(NOT_SET)", "dateTime", null],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression, scope)).toEqual([type, value]);
	});
});

describe("errors of the run", () => {
	it.each([
		["Length(Flow.unset)", "not-set", 8, "Expected argument 1 of Length to be set, got NOT_SET (Flow.unset)."],
		["1 + Flow.unsetCount", "not-set", 5, "Expected argument 2 of + to be set, got NOT_SET (Flow.unsetCount)."],
		["!Flow.unsetFlag", "not-set", 2, "Expected argument 1 of ! to be set, got NOT_SET (Flow.unsetFlag)."],
		["true and Flow.unsetFlag", "not-set", 10, "Expected argument 2 of and to be set, got NOT_SET (Flow.unsetFlag)."],
		["1 + ToInt(Flow.unset)", "not-set", 5, "Expected argument 2 of + to be set, got NOT_SET."],
		["1 < NOT_SET", "not-set", 5, "Expected argument 2 of < to be set, got NOT_SET."],
		['ToInt("A String")', "bad-cast", 1, 'ToInt: Expected a whole number in the string, got "A String".'],
		[
			'ToDateTime("2009-02-30T00:00:00Z")',
			"bad-cast",
			1,
			'ToDateTime: Expected an ISO 8601 date-time such as 2026-01-31T06:30:00Z, got "2009-02-30T00:00:00Z".',
		],
		["Flow.numbers[3]", "out-of-range", 13, "[]: Expected an index from 0 to 2, got 3 (the collection has 3 items)."],
		["GetAt(Flow.numbers, -1)", "out-of-range", 1, "GetAt: Expected an index from 0 to 2, got -1 (the collection has 3 items)."],
		["999999999999999 + 1", "out-of-range", 17, "+: Expected an integer within ±999999999999999, got 1000000000000000."],
		["999999999999999 * 999999999999999", "out-of-range", 17, "*: Expected an integer within ±999999999999999, got 9.99999999999998e+29."],
		[
			"ToDateTime(99999999999)",
			"out-of-range",
			1,
			"ToDateTime: Expected a dateTime of the years 1800 to 2200, got 99999999999000 ms since 1970.",
		],
		[
			"MakeDuration(99999999, 0, 0, 0)",
			"out-of-range",
			1,
			"MakeDuration: Expected a duration within ±999999999999999 ms, got 8639999913600000 ms.",
		],
		["10.0 ^ 400", "out-of-range", 6, "^: Expected a finite decimal, got Infinity."],
		["1 / 0", "division-by-zero", 3, "/: Expected a divisor other than 0, got 0."],
		["1 % 0", "division-by-zero", 3, "%: Expected a divisor other than 0, got 0."],
		['Left("Hello", -1)', "out-of-range", 1, "Left: Expected a length of 0 or more, got -1."],
	])("%s: %s", (expression, kind, position, message) => {
		expect(problemOf(expression, scope)).toEqual([kind, position, message]);
	});
});

describe("what is not evaluated", () => {
	it.each<[string, Json]>([
		["If(IsSet(Flow.unset), Length(Flow.unset), 0)", 0],
		["IsSet(Flow.unset) ? Length(Flow.unset) : 0", 0],
		["IsSet(Flow.unset) and Length(Flow.unset) > 1", false],
		["IsNotSetOrEmpty(Flow.unset) or Length(Flow.unset) > 1", true],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression, scope)[1]).toEqual(value);
	});

	it("is only the later argument", () => {
		expect(problemOf("Length(Flow.unset) > 1 and IsSet(Flow.unset)", scope)[0]).toBe("not-set");
	});
});

it("names ignore case: keywords, functions and variables", () => {
	expect(resultOf('TOSTRING(flow.COUNT) == "2" AND True', scope)).toEqual(["boolean", true]);
});
