import { describe, expect, it } from "vitest";
import { check } from "../../../architect/expressions/check.ts";
import { ExpressionError, problemKinds } from "../../../architect/expressions/errors.ts";
import { evaluate, run } from "../../../architect/expressions/evaluate.ts";
import { parse } from "../../../architect/expressions/parse.ts";
import type { Content, Json, Type } from "../../../architect/expressions/values.ts";
import { now, problemOf, resultOf, type Scope } from "./evaluating.ts";

const scope: Scope = {
	"Flow.body": { type: "json", content: { a: { b: "deep" }, amount: null, code: null, list: [1, null], text: "" } },
	"Flow.unset": { type: "json", content: undefined },
	"Flow.text": { type: "string", content: undefined },
	"Flow.names": { type: "stringCollection", content: ["a"] },
};

describe("evaluation", () => {
	it("takes text or a parsed expression", () => {
		expect(evaluate(parse("1 + 1"), {}, { now })).toEqual({ type: "integer", content: 2 });
	});

	it("throws the first finding", () => {
		expect(problemOf("Nope(Flow.x)")).toEqual([
			"unknown-variable",
			6,
			expect.stringMatching(/^Expected a declared variable, got Flow\.x; declared here: Flow\./),
		]);
		expect(problemOf("1 +")).toEqual(["syntax", 4, "Expected a value, got the end of the expression."]);
		expect(problemOf("Task.x")[2]).toBe("Expected a declared variable, got Task.x; declared here: none.");
	});

	it("evaluates no more of a choice, of and, of or than it needs", () => {
		expect(resultOf("If(true, 1, 1 / 0 > 1.0 ? 1 : 2)")[1]).toBe(1);
		expect(resultOf("If(false, GetAt(MakeList(1), 9), 2)")[1]).toBe(2);
		expect(resultOf("false and 1 / 0 > 1.0")[1]).toBe(false);
		expect(resultOf("true or 1 / 0 > 1.0")[1]).toBe(true);
		expect(problemOf("true and 1 / 0 > 1.0")[0]).toBe("division-by-zero");
		expect(problemOf("false or 1 / 0 > 1.0")[0]).toBe("division-by-zero");
		expect(problemOf("AreEqual(1, 2, ToInt(1 / 0))")[0]).toBe("division-by-zero");
	});

	it("of chance differs by place and by seed; the default seed is the time", () => {
		expect(resultOf("Random() == Random()")[1]).toBe(false);
		expect(evaluate("Random()", {}, { now: 1 })).toEqual(evaluate("Random()", {}, { now: 2, seed: 1 }));
		expect(evaluate("Random()", {}, { now: 1 })).not.toEqual(evaluate("Random()", {}, { now: 2 }));
	});

	it("looks nothing up without entities", () => {
		expect(problemOf('FindQueue("x")')).toEqual([
			"unknown-function",
			1,
			"FindQueue: Expected the organization's queues to be listed among the entities, got no such list.",
		]);
	});

	it("names an operation whose variables hold what their type does not allow", () => {
		const message = (name: string) => `${name}: Expected the content of each argument to be of its type.`;
		const wrong = (type: Type, content: Content, expression: string) => problemOf(expression, { "Flow.wrong": { type, content } });
		expect(wrong("string", 5, "Length(Flow.wrong)")).toEqual(["wrong-type", 1, message("Length")]);
		expect(wrong("boolean", "true", "!Flow.wrong")).toEqual(["wrong-type", 1, message("!")]);
		for (const type of ["integer", "decimal", "duration"] as const)
			expect(wrong(type, "5", "-Flow.wrong")).toEqual(["wrong-type", 1, message("unary -")]);
		expect(wrong("dateTime", "2026", "Year(Flow.wrong)")).toEqual(["wrong-type", 1, message("Year")]);
		expect(wrong("currency", { amount: 1 }, "Floor(Flow.wrong)")).toEqual(["wrong-type", 1, message("Floor")]);
		expect(wrong("phoneNumber", "1", "ToPhoneNumber(Flow.wrong)")).toEqual(["wrong-type", 1, message("ToPhoneNumber")]);
		expect(wrong("stringCollection", "a", "Count(Flow.wrong)")).toEqual(["wrong-type", 1, message("Count")]);
		expect(wrong("string", 5, 'Append("a", "b", Flow.wrong)')).toEqual(["wrong-type", 1, message("Append")]);
		for (const [type, cast] of [
			["user", "ToUser"],
			["queue", "ToQueue"],
			["skill", "ToSkill"],
			["language", "ToLanguageSkill"],
			["group", "ToGroup"],
			["wrapupCode", "ToWrapupCode"],
		] as const)
			expect(wrong(type, "x", `${cast}(Flow.wrong)`)).toEqual(["wrong-type", 1, message(cast)]);
	});

	it("of a checked expression reads variables by their names in lower case", () => {
		const { checked } = check("FLOW.Count + 1", { "Flow.count": "integer" });
		if (checked === undefined) throw new Error("Expected no findings.");
		const asked: string[] = [];
		const read = (key: string) => {
			asked.push(key);
			return 2;
		};
		expect(run(checked, read, now)).toBe(3);
		expect(asked).toEqual(["flow.count"]);
		expect(checked).toMatchObject({ args: [{ name: "Flow.count" }, { kind: "constant", content: 1 }] });
	});

	it("of a bare value gives it", () => {
		expect(resultOf("NOT_SET")).toEqual(["notSet", null]);
		expect(resultOf('"a"')).toEqual(["string", "a"]);
		expect(resultOf("Flow.body.missing", scope)).toEqual(["json", null]);
	});
});

describe("errors", () => {
	it("are of a closed set of kinds, each of which an expression can have", () => {
		const wrong = [
			"1 +",
			`"${"a".repeat(32_000)}"`,
			`${"(".repeat(61)}1${")".repeat(61)}`,
			"Nope()",
			"Flow.nope",
			"Trim()",
			"Trim(1)",
			"Trim(NOT_SET)",
			"1000000000000000",
			'ToInt("x")',
			"1 / 0",
		];
		expect(wrong.map((expression) => problemOf(expression)[0])).toEqual(problemKinds);
		expect(new ExpressionError("syntax", "a", 1)).toMatchObject({ name: "ExpressionError", kind: "syntax", message: "a", position: 1 });
	});
});

describe("JSON", () => {
	it.each<[string, Type, Json]>([
		['JsonParse(" 5 ")', "json", 5],
		['JsonParse("{\\"a\\":null}").a', "json", null],
		["JsonParse(Flow.text)", "json", null],
		["ToJson(NOT_SET)", "json", null],
		["ToJson(true)", "json", true],
		['ToJson("a")', "json", "a"],
		["ToJson(MakeDateTime(2026, 1, 31))", "json", "2026-01-31T00:00:00Z"],
		['ToJson(MakeCurrency(5, "USD"))', "json", "5.00|USD"],
		['ToJson(ToPhoneNumber("+1 317"))', "json", "+1 317"],
		["ToJson(MakeList(1.5, NOT_SET))", "json", [1.5, null]],
		["ToJson(Flow.body).a.b", "json", "deep"],
		["ToJsonCollection(Flow.body.list)", "jsonCollection", [1, null]],
		["ToJsonCollection(Flow.unset)", "jsonCollection", null],
		["ToJsonCollection(Flow.names)[0]", "json", "a"],
		['GetJsonObjectProperty(Flow.body, "A")', "json", null],
		['GetJsonObjectProperty(Flow.unset, "a")', "json", null],
		['GetJsonObjectProperty(Flow.body.list, "length")', "json", null],
		["Flow.body.list.length", "json", null],
		["Flow.body.a.b.c", "json", null],
		["IsNotSetOrEmpty(Flow.body)", "boolean", false],
		["IsNotSetOrEmpty(Flow.body.text)", "boolean", true],
		["IsSet(Flow.body.amount)", "boolean", false],
		['Flow.body.a == JsonParse("{\\"b\\": \\"deep\\"}")', "boolean", true],
		["ToString(Flow.body.list)", "string", "[1,null]"],
	])("%s is (%s) %j", (expression, type, value) => {
		expect(resultOf(expression, scope)).toEqual([type, value]);
	});

	it.each([
		['JsonParse("")', 'Expected JSON in the string, got "".'],
		['JsonParse("{a: 1}")', 'Expected JSON in the string, got "{a: 1}".'],
		[`JsonParse("${"x".repeat(61)}")`, `Expected JSON in the string, got "${"x".repeat(60)}".`],
	])("%s is refused", (expression, message) => {
		expect(problemOf(expression)).toEqual(["bad-cast", 1, `JsonParse: ${message}`]);
	});

	it.each(["Flow.body", "Flow.body.text", "ToJson(5)"])("is no collection unless it is an array: %s", (expression) => {
		expect(problemOf(`ToJsonCollection(${expression})`, scope)).toEqual([
			"bad-cast",
			1,
			"ToJsonCollection: Expected a JSON array, got another JSON value.",
		]);
	});

	it("stays within 200 levels and a million characters", () => {
		const open = '[{"a":'.repeat(100);
		const close = "}]".repeat(100);
		const parsed = (text: string) => `JsonParse("${text.replaceAll('"', '\\"')}")`;
		expect(resultOf(`IsSet(${parsed(`${open}1${close}`)})`)[1]).toBe(true);
		expect(problemOf(parsed(`[${open}1${close}]`))).toEqual(["too-deep", 1, "JsonParse: Expected a json of at most 200 levels, got more."]);
		const long = { type: "stringCollection", content: ["a".repeat(999_990), "bcdefghijk"] } as const;
		expect(problemOf("ToJson(Flow.long)", { "Flow.long": long })[2]).toBe(
			"ToJson: Expected a json of at most 1000000 characters, got more.",
		);
	});
});
