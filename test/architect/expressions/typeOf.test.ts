import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { functions } from "../../../architect/expressions/catalogue.ts";
import { typeOf, type VariableTypes } from "../../../architect/expressions/check.ts";
import { ExpressionError } from "../../../architect/expressions/errors.ts";
import { evaluate } from "../../../architect/expressions/evaluate.ts";
import type { FlowValue, Type } from "../../../architect/expressions/values.ts";

const variables: VariableTypes = {
	"Flow.text": "string",
	"Flow.count": "integer",
	"Flow.flag": "boolean",
	"Flow.at": "dateTime",
	"Flow.body": "json",
	"State.connected": "booleanCollection",
};

it("the known functions are exactly these", () => {
	const known = [
		"AddDays AddDuration AddHours AddItem AddItemAt AddMinutes AddMonths AddSeconds AddYears Append AreEqual Average Ceiling",
		"Compare Contains ConvertCurrency Count DateTimeDiff Day DayOfWeek Find FindFirst FindLanguageSkill FindQueue FindQueueById",
		"FindSkill FindString FindUser FindUserById Floor GetAt GetCurrencySymbol GetCurrentDateTimeUtc GetDayOfWeekOccurrence",
		"GetJsonObjectProperty Hour If IsNotSetOrEmpty IsSet JsonParse LTrim Left Length Lower MakeCurrency",
		"MakeDateTime MakeDuration MakeEmptyList MakeList MakeListCurrency Minute Month RTrim Random RandomInt Range",
		"RemoveDups RemoveItem RemoveItemAt Replace ReplaceItem ReplaceItemAt ReplaceItemFirst Reverse Right Round RoundUp Second Split Substring Sum ToBool ToCurrency ToDateTime ToDecimal",
		"ToDuration ToGroup ToInt ToJson ToJsonCollection ToLanguageSkill ToPhoneNumber ToQueue ToSkill ToString",
		"ToUser ToWrapupCode Trim Upper WeekNum Year",
	].flatMap((line) => line.split(" "));
	expect([...functions.values()].map(({ name }) => name).toSorted()).toEqual(known);
});

describe("types", () => {
	it.each<[string, Type]>([
		["flow.COUNT / 2", "decimal"],
		['If(Flow.flag, Flow.text, "x")', "string"],
		["If(Flow.flag, NOT_SET, Flow.count)", "integer"],
		["NOT_SET", "notSet"],
		["Find(State.connected, true)", "integerCollection"],
		["State.connected[0]", "boolean"],
		["Flow.body.a.b", "json"],
		["DateTimeDiff(GetCurrentDateTimeUtc(), Flow.at)", "duration"],
	])("%s is of type %s", (expression, type) => {
		expect(typeOf(expression, variables)).toMatchObject({ type, findings: [] });
	});
});

describe("findings", () => {
	it.each([
		["ToLower(Flow.text)", "unknown-function", 1, /^Expected a known function such as Lower, got ToLower\.$/],
		[
			"Flow.txet",
			"unknown-variable",
			1,
			/^Expected a declared variable, got Flow\.txet; declared here: Flow\.text, Flow\.count, Flow\.flag, Flow\.at, Flow\.body\.$/,
		],
		["Length()", "wrong-arity", 1, /^Expected Length with one of \(string\), got \(\)\.$/],
		["MakeDuration(1, 2, 3)", "wrong-arity", 1, /got \(integer, integer, integer\)\.$/],
		["Flow.text + Flow.count", "wrong-type", 11, /^Expected \+ with one of .*\(string, string\), got \(string, integer\)\.$/],
		["Flow.at - Flow.at", "wrong-type", 9, /got \(dateTime, dateTime\)\.$/],
		["If(Flow.flag, Flow.text, 5)", "wrong-type", 1, /got \(boolean, string, integer\)\.$/],
		["Find(State.connected, 1)", "wrong-type", 1, /got \(booleanCollection, integer\)\.$/],
		["Flow.text.length", "wrong-type", 10, /^Expected a json value before "\.length", got string\.$/],
		["Length(NOT_SET)", "not-set", 8, /^Expected argument 1 of Length to be set, got NOT_SET\.$/],
		["1 +", "syntax", 4, /^Expected a value, got the end of the expression\.$/],
	])("%s: %s at %i", (expression, kind, position, message) => {
		const { type, findings } = typeOf(expression, variables);
		expect(type).toBeUndefined();
		expect(findings).toEqual([{ kind, position, message: expect.stringMatching(message) }]);
	});

	it("come all at once", () => {
		const { findings } = typeOf("Nope(Flow.a) + Flow.b", variables);
		expect(findings.map(({ kind, position }) => [kind, position])).toEqual([
			["unknown-variable", 6],
			["unknown-function", 1],
			["unknown-variable", 16],
		]);
	});
});

describe("variables whose NOT_SET would be an error", () => {
	it.each<[string, [string, string, number, number][]]>([
		[
			"Length(Flow.text) + Flow.count",
			[
				["Flow.text", "Length", 1, 8],
				["Flow.count", "+", 2, 21],
			],
		],
		["Flow.count == 1", []],
		["Append(Flow.text, ToString(Flow.count))", []],
		["1 + ToInt(Flow.text)", [["Flow.text", "+", 2, 11]]],
		['Length(If(Flow.flag, Flow.text, ""))', [["Flow.text", "Length", 1, 22]]],
		["If(IsSet(Flow.text), Length(Flow.text), 0)", []],
		["If(IsNotSetOrEmpty(Flow.text), 0, Length(Flow.text))", []],
		["If(IsNotSetOrEmpty(Flow.text), Length(Flow.text), 0)", [["Flow.text", "Length", 1, 39]]],
		["Flow.count != NOT_SET and Flow.count > 1", []],
		["Flow.count == NOT_SET or Flow.count > 1", []],
		["Flow.count > 1 and Flow.count != NOT_SET", [["Flow.count", ">", 1, 1]]],
		["!IsNotSetOrEmpty(Flow.text) and (Flow.count == 2 and Flow.count + Length(Flow.text) > 1)", []],
	])("%s", (expression, expected) => {
		const { notSetUnsafe, findings } = typeOf(expression, variables);
		expect(findings).toEqual([]);
		expect(notSetUnsafe.map(({ variable, usedBy, argument, position }) => [variable, usedBy, argument, position])).toEqual(expected);
	});

	it("a condition tells what is set on either side of it", () => {
		expect(typeOf('IsSet(Flow.count) and Flow.text == "a"', variables).knownSet).toEqual({
			whenTrue: ["Flow.count", "Flow.text"],
			whenFalse: [],
		});
		expect(typeOf("IsNotSetOrEmpty(Flow.text) or Flow.count == NOT_SET", variables).knownSet).toEqual({
			whenTrue: [],
			whenFalse: ["Flow.text", "Flow.count"],
		});
	});
});

const samples: Record<string, readonly FlowValue["content"][]> = {
	"Flow.text": ["", "2009-01-10T06:30:00Z", "17", undefined],
	"Flow.count": [0, 3, -999_999_999_999_999, undefined],
	"Flow.flag": [true, false, undefined],
	"Flow.at": [0, undefined],
	"Flow.body": [{ a: 1 }, undefined],
	"State.connected": [[], [true, undefined, false], undefined],
};
const argument = fc.constantFrom(...Object.keys(variables), "NOT_SET", "1", "2.5", '"x"', "true", "Flow.body.a");
const call = fc
	.tuple(fc.constantFrom(...functions.values()), fc.array(argument, { maxLength: 4 }))
	.map(([{ name }, args]) => `${name}(${args.join(", ")})`);
const infix = fc
	.tuple(
		fc.oneof(argument, call),
		fc.constantFrom("+", "-", "*", "/", "%", "^", "&", "|", "==", "<", "and", "or"),
		fc.oneof(argument, call),
	)
	.map(([left, operator, right]) => `${left} ${operator} ${right}`);

it("an expression without findings gives a value of its type or a named error; without unset variables in unsafe places, never not-set", () => {
	fc.assert(
		fc.property(fc.oneof(call, infix), fc.infiniteStream(fc.nat()), (expression, picks) => {
			const { type, findings, notSetUnsafe } = typeOf(expression, variables);
			expect(findings.length === 0).toBe(type !== undefined);
			const scope: Record<string, FlowValue> = {};
			for (const [name, each] of Object.entries(variables)) {
				const contents = (samples[name] ?? []).filter(
					(content) => content !== undefined || !notSetUnsafe.some((use) => use.variable === name),
				);
				scope[name] = { type: each, content: contents[(picks.next().value ?? 0) % contents.length] };
			}
			try {
				expect(evaluate(expression, scope, { now: 0 }).type).toBe(type);
			} catch (error) {
				if (!(error instanceof ExpressionError)) throw error;
				if (findings.length > 0) expect(error.kind).toBe(findings[0]?.kind);
				// A blank text casts to NOT_SET, a json key may be missing, an element of a collection unset: none of them a variable.
				else if (error.kind === "not-set") expect(expression).toMatch(/ToInt|ToDateTime|GetAt|body\.a/);
			}
		}),
		{ seed: 7, numRuns: 700 },
	);
});
