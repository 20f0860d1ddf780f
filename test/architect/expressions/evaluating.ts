import { ExpressionError } from "../../../architect/expressions/errors.ts";
import { evaluate, type Surroundings } from "../../../architect/expressions/evaluate.ts";
import { toJson } from "../../../architect/expressions/exchange.ts";
import { type FlowValue, type Json, type Type, ValueError } from "../../../architect/expressions/values.ts";

/** The time of every evaluation in these tests. */
export const now = Date.UTC(2026, 0, 31, 6, 30, 0);

export type Scope = Readonly<Record<string, FlowValue>>;

/** The type and the value, as JSON. */
export function resultOf(expression: string, scope: Scope = {}, surroundings: Surroundings = {}): readonly [Type, Json] {
	const value = evaluate(expression, scope, { now, ...surroundings });
	return [value.type, toJson(value)];
}

/** The error of this class in which it ends; every other one is thrown on. */
export function errorOf<E extends Error>(expected: abstract new (...args: never) => E, read: () => unknown): E {
	try {
		read();
	} catch (error) {
		if (error instanceof expected && error.name === expected.name) return error;
		throw error;
	}
	throw new Error(`Expected ${expected.name}, got no error.`);
}

/** Kind and message of the refusal of a value. */
export function refusalOf(read: () => unknown): readonly [string, string] {
	const { kind, message } = errorOf(ValueError, read);
	return [kind, message];
}

/** Kind, position and message of what is wrong with an expression. */
export function problemIn(read: () => unknown): readonly [string, number, string] {
	const { kind, position, message } = errorOf(ExpressionError, read);
	return [kind, position, message];
}

export function problemOf(expression: string, scope: Scope = {}, surroundings: Surroundings = {}): readonly [string, number, string] {
	return problemIn(() => evaluate(expression, scope, { now, ...surroundings }));
}
