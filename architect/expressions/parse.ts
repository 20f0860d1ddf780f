import { ExpressionError } from "./errors.ts";
import { type BinaryOperator, binaryLevels, childrenOf, type Expression, type UnaryOperator } from "./syntax.ts";
import { type Token, tokenize } from "./tokens.ts";

/** The vendor's limit on nesting (parentheses, calls, subscripts, prefixes, conditionals). */
export const deepestNesting = 60;
/** Ours: a tree deeper than this (a very long row of operators) is refused, so that no walk over it can overflow the stack. */
const deepestTree = 500;

/** By their text, in lower case. */
const binaryOperators: ReadonlyMap<string, { readonly operator: BinaryOperator; readonly level: number }> = new Map(
	binaryLevels.flatMap((operators, level) => operators.map((operator) => [operator, { operator, level }] as const)),
);

/** Parses one expression completely; throws ExpressionError "syntax", "too-long", "too-deep" or "out-of-range". */
export function parse(text: string): Expression {
	const known = parsed.get(text);
	if (known !== undefined) return known;
	const expression = parseOnce(text);
	if (text.length <= longestKept) {
		if (parsed.size >= mostKept) parsed.clear();
		parsed.set(text, expression);
	}
	return expression;
}

/** What was parsed lately, by its text: a flow says the same again and again, and is linted, checked and run. An expression never changes. */
const parsed = new Map<string, Expression>();
const mostKept = 2000;
const longestKept = 500;

function parseOnce(text: string): Expression {
	const parser = new Parser(tokenize(text));
	const expression = parser.conditional();
	parser.end();
	refuseDeep(expression);
	return expression;
}

class Parser {
	readonly #tokens: readonly Token[];
	#next = 0;
	#nesting = 0;

	constructor(tokens: readonly Token[]) {
		this.#tokens = tokens;
	}

	end(): void {
		if (this.#token().kind !== "end") throw this.#unexpected("an operator or the end of the expression");
	}

	conditional(): Expression {
		return this.#nested(() => {
			const condition = this.#binary(0);
			if (!this.#take("?")) return condition;
			const yes = this.conditional();
			this.#expect(":");
			return { kind: "conditional", condition, yes, no: this.conditional(), position: condition.position };
		});
	}

	/** Operators of the level and of those that bind tighter. */
	#binary(level: number): Expression {
		let left = this.#prefix(["!", "~"], () => this.#prefix(["-"], () => this.#postfix()));
		for (;;) {
			const token = this.#token();
			const found = "word" in token ? binaryOperators.get(token.word) : undefined;
			if (found === undefined || found.level < level) return left;
			this.#next += 1;
			left = { kind: "binary", operator: found.operator, left, right: this.#binary(found.level + 1), position: token.position };
		}
	}

	#prefix(operators: readonly UnaryOperator[], operand: () => Expression): Expression {
		const operator = operators.find((candidate) => this.#is(candidate));
		if (operator === undefined) return operand();
		const position = this.#token().position;
		this.#next += 1;
		return this.#nested(() => ({ kind: "unary", operator, operand: this.#prefix(operators, operand), position }));
	}

	#postfix(): Expression {
		let target = this.#primary();
		for (;;) {
			const token = this.#token();
			if (this.#take("[")) {
				const index = this.conditional();
				this.#expect("]");
				target = { kind: "index", target, index, position: token.position };
			} else if (this.#take(".")) {
				target = { kind: "property", target, property: this.#name("a property name"), position: token.position };
			} else {
				return target;
			}
		}
	}

	#primary(): Expression {
		const token = this.#token();
		const { position } = token;
		if (this.#take("(")) {
			const inner = this.conditional();
			this.#expect(")");
			return inner;
		}
		if (token.kind === "name") return this.#named();
		if (token.kind === "string") {
			this.#next += 1;
			return { kind: "literal", type: "string", value: token.value, position };
		}
		if (token.kind === "integer" || token.kind === "decimal") {
			this.#next += 1;
			return { kind: "literal", type: token.kind, value: token.value, position };
		}
		throw this.#unexpected("a value");
	}

	#named(): Expression {
		const { position } = this.#token();
		const text = this.#name("a value");
		const lower = text.toLowerCase();
		if (lower === "true" || lower === "false") return { kind: "literal", type: "boolean", value: lower === "true", position };
		if (lower === "not_set") return { kind: "literal", type: "notSet", position };
		if (lower === "and" || lower === "or") throw new ExpressionError("syntax", `Expected a value, got "${text}".`, position);
		if (this.#take("(")) return { kind: "call", name: text, args: this.#args(), position };
		if (this.#take(".")) return { kind: "variable", name: `${text}.${this.#name("a variable name")}`, position };
		throw new ExpressionError(
			"syntax",
			`Expected a scope before the variable (Flow.${text}) or "(" after the function, got "${text}" alone.`,
			position,
		);
	}

	#args(): readonly Expression[] {
		if (this.#take(")")) return [];
		const args = [this.conditional()];
		while (this.#take(",")) args.push(this.conditional());
		this.#expect(")");
		return args;
	}

	#nested<T>(read: () => T): T {
		this.#nesting += 1;
		// The outermost expression is not nested in anything.
		if (this.#nesting > deepestNesting + 1) {
			throw new ExpressionError("too-deep", `Expected at most ${deepestNesting} levels of nesting, got more.`, this.#token().position);
		}
		const result = read();
		this.#nesting -= 1;
		return result;
	}

	#token(): Token {
		return this.#tokens[Math.min(this.#next, this.#tokens.length - 1)] ?? { kind: "end", position: 1 };
	}

	/** Keywords are names, and ignore case. */
	#is(text: string): boolean {
		const token = this.#token();
		return "word" in token && token.word === text;
	}

	#take(text: string): Token | undefined {
		if (!this.#is(text)) return undefined;
		const token = this.#token();
		this.#next += 1;
		return token;
	}

	#expect(text: string): void {
		if (!this.#take(text)) throw this.#unexpected(`"${text}"`);
	}

	#name(expected: string): string {
		const token = this.#token();
		if (token.kind !== "name") throw this.#unexpected(expected);
		this.#next += 1;
		return token.text;
	}

	#unexpected(expected: string): ExpressionError {
		const token = this.#token();
		const got = token.kind === "end" ? "the end of the expression" : `"${"text" in token ? token.text : token.value}"`;
		return new ExpressionError("syntax", `Expected ${expected}, got ${got}.`, token.position);
	}
}

function refuseDeep(root: Expression): void {
	const open: { readonly expression: Expression; readonly depth: number }[] = [{ expression: root, depth: 1 }];
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const { expression, depth } = next;
		if (depth > deepestTree) {
			throw new ExpressionError("too-deep", `Expected at most ${deepestTree} operations in a row, got more.`, expression.position);
		}
		for (const child of childrenOf(expression)) open.push({ expression: child, depth: depth + 1 });
	}
}
