import { ExpressionError } from "../expressions/errors.ts";
import { evaluate } from "../expressions/evaluate.ts";
import { chanceFunctions } from "../expressions/functions/chance.ts";
import { entityFunctions } from "../expressions/functions/entities.ts";
import { parse } from "../expressions/parse.ts";
import { childrenOf, type Expression } from "../expressions/syntax.ts";
import { type Action, isCollectionLiteral, isEntityLiteral, type Literal, type Value, type Workflow } from "../model.ts";
import { secondsOf } from "../simulation/values.ts";
import { everyStep, type Owner, owners } from "./steps.ts";
import { writtenBy } from "./usage.ts";

/** The most that a value can be, in its own unit (durations: seconds); undefined where no maximum can be proven. */
export type Maximum = (value: Value, owner: Owner) => number | undefined;

/**
 * Maxima of the values of a workflow. Proven are literals, and variables that are given nothing but literals: no input, no output of a data
 * action, no loop index, no expression.
 */
export function maxima(workflow: Workflow): Maximum {
	const known = assignedLiterals(workflow);
	return (value, owner) => {
		if (value.kind === "noValue") return undefined;
		if (value.kind === "lit") return value.open ? undefined : amountOf(value.lit);
		const expression = tryParse(value.exp);
		return expression?.kind === "variable" ? known.get(keyOf(expression.name, owner)) : constantOf(expression);
	};
}

/** What an expression without a variable always is, an integer or the seconds of a duration; undefined where time, chance or a look-up decides. */
function constantOf(expression: Expression | undefined): number | undefined {
	if (expression === undefined || !isConstant(expression)) return undefined;
	try {
		const { type, content } = evaluate(expression, {}, { now: 0 });
		if (typeof content !== "number") return undefined;
		if (type === "duration") return content / 1000;
		return type === "integer" ? content : undefined;
	} catch (error) {
		// What is wrong with it is the expression rule's finding.
		if (error instanceof ExpressionError) return undefined;
		throw error;
	}
}

const changing: ReadonlySet<string> = new Set(
	["GetCurrentDateTimeUtc", ...Object.keys({ ...chanceFunctions, ...entityFunctions })].map((name) => name.toLowerCase()),
);

function isConstant(expression: Expression): boolean {
	if (expression.kind === "variable") return false;
	if (expression.kind === "call" && changing.has(expression.name.toLowerCase())) return false;
	return childrenOf(expression).every(isConstant);
}

/** The number of a literal, seconds for a duration; undefined for text and truth values. */
export function amountOf(literal: Literal): number | undefined {
	if (typeof literal === "number") return literal;
	return typeof literal === "object" && !isCollectionLiteral(literal) && !isEntityLiteral(literal) ? secondsOf(literal) : undefined;
}

/** The parsed expression, or undefined: what is wrong with it is the expression rule's finding. */
export function tryParse(text: string): Expression | undefined {
	try {
		return parse(text);
	} catch {
		return undefined;
	}
}

/** A variable's identity: flow variables are one, those of states and tasks belong to their own. Names ignore case. */
export function keyOf(name: string, owner: Owner | undefined): string {
	const lower = name.toLowerCase();
	return lower.startsWith("flow.") || owner === undefined ? lower : `${owner.kind} ${owner.sequence.refId} ${lower}`;
}

function assignedLiterals(workflow: Workflow): ReadonlyMap<string, number> {
	const values = new Map<string, number>();
	const unproven = new Set<string>();
	const assign = (key: string, value: Value): void => {
		const amount = assignedAmount(value);
		if (amount === undefined) unproven.add(key);
		else values.set(key, Math.max(amount, values.get(key) ?? amount));
	};
	for (const variable of workflow.variables) {
		assign(keyOf(variable.name, undefined), variable.isInput ? { kind: "noValue" } : variable.initialValue);
	}
	for (const owner of owners(workflow)) {
		for (const variable of owner.sequence.variables) assign(keyOf(variable.name, owner), variable.initialValue);
	}
	for (const { action, owner } of everyStep(workflow)) {
		for (const name of computedBy(action)) unproven.add(keyOf(name, owner));
		if (action.kind === "updateData") for (const { variable, value } of action.statements) assign(keyOf(variable, owner), value);
	}
	for (const key of unproven) values.delete(key);
	return values;
}

function assignedAmount(value: Value): number | undefined {
	if (value.kind === "lit") return value.open ? undefined : amountOf(value.lit);
	// Most expressions name a variable: these need not be parsed.
	return value.kind === "noValue" || /[a-z]\./i.test(value.exp) ? undefined : constantOf(tryParse(value.exp));
}

function computedBy(action: Action): readonly string[] {
	return action.kind === "updateData" ? [] : writtenBy(action).map(({ name }) => name);
}
