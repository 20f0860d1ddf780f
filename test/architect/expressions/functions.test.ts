import { describe, expect, it } from "vitest";
import type { Entities } from "../../../architect/expressions/entities.ts";
import { evaluate, type Surroundings } from "../../../architect/expressions/evaluate.ts";
import { deepestJson, type Json, type Type } from "../../../architect/expressions/values.ts";
import * as evaluating from "./evaluating.ts";

const id = "6B943B2C-9201-470B-4BF7-A133A93E2913";
const entities: Entities = {
	queues: [
		{ id, name: "Marketing" },
		{ id: "2", name: "Twice" },
		{ id: "3", name: "twice" },
	],
	users: [{ id: "u", name: "John Doe", username: "john.doe@company.com" }],
};
const scope: evaluating.Scope = {
	"Flow.body": { type: "json", content: { a: { b: "deep" }, A: 1, list: [1, null, { x: true }], nothing: null } },
	"Flow.unset": { type: "json", content: undefined },
	"Flow.names": { type: "stringCollection", content: ["a", undefined] },
};

const resultOf = (expression: string, surroundings: Surroundings = { entities }) => evaluating.resultOf(expression, scope, surroundings);

function problemOf(expression: string, surroundings: Surroundings = { entities }): readonly [string, string] {
	const [kind, , message] = evaluating.problemOf(expression, scope, surroundings);
	return [kind, message];
}

describe("currencies", () => {
	it.each<[string, Type, Json]>([
		['MakeCurrency(5, "usd")', "currency", "5.00|USD"],
		['ConvertCurrency(MakeCurrency(5.00, "USD"), "EUR", 0.6937)', "currency", "3.4685|EUR"],
		["ToCurrency(5)", "currency", "5.00|"],
		['ToCurrency("")', "currency", null],
		['MakeCurrency(5.25, "USD").AMOUNT', "decimal", 5.25],
		['MakeCurrency(5.25, NOT_SET)["code"]', "string", null],
		['-MakeCurrency(0.0, "USD")', "currency", "0.00|USD"],
		['0.1 * MakeCurrency(3, "USD")', "currency", "0.30|USD"],
		['MakeListCurrency(MakeList(1.5, ToDecimal(NOT_SET)), "EUR")', "currencyCollection", ["1.50|EUR", "|EUR"]],
		['GetCurrencySymbol("egp")', "string", "EGP"],
		["GetCurrencySymbol(ToCurrency(NOT_SET))", "string", null],
		['MakeCurrency(5, "USD") == MakeCurrency(5.0, "usd")', "boolean", true],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression)).toEqual([type, value]);
	});

	it.each([
		['MakeCurrency(1, "USD") + MakeCurrency(1, "EUR")', "wrong-type", "+: Expected currencies of one code, got USD and EUR."],
		['MakeCurrency(1, "USD") < ToCurrency(1)', "wrong-type", "<: Expected currencies of one code, got USD and NOT_SET."],
		['Sum(MakeCurrency(1, "USD"), MakeCurrency(1, "EUR"))', "wrong-type", "Sum: Expected currencies of one code, got USD and EUR."],
		['MakeCurrency(NOT_SET, "USD") * 2', "not-set", "*: Expected a currency with an amount, got a NOT_SET amount."],
		['MakeCurrency(1, "USD") / 0', "division-by-zero", "/: Expected a divisor other than 0, got 0."],
		['MakeCurrency(1, "dollars")', "bad-cast", 'MakeCurrency: Expected an ISO 4217 currency code such as USD, got "DOLLARS".'],
		['ToCurrency("five|USD")', "bad-cast", 'ToCurrency: Expected a currency such as 5.00|USD, got "five|USD".'],
		['ToCurrency("5|USD|x")', "bad-cast", 'ToCurrency: Expected a currency such as 5.00|USD, got "5|USD|x".'],
		[
			'MakeListCurrency(MakeList(1.0), MakeList("USD", "EUR"))',
			"out-of-range",
			"MakeListCurrency: Expected as many codes as amounts (1), got 2.",
		],
		['MakeCurrency(10.0 ^ 300, "USD") * 10.0 ^ 300', "out-of-range", "*: Expected a finite amount, got Infinity."],
		['MakeCurrency(1, "USD").cents', "wrong-type", 'Expected one of .amount, .code, got ".cents" of a currency.'],
	])("%s: %s", (expression, kind, message) => {
		expect(problemOf(expression)).toEqual([kind, message]);
	});
});

describe("phone numbers", () => {
	it.each<[string, Json]>([
		['ToPhoneNumber("+1 (317) 872-3000").e164', "+13178723000"],
		['ToPhoneNumber("+1 (317) 872-3000").subscriberNumber', "3178723000"],
		['ToPhoneNumber("+31755551212").dialingCode', "31"],
		['ToPhoneNumber("+353861234567").dialingCode', "353"],
		['ToPhoneNumber("13178723000").e164', null],
		['ToPhoneNumber("13178723000").isGlobal', false],
		['ToPhoneNumber("SIPS:john.doe@example.com").scheme', "sips"],
		['ToPhoneNumber("sip:john.doe@example.com").isTel', false],
		['ToPhoneNumber("+1 (317) 872-3000")', "+1 (317) 872-3000"],
		["ToPhoneNumber(NOT_SET).uri", null],
		['AreEqual(ToPhoneNumber("+13178723000"), ToPhoneNumber("tel:1-317-872-3000"))', true],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression)[1]).toEqual(value);
	});

	it("is neither a name nor too many digits", () => {
		const expected = "ToPhoneNumber: Expected a phone number such as +13178723000 or sip:name@example.com, got ";
		expect(problemOf('ToPhoneNumber("John")')).toEqual(["bad-cast", `${expected}"John".`]);
		expect(problemOf('ToPhoneNumber("+")')).toEqual(["bad-cast", `${expected}"+".`]);
	});
});

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

describe("chance", () => {
	it("is decided by the seed and the place of the call", () => {
		const drawn = (seed: number) => resultOf("ToString(Random()) + ToString(Random())", { seed })[1];
		expect(drawn(1)).toBe(drawn(1));
		expect(drawn(1)).not.toBe(drawn(2));
		expect(resultOf("Random() == Random()", { seed: 1 })[1]).toBe(false);
	});

	it("reaches both ends of RandomInt, evenly, and stays below 1.0", () => {
		const counts = new Map<Json, number>();
		for (let seed = 0; seed < 600; seed += 1) {
			const [, value] = resultOf("RandomInt(-1, 1)", { seed });
			counts.set(value, (counts.get(value) ?? 0) + 1);
			expect(resultOf("Random() >= 0.0 and Random() < 1.0", { seed })[1]).toBe(true);
		}
		expect([...counts.keys()].toSorted()).toEqual([-1, 0, 1]);
		for (const count of counts.values()) expect(count).toBeGreaterThan(150);
	});

	it("needs a range", () => {
		expect(problemOf("RandomInt(2, 1)")).toEqual(["out-of-range", "RandomInt: Expected a second number of at least 2, got 1."]);
	});
});

describe("look-ups of entities", () => {
	it.each<[string, Type, Json]>([
		['FindQueue("MARKETING")', "queue", { id, name: "Marketing" }],
		[`FindQueue("${id.toLowerCase()}").name`, "string", "Marketing"],
		['FindQueue("Twice")', "queue", null],
		['FindQueue("Sales")', "queue", null],
		["FindQueue(NOT_SET)", "queue", null],
		['FindUser("John.Doe@company.com").username', "string", "john.doe@company.com"],
		['FindUser("John Doe")', "user", null],
		['ToString(FindUser("john.doe@company.com"))', "string", "john.doe@company.com"],
		['ToUser("John Doe") == FindUser("john.doe@company.com")', "boolean", true],
		["ToQueue(NOT_SET)", "queue", null],
		["ToWrapupCode(NOT_SET).name", "string", null],
		["Count(MakeList(ToGroup(NOT_SET)))", "integer", 1],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression)).toEqual([type, value]);
	});

	it("of a kind that is not listed are refused by name", () => {
		expect(problemOf('FindSkill("Spanish")')).toEqual([
			"unknown-function",
			"FindSkill: Expected the organization's skills to be listed among the entities, got no such list.",
		]);
		expect(problemOf('FindQueue("Marketing")', {})[0]).toBe("unknown-function");
		expect(resultOf('FindSkill("")')[1]).toBeNull();
	});

	it("by a cast need exactly one", () => {
		expect(problemOf('ToQueue("Twice")')).toEqual(["bad-cast", 'ToQueue: Expected the name of one queue, got "Twice".']);
	});

	it("of audio do not exist", () => {
		expect(problemOf('ToAudioTTS("a")')[0]).toBe("unknown-function");
	});
});

describe("built-in variables", () => {
	it.each<[string, Type, Json]>([
		["flow.startdatetimeutc", "dateTime", "2026-01-31T06:30:00Z"],
		["Flow.IsTest", "boolean", false],
		["Flow.Version", "string", "1.0"],
		["System.MaxInt + System.MinInt", "integer", 0],
		["System.MaxDateTime", "dateTime", "2200-12-31T23:59:59Z"],
		["System.MinDateTime", "dateTime", "1800-01-01T00:00:00Z"],
		["System.MaxDuration == -System.MinDuration", "boolean", true],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression)).toEqual([type, value]);
	});

	it("give way to a variable of the same name", () => {
		expect(evaluate("Flow.IsTest", { "flow.istest": { type: "boolean", content: true } }, { now: evaluating.now }).content).toBe(true);
	});
});
