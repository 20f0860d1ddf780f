import { describe, expect, it } from "vitest";
import { functions, operatorEntry } from "../../../architect/expressions/catalogue.ts";
import { typeOf, type VariableTypes } from "../../../architect/expressions/check.ts";
import { evaluate } from "../../../architect/expressions/evaluate.ts";
import { signature } from "../../../architect/expressions/overload.ts";
import type { FlowValue } from "../../../architect/expressions/values.ts";
import { functionSignatures, newerSignatures, operatorSignatures } from "./signatures.ts";

const words: Readonly<Record<string, string>> = {
	int: "integer",
	dec: "decimal",
	str: "string",
	bln: "boolean",
	dtm: "dateTime",
	dur: "duration",
	cur: "currency",
	phn: "phoneNumber",
	jsn: "json",
	skl: "skill",
	usr: "user",
	que: "queue",
	grp: "group",
	wrc: "wrapupCode",
	lac: "language",
};

/** `dec?, int → str` as `(decimal?, integer) → string`. */
function spelled(signatures: string): readonly string[] {
	const overloads = signatures.split("; ").map((each) => {
		const [parameters, result] = each.split(" → ");
		return `(${parameters}) → ${result}`;
	});
	return overloads.map((each) => each.replaceAll(/[a-z]{3}/g, (short) => words[short] ?? short).replaceAll("[]", "Collection")).toSorted();
}

describe("overloads are the catalogue's", () => {
	it.each(Object.entries({ ...functionSignatures, ...newerSignatures }))("%s: %s", (name, signatures) => {
		const overloads = functions.get(name.toLowerCase())?.overloads ?? [];
		expect(overloads.map((overload) => `${signature(overload)} → ${overload.result}`).toSorted()).toEqual(spelled(signatures));
	});

	it.each(Object.entries(operatorSignatures))("%s: %s", (name, signatures) => {
		const overloads = operatorEntry(name).overloads;
		expect(overloads.map((overload) => `${signature(overload)} → ${overload.result}`).toSorted()).toEqual(spelled(signatures));
	});

	it("of an operator that does not exist: none", () => {
		expect(operatorEntry("=>")).toEqual({ name: "=>", overloads: [], evaluation: "all" });
	});
});

const types: VariableTypes = {
	"Flow.text": "string",
	"Flow.count": "integer",
	"Flow.ratio": "decimal",
	"Flow.flag": "boolean",
	"Flow.at": "dateTime",
	"Flow.pause": "duration",
	"Flow.price": "currency",
	"Flow.phone": "phoneNumber",
	"Flow.body": "json",
	"Flow.queue": "queue",
	"Flow.user": "user",
	"Flow.skill": "skill",
	"Flow.language": "language",
	"Flow.group": "group",
	"Flow.code": "wrapupCode",
	"Flow.prices": "currencyCollection",
};
const unset: Record<string, FlowValue> = Object.fromEntries(
	Object.entries(types).map(([name, type]) => [name, { type, content: undefined }]),
);

/** Something around a value that refuses NOT_SET. */
const strict: Readonly<Record<string, (inner: string) => string>> = {
	string: (inner) => `Length(${inner})`,
	integer: (inner) => `~(${inner})`,
	decimal: (inner) => `Floor(${inner})`,
	boolean: (inner) => `!(${inner})`,
	dateTime: (inner) => `Year(${inner})`,
	duration: (inner) => `-(${inner})`,
	currency: (inner) => `Ceiling(${inner})`,
	phoneNumber: (inner) => `Length(${inner}.uri)`,
	json: (inner) => `Count(MakeList(Length(ToString(${inner}))))`,
	jsonCollection: (inner) => `Count(${inner})`,
};

function strictly(expression: string): string {
	const around = strict[typeOf(expression, types).type ?? ""] ?? ((inner: string) => `Length(${inner}.name)`);
	return around(expression);
}

describe("NOT_SET goes through", () => {
	it.each([
		"ToBool(Flow.ratio)",
		"ToBool(Flow.text)",
		"ToBool(Flow.count)",
		"ToBool(Flow.flag)",
		"ToInt(Flow.flag)",
		"ToInt(Flow.ratio)",
		"ToInt(Flow.text)",
		"ToInt(Flow.count)",
		"ToInt(Flow.pause)",
		"ToDecimal(Flow.flag)",
		"ToDecimal(Flow.price)",
		"ToDecimal(Flow.text)",
		"ToDecimal(Flow.count)",
		"ToDecimal(Flow.ratio)",
		"ToDateTime(Flow.text)",
		"ToDateTime(Flow.count)",
		"ToDateTime(Flow.at)",
		"ToDuration(Flow.text)",
		"ToDuration(Flow.count)",
		"ToDuration(Flow.pause)",
		"ToCurrency(Flow.text)",
		"ToCurrency(Flow.ratio)",
		"ToCurrency(Flow.count)",
		"ToCurrency(Flow.price)",
		"ToPhoneNumber(Flow.text)",
		"ToPhoneNumber(Flow.phone)",
		"ToQueue(Flow.text)",
		"ToQueue(Flow.queue)",
		"ToUser(Flow.text)",
		"ToUser(Flow.user)",
		"ToSkill(Flow.skill)",
		"ToLanguageSkill(Flow.language)",
		"ToGroup(Flow.group)",
		"ToWrapupCode(Flow.code)",
		"FindQueue(Flow.text)",
		"FindUser(Flow.text)",
		"FindSkill(Flow.text)",
		"FindLanguageSkill(Flow.text)",
		"ToString(Flow.text)",
		"ToString(Flow.queue)",
		"ToString(Flow.ratio, 2)",
		"ToString(Flow.price, 2)",
		"ToString(Flow.prices, 2)",
		'ToString(Flow.prices, ",", 2)',
		'ConvertCurrency(Flow.price, "USD")',
		'ConvertCurrency(Flow.price, "USD", 1.5)',
		"GetCurrencySymbol(Flow.price)",
		'GetJsonObjectProperty(Flow.body, "a")',
		"JsonParse(Flow.text)",
		"ToJson(Flow.text)",
		"ToJsonCollection(Flow.body)",
		"If(true, Flow.count, 1)",
		"Flow.flag ? 1 : Flow.count",
		"Flow.body.a",
		"Flow.phone.uri",
	])("%s", (expression) => {
		const variable = /Flow\.(?!flag \?)\w+/.exec(expression)?.[0];
		expect(evaluate(expression, unset, { now: 0 }).content).toBeUndefined();
		expect(typeOf(strictly(expression), types).notSetUnsafe.map((use) => use.variable)).toEqual([variable]);
	});

	it.each([
		"Append(Flow.text, Flow.text)",
		"Compare(Flow.text, Flow.text)",
		'Replace("a", "a", Flow.text)',
		"IsSet(Flow.text)",
		"IsNotSetOrEmpty(Flow.text)",
		"AreEqual(Flow.text, Flow.text)",
		"Flow.count == 5",
		"Flow.count != 5",
		"Count(Find(MakeList(1), Flow.count))",
		"FindFirst(MakeList(1), Flow.count)",
		"Sum(Flow.count, Flow.count)",
		"Average(Flow.count, Flow.count)",
		"Count(MakeList(Flow.count))",
		"MakeCurrency(Flow.count, Flow.text)",
		"Count(AddItem(MakeList(1), Flow.count))",
	])("but not %s", (expression) => {
		expect(evaluate(expression, unset, { now: 0 }).content).toBeDefined();
		expect(typeOf(strictly(expression), types)).toMatchObject({ notSetUnsafe: [] });
	});
});
