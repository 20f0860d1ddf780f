export type UnaryOperator = "!" | "~" | "-";

/** Binary operators by level, the loosest first; all of them group from the left. Rule nesting of the vendor's own grammar. */
export const binaryLevels = [
	["or"],
	["and"],
	["|"],
	["&"],
	["==", "!="],
	[">", ">=", "<", "<="],
	["+", "-"],
	["*", "/", "%"],
	["^"],
] as const;
export type BinaryOperator = (typeof binaryLevels)[number][number];

interface Placed {
	/** The character in the expression, counting from 1. */
	readonly position: number;
}

/** A literal; numbers carry no sign (a minus is an operator). */
export type LiteralExpression = Placed &
	(
		| { readonly kind: "literal"; readonly type: "string"; readonly value: string }
		| { readonly kind: "literal"; readonly type: "integer" | "decimal"; readonly value: number }
		| { readonly kind: "literal"; readonly type: "boolean"; readonly value: boolean }
		| { readonly kind: "literal"; readonly type: "notSet" }
	);

/** A parsed Architect expression. */
export type Expression =
	| LiteralExpression
	/** With its scope, as written: `Flow.x`; names ignore case. */
	| (Placed & { readonly kind: "variable"; readonly name: string })
	| (Placed & { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression })
	| (Placed & { readonly kind: "binary"; readonly operator: BinaryOperator; readonly left: Expression; readonly right: Expression })
	| (Placed & { readonly kind: "conditional"; readonly condition: Expression; readonly yes: Expression; readonly no: Expression })
	/** The name as written; names ignore case. */
	| (Placed & { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] })
	| (Placed & { readonly kind: "index"; readonly target: Expression; readonly index: Expression })
	| (Placed & { readonly kind: "property"; readonly target: Expression; readonly property: string });

/** The expressions directly inside one, in reading order. */
export function childrenOf(expression: Expression): readonly Expression[] {
	switch (expression.kind) {
		case "literal":
		case "variable":
			return [];
		case "unary":
			return [expression.operand];
		case "binary":
			return [expression.left, expression.right];
		case "conditional":
			return [expression.condition, expression.yes, expression.no];
		case "call":
			return expression.args;
		case "index":
			return [expression.target, expression.index];
		case "property":
			return [expression.target];
	}
}
