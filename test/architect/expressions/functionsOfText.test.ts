import { describe, expect, it } from "vitest";
import { deepestJson, type Json, type Type } from "../../../architect/expressions/values.ts";
import { problemOf, resultOf } from "./resultOf.ts";

describe("JSON", () => {
	it.each<[string, Type, Json]>([
		['JsonParse("{\\"a\\": [1, {\\"b\\": null}]}")', "json", { a: [1, { b: null }] }],
		['JsonParse("{\\"a\\": {\\"b\\": 5}}").a.b', "json", 5],
		['JsonParse("null")', "json", null],
		["JsonParse(NOT_SET)", "json", null],
		['GetJsonObjectProperty(Flow.body, "A")', "json", 1],
		['GetJsonObjectProperty(GetJsonObjectProperty(Flow.body, "a"), "b")', "json", "deep"],
		['GetJsonObjectProperty(Flow.body, "toString")', "json", null],
		["Flow.body.a.b", "json", "deep"],
		['Flow.body["a"]["b"]', "json", "deep"],
		["Flow.body.missing.deeper", "json", null],
		["Flow.unset.a", "json", null],
		["ToJson(5)", "json", 5],
		["ToJson(MakeDuration(0, 0, 5, 0))", "json", "PT5M"],
		["ToJson(Flow.names)", "json", ["a", null]],
		["ToString(ToJson(MakeList(1, NOT_SET)))", "string", "[1,null]"],
		["ToJsonCollection(Flow.body.list)", "jsonCollection", [1, null, { x: true }]],
		["ToJsonCollection(Flow.body.list)[2].x", "json", true],
		["Count(ToJsonCollection(MakeList(1, 2)))", "integer", 2],
		["ToJsonCollection(Flow.unset)", "jsonCollection", null],
		["IsNotSetOrEmpty(Flow.body.nothing)", "boolean", true],
		['Flow.body.a == Flow.body["a"]', "boolean", true],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression)).toEqual([type, value]);
	});

	it.each([
		["JsonParse(\"{'a': 1}\")", "bad-cast", "JsonParse: Expected JSON in the string, got \"{'a': 1}\"."],
		["ToJsonCollection(Flow.body)", "bad-cast", "ToJsonCollection: Expected a JSON array, got another JSON value."],
		[
			`JsonParse("${"[".repeat(deepestJson + 1)}${"]".repeat(deepestJson + 1)}")`,
			"too-deep",
			`JsonParse: Expected a json of at most ${deepestJson} levels, got more.`,
		],
	])("%s: %s", (expression, kind, message) => {
		expect(problemOf(expression)).toEqual([kind, message]);
	});
});

describe("collections", () => {
	it.each<[string, Type, Json]>([
		["MakeList(1, NOT_SET)", "integerCollection", [1, null]],
		['AddItem(Flow.names, "c")', "stringCollection", ["a", null, "c"]],
		["AddItem(MakeEmptyList(ToInt(NOT_SET)), 5)", "integerCollection", [5]],
		['AddItem(NOT_SET, "a")', "stringCollection", ["a"]],
		["AddItemAt(MakeList(3, 4), 0, 7)", "integerCollection", [7, 3, 4]],
		["AddItemAt(MakeList(3, 4), 2, 7)", "integerCollection", [3, 4, 7]],
		['AddItemAt(NOT_SET, 0, "a")', "stringCollection", ["a"]],
		["RemoveDups(MakeList(3, NOT_SET, 4, 3, NOT_SET))", "integerCollection", [3, null, 4]],
		["RemoveItem(MakeList(3, 4, 3), 3)", "integerCollection", [4]],
		["RemoveItem(Flow.names, NOT_SET)", "stringCollection", ["a"]],
		["RemoveItemAt(MakeList(3, 4, 5), 1)", "integerCollection", [3, 5]],
		["ReplaceItem(MakeList(3, 4, 3), 3, 9)", "integerCollection", [9, 4, 9]],
		["ReplaceItemFirst(MakeList(3, 4, 3), 3, 9)", "integerCollection", [9, 4, 3]],
		["ReplaceItemFirst(MakeList(3, 4), 5, 9)", "integerCollection", [3, 4]],
		["ReplaceItemAt(MakeList(3, 4), 1, NOT_SET)", "integerCollection", [3, null]],
		['Split("a,,b", ",")', "stringCollection", ["a", "", "b"]],
		['Split("", "")', "stringCollection", [""]],
		["Range(MakeDuration(0, 5, 0, 0), MakeDuration(0, 2, 0, 0))", "durationCollection", ["PT3H", "PT7H"]],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression)).toEqual([type, value]);
	});

	it.each([
		"AddItemAt(MakeList(3), 2, 4)",
		"AddItemAt(MakeList(3), -1, 4)",
		"RemoveItemAt(MakeList(3), 1)",
		"ReplaceItemAt(MakeList(3), 1, 4)",
	])("%s is out of range", (expression) => {
		expect(problemOf(expression)[0]).toBe("out-of-range");
	});

	it("of nothing but NOT_SET have no type", () => {
		expect(problemOf("MakeList(NOT_SET)")).toEqual(["wrong-type", "Expected MakeList with one of (any?…), got (notSet)."]);
		expect(problemOf("MakeEmptyList(NOT_SET)")[0]).toBe("wrong-type");
		expect(problemOf("MakeList(1, 2.0)")[0]).toBe("wrong-type");
		expect(problemOf("MakeList(Flow.names)")[0]).toBe("wrong-type");
	});

	it("are not what IsSet asks about: no example passes one", () => {
		expect(problemOf("IsSet(Flow.names)")).toEqual(["wrong-type", "Expected IsSet with one of (any?), got (stringCollection)."]);
	});
});

describe("the calendar", () => {
	it.each<[string, Json]>([
		["AddMonths(MakeDateTime(2024, 1, 31), 1)", "2024-02-29T00:00:00Z"],
		["AddMonths(MakeDateTime(2024, 3, 31, 5, 6, 7), -13)", "2023-02-28T05:06:07Z"],
		["AddYears(MakeDateTime(2024, 2, 29), 1)", "2025-02-28T00:00:00Z"],
		["AddMonths(MakeDateTime(1969, 12, 31, 23, 0, 0), 2)", "1970-02-28T23:00:00Z"],
		["WeekNum(MakeDateTime(2021, 1, 3))", 53],
		["WeekNum(MakeDateTime(2021, 1, 4))", 1],
		["DayOfWeek(MakeDateTime(2026, 1, 31))", 7],
		["GetDayOfWeekOccurrence(1, -53, 2017)", "2017-01-01T00:00:00Z"],
		["GetDayOfWeekOccurrence(1, -54, 2017)", null],
		["GetDayOfWeekOccurrence(7, 5, 2026, 1)", "2026-01-31T00:00:00Z"],
		["RoundUp(MakeDuration(0, 0, 0, 10))", "PT30S"],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression)[1]).toEqual(value);
	});

	it.each([
		["MakeDateTime(2026, 2, 29)", "MakeDateTime: Expected the day to be from 1 to 28, got 29."],
		["MakeDateTime(2026, 13, 1)", "MakeDateTime: Expected the month to be from 1 to 12, got 13."],
		["MakeDateTime(2026, 1, 1, 24, 0, 0)", "MakeDateTime: Expected the hour to be from 0 to 23, got 24."],
		["AddYears(MakeDateTime(2026, 1, 1), 175)", "AddYears: Expected the year to be from 1800 to 2200, got 2201."],
		["GetDayOfWeekOccurrence(8, 1, 2017)", "GetDayOfWeekOccurrence: Expected the day of the week to be from 1 to 7, got 8."],
		["GetDayOfWeekOccurrence(1, 0, 2017)", "GetDayOfWeekOccurrence: Expected an occurrence other than 0, got 0."],
		["RoundUp(MakeDuration(0, 0, 1, 0), MakeDuration(0, 0, 0, 0))", "RoundUp: Expected an interval of more than 0 ms, got 0 ms."],
	])("%s is out of range", (expression, message) => {
		expect(problemOf(expression)).toEqual(["out-of-range", message]);
	});
});

describe("strings and numbers", () => {
	it.each<[string, Json]>([
		['Reverse("a😀b")', "b😀a"],
		['Compare("a", "B")', -1],
		['Compare("B", "a")', 1],
		['FindString("aaa", "aa", 2)', -1],
		['ToBool("yes")', null],
		['ToBool("constructor")', null],
		['ToDecimal("+.5")', 0.5],
		["Round(2.675, 2)", 2.68],
		["Round(-0.4)", 0],
		["Average(1, 2)", 1.5],
		["ToString(MakeList(1.5, NOT_SET), NOT_SET)", "1.5\n"],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression)[1]).toEqual(value);
	});

	it.each([
		['FindString("a", "a", 0)', "out-of-range", "FindString: Expected an occurrence of 1 or more, got 0."],
		["Round(1.5, -1)", "out-of-range", "Round: Expected 0 to 15 decimal places, got -1."],
		['ToDecimal("1e5")', "bad-cast", 'ToDecimal: Expected a number such as -100.5 in the string, got "1e5".'],
		['ToDuration("5 minutes")', "bad-cast", 'ToDuration: Expected an ISO 8601 duration such as PT5M, got "5 minutes".'],
		["(-8) ^ 0.5", "out-of-range", "^: Expected a finite decimal, got NaN."],
	])("%s: %s", (expression, kind, message) => {
		expect(problemOf(expression)).toEqual([kind, message]);
	});

	it("in one collection are a million characters together, not more", () => {
		const long = `Replace("${"a".repeat(900)}", "a", "${"b".repeat(600)}")`;
		expect(resultOf(`Count(MakeList(${long}))`)[1]).toBe(1);
		expect(problemOf(`MakeList(${long}, ${long})`)).toEqual([
			"out-of-range",
			"MakeList: Expected a stringCollection of at most 1000000 characters, got more.",
		]);
	});

	it("grow to a million characters, not further", () => {
		const thousand = `"${"a".repeat(1001)}"`;
		expect(problemOf(`Replace(${thousand}, "a", ${thousand})`)).toEqual([
			"out-of-range",
			"Replace: Expected a string of at most 1000000 characters, got 1002001.",
		]);
	});
});
