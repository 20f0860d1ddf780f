import { describe, expect, it } from "vitest";
import { typeOf, type VariableTypes } from "../../../architect/expressions/check.ts";
import { parse } from "../../../architect/expressions/parse.ts";
import { propertiesOf, propertyOf, propertyValue } from "../../../architect/expressions/properties.ts";
import { entityTypes, type Type } from "../../../architect/expressions/values.ts";

const variables: VariableTypes = {
	"Flow.text": "string",
	"Flow.other": "string",
	"Flow.count": "integer",
	"Flow.flag": "boolean",
	"Flow.body": "json",
	"Flow.phone": "phoneNumber",
	"Flow.queue": "queue",
	"Flow.names": "stringCollection",
	"State.x": "integer",
};

describe("types", () => {
	it.each<[string, Type | undefined]>([
		["Flow.TEXT", "string"],
		["Flow.phone.E164", "string"],
		['Flow.phone["isTel"]', "boolean"],
		["Flow.queue.name", "string"],
		["Flow.body.x[0]", undefined],
		['Flow.body["x"]', "json"],
		["Flow.names[0]", "string"],
		['Flow.names["0"]', undefined],
		["Flow.flag ? NOT_SET : NOT_SET", "notSet"],
		["Flow.flag ? Flow.names : Flow.names", "stringCollection"],
		["Flow.flag ? Flow.names : Flow.text", undefined],
		["If(NOT_SET, 1, 2)", "integer"],
		["MakeList(NOT_SET, 1)", "integerCollection"],
		["GetAt(MakeList(Flow.queue), 0)", "queue"],
		["NOT_SET + 1", undefined],
		["NOT_SET == Flow.names", "boolean"],
		["IsSet(NOT_SET)", "boolean"],
		["ToString(NOT_SET)", "string"],
		["IsNotSetOrEmpty(NOT_SET)", "boolean"],
	])("%s is of type %s", (expression, type) => {
		expect(typeOf(expression, variables).type).toBe(type);
		expect(typeOf(parse(expression), variables).type).toBe(type);
	});
});

describe("findings", () => {
	it.each([
		[
			"Flow.x",
			1,
			"unknown-variable",
			"Expected a declared variable, got Flow.x; declared here: Flow.text, Flow.other, Flow.count, Flow.flag, Flow.body, Flow.phone, Flow.queue, Flow.names.",
		],
		["state.y", 1, "unknown-variable", "Expected a declared variable, got state.y; declared here: State.x."],
		["Task.x", 1, "unknown-variable", "Expected a declared variable, got Task.x; declared here: none."],
		["Flow.queue.uri", 11, "wrong-type", 'Expected one of .id, .name, got ".uri" of a queue.'],
		["Flow.names.length", 11, "wrong-type", 'Expected a json value before ".length", got stringCollection.'],
		[
			'Flow.phone["x"]',
			11,
			"wrong-type",
			'Expected one of .dialingCode, .e164, .isGlobal, .isSip, .isTel, .raw, .scheme, .subscriberNumber, .uri, got ".x" of a phoneNumber.',
		],
		["Flow.names[1.5]", 11, "wrong-type", "Expected [] with one of (anyCollection, integer), got (stringCollection, decimal)."],
		[
			"1 - true",
			3,
			"wrong-type",
			"Expected - with one of (integer, integer) (integer, decimal) (decimal, integer) (decimal, decimal) (currency, currency) (duration, duration) (dateTime, duration), got (integer, boolean).",
		],
		["-true", 1, "wrong-type", "Expected unary - with one of (integer) (decimal) (duration) (currency), got (boolean)."],
		[
			"1 ? 2 : 3",
			1,
			"wrong-type",
			"Expected ? : with one of (boolean?, any?, any?) (boolean?, anyCollection, anyCollection), got (integer, integer, integer).",
		],
		["Trim(1)", 1, "wrong-type", "Expected Trim with one of (string), got (integer)."],
		["Trim()", 1, "wrong-arity", "Expected Trim with one of (string), got ()."],
		["Append()", 1, "wrong-arity", "Expected Append with one of (string?, string?…), got ()."],
		["Left(NOT_SET, 1)", 6, "not-set", "Expected argument 1 of Left to be set, got NOT_SET."],
		['Left("a", NOT_SET)', 11, "not-set", "Expected argument 2 of Left to be set, got NOT_SET."],
		[
			`Trim(${Array(12).fill("1").join(",")})`,
			1,
			"wrong-arity",
			`Expected Trim with one of (string), got (${Array(12).fill("integer").join(", ")}).`,
		],
		[
			`Trim(${Array(13).fill("1").join(",")})`,
			1,
			"wrong-arity",
			`Expected Trim with one of (string), got (${Array(12).fill("integer").join(", ")}, … 13 in all).`,
		],
	])("%s at %i: %s", (expression, position, kind, message) => {
		expect(typeOf(expression, variables)).toEqual({
			type: undefined,
			findings: [{ kind, position, message }],
			notSetUnsafe: [],
			knownSet: { whenTrue: [], whenFalse: [] },
		});
	});

	it("of an argument hide those of the call around it, and each argument has its own", () => {
		const { findings } = typeOf("Left(Flow.x, Flow.y).z + Nope()", variables);
		expect(findings.map(({ kind, position }) => [kind, position])).toEqual([
			["unknown-variable", 6],
			["unknown-variable", 14],
			["unknown-function", 26],
		]);
		expect(typeOf("Left(NOT_SET, NOT_SET)", variables).findings.map(({ position }) => position)).toEqual([6, 15]);
	});

	it.each([
		["Nopenope()", "Expected a known function, got Nopenope."],
		["Lenght(Flow.text)", "Expected a known function such as Length, got Lenght."],
		["Len(Flow.text)", "Expected a known function such as Length, got Len."],
		["now()", "Expected a known function such as GetCurrentDateTimeUtc, got now."],
		[
			"ToDisplayString(Flow.text)",
			"Expected a function that is run here, got ToDisplayString: the platform has it, and nothing here can run it.",
		],
	])("name the function that was probably meant: %s", (text, message) => {
		expect(typeOf(text, variables).findings.map((each) => each.message)).toEqual([message]);
	});

	it("name the variables of the same scope only", () => {
		const message = (declared: string) => `Expected a declared variable, got State.a; declared here: ${declared}.`;
		const types: VariableTypes = { "System.x": "integer", "States.x": "integer", "Stat.x": "integer" };
		expect(typeOf("State.a", types).findings[0]?.message).toBe(message("none"));
		expect(typeOf("State.a", { ...types, "state.B": "integer" }).findings[0]?.message).toBe(message("state.B"));
	});

	it("of text that is no expression: one, with its kind", () => {
		expect(typeOf("1000000000000000", variables).findings).toEqual([
			{ kind: "out-of-range", message: "Expected an integer of at most 999999999999999, got 1000000000000000.", position: 1 },
		]);
	});
});

describe("NOT_SET in unsafe places", () => {
	it.each<[string, readonly string[]]>([
		["(Length(Flow.text) > 1 and IsSet(Flow.text)) and Flow.flag", ["Flow.text", "Flow.flag"]],
		["IsSet(Flow.flag) and (Flow.flag and Flow.flag)", []],
		["AreEqual(IsSet(Flow.text), Length(Flow.text) > 1)", ["Flow.text"]],
		["IsSet(Flow.text) or Length(Flow.text) > 1", ["Flow.text"]],
		["!IsSet(Flow.text) or Length(Flow.text) > 1", []],
		["IsNotSetOrEmpty(Flow.text) and Length(Flow.text) > 1", ["Flow.text"]],
		["Flow.text == Flow.other and Length(Flow.text) > 1", ["Flow.text"]],
		['"a" == Flow.text and Length(Flow.text) > 1', []],
		['"a" != Flow.text or Length(Flow.text) > 1', []],
		['"a" != Flow.text and Length(Flow.text) > 1', ["Flow.text"]],
		["NOT_SET == Flow.text or Length(Flow.text) > 1", []],
		["NOT_SET == Flow.text and Length(Flow.text) > 1", ["Flow.text"]],
		["NOT_SET != Flow.text and Length(Flow.text) > 1", []],
		['Flow.text == "a" or Length(Flow.text) > 1', ["Flow.text"]],
		['If(Flow.text == "a", Length(Flow.text), Length(Flow.text))', ["Flow.text"]],
		["If(Flow.text != NOT_SET, Length(Flow.text), Length(Flow.text))", ["Flow.text"]],
		["If(Flow.count > 1 or IsSet(Flow.text), Length(Flow.text), 0)", ["Flow.count", "Flow.text"]],
		["If(IsSet(Flow.other) and IsSet(Flow.text), Length(Flow.text) + Length(Flow.other), 0)", []],
		["If(!IsSet(Flow.other) or !IsSet(Flow.text), 0, Length(Flow.text) + Length(Flow.other))", []],
		["If(!(IsSet(Flow.other) and IsSet(Flow.text)), 0, Length(Flow.text))", []],
		["If(IsSet(Flow.other) and IsSet(Flow.text), 0, Length(Flow.text))", ["Flow.text"]],
		["Length(IsSet(Flow.text) ? Flow.text : Flow.other)", ["Flow.other"]],
		["Length(ToString(If(Flow.flag, Flow.text, Flow.other)))", ["Flow.text", "Flow.other"]],
		["Length(Flow.phone.uri)", ["Flow.phone"]],
		["Length(Flow.names[Flow.count])", ["Flow.names", "Flow.count"]],
		["Flow.body.a", []],
		["If(IsSet(Flow.body.a), Length(ToString(Flow.body)), 0)", ["Flow.body"]],
		["ToPhoneNumber(Left(Flow.text, 1)).uri", ["Flow.text"]],
		["Left(Flow.text, Length(Flow.text))", ["Flow.text", "Flow.text"]],
		["Sum(Flow.count, 1 + Flow.count)", ["Flow.count"]],
	])("%s", (expression, unsafe) => {
		const typing = typeOf(expression, variables);
		expect(typing.findings).toEqual([]);
		expect(typing.notSetUnsafe.map(({ variable }) => variable)).toEqual(unsafe);
	});

	it.each<[string, readonly string[], readonly string[]]>([
		["IsSet(Flow.text)", ["Flow.text"], []],
		["!IsSet(Flow.text)", [], ["Flow.text"]],
		["IsNotSetOrEmpty(Flow.text)", [], ["Flow.text"]],
		["!IsNotSetOrEmpty(Flow.text)", ["Flow.text"], []],
		["Flow.count == 5", ["Flow.count"], []],
		["5 == Flow.count", ["Flow.count"], []],
		["Flow.count != 5", [], ["Flow.count"]],
		["Flow.count == NOT_SET", [], ["Flow.count"]],
		["Flow.count != NOT_SET", ["Flow.count"], []],
		["NOT_SET != Flow.count", ["Flow.count"], []],
		["Flow.text == Flow.other", [], []],
		["5 == 5", [], []],
		["Flow.count + 1 == 5", [], []],
		["Flow.flag", [], []],
		["Flow.count > 5", [], []],
		["AreEqual(Flow.count, 5)", [], []],
		["GetCurrentDateTimeUtc()", [], []],
		["IsSet(Flow.body.a)", [], []],
		["IsSet(Flow.text) and IsSet(Flow.other)", ["Flow.text", "Flow.other"], []],
		["IsSet(Flow.text) or IsSet(Flow.other)", [], []],
		["!IsSet(Flow.text) or !IsSet(Flow.other)", [], ["Flow.text", "Flow.other"]],
		["!IsSet(Flow.text) and !IsSet(Flow.other)", [], []],
	])("%s tells what is set when it is true, and when it is false", (expression, whenTrue, whenFalse) => {
		expect(typeOf(expression, variables).knownSet).toEqual({ whenTrue, whenFalse });
	});
});

describe("properties", () => {
	it("are found by name, case ignored; keys of JSON are not", () => {
		expect(propertyOf("phoneNumber", "ISSIP")).toEqual({ name: "isSip", type: "boolean" });
		expect(propertyOf("currency", "Amount")).toEqual({ name: "amount", type: "decimal" });
		expect(propertyOf("json", "ISSIP")).toEqual({ name: "ISSIP", type: "json" });
		expect(propertyOf("string", "length")).toBeUndefined();
		expect(propertyOf("queue", "username")).toBeUndefined();
		expect(propertyOf("user", "UserName")).toEqual({ name: "username", type: "string" });
		for (const type of entityTypes) expect(propertiesOf(type)).toEqual(type === "user" ? ["id", "name", "username"] : ["id", "name"]);
		expect(propertiesOf("integer")).toEqual([]);
	});

	it.each<[Type, string]>([
		["user", "id: string, name: string, username: string"],
		["queue", "id: string, name: string"],
		["currency", "amount: decimal, code: string"],
		[
			"phoneNumber",
			"dialingCode: string, e164: string, isGlobal: boolean, isSip: boolean, isTel: boolean, raw: string, scheme: string, subscriberNumber: string, uri: string",
		],
	])("of a %s have their types: %s", (type, expected) => {
		expect(
			propertiesOf(type)
				.map((name) => `${name}: ${propertyOf(type, name)?.type}`)
				.join(", "),
		).toBe(expected);
	});

	it("that a value lacks are NOT_SET", () => {
		expect(propertyValue({ a: 1 }, "a")).toBe(1);
		expect(propertyValue({ a: null }, "a")).toBeUndefined();
		expect(propertyValue({ a: 1 }, "A")).toBeUndefined();
		expect(propertyValue({}, "constructor")).toBeUndefined();
		for (const none of [undefined, null, "text", 5, ["x"]]) expect(propertyValue(none, "length")).toBeUndefined();
	});
});
