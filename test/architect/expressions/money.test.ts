import { describe, expect, it } from "vitest";
import { money, moneyText, parseMoney, symbolOf } from "../../../architect/expressions/money.ts";
import type { Json, Type } from "../../../architect/expressions/values.ts";
import { problemOf, refusalOf, resultOf, type Scope } from "./evaluating.ts";
import { vendorSymbols } from "./vendorExamples.ts";

const scope: Scope = {
	"Flow.five": { type: "currency", content: { amount: 5, code: "USD" } },
	"Flow.half": { type: "currency", content: { amount: -2.5, code: "USD" } },
	"Flow.euro": { type: "currency", content: { amount: 1, code: "EUR" } },
	"Flow.empty": { type: "currency", content: { amount: null, code: "USD" } },
	"Flow.unset": { type: "currency", content: undefined },
	"Flow.text": { type: "string", content: undefined },
	"Flow.noCount": { type: "integer", content: undefined },
	"Flow.noPause": { type: "duration", content: undefined },
};

describe("currencies as text", () => {
	it.each<[string, unknown]>([
		["5.00|USD", { amount: 5, code: "USD" }],
		["5", { amount: 5, code: null }],
		["-5.5|eur", { amount: -5.5, code: "EUR" }],
		["-0|eur", { amount: 0, code: "EUR" }],
		[" 5 | usd ", { amount: 5, code: "USD" }],
		["|USD", { amount: null, code: "USD" }],
		[" | ", { amount: null, code: null }],
		["", undefined],
		["  ", undefined],
	])("%j", (text, value) => {
		expect(parseMoney(text)).toEqual(value);
	});

	it.each(["x", "5|USD|", "5|USD|x", "x|USD", "1e5|USD", "||"])("%j is none", (text) => {
		expect(refusalOf(() => parseMoney(text))).toEqual(["bad-cast", `Expected a currency such as 5.00|USD, got "${text}".`]);
	});

	it("of a code that is not three letters are none", () => {
		const message = (code: string) => ["bad-cast", `Expected an ISO 4217 currency code such as USD, got "${code}".`];
		for (const code of ["US", "USDX", "U5D", "1USD", "USD1"]) expect(refusalOf(() => money(1, code))).toEqual(message(code));
		expect(refusalOf(() => money(1, "x".repeat(41)))).toEqual(message("X".repeat(40)));
		expect(refusalOf(() => parseMoney("x".repeat(61)))[1]).toContain(`"${"x".repeat(60)}"`);
		expect(money(1, "  ").code).toBeNull();
		expect(money(undefined, undefined)).toEqual({ amount: null, code: null });
		expect(money(-0, " usd ")).toStrictEqual({ amount: 0, code: "USD" });
		expect(refusalOf(() => money(Number.NaN, null))).toEqual(["out-of-range", "Expected a finite amount, got NaN."]);
	});

	it.each([
		[5, undefined, "5.00|USD"],
		[5.125, undefined, "5.125|USD"],
		[-0.5, undefined, "-0.50|USD"],
		[5.125, 2, "5.13|USD"],
		[5, 0, "5|USD"],
		[null, undefined, "|USD"],
		[null, 2, "|USD"],
	])("of %s with %s places: %s", (amount, places, text) => {
		expect(moneyText({ amount, code: "USD" }, places)).toBe(text);
	});

	it("have the vendor's symbols, else their code", () => {
		const symbols = vendorSymbols();
		expect(Object.entries(symbols).filter(([code, symbol]) => symbol !== code)).toHaveLength(21);
		expect(Object.fromEntries(Object.keys(symbols).map((code) => [code, symbolOf(code)]))).toEqual(symbols);
		expect(symbolOf("chf")).toBe("CHF");
		expect(symbolOf("usd")).toBe("$");
		expect(symbolOf(null)).toBeUndefined();
		expect(refusalOf(() => symbolOf("dollar"))[0]).toBe("bad-cast");
	});
});

describe("functions on currencies and numbers", () => {
	it.each<[string, Type, Json]>([
		["Ceiling(Flow.half)", "currency", "-2.00|USD"],
		["Floor(Flow.half)", "currency", "-3.00|USD"],
		["Round(Flow.half)", "currency", "-3.00|USD"],
		['Round(MakeCurrency(1.125, "USD"), 2)', "currency", "1.13|USD"],
		["Ceiling(-0.5)", "decimal", 0],
		["Floor(-0.5)", "decimal", -1],
		["Ceiling(7)", "integer", 7],
		["Floor(7)", "integer", 7],
		["Round(-2.5)", "decimal", -3],
		["Round(1.23456, 3)", "decimal", 1.235],
		["Sum(1, NOT_SET, 2)", "integer", 3],
		["Sum(0.1, 0.2)", "decimal", 0.3],
		["Sum(Flow.noCount, Flow.noCount)", "integer", 0],
		["Sum(MakeDuration(0, 0, 0, 1), Flow.noPause)", "duration", "PT1S"],
		["Sum(MakeList(1, NOT_SET, 2))", "integer", 3],
		["Sum(MakeList(0.1, 0.2))", "decimal", 0.3],
		["Sum(MakeList(MakeDuration(0, 0, 0, 1), MakeDuration(0, 0, 1, 0)))", "duration", "PT1M1S"],
		["Sum(Flow.five, Flow.half)", "currency", "2.50|USD"],
		["Sum(Flow.unset, Flow.five)", "currency", "5.00|USD"],
		["Sum(Flow.empty, Flow.five)", "currency", "5.00|USD"],
		["Sum(Flow.unset, Flow.unset)", "currency", "0.00|"],
		["Sum(MakeList(Flow.five, Flow.unset, Flow.half))", "currency", "2.50|USD"],
		["Average(1, 2)", "decimal", 1.5],
		["Average(0.1, 0.2)", "decimal", 0.15],
		["Average(1, 1, 2)", "decimal", 1.33333333333333],
		["Average(MakeList(1, NOT_SET, 2))", "decimal", 1.5],
		["Average(MakeList(0.1, 0.2))", "decimal", 0.15],
		["Average(MakeDuration(0, 0, 0, 0, 1), MakeDuration(0, 0, 0, 0, 2))", "duration", "PT0.001S"],
		["Average(MakeDuration(0, 0, 0, 0, -1), MakeDuration(0, 0, 0, 0, -2))", "duration", "-PT0.001S"],
		["Average(MakeList(MakeDuration(0, 0, 0, 0, 1), MakeDuration(0, 0, 0, 0, 2)))", "duration", "PT0.001S"],
		["Average(Flow.five, Flow.unset, Flow.half)", "currency", "1.25|USD"],
		["Average(MakeList(Flow.five, Flow.unset, Flow.empty))", "currency", "5.00|USD"],
		["Average(Flow.empty)", "currency", "0.00|USD"],
		['ConvertCurrency(Flow.five, "eur")', "currency", "5.00|EUR"],
		["ConvertCurrency(Flow.five, Flow.text)", "currency", "5.00|"],
		['ConvertCurrency(MakeCurrency(0.1, "USD"), "EUR", 0.7)', "currency", "0.07|EUR"],
		['ConvertCurrency(Flow.empty, "EUR", 2.0)', "currency", "|EUR"],
		['ConvertCurrency(Flow.unset, "EUR")', "currency", null],
		["GetCurrencySymbol(Flow.euro)", "string", "€"],
		["GetCurrencySymbol(ToCurrency(1))", "string", null],
		['MakeListCurrency(MakeList(1.5, 2.0), MakeList("USD", "eur"))', "currencyCollection", ["1.50|USD", "2.00|EUR"]],
		["MakeListCurrency(MakeList(1.5), Flow.text)", "currencyCollection", ["1.50|"]],
		["Flow.five.code", "string", "USD"],
		["Flow.empty.amount", "decimal", null],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression, scope)).toEqual([type, value]);
	});

	it.each([
		["Ceiling(Flow.empty)", "not-set", "Ceiling: Expected a currency with an amount, got a NOT_SET amount."],
		["Round(Flow.empty)", "not-set", "Round: Expected a currency with an amount, got a NOT_SET amount."],
		["Sum(MakeList(Flow.five, Flow.euro))", "wrong-type", "Sum: Expected currencies of one code, got USD and EUR."],
		["Average(ToCurrency(1), Flow.euro)", "wrong-type", "Average: Expected currencies of one code, got NOT_SET and EUR."],
		["Round(1.5, 16)", "out-of-range", "Round: Expected 0 to 15 decimal places, got 16."],
		["Sum(System.MaxInt, 1)", "out-of-range", "Sum: Expected an integer within ±999999999999999, got 1000000000000000."],
	])("%s: %s", (expression, kind, message) => {
		expect(problemOf(expression, scope)).toEqual([kind, 1, message]);
	});
});
