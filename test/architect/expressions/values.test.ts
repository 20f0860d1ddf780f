import { describe, expect, it } from "vitest";
import { isEntity } from "../../../architect/expressions/entities.ts";
import { isMoney } from "../../../architect/expressions/money.ts";
import { isPhoneNumber } from "../../../architect/expressions/phoneNumber.ts";
import { type Content, decimal, decimalText, elementOf, expectModest, inRange, same } from "../../../architect/expressions/values.ts";

const queue = { id: "2", name: "Sales" };
const user = { id: "1", name: "Ann", username: "ann@example.com" };

describe("what a content is", () => {
	it.each<[unknown, boolean]>([
		[queue, true],
		[user, true],
		[{ id: "1", name: "a", username: undefined }, true],
		[{ id: "1", name: "a", username: 5 }, false],
		[{ id: 1, name: "a" }, false],
		[{ id: "1", name: 2 }, false],
		[{ id: "1" }, false],
		[{ name: "a" }, false],
		[null, false],
		["id name", false],
		[undefined, false],
	])("an entity: %j", (content, is) => {
		expect(isEntity(content)).toBe(is);
	});

	it.each<[unknown, boolean]>([
		[{ amount: 1, code: "USD" }, true],
		[{ amount: null, code: null }, true],
		[{ amount: "1", code: "USD" }, false],
		[{ amount: 1, code: 5 }, false],
		[{ amount: 1 }, false],
		[{ code: "USD" }, false],
		[null, false],
		[undefined, false],
		["amount code", false],
	])("a currency: %j", (content, is) => {
		expect(isMoney(content)).toBe(is);
	});

	it.each<[unknown, boolean]>([
		[{ isTel: true, isSip: false, uri: "" }, true],
		[{ isTel: true, isSip: false }, false],
		[{ isTel: true, uri: "" }, false],
		[{ isSip: true, uri: "" }, false],
		[null, false],
		["uri", false],
	])("a phone number: %j", (content, is) => {
		expect(isPhoneNumber(content)).toBe(is);
	});
});

describe("structural equality", () => {
	it.each<[Content | undefined, Content | undefined, boolean]>([
		[1, 1, true],
		[1, 2, false],
		["1", 1, false],
		[undefined, undefined, true],
		[undefined, null, false],
		[null, null, true],
		[null, {}, false],
		[{}, null, false],
		[{}, {}, true],
		[{}, [], false],
		[[], {}, false],
		[[1, 2], [1, 2], true],
		[[1, 2], [1], false],
		[[1], [1, 2], false],
		[[1, 2], [2, 1], false],
		[{ a: 1, b: 2 }, { b: 2, a: 1 }, true],
		[{ a: 1 }, { a: 1, b: 2 }, false],
		[{ a: 1, b: 2 }, { a: 1 }, false],
		[{ a: 1 }, { b: 1 }, false],
		[{ a: [1] }, { a: [1] }, true],
		[{ a: [1] }, { a: [2] }, false],
		[[undefined], [undefined], true],
		["a", { 0: "a" }, false],
		[{ 0: "a" }, "a", false],
	])("of %j and %j: %j", (one, other, equal) => {
		expect(same(one, other)).toBe(equal);
	});
});

describe("decimals as text: a digit on each side of the point, never an exponent", () => {
	it.each([
		[0, "0.0"],
		[-0, "0.0"],
		[5, "5.0"],
		[-5, "-5.0"],
		[0.25, "0.25"],
		[-0.25, "-0.25"],
		[100.5, "100.5"],
		[1e21, "1000000000000000000000.0"],
		[-1e21, "-1000000000000000000000.0"],
		[1.25e21, "1250000000000000000000.0"],
		[1.234567890123456e25, "12345678901234560000000000.0"],
		[1e-7, "0.0000001"],
		[-1.5e-7, "-0.00000015"],
		[1.23e-10, "0.000000000123"],
	])("%d is %s", (value, text) => {
		expect(decimalText(value)).toBe(text);
		expect(Number(text)).toBe(value === 0 ? 0 : value);
	});

	it("keep fifteen significant digits", () => {
		expect(decimal(0.1 + 0.2)).toBe(0.3);
		expect(decimal(1 / 3)).toBe(0.333333333333333);
		expect(decimal(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
		expect(decimal(Number.NaN)).toBeNaN();
	});
});

describe("the range of a type", () => {
	it("makes minus zero a zero", () => {
		expect(inRange("decimal", -0)).toBe(0);
		expect(inRange("integer", -0)).toBe(0);
		expect(inRange("decimal", -0.5)).toBe(-0.5);
		expect(inRange("boolean", false)).toBe(false);
		expect(inRange("string", undefined)).toBeUndefined();
	});

	it("of integers holds whole numbers only; of durations any", () => {
		expect(() => inRange("integer", 1.5)).toThrow("Expected an integer within ±999999999999999, got 1.5.");
		expect(() => inRange("integer", Number.NaN)).toThrow("got NaN");
		expect(() => inRange("duration", Number.NaN)).toThrow("Expected a duration within ±999999999999999 ms, got NaN ms.");
		expect(() => inRange("dateTime", Number.NaN)).toThrow("Expected a dateTime of the years 1800 to 2200");
		expect(inRange("decimal", 1e300)).toBe(1e300);
	});

	it("of JSON counts the characters of keys and texts", () => {
		const document = (length: number) => ({ ["k".repeat(500_000)]: "v".repeat(length) });
		expect(() => expectModest(document(499_998), "json")).not.toThrow();
		expect(() => expectModest(document(499_999), "json")).toThrow("Expected a json of at most 1000000 characters, got more.");
		expect(() => expectModest({ a: undefined, b: null, c: 1 }, "json")).not.toThrow();
	});
});

it("the elements of a collection have its type; nothing else has any", () => {
	expect(elementOf("stringCollection")).toBe("string");
	expect(elementOf("wrapupCodeCollection")).toBe("wrapupCode");
	expect(elementOf("string")).toBeUndefined();
	expect(elementOf("notSet")).toBeUndefined();
});
