import { describe, expect, it } from "vitest";
import { evaluate } from "../../../architect/expressions/evaluate.ts";
import type { Json, Type } from "../../../architect/expressions/values.ts";
import * as evaluating from "./evaluating.ts";
import { id, problemOf, resultOf } from "./resultOf.ts";

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
