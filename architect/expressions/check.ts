import { type Entry, functions, operatorEntry } from "./catalogue.ts";
import type { Checked } from "./checked.ts";
import { ExpressionError, type Problem, type ProblemKind } from "./errors.ts";
import { knownSetIn, type NotSetUse, unsafeUses } from "./notSet.ts";
import { allowsNotSet, parameterAt, resolve, signature } from "./overload.ts";
import { parse } from "./parse.ts";
import { propertiesOf, propertyOf } from "./properties.ts";
import { childrenOf, type Expression, type LiteralExpression } from "./syntax.ts";
import { unknownFunction } from "./unknownFunction.ts";
import type { Content, Type } from "./values.ts";

/** Variables by name, with their scope; names ignore case. */
export type VariableTypes = Readonly<Record<string, Type>>;

/** What can be said of an expression before it runs. */
export interface Typing {
	/** Undefined when there are findings. */
	readonly type: Type | undefined;
	/** Every problem: syntax, unknown functions and variables, arities, types, a literal NOT_SET where none is allowed. */
	readonly findings: readonly Problem[];
	/** Variables that would make the run fail if they were NOT_SET there, minus those that the expression itself guards. */
	readonly notSetUnsafe: readonly NotSetUse[];
	/** Variables that are known to be set when the (boolean) expression is true, and when it is false. */
	readonly knownSet: { readonly whenTrue: readonly string[]; readonly whenFalse: readonly string[] };
}

/** The static type of an expression, given its variables' types. Never throws for any text. */
export function typeOf(expression: string | Expression, variables: VariableTypes): Typing {
	const { checked, findings } = check(expression, variables);
	return {
		type: checked?.type,
		findings,
		notSetUnsafe: checked === undefined ? [] : unsafeUses(checked),
		knownSet: checked === undefined ? { whenTrue: [], whenFalse: [] } : knownSetIn(checked),
	};
}

/** The checked expression, or every reason why there is none. Never throws for any text. */
export function check(
	expression: string | Expression,
	variables: VariableTypes,
): { readonly checked: Checked | undefined; readonly findings: readonly Problem[] } {
	const checker = new Checker(declaredIn(variables));
	try {
		const checked = checker.check(typeof expression === "string" ? parse(expression) : expression);
		return { checked: checker.findings.length === 0 ? checked : undefined, findings: checker.findings };
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		return { checked: undefined, findings: [{ kind: error.kind, message: error.message, position: error.position }] };
	}
}

/** Variables by their name in lower case. */
type Declared = ReadonlyMap<string, { readonly name: string; readonly type: Type }>;

/** A flow has many expressions over the same variables, and types never change: their names are read once. */
const known = new WeakMap<VariableTypes, Declared>();

function declaredIn(variables: VariableTypes): Declared {
	const found = known.get(variables);
	if (found !== undefined) return found;
	const declared = new Map(Object.entries(variables).map(([name, type]) => [name.toLowerCase(), { name, type }]));
	known.set(variables, declared);
	return declared;
}

/** How many argument types a message tells. */
const longestList = 12;

class Checker {
	readonly findings: Problem[] = [];
	readonly #variables: Declared;

	constructor(variables: Declared) {
		this.#variables = variables;
	}

	check(expression: Expression): Checked | undefined {
		switch (expression.kind) {
			case "literal":
				return { kind: "constant", type: expression.type, content: contentOf(expression), position: expression.position };
			case "variable":
				return this.#variable(expression.name, expression.position);
			case "property":
				return this.#property(expression.target, expression.property, expression.position);
			case "index":
				return this.#index(expression);
			case "call":
				return this.#call(expression);
			default:
				return this.#apply(operatorEntry(operatorName(expression)), childrenOf(expression), expression.position);
		}
	}

	#variable(name: string, position: number): Checked | undefined {
		const key = name.toLowerCase();
		const variable = this.#variables.get(key);
		if (variable !== undefined) return { kind: "variable", type: variable.type, name: variable.name, key, position };
		const scope = key.slice(0, key.indexOf(".") + 1);
		const allowed = [...this.#variables.values()].map((each) => each.name).filter((each) => each.toLowerCase().startsWith(scope));
		return this.#fail(
			"unknown-variable",
			`Expected a declared variable, got ${name}; declared here: ${allowed.join(", ") || "none"}.`,
			position,
		);
	}

	#call({ name, args, position }: Extract<Expression, { kind: "call" }>): Checked | undefined {
		const entry = functions.get(name.toLowerCase());
		if (entry !== undefined) return this.#apply(entry, args, position);
		for (const arg of args) this.check(arg);
		return this.#fail("unknown-function", unknownFunction(name), position);
	}

	/** `value["property"]` is `value.property`; of a collection, `[]` is the item. */
	#index(expression: Extract<Expression, { kind: "index" }>): Checked | undefined {
		const { target, index, position } = expression;
		if (index.kind === "literal" && index.type === "string") return this.#property(target, index.value, position);
		return this.#apply(operatorEntry("[]"), childrenOf(expression), position);
	}

	#property(target: Expression, property: string, position: number): Checked | undefined {
		const checked = this.check(target);
		if (checked === undefined) return undefined;
		const found = propertyOf(checked.type, property);
		if (found !== undefined) return { kind: "property", type: found.type, target: checked, property: found.name, position };
		const known = propertiesOf(checked.type);
		const expected = known.length > 0 ? `one of .${known.join(", .")}` : `a json value before ".${property}"`;
		const got = known.length > 0 ? `".${property}" of a ${checked.type}` : checked.type;
		return this.#fail("wrong-type", `Expected ${expected}, got ${got}.`, position);
	}

	#apply(entry: Entry, expressions: readonly Expression[], position: number): Checked | undefined {
		const args: Checked[] = [];
		for (const expression of expressions) {
			const arg = this.check(expression);
			if (arg !== undefined) args.push(arg);
		}
		if (args.length < expressions.length) return undefined;
		const types = args.map((arg) => arg.type);
		const found = resolve(entry.overloads, types);
		if (found === "wrong-arity" || found === "wrong-type") {
			const allowed = entry.overloads.map(signature).join(" ");
			const got = types.length > longestList ? `${types.slice(0, longestList).join(", ")}, … ${types.length} in all` : types.join(", ");
			return this.#fail(found, `Expected ${entry.name} with one of ${allowed}, got (${got}).`, position);
		}
		for (const [index, arg] of args.entries()) {
			if (arg.type !== "notSet" || allowsNotSet(parameterAt(found.overload, index))) continue;
			this.#fail("not-set", `Expected argument ${index + 1} of ${entry.name} to be set, got NOT_SET.`, arg.position);
		}
		return { kind: "apply", type: found.result, entry, overload: found.overload, args, position };
	}

	#fail(kind: ProblemKind, message: string, position: number): undefined {
		this.findings.push({ kind, message, position });
	}
}

function operatorName(expression: Extract<Expression, { kind: "unary" | "binary" | "conditional" }>): string {
	switch (expression.kind) {
		case "unary":
			return expression.operator === "-" ? "unary -" : expression.operator;
		case "binary":
			return expression.operator;
		case "conditional":
			return "? :";
	}
}

function contentOf(literal: LiteralExpression): Content | undefined {
	return literal.type === "notSet" ? undefined : literal.value;
}
