import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { functions } from "../../../architect/expressions/catalogue.ts";
import { typeOf } from "../../../architect/expressions/check.ts";
import { ExpressionError, problemKinds } from "../../../architect/expressions/errors.ts";
import { evaluate } from "../../../architect/expressions/evaluate.ts";
import { fromJson, toJson } from "../../../architect/expressions/exchange.ts";
import { parse } from "../../../architect/expressions/parse.ts";
import { print } from "../../../architect/expressions/print.ts";
import { binaryLevels } from "../../../architect/expressions/syntax.ts";
import { longestExpression } from "../../../architect/expressions/tokens.ts";
import { elementOf, type FlowValue, inRange, isList, same } from "../../../architect/expressions/values.ts";

const now = Date.UTC(2026, 0, 31, 6, 30, 0);
const scope: Record<string, FlowValue> = {
	"Flow.unset": { type: "string", content: undefined },
	"Flow.body": { type: "json", content: { a: { b: "deep" }, list: [1, null, "x"] } },
	"Flow.cleared": { type: "notSet", content: undefined },
};
const entities = { queues: [{ id: "1", name: "x" }], users: [], skills: [], languages: [], groups: [], wrapupCodes: [] };

/** A value of each type, ordinary and extreme. */
const leaves: Readonly<Record<string, readonly string[]>> = {
	string: [
		'"x"',
		'""',
		'" "',
		'"2009-01-10T06:30:00Z"',
		'"-17"',
		'"5.25|USD"',
		'"+13178723000"',
		'"[1,[2]]"',
		'"ß\\n\\u"'.replace("\\u", ""),
		"Flow.unset",
	],
	integer: ["0", "-1", "2", "7", "2026", "System.MaxInt", "System.MinInt", "ToInt(NOT_SET)"],
	decimal: ["0.0", "-2.5", "0.1", "10.0 ^ 300", "ToDecimal(NOT_SET)"],
	boolean: ["true", "false", "ToBool(NOT_SET)"],
	dateTime: ["MakeDateTime(2024, 2, 29)", "System.MaxDateTime", "System.MinDateTime", "ToDateTime(NOT_SET)"],
	duration: ["MakeDuration(0, 0, 5, 0)", "System.MaxDuration", "System.MinDuration", "ToDuration(NOT_SET)"],
	currency: ['MakeCurrency(5.25, "USD")', "ToCurrency(NOT_SET)", 'MakeCurrency(NOT_SET, "EUR")', "MakeCurrency(1, NOT_SET)"],
	phoneNumber: ['ToPhoneNumber("+13178723000")', "ToPhoneNumber(NOT_SET)"],
	json: ["Flow.body", "Flow.body.list", "Flow.body.nothing", "ToJson(1.5)"],
	entity: ['FindQueue("x")', "ToUser(NOT_SET)", "ToSkill(NOT_SET)", "NOT_SET", "Flow.cleared"],
	collection: ["MakeList(1, NOT_SET, 3)", 'MakeList("x", "y")', "MakeList(1.5)", "MakeEmptyList(ToString(NOT_SET))", "MakeList(true)"],
};
const wholeTable = Object.values(leaves).flat();

const { any: expressions } = fc.letrec<{ any: string }>((tie) => ({
	any: fc.oneof(
		{ maxDepth: 4, withCrossShrink: true },
		fc.constantFrom(...wholeTable),
		fc
			.constantFrom(...functions.values())
			.chain(({ name, overloads }) =>
				fc
					.constantFrom(...overloads)
					.chain(({ parameters, repeats }) =>
						fc
							.tuple(
								...parameters.map((parameter) => argumentOf(parameter, tie("any"))),
								...(repeats ? [argumentOf(parameters.at(-1) ?? "any", tie("any"))] : []),
							)
							.map((args) => `${name}(${args.join(", ")})`),
					),
			),
		fc
			.tuple(tie("any"), fc.constantFrom(...binaryLevels.flat()), tie("any"))
			.map(([left, operator, right]) => `(${left} ${operator} ${right})`),
		fc.tuple(tie("any"), tie("any"), tie("any")).map(([condition, yes, no]) => `(${condition} ? ${yes} : ${no})`),
		fc.tuple(fc.constantFrom("-", "!", "~"), tie("any")).map(([operator, operand]) => `${operator}(${operand})`),
		fc.tuple(tie("any"), fc.constantFrom("[0]", "[-1]", '["code"]', ".amount", ".e164", ".name", ".a.b")).map((parts) => parts.join("")),
	),
}));

/** Mostly what fits, so that many expressions run. */
function argumentOf(parameter: string, nested: fc.Arbitrary<string>): fc.Arbitrary<string> {
	const type = parameter.replace("?", "");
	const fitting = type.endsWith("Collection") ? leaves.collection : type === "any" ? wholeTable : leaves[type];
	return fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...(fitting ?? wholeTable)) }, { weight: 1, arbitrary: nested });
}

function valueOrProblem(expression: string): FlowValue | ExpressionError {
	try {
		return evaluate(expression, scope, { now, entities, seed: 1 });
	} catch (error) {
		if (error instanceof ExpressionError) return error;
		throw error;
	}
}

describe("evaluation", () => {
	it("gives a value in the range of its static type, or one of the named errors at a place in the text", () => {
		const types = Object.fromEntries(Object.entries(scope).map(([name, { type }]) => [name, type]));
		let values = 0;
		fc.assert(
			fc.property(expressions, (expression) => {
				const given = valueOrProblem(expression);
				if (given instanceof ExpressionError) {
					expect(problemKinds).toContain(given.kind);
					expect(given.position).toBeGreaterThanOrEqual(1);
					expect(given.position).toBeLessThanOrEqual(expression.length + 1);
					return;
				}
				values += 1;
				const { type } = typeOf(expression, { ...types, ...builtInTypes });
				expect(given.type).toBe(type);
				inRange(given.type, given.content);
				const element = elementOf(given.type);
				if (element !== undefined && isList(given.content)) for (const each of given.content) inRange(element, each);
			}),
			{ seed: 11, numRuns: 4000 },
		);
		expect(values).toBeGreaterThan(1000);
	});

	it("gives a value that leaves and enters again unchanged", () => {
		fc.assert(
			fc.property(expressions, (expression) => {
				const given = valueOrProblem(expression);
				if (given instanceof ExpressionError || given.type === "notSet") return;
				const json = toJson(given);
				expect(JSON.parse(JSON.stringify(json))).toEqual(json);
				expect(same(fromJson(given.type, json).content, given.content)).toBe(true);
			}),
			{ seed: 12, numRuns: 2000 },
		);
	});

	it("gives the same for the text that is printed of its parse", () => {
		fc.assert(
			fc.property(expressions, (expression) => {
				const [given, again] = [valueOrProblem(expression), valueOrProblem(print(parse(expression)))];
				if (given instanceof ExpressionError) expect(again).toMatchObject({ kind: given.kind });
				else if (!/random/i.test(expression)) expect(again).toEqual(given);
			}),
			{ seed: 13, numRuns: 1500 },
		);
	});
});

const builtInTypes = {
	"System.MaxInt": "integer",
	"System.MinInt": "integer",
	"System.MaxDateTime": "dateTime",
	"System.MinDateTime": "dateTime",
	"System.MaxDuration": "duration",
	"System.MinDuration": "duration",
} as const;

/** As much of `piece` as fits between `head` and `tail`. */
function filled(head: string, piece: string, tail: string): string {
	return head + piece.repeat(Math.floor((longestExpression - head.length - tail.length) / piece.length)) + tail;
}

function nested(head: string, inner: string, tail: string, levels = 59): string {
	return head.repeat(levels) + inner + tail.repeat(levels);
}

describe("an expression of 32,000 characters and 60 levels", () => {
	it.each<[string, string]>([
		["a row of additions", filled("1", "+1", "")],
		["a row of words", filled("true", " and true", "")],
		["a call with many arguments", filled("Append(", '"a",', '"b")')],
		["many arguments that do not fit", filled("Length(", "1,", "1)")],
		["a list, counted", filled("Count(MakeList(", "1,", "1))")],
		["many unknown variables", filled("MakeList(", "Flow.x,", "1)")],
		["many unknown functions", filled("MakeList(", "a(),", "1)")],
		["a long string", filled('"', "a", '"')],
		["a long name", filled("", "a", "()")],
		["a long number", filled("", "9", "")],
		["a long decimal", filled("0.", "9", "")],
		["blanks", filled("1", " ", "+1")],
		["a row of prefixes", filled("", "-", "1")],
		["a row of parentheses", filled("", "(", "")],
		["a row of properties", filled("Flow.body", ".a", "")],
		["a row of subscripts", filled("Flow.body", '["a"]', "")],
		["conditionals in a row", filled("", "true?1:", "1")],
		[
			"nested parentheses around a list",
			nested("(", filled("Count(MakeList(", "1,", "1))").slice(0, 31_000).replace(/,?1?$/, ",1))"), ")"),
		],
		[
			"nested calls with wide arguments",
			nested(
				"Append(",
				filled("", '"aa",', '"a"')
					.slice(0, 31_000 - 1)
					.replace(/,?"?a*"?$/, ""),
				")",
			),
		],
		["nested replacements that grow", nested('Replace("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","a",', '"b"', ")")],
		["many strings that grow", filled("MakeList(", `${nested('Replace("aaaaaaaaaa","a",', '"\u0001"', ")", 5)},`, '"")')],
		[
			"JSON of many strings that grow",
			filled("ToString(ToJson(MakeList(", `${nested('Replace("aaaaaaaaaa","a",', '"\u0001"', ")", 5)},`, '"")))'),
		],
		["JSON nested in JSON", nested("ToJson(ToString(", '"\\""', "))", 29)],
		["deep JSON in a string", filled('JsonParse("', "[", '")')],
		["deep JSON in a string, closed", `JsonParse("${"[".repeat(15_990)}${"]".repeat(15_990)}")`],
		["nested choices", nested("If(true,", "1", ",2)")],
		["powers of powers", nested("(9.9^", "9.9", ")")],
	])("%s ends with a value or a named error", (_, expression) => {
		expect(expression.length).toBeLessThanOrEqual(longestExpression);
		const begun = process.cpuUsage();
		const given = valueOrProblem(expression);
		if (given instanceof ExpressionError) expect(given.message.length).toBeLessThan(60_000);
		else expect(JSON.stringify(toJson(given))).toBeDefined();
		// The work of this process, in microseconds, whoever else is busy on the machine: what grows without bound takes minutes.
		expect(process.cpuUsage(begun).user).toBeLessThan(10_000_000);
	});

	it("is refused beyond that", () => {
		expect(valueOrProblem(`${filled("1", "+1", "")}+1`)).toMatchObject({ kind: "too-long" });
		expect(valueOrProblem(nested("(", "1", ")", 61))).toMatchObject({ kind: "too-deep" });
	});
});
