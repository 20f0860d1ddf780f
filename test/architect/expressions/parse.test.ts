import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ExpressionError } from "../../../architect/expressions/errors.ts";
import { deepestNesting, parse } from "../../../architect/expressions/parse.ts";
import { print, quote } from "../../../architect/expressions/print.ts";
import { binaryLevels, childrenOf, type Expression } from "../../../architect/expressions/syntax.ts";

function problemOf(text: string): { kind: string; message: string; position: number } | undefined {
	try {
		parse(text);
		return undefined;
	} catch (error) {
		if (error instanceof ExpressionError) return { kind: error.kind, message: error.message, position: error.position };
		throw error;
	}
}

/** With every pair of parentheses that the grouping means. */
function grouped(expression: Expression): string {
	const inner = childrenOf(expression).map(grouped);
	switch (expression.kind) {
		case "binary":
			return `(${inner.join(expression.operator)})`;
		case "unary":
			return `(${expression.operator}${inner.join("")})`;
		case "conditional":
			return `(${inner[0]}?${inner[1]}:${inner[2]})`;
		default:
			return print(expression);
	}
}

describe("precedence, from the loosest to the tightest", () => {
	it.each([
		["Flow.a ? 1 : Flow.b ? 2 : 3", "(Flow.a?1:(Flow.b?2:3))"],
		["Flow.a or Flow.b ? 1 : 2", "((Flow.aorFlow.b)?1:2)"],
		["Flow.a or Flow.b and Flow.c", "(Flow.aor(Flow.bandFlow.c))"],
		["Flow.a and Flow.b | Flow.c", "(Flow.aand(Flow.b|Flow.c))"],
		["Flow.a | Flow.b & Flow.c", "(Flow.a|(Flow.b&Flow.c))"],
		["Flow.a & Flow.b == Flow.c", "(Flow.a&(Flow.b==Flow.c))"],
		["Flow.a == Flow.b > Flow.c", "(Flow.a==(Flow.b>Flow.c))"],
		["Flow.a > Flow.b + Flow.c", "(Flow.a>(Flow.b+Flow.c))"],
		["Flow.a + Flow.b * Flow.c", "(Flow.a+(Flow.b*Flow.c))"],
		["Flow.a * Flow.b ^ Flow.c", "(Flow.a*(Flow.b^Flow.c))"],
		["Flow.a ^ !Flow.b", "(Flow.a^(!Flow.b))"],
		["!-Flow.a", "(!(-Flow.a))"],
		["-2 ^ 2", "((-2)^2)"],
		["-Flow.a.b[0]", "(-Flow.a.b[0])"],
		["Flow.a - Flow.b - Flow.c", "((Flow.a-Flow.b)-Flow.c)"],
		["Flow.a ^ Flow.b ^ Flow.c", "((Flow.a^Flow.b)^Flow.c)"],
	])("%s groups as %s", (text, expected) => {
		expect(grouped(parse(text))).toBe(expected);
	});
});

describe("refused text", () => {
	it.each([
		["", "syntax", 1, "Expected a value, got the end of the expression."],
		["Flow.a = 1", "syntax", 8, 'Expected a value or an operator, got "=" (equality is ==).'],
		["'a'", "syntax", 1, 'Expected a value or an operator, got "\'" (strings stand in "double quotes").'],
		['"a', "syntax", 1, 'Expected a closing " of this string, got the end of the expression.'],
		['"\\x"', "syntax", 2, 'Expected one of \\" \\\\ \\n \\r \\t in a string, got "\\x".'],
		["Flow.a && Flow.b", "syntax", 9, 'Expected a value, got "&".'],
		["name", "syntax", 1, 'Expected a scope before the variable (Flow.name) or "(" after the function, got "name" alone.'],
		["If(true, 1", "syntax", 11, 'Expected ")", got the end of the expression.'],
		["1 2", "syntax", 3, 'Expected an operator or the end of the expression, got "2".'],
		["1 + or", "syntax", 5, 'Expected a value, got "or".'],
		["-!Flow.a", "syntax", 2, 'Expected a value, got "!".'],
		["Flow.", "syntax", 6, "Expected a variable name, got the end of the expression."],
		["1000000000000000", "out-of-range", 1, "Expected an integer of at most 999999999999999, got 1000000000000000."],
		["{{x}}", "syntax", 1, 'Expected a value or an operator, got "{".'],
	])("%j: %s at %i", (text, kind, position, message) => {
		expect(problemOf(text)).toEqual({ kind, position, message });
	});

	it("is longer than 32,000 characters", () => {
		expect(problemOf(`"${"a".repeat(31_998)}"`)).toBeUndefined();
		expect(problemOf(`"${"a".repeat(31_999)}"`)).toMatchObject({ kind: "too-long", position: 32_001 });
	});

	it.each([
		["parentheses", (n: number) => `${"(".repeat(n)}1${")".repeat(n)}`],
		["calls", (n: number) => `${"If(".repeat(n)}1${")".repeat(n)}`],
		["prefixes", (n: number) => `${"!".repeat(n)}true`],
		["subscripts", (n: number) => `${"Flow.a[".repeat(n)}1${"]".repeat(n)}`],
	])("nests %s deeper than 60 levels", (_, nested) => {
		expect(problemOf(nested(deepestNesting))).toBeUndefined();
		expect(problemOf(nested(deepestNesting + 1))?.kind).toBe("too-deep");
		expect(problemOf(nested(3500))?.kind).toBe("too-deep");
	});

	it("has a row of operators that no walk would survive", () => {
		expect(problemOf(`1${"+1".repeat(400)}`)).toBeUndefined();
		expect(problemOf(`1${"+1".repeat(15_000)}`)?.kind).toBe("too-deep");
		expect(problemOf(`Flow.a${".b".repeat(15_000)}`)?.kind).toBe("too-deep");
	});
});

const names = fc.constantFrom("Flow.x", "State.receipt", "Task.a_1", "flow.LONG");
const leaf: fc.Arbitrary<Expression> = fc.oneof(
	fc.string({ unit: "binary" }).map((value): Expression => ({ kind: "literal", type: "string", value, position: 0 })),
	fc.integer({ min: 0, max: 999_999_999_999_999 }).map((value): Expression => ({ kind: "literal", type: "integer", value, position: 0 })),
	fc
		.double({ min: 0, noNaN: true, noDefaultInfinity: true })
		.filter((value) => !Object.is(value, -0))
		.map((value): Expression => ({ kind: "literal", type: "decimal", value, position: 0 })),
	fc.boolean().map((value): Expression => ({ kind: "literal", type: "boolean", value, position: 0 })),
	fc.constant<Expression>({ kind: "literal", type: "notSet", position: 0 }),
	names.map((name): Expression => ({ kind: "variable", name, position: 0 })),
);
const { expression: expressions } = fc.letrec<{ expression: Expression }>((tie) => ({
	expression: fc.oneof(
		{ maxDepth: 5 },
		leaf,
		fc.record({
			kind: fc.constant("unary" as const),
			operator: fc.constantFrom("!", "~", "-"),
			operand: tie("expression"),
			position: fc.constant(0),
		}),
		fc.record({
			kind: fc.constant("binary" as const),
			operator: fc.constantFrom(...binaryLevels.flat()),
			left: tie("expression"),
			right: tie("expression"),
			position: fc.constant(0),
		}),
		fc.record({
			kind: fc.constant("conditional" as const),
			condition: tie("expression"),
			yes: tie("expression"),
			no: tie("expression"),
			position: fc.constant(0),
		}),
		fc.record({
			kind: fc.constant("call" as const),
			name: fc.constantFrom("If", "toString", "Made_Up1"),
			args: fc.array(tie("expression"), { maxLength: 3 }),
			position: fc.constant(0),
		}),
		fc.record({ kind: fc.constant("index" as const), target: tie("expression"), index: tie("expression"), position: fc.constant(0) }),
		fc.record({
			kind: fc.constant("property" as const),
			target: tie("expression"),
			property: fc.constantFrom("b", "and", "NOT_SET"),
			position: fc.constant(0),
		}),
	),
}));

/** Without positions: the same text in other places. */
function shapeOf(expression: Expression): unknown {
	return JSON.parse(JSON.stringify(expression, (key, value: unknown) => (key === "position" ? undefined : value)));
}

describe("printing", () => {
	it("gives text that parses to the same expression again", () => {
		fc.assert(
			fc.property(expressions, (expression) => {
				expect(shapeOf(parse(print(expression)))).toEqual(shapeOf(expression));
			}),
			{ seed: 7, numRuns: 500 },
		);
	});

	it("needs no more parentheses than the text had", () => {
		const text = 'If(!(Flow.a or Flow.b), Append("x\\n\\"", ToString(-(1 + 2) * 3)), Flow.c[0].d)';
		expect(print(parse(text))).toBe(text);
	});

	it("quotes any text", () => {
		fc.assert(
			fc.property(fc.string({ unit: "binary" }), (value) => {
				expect(parse(quote(value))).toEqual({ kind: "literal", type: "string", value, position: 1 });
			}),
			{ seed: 7 },
		);
	});

	it("writes decimals without an exponent", () => {
		expect(print({ kind: "literal", type: "decimal", value: 1.5e-7, position: 1 })).toBe("0.00000015");
		expect(print({ kind: "literal", type: "decimal", value: 1.25e21, position: 1 })).toBe("1250000000000000000000.0");
		expect(print({ kind: "literal", type: "decimal", value: 2, position: 1 })).toBe("2.0");
	});
});

it("any text is either an expression or a named error", () => {
	const pieces = fc.constantFrom(
		"(",
		")",
		"If(",
		"Flow.x",
		" and ",
		"!",
		"-",
		"?",
		":",
		"[",
		"]",
		".",
		'"a"',
		"1",
		"2.5",
		",",
		"==",
		"NOT_SET",
		"é",
		"\\",
	);
	fc.assert(
		fc.property(
			fc.oneof(
				fc.string(),
				fc.array(pieces, { maxLength: 30 }).map((parts) => parts.join("")),
			),
			(text) => {
				const problem = problemOf(text);
				if (problem !== undefined) expect(problem.position).toBeGreaterThanOrEqual(1);
			},
		),
		{ seed: 7, numRuns: 1000 },
	);
});
