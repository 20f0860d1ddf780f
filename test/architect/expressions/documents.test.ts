import { describe, expect, it } from "vitest";
import { builtIns } from "../../../architect/expressions/builtIns.ts";
import { functions } from "../../../architect/expressions/catalogue.ts";
import { entityKinds } from "../../../architect/expressions/entities.ts";
import { signature } from "../../../architect/expressions/overload.ts";
import { scalarTypes } from "../../../architect/expressions/values.ts";
import { DocumentError, readEntities, readVariables } from "../../../architect/expressions/variables.ts";
import { errorOf, resultOf } from "./evaluating.ts";

const refused = (read: () => unknown): string => errorOf(DocumentError, read).message;

const types =
	"string, integer, decimal, boolean, dateTime, duration, json, currency, phoneNumber, user, queue, skill, language, group, wrapupCode";
const collections = types.replaceAll(/\w+/g, "$&Collection");

describe("variables", () => {
	it.each<[unknown, string, unknown]>([
		[-5, "integer", -5],
		[true, "boolean", true],
		["", "string", ""],
		[[true, false], "booleanCollection", [true, false]],
		[[1, 2], "integerCollection", [1, 2]],
		[[1.5, 2.5], "decimalCollection", [1.5, 2.5]],
		[[2.5, null, 1], "decimalCollection", [2.5, undefined, 1]],
		[[null, "a"], "stringCollection", [undefined, "a"]],
		[{}, "json", {}],
		[{ type: "string" }, "json", { type: "string" }],
		[{ value: "string" }, "json", { value: "string" }],
		[{ kind: "string", value: 1 }, "json", { kind: "string", value: 1 }],
		[{ type: "integerCollection", value: null }, "integerCollection", undefined],
		[{ type: "wrapupCodeCollection", value: [] }, "wrapupCodeCollection", []],
	])("%j is read as %s", (json, type, content) => {
		expect(readVariables({ "Flow.x": json })).toStrictEqual({ "Flow.x": { type, content } });
	});

	it.each(["Flow", "Flow.", ".x", "Flow.x.y", "1.x", "Flow.1", "Flow.x ", " Flow.x", "Flow-a.x", ""])("have no name %j", (name) => {
		expect(refused(() => readVariables({ [name]: 1 }))).toBe(`Expected a variable's name with its scope such as Flow.x, got "${name}".`);
	});

	it("are given in an object, by names that differ", () => {
		expect(Object.keys(readVariables({ "Flow.x": 1, "State.x": 2, "Flow._y1": 3 }))).toEqual(["Flow.x", "State.x", "Flow._y1"]);
		expect(refused(() => readVariables("x"))).toBe("Expected an object of variables by name, got a string.");
		expect(refused(() => readVariables({ "Flow.x": 1, "FLOW.X": 1 }))).toBe(
			'Expected each variable once (names ignore case), got "FLOW.X" twice.',
		);
	});

	it.each<[unknown, string]>([
		[[[1]], 'expected an array of values of one type, or {"type": "stringCollection", "value": […]}, got an array of integerCollection.'],
		[
			[1, "a", 2.5],
			'expected an array of values of one type, or {"type": "stringCollection", "value": […]}, got an array of integer, string, decimal.',
		],
		[
			["a", 2.5],
			'expected an array of values of one type, or {"type": "stringCollection", "value": […]}, got an array of string, decimal.',
		],
		[["a", 2], 'expected an array of values of one type, or {"type": "stringCollection", "value": […]}, got an array of string, integer.'],
		[[null], 'expected an array of values of one type, or {"type": "stringCollection", "value": […]}, got an array without a value.'],
		[{ type: "text", value: "" }, `expected one of the types ${types}, ${collections}, got "text".`],
		[{ type: "notSet", value: null }, `expected one of the types ${types}, ${collections}, got "notSet".`],
		[{ type: "currency", value: "x|USD" }, 'Expected a currency such as 5.00|USD, got "x|USD".'],
		[{ type: "integer", value: "5" }, 'expected a whole number, got the string "5".'],
		[{ type: "duration", value: "PT1000000000000S" }, "Expected a duration within ±999999999999999 ms, got 1000000000000000 ms."],
	])("refuse %j", (json, message) => {
		expect(refused(() => readVariables({ "Flow.x": json }))).toBe(`Flow.x: ${message}`);
	});
});

describe("entities", () => {
	it("are of six kinds", () => {
		expect(entityKinds).toEqual(["users", "queues", "skills", "languages", "groups", "wrapupCodes"]);
		const document = Object.fromEntries(entityKinds.map((kind) => [kind, [{ id: "1", name: kind }]]));
		expect(readEntities(document)).toEqual(document);
		expect(readEntities({})).toEqual({});
	});

	it.each<[unknown, string]>([
		[[], "Expected an object of entities by kind, got an array."],
		[null, "Expected an object of entities by kind, got null."],
		[
			{ queues: [{ id: "1", name: "a" }, { id: "2" }] },
			'Expected queues to be an array of {"id", "name"} objects of strings, got {"id":"2"}.',
		],
		[
			{ users: [{ id: "1", name: "a", username: 5 }] },
			'Expected users to be an array of {"id", "name", "username"} objects of strings, got {"id":"1","name":"a","username":5}.',
		],
	])("are not in %j", (json, message) => {
		expect(refused(() => readEntities(json))).toBe(message);
	});
});

describe("the language knows", () => {
	it("these built-in variables", () => {
		expect(builtIns(5)).toEqual({
			"Flow.IsTest": { type: "boolean", content: false },
			"Flow.StartDateTimeUtc": { type: "dateTime", content: 5 },
			"Flow.Version": { type: "string", content: "1.0" },
			"System.MaxDateTime": { type: "dateTime", content: Date.UTC(2200, 11, 31, 23, 59, 59) },
			"System.MaxDuration": { type: "duration", content: 999_999_999_999_999 },
			"System.MaxInt": { type: "integer", content: 999_999_999_999_999 },
			"System.MinDateTime": { type: "dateTime", content: Date.UTC(1800, 0, 1) },
			"System.MinDuration": { type: "duration", content: -999_999_999_999_999 },
			"System.MinInt": { type: "integer", content: -999_999_999_999_999 },
		});
	});

	it("these types", () => {
		expect(scalarTypes.join(", ")).toBe(types);
	});

	it("for the literal NOT_SET an overload that allows it, before one that does not", () => {
		expect(resultOf("GetCurrencySymbol(NOT_SET)")).toEqual(["string", null]);
		expect(resultOf("ToString(NOT_SET, 2)")).toEqual(["string", null]);
		expect(functions.get("getcurrencysymbol")?.overloads.map(signature)).toEqual(["(string)", "(currency?)"]);
	});
});
