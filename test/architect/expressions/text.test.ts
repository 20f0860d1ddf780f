import { describe, expect, it } from "vitest";
import type { Json, Type } from "../../../architect/expressions/values.ts";
import { problemOf, resultOf, type Scope } from "./evaluating.ts";

const scope: Scope = {
	"Flow.unset": { type: "string", content: undefined },
	"Flow.names": { type: "stringCollection", content: ["A", undefined, "b"] },
	"Flow.other": { type: "stringCollection", content: ["a", undefined, "B"] },
};

describe("functions on strings", () => {
	it.each<[string, Json]>([
		['Append("a", NOT_SET, "b", "")', "ab"],
		['Append(NOT_SET, "b")', "b"],
		['Compare("a", "a")', 0],
		['Compare("a", "b")', -1],
		['Compare("b", "a")', 1],
		['Compare("a", "A")', -1],
		['Compare("A", "a")', 1],
		['Compare("a", "aa")', -1],
		['Compare("b", "A", false)', 1],
		['Compare("a", "A", true)', 0],
		['Compare("a", "B", true)', -1],
		['Compare("B", "a", true)', 1],
		["Compare(NOT_SET, NOT_SET)", 0],
		["Compare(NOT_SET, NOT_SET, true)", 0],
		['Compare(NOT_SET, "")', -1],
		['Compare("", NOT_SET)', 1],
		['Compare(NOT_SET, "a", true)', -1],
		['Compare("A", NOT_SET, true)', 1],
		['Contains("Hello", "l")', true],
		['Contains("Hello", "L")', false],
		['Contains("Hello", "L", true)', true],
		['Contains("hello", "L", false)', false],
		['Contains("HELLO", "l", true)', true],
		['Contains("", "")', true],
		['Contains("", "a")', false],
		['FindString("abcabc", "c")', 2],
		['FindString("abcabc", "C")', -1],
		['FindString("abcabc", "C", true)', 2],
		['FindString("ABC", "c", true)', 2],
		['FindString("abcabc", "C", false)', -1],
		['FindString("abcabc", "c", 1)', 2],
		['FindString("abcabc", "c", 2)', 5],
		['FindString("abcabc", "c", 3)', -1],
		['FindString("abcabc", "c", 4)', -1],
		['FindString("abcabc", "C", 2)', -1],
		['FindString("abcabc", "C", 2, true)', 5],
		['FindString("abcabc", "C", 2, false)', -1],
		['FindString("aaaa", "aa", 2)', 2],
		['FindString("b", "", 3)', 0],
		['FindString("b", "", 999999999999999)', 0],
		['Left("Hello", 0)', ""],
		['Left("Hello", 5)', "Hello"],
		['Left("", 3)', ""],
		['Right("Hello", 0)', ""],
		['Right("Hello", 2)', "lo"],
		['Right("Hello", 5)', "Hello"],
		['Right("Hello", 9)', "Hello"],
		['Length("")', 0],
		['Lower("ÀÉ")', "àé"],
		['Upper("àé1")', "ÀÉ1"],
		['LTrim("  a b  ")', "a b  "],
		['RTrim("  a b  ")', "  a b"],
		['Trim("\\t a b \\n")', "a b"],
		['Replace("aXbX", "X", "")', "ab"],
		['Replace("aXbX", "x", "-")', "aXbX"],
		['Replace("aXbX", "X", "XX")', "aXXbXX"],
		['Replace("", "", "a")', ""],
		['Reverse("")', ""],
		['Reverse("abc")', "cba"],
		['Substring("Hello", 0, 0)', ""],
		['Substring("Hello", 1, 1)', "e"],
		['Substring("Hello", 5, 1)', ""],
		['Substring("Hello", 4, 9)', "o"],
		['Split("a-b", "-")', ["a", "b"]],
		['Split("a-b", "+")', ["a-b"]],
		['Split("ab😀", "")', ["a", "b", "😀"]],
		['Split("", "-")', [""]],
		['Split("--", "-")', ["", "", ""]],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression, scope)[1]).toEqual(value);
	});

	it.each([
		['Left("Hello", -1)', "Left: Expected a length of 0 or more, got -1."],
		['Right("Hello", -1)', "Right: Expected a length of 0 or more, got -1."],
		['Substring("Hello", -1, 1)', "Substring: Expected a start of 0 or more, got -1."],
		['Substring("Hello", 1, -2)', "Substring: Expected a length of 0 or more, got -2."],
		['FindString("a", "a", -1)', "FindString: Expected an occurrence of 1 or more, got -1."],
		['FindString("a", "a", 0, true)', "FindString: Expected an occurrence of 1 or more, got 0."],
	])("%s is out of range", (expression, message) => {
		expect(problemOf(expression, scope)).toEqual(["out-of-range", 1, message]);
	});

	it("make no string of more than a million characters, and every one of that length", () => {
		const thousand = `"${"a".repeat(1000)}"`;
		const million = `Replace(${thousand}, "a", ${thousand})`;
		expect(resultOf(`Length(${million})`)[1]).toBe(1_000_000);
		const message = (name: string, length: number) => `${name}: Expected a string of at most 1000000 characters, got ${length}.`;
		expect(problemOf(`Append(${million}, "a")`)).toEqual(["out-of-range", 1, message("Append", 1_000_001)]);
		expect(problemOf(`${million} + "a"`)[2]).toEqual(message("+", 1_000_001));
		expect(problemOf(`Replace(${million}, "a", ${thousand})`)[2]).toBe(message("Replace", 1_000_000_000));
		const long: Scope = { "Flow.long": { type: "string", content: "a".repeat(1_000_000) } };
		expect(problemOf(`Append(${new Array(600).fill("Flow.long").join(", ")})`, long)[2]).toBe(message("Append", 600_000_000));
		const half = `Replace(Left(${thousand}, 500), "a", ${thousand})`;
		expect(resultOf(`Length(ToString(MakeList("", "", ""), ${half}))`)[1]).toBe(1_000_000);
		expect(problemOf(`ToString(MakeList("", "", "a"), ${half})`)[2]).toBe(message("ToString", 1_000_001));
	});
});

describe("equality and choice", () => {
	it.each<[string, Json]>([
		["AreEqual(1, 1)", true],
		["AreEqual(1, 2)", false],
		["AreEqual(1, 1, 1, 2)", false],
		["AreEqual(1, 2, 1)", false],
		["AreEqual(NOT_SET, 1)", false],
		['AreEqual("a", "A")', false],
		["AreEqual(true, true)", true],
		["AreEqual(Flow.names, Flow.names)", true],
		["AreEqual(Flow.names, Flow.other)", false],
		["AreEqual(true, Flow.names, Flow.other)", true],
		["AreEqual(false, Flow.names, Flow.other)", false],
		["AreEqual(false, Flow.names, Flow.names)", true],
		['AreEqual(true, Flow.names, MakeList("a", "x", "b"))', false],
		['AreEqual(true, "a", "A", "a")', true],
		['AreEqual(true, "a", "b")', false],
		['AreEqual(true, "a", "A", "b")', false],
		['AreEqual(false, "a", "a", "A")', false],
		['AreEqual(false, "a", "a")', true],
		['AreEqual(true, NOT_SET, "a")', false],
		["AreEqual(true, Flow.unset, Flow.unset)", true],
		['AreEqual(ToPhoneNumber("+13178723000"), ToPhoneNumber("13178723000"))', true],
		['AreEqual(MakeList(ToPhoneNumber("+13178723000")), MakeList(ToPhoneNumber("13178723000")))', true],
		['IsNotSetOrEmpty(" ")', false],
		["IsNotSetOrEmpty(MakeEmptyList(1))", true],
		["IsNotSetOrEmpty(MakeList(1))", false],
		['IsNotSetOrEmpty(MakeCurrency(NOT_SET, "USD"))', true],
		["IsNotSetOrEmpty(MakeCurrency(0, NOT_SET))", false],
		["IsNotSetOrEmpty(false)", false],
		['IsSet(MakeCurrency(NOT_SET, "USD"))', true],
		["If(false, 1, 2)", 2],
		["If(true, Flow.names, Flow.other)", ["A", null, "b"]],
		["If(false, Flow.names, Flow.other)", ["a", null, "B"]],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression, scope)[1]).toEqual(value);
	});
});

describe("collections", () => {
	it.each<[string, Type, Json]>([
		['Find(Flow.names, "b")', "integerCollection", [2]],
		['Find(Flow.names, "B")', "integerCollection", []],
		["Find(Flow.names, Flow.unset)", "integerCollection", [1]],
		["Find(MakeList(1, 2, 1), 1)", "integerCollection", [0, 2]],
		['Find(MakeList(ToPhoneNumber("+13178723000")), ToPhoneNumber("13178723000"))', "integerCollection", [0]],
		["FindFirst(MakeList(1, 2, 2), 2)", "integer", 1],
		["FindFirst(MakeList(1), NOT_SET)", "integer", -1],
		['FindFirst(MakeList(ToPhoneNumber("+13178723000")), ToPhoneNumber("13178723000"))', "integer", 0],
		["GetAt(MakeList(1, 2), 0)", "integer", 1],
		["GetAt(MakeList(1, 2), 1)", "integer", 2],
		["MakeEmptyList(1)", "integerCollection", []],
		["MakeEmptyList(ToQueue(NOT_SET))", "queueCollection", []],
		["AddItem(MakeList(1), NOT_SET)", "integerCollection", [1, null]],
		["Count(MakeEmptyList(1))", "integer", 0],
		["MakeList(NOT_SET, 1.5)", "decimalCollection", [null, 1.5]],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression, scope)).toEqual([type, value]);
	});

	it("have no item outside of them", () => {
		const message = (index: number) => `GetAt: Expected an index from 0 to 0, got ${index} (the collection has 1 items).`;
		expect(problemOf("GetAt(MakeList(1), 1)")).toEqual(["out-of-range", 1, message(1)]);
		expect(problemOf("GetAt(MakeList(1), -1)")).toEqual(["out-of-range", 1, message(-1)]);
	});

	it("stay as they are when an item is added", () => {
		expect(resultOf('Count(AddItem(Flow.names, "c")) + Count(Flow.names)', scope)[1]).toBe(7);
	});
});
