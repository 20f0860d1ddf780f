import { binaryLevels, type Expression, type LiteralExpression } from "./syntax.ts";
import { decimalText } from "./values.ts";

const levels = { conditional: -1, not: binaryLevels.length, minus: binaryLevels.length + 1, postfix: binaryLevels.length + 2 };

/** The text of an expression, with no more parentheses than it needs: parsing it gives the same expression again. */
export function print(expression: Expression): string {
	switch (expression.kind) {
		case "literal":
			return literalText(expression);
		case "variable":
			return expression.name;
		case "unary":
			return `${expression.operator}${within(expression.operand, levelOf(expression))}`;
		case "binary": {
			const level = levelOf(expression);
			return `${within(expression.left, level)} ${expression.operator} ${within(expression.right, level + 1)}`;
		}
		case "conditional":
			return `${within(expression.condition, 0)} ? ${print(expression.yes)} : ${print(expression.no)}`;
		case "call":
			return `${expression.name}(${expression.args.map(print).join(", ")})`;
		case "index":
			return `${within(expression.target, levels.postfix)}[${print(expression.index)}]`;
		case "property":
			return `${within(expression.target, levels.postfix)}.${expression.property}`;
	}
}

/** A string literal of the expression language. */
export function quote(text: string): string {
	const escaped = text.replaceAll("\\", "\\\\").replaceAll('"', '\\"');
	return `"${escaped.replaceAll("\n", "\\n").replaceAll("\r", "\\r").replaceAll("\t", "\\t")}"`;
}

function literalText(literal: LiteralExpression): string {
	switch (literal.type) {
		case "string":
			return quote(literal.value);
		case "decimal":
			return decimalText(literal.value);
		case "integer":
		case "boolean":
			return String(literal.value);
		case "notSet":
			return "NOT_SET";
	}
}

function within(expression: Expression, level: number): string {
	const text = print(expression);
	return levelOf(expression) < level ? `(${text})` : text;
}

function levelOf(expression: Expression): number {
	if (expression.kind === "conditional") return levels.conditional;
	if (expression.kind === "unary") return expression.operator === "-" ? levels.minus : levels.not;
	if (expression.kind === "binary") return binaryLevels.findIndex((operators) => operators.some((each) => each === expression.operator));
	return levels.postfix;
}
