import { describe, expect, it } from "vitest";
import { parseDecimal, rounded, roundedText } from "../../../architect/expressions/decimals.ts";
import type { Json, Type } from "../../../architect/expressions/values.ts";
import { problemOf, resultOf, type Scope } from "./evaluating.ts";

const guid = "6b943b2c-9201-470b-4bf7-a133a93e2913";
const entities = {
	queues: [
		{ id: guid, name: "Sales" },
		{ id: `${guid}0`, name: "Longer" },
		{ id: `0${guid}`, name: "Before" },
	],
	users: [
		{ id: "1", name: "Ann", username: "ann@example.com" },
		{ id: "2", name: "ann@example.com", username: "other@example.com" },
		{ id: "3", name: "Bob" },
	],
	skills: [
		{ id: "1", name: "Spanish" },
		{ id: "2", name: guid },
	],
	languages: [{ id: "1", name: "German" }],
	groups: [{ id: "1", name: "Crew" }],
	wrapupCodes: [{ id: "1", name: "Done" }],
};
const scope: Scope = {
	"Flow.flags": { type: "booleanCollection", content: [true, undefined] },
	"Flow.ratios": { type: "decimalCollection", content: [1.125, undefined, -2] },
	"Flow.pauses": { type: "durationCollection", content: [1000, undefined] },
	"Flow.price": { type: "currency", content: { amount: 5.125, code: "USD" } },
	"Flow.prices": { type: "currencyCollection", content: [{ amount: 5, code: "USD" }, undefined, { amount: null, code: null }] },
	"Flow.noPrices": { type: "currencyCollection", content: undefined },
	"Flow.noRatio": { type: "decimal", content: undefined },
	"Flow.body": { type: "json", content: { amount: 5, code: "USD" } },
	"Flow.entity": { type: "json", content: { id: "1", name: "a" } },
	"Flow.bodies": { type: "jsonCollection", content: [{ a: [1] }, undefined, "x"] },
	"Flow.queue": { type: "queue", content: { id: "1", name: "Sales" } },
};

describe("casts", () => {
	it.each<[string, Type, Json]>([
		['ToBool("T")', "boolean", true],
		['ToBool("0")', "boolean", false],
		['ToBool("f")', "boolean", false],
		['ToBool("")', "boolean", null],
		['ToBool("2")', "boolean", null],
		["ToBool(0)", "boolean", false],
		["ToBool(-1)", "boolean", true],
		["ToBool(0.0)", "boolean", false],
		["ToBool(0.5)", "boolean", true],
		["ToBool(false)", "boolean", false],
		['ToInt(" 12 ")', "integer", 12],
		['ToInt("-0")', "integer", 0],
		["ToInt(-0.9)", "integer", 0],
		["ToInt(false)", "integer", 0],
		["ToInt(MakeDuration(0, 0, 0, -1))", "integer", -1000],
		['ToDecimal(" -1.5 ")', "decimal", -1.5],
		['ToDecimal("12")', "decimal", 12],
		['ToDecimal("1.")', "decimal", 1],
		['ToDecimal(" ")', "decimal", null],
		["ToDecimal(true)", "decimal", 1],
		["ToDecimal(Flow.price)", "decimal", 5.125],
		['ToDecimal(ToCurrency("|USD"))', "decimal", null],
		['ToDateTime(" 1970-01-02 ")', "dateTime", "1970-01-02T00:00:00Z"],
		["ToDateTime(-1)", "dateTime", "1969-12-31T23:59:59Z"],
		["ToDateTime(MakeDateTime(2024, 1, 1))", "dateTime", "2024-01-01T00:00:00Z"],
		['ToDuration(" PT1S ")', "duration", "PT1S"],
		["ToDuration(-1)", "duration", "-PT0.001S"],
		['ToCurrency(" 5 | usd ")', "currency", "5.00|USD"],
		['ToCurrency("|")', "currency", "|"],
		["ToCurrency(1.5)", "currency", "1.50|"],
		["ToCurrency(Flow.price)", "currency", "5.125|USD"],
		['ToPhoneNumber(ToPhoneNumber("+13178723000"))', "phoneNumber", "+13178723000"],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression, scope)).toEqual([type, value]);
	});

	it.each(["ToDateTime", "ToDuration", "ToCurrency", "ToPhoneNumber", "ToInt", "ToDecimal"])(
		"a blank text is NOT_SET (of ToInt and ToDecimal as the examples say; the others are silent): %s",
		(name) => {
			expect(resultOf(`${name}("")`)[1]).toBeNull();
			expect(resultOf(`${name}(" \\t\\n")`)[1]).toBeNull();
		},
	);

	it.each([
		["ToInt", "a whole number in the string"],
		["ToDecimal", "a number such as -100.5 in the string"],
		["ToDateTime", "an ISO 8601 date-time such as 2026-01-31T06:30:00Z"],
		["ToDuration", "an ISO 8601 duration such as PT5M"],
		["ToCurrency", "a currency such as 5.00|USD"],
		["ToPhoneNumber", "a phone number such as +13178723000 or sip:name@example.com"],
	])("%s refuses other text, of which it shows 60 characters", (name, expected) => {
		const long = "x".repeat(61);
		expect(problemOf(`${name}("${long}")`)).toEqual(["bad-cast", 1, `${name}: Expected ${expected}, got "${long.slice(0, 60)}".`]);
	});

	it.each([
		'ToInt("1.5")',
		'ToInt("+1")',
		'ToInt("1x")',
		'ToInt("x1")',
		'ToInt("1 2")',
		'ToDecimal("1,5")',
		'ToDecimal("1.5x")',
		'ToDecimal(".")',
		'ToDecimal("--1")',
	])("%s is refused", (expression) => {
		expect(problemOf(expression)[0]).toBe("bad-cast");
	});

	it("ToInt refuses what is out of the range of integers", () => {
		expect(problemOf('ToInt("1000000000000000")')).toEqual([
			"out-of-range",
			1,
			"ToInt: Expected an integer within ±999999999999999, got 1000000000000000.",
		]);
		expect(problemOf("ToInt(1000000000000000.5)")[0]).toBe("out-of-range");
	});
});

describe("ToString", () => {
	it.each<[string, Json]>([
		["ToString(5)", "5"],
		["ToString(-5)", "-5"],
		["ToString(5.0)", "5.0"],
		["ToString(5.0, 0)", "5"],
		["ToString(1.5, 3)", "1.500"],
		["ToString(-0.5, 0)", "-1"],
		["ToString(Flow.noRatio, 1)", null],
		["ToString(false)", "false"],
		["ToString(Flow.price)", "5.13|USD"],
		["ToString(Flow.price, 1)", "5.1|USD"],
		["ToString(Flow.price, 4)", "5.1250|USD"],
		['ToString(ToCurrency("|"))', "|"],
		["ToString(Flow.prices)", "5.00|USD\n\n|"],
		["ToString(Flow.prices, 1)", "5.0|USD\n\n|"],
		['ToString(Flow.prices, ", ", 1)', "5.0|USD, , |"],
		['ToString(Flow.prices, ", ")', "5.00|USD, , |"],
		["ToString(Flow.noPrices, 1)", null],
		["ToString(Flow.ratios)", "1.125\n\n-2.0"],
		["ToString(Flow.ratios, 2)", "1.13\n\n-2.00"],
		['ToString(Flow.ratios, "", 2)', "1.13-2.00"],
		["ToString(Flow.ratios, NOT_SET, 2)", "1.13\n\n-2.00"],
		['ToString(Flow.flags, " ")', "true "],
		["ToString(Flow.pauses)", "PT1S\n"],
		["ToString(MakeDateTime(2024, 1, 1))", "2024-01-01T00:00:00Z"],
		['ToString(ToPhoneNumber("+1 317"))', "tel:+1 317"],
		["ToString(Flow.queue)", "Sales"],
		["ToString(Flow.body)", '{"amount":5,"code":"USD"}'],
		["ToString(Flow.entity)", '{"id":"1","name":"a"}'],
		["ToString(Flow.bodies)", '{"a":[1]}\n\nx'],
		["ToString(MakeEmptyList(1))", ""],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression, scope)).toEqual(["string", value]);
	});
});

describe("entities by name", () => {
	it.each<[string, Json]>([
		[`FindQueue(" ${guid.toUpperCase()} ").name`, "Sales"],
		['FindQueue("sales").id', guid],
		[`FindQueue("${guid}0")`, null],
		[`FindQueue("0${guid}")`, null],
		['FindUser("ann@example.com").id', "1"],
		['FindUser("ANN@example.com").id', "1"],
		['FindUser("Ann")', null],
		['FindUser("Bob")', null],
		['FindSkill("spanish").id', "1"],
		[`FindSkill("${guid}").id`, "2"],
		['FindLanguageSkill("German").id', "1"],
		['ToSkill("Spanish").id', "1"],
		['ToUser("Bob").id', "3"],
		['ToUser("other@example.com").id', "2"],
		['ToLanguageSkill("German").id', "1"],
		['ToGroup("Crew").id', "1"],
		['ToWrapupCode("Done").id', "1"],
		['ToQueue("Sales") == FindQueue("Sales")', true],
		["ToQueue(Flow.queue).id", "1"],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression, scope, { entities })[1]).toEqual(value);
	});

	it("need exactly one for a cast: by name or email address", () => {
		const message = (text: string) => `ToUser: Expected the name of one user, got "${text}".`;
		expect(problemOf('ToUser("ann@example.com")', scope, { entities })).toEqual(["bad-cast", 1, message("ann@example.com")]);
		expect(problemOf(`ToUser("${"x".repeat(61)}")`, scope, { entities })).toEqual(["bad-cast", 1, message("x".repeat(60))]);
	});
});

describe("decimals", () => {
	it.each([
		[2.675, 2, "2.68"],
		[-2.675, 2, "-2.68"],
		[0.5, 0, "1"],
		[0.4, 0, "0"],
		[-0.4, 0, "0"],
		[0.05, 1, "0.1"],
		[9.99, 1, "10.0"],
		[0.001, 2, "0.00"],
		[-0.001, 2, "0.00"],
		[0, 3, "0.000"],
		[1e-7, 15, "0.000000100000000"],
		[1e21, 1, "1000000000000000000000.0"],
		[1.25, 5, "1.25000"],
	])("%d to %d places is %s", (value, places, text) => {
		expect(roundedText(value, places)).toBe(text);
		expect(rounded(value, places)).toBe(Number(text));
	});

	it("have 0 to 15 places", () => {
		expect(() => roundedText(1, -1)).toThrow("Expected 0 to 15 decimal places, got -1.");
		expect(() => roundedText(1, 16)).toThrow("Expected 0 to 15 decimal places, got 16.");
	});

	it.each([
		["1", 1],
		["-1.5", -1.5],
		["+1.25", 1.25],
		["1.", 1],
		[".25", 0.25],
		["-.25", -0.25],
		["", undefined],
		[".", undefined],
		["1e5", undefined],
		["0x10", undefined],
		[" 1", undefined],
		["1 ", undefined],
		["1.2.3", undefined],
		["Infinity", undefined],
	])("%j is read as %s", (text, value) => {
		expect(parseDecimal(text)).toBe(value);
	});
});
