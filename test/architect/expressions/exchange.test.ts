import { describe, expect, it } from "vitest";
import { fromJson, toJson } from "../../../architect/expressions/exchange.ts";
import type { Content, Json, Type } from "../../../architect/expressions/values.ts";
import { refusalOf } from "./evaluating.ts";

const user = { id: "1", name: "Ann", username: "ann@example.com" };
const queue = { id: "2", name: "Sales" };

describe("a value enters and leaves", () => {
	it.each<[Type, Json, Content | undefined, Json?]>([
		["string", "a", "a"],
		["string", "", ""],
		["string", null, undefined],
		["integer", 5, 5],
		["integer", -0, 0, 0],
		["integer", 999_999_999_999_999, 999_999_999_999_999],
		["decimal", 5.5, 5.5],
		["decimal", 5, 5],
		["boolean", false, false],
		["dateTime", "1970-01-01T00:00:01Z", 1000],
		["duration", "PT1M", 60_000],
		["duration", "PT0S", 0],
		["json", { a: [1, null, { b: true }], c: "x" }, { a: [1, null, { b: true }], c: "x" }],
		["json", [null], [null]],
		["json", "x", "x"],
		["json", 5, 5],
		["json", true, true],
		["currency", "5|usd", { amount: 5, code: "USD" }, "5.00|USD"],
		["currency", "5.125|", { amount: 5.125, code: null }, "5.125|"],
		["currency", "|EUR", { amount: null, code: "EUR" }],
		["queue", queue, queue],
		["user", user, user],
		["skill", { ...queue, more: 1 }, queue, queue],
		["notSet", null, undefined],
		["stringCollection", [], []],
		["stringCollection", ["a", null], ["a", undefined]],
		["dateTimeCollection", ["1970-01-01T00:00:01Z", null], [1000, undefined]],
		["durationCollection", ["PT1S"], [1000]],
		["currencyCollection", ["5.00|USD"], [{ amount: 5, code: "USD" }]],
		["jsonCollection", [[1], { a: null }], [[1], { a: null }]],
		["queueCollection", [queue], [queue]],
		["phoneNumberCollection", [null], [undefined]],
	])("as %s: %j", (type, json, content, leaving = json) => {
		expect(fromJson(type, json)).toStrictEqual({ type, content });
		expect(toJson({ type, content })).toStrictEqual(leaving);
	});

	it("as a phone number: as it was given", () => {
		const value = fromJson("phoneNumber", " +1 (317) 872-3000 ");
		expect(value.content).toMatchObject({ e164: "+13178723000", raw: "+1 (317) 872-3000" });
		expect(toJson(value)).toBe("+1 (317) 872-3000");
		expect(toJson({ type: "phoneNumberCollection", content: [value.content] })).toEqual(["+1 (317) 872-3000"]);
	});

	it("as JSON: what looks like a currency or a phone number stays what it is", () => {
		const price = { amount: 5, code: "USD" };
		expect(toJson({ type: "json", content: price })).toEqual(price);
		const { content: phone } = fromJson("phoneNumber", "+13178723000");
		expect(toJson({ type: "json", content: phone })).toEqual(phone);
		expect(toJson({ type: "json", content: [1, undefined, [undefined]] })).toEqual([1, null, [null]]);
	});

	it("undefined is NOT_SET", () => {
		expect(fromJson("integer", undefined)).toEqual({ type: "integer", content: undefined });
	});
});

describe("a value that does not fit its type", () => {
	it.each<[Type, unknown, string]>([
		["string", 5, "expected a string, got the number 5"],
		["integer", 5.5, "expected a whole number, got the number 5.5"],
		["integer", "5", 'expected a whole number, got the string "5"'],
		["decimal", "5", 'expected a number, got the string "5"'],
		["boolean", 1, "expected true or false, got the number 1"],
		["boolean", "true", 'expected true or false, got the string "true"'],
		["dateTime", 5, "expected an ISO 8601 date-time such as 2026-01-31T06:30:00Z, got the number 5"],
		["dateTime", "now", 'expected an ISO 8601 date-time such as 2026-01-31T06:30:00Z, got the string "now"'],
		["duration", true, "expected an ISO 8601 duration such as PT5M, got the boolean true"],
		["duration", "5m", 'expected an ISO 8601 duration such as PT5M, got the string "5m"'],
		["json", () => 1, "expected any JSON, got the function () => 1"],
		["json", { a: [undefined] }, "expected any JSON, got an object"],
		["json", { a: 1, b: Number.NaN }, "expected any JSON, got an object"],
		["json", [1, Number.POSITIVE_INFINITY], "expected any JSON, got an array"],
		["json", [() => 1], "expected any JSON, got an array"],
		["currency", 5, "expected a currency such as 5.00|USD, got the number 5"],
		["currency", " ", 'expected a currency such as 5.00|USD, got the string " "'],
		["phoneNumber", 5, "expected a phone number such as +13178723000, got the number 5"],
		["phoneNumber", "", 'expected a phone number such as +13178723000, got the string ""'],
		["notSet", 5, 'expected an object such as {"id": "…", "name": "…"}, got the number 5'],
		["queue", { id: "1" }, 'expected an object such as {"id": "…", "name": "…"}, got an object'],
		["stringCollection", "a", 'expected an array of string values, got the string "a"'],
		["stringCollection", { length: 0 }, "expected an array of string values, got an object"],
		["stringCollection", [5], "expected a string, got the number 5"],
		["string", ["a"], "expected a string, got an array"],
		["integer", "a".repeat(40), `expected a whole number, got the string "${"a".repeat(40)}"`],
		["integer", "a".repeat(41), `expected a whole number, got the string "${"a".repeat(40)}…"`],
	])("as %s: %j", (type, json, message) => {
		expect(refusalOf(() => fromJson(type, json))).toEqual(["bad-cast", message]);
	});

	it.each<[Type, unknown, string, string]>([
		["integer", 1_000_000_000_000_000, "out-of-range", "Expected an integer within ±999999999999999, got 1000000000000000."],
		["integer", -1_000_000_000_000_000, "out-of-range", "Expected an integer within ±999999999999999, got -1000000000000000."],
		["decimal", Number.NaN, "out-of-range", "Expected a finite decimal, got NaN."],
		[
			"dateTime",
			"1799-12-31T23:59:59.999Z",
			"out-of-range",
			"Expected a dateTime of the years 1800 to 2200, got -5364662400001 ms since 1970.",
		],
		["dateTime", "2201-01-01", "out-of-range", "Expected a dateTime of the years 1800 to 2200, got 7289654400000 ms since 1970."],
		["duration", "PT1000000000000S", "out-of-range", "Expected a duration within ±999999999999999 ms, got 1000000000000000 ms."],
		["duration", "-PT1000000000000S", "out-of-range", "Expected a duration within ±999999999999999 ms, got -1000000000000000 ms."],
		["string", "a".repeat(1_000_001), "out-of-range", "Expected a string of at most 1000000 characters, got 1000001."],
		["json", "a".repeat(1_000_000), "out-of-range", "Expected a json of at most 1000000 characters, got more."],
		["json", { ["a".repeat(1_000_000)]: 1 }, "out-of-range", "Expected a json of at most 1000000 characters, got more."],
		["currency", "5|dollars", "bad-cast", 'Expected an ISO 4217 currency code such as USD, got "DOLLARS".'],
	])("as %s: out of its range", (type, json, kind, message) => {
		expect(refusalOf(() => fromJson(type, json))).toEqual([kind, message]);
	});

	it("at the ends of a range it fits", () => {
		expect(fromJson("dateTime", "1800-01-01T00:00:00Z").content).toBe(-5_364_662_400_000);
		expect(fromJson("dateTime", "2200-12-31T23:59:59.999Z").content).toBe(7_289_654_399_999);
		expect(fromJson("duration", "PT999999999999.999S").content).toBe(999_999_999_999_999);
		expect(fromJson("integer", -999_999_999_999_999).content).toBe(-999_999_999_999_999);
		expect(fromJson("string", "a".repeat(1_000_000)).content).toHaveLength(1_000_000);
		expect(fromJson("json", "a".repeat(999_999)).content).toHaveLength(999_999);
	});

	it("as JSON of more than 200 levels", () => {
		const levels = (count: number): Json => JSON.parse("[".repeat(count) + "]".repeat(count));
		expect(fromJson("json", levels(200)).type).toBe("json");
		expect(refusalOf(() => fromJson("json", levels(201)))).toEqual(["too-deep", "Expected a json of at most 200 levels, got more."]);
		expect(refusalOf(() => fromJson("json", { a: levels(200) }))[0]).toBe("too-deep");
	});
});
