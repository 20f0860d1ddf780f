import { ExpressionError } from "../../../architect/expressions/errors.ts";
import { evaluate, type Surroundings } from "../../../architect/expressions/evaluate.ts";
import { toJson } from "../../../architect/expressions/exchange.ts";
import type { FlowValue, Json, Type } from "../../../architect/expressions/values.ts";

/** The time of every evaluation in these tests. */
export const now = Date.UTC(2026, 0, 31, 6, 30, 0);

export type Scope = Readonly<Record<string, FlowValue>>;

/** The type and the value, as JSON. */
export function resultOf(expression: string, scope: Scope = {}, surroundings: Surroundings = {}): readonly [Type, Json] {
	const value = evaluate(expression, scope, { now, ...surroundings });
	return [value.type, toJson(value)];
}

/** Kind, position and message of the error; throws when there is none. */
export function problemOf(expression: string, scope: Scope = {}, surroundings: Surroundings = {}): readonly [string, number, string] {
	try {
		evaluate(expression, scope, { now, ...surroundings });
	} catch (error) {
		if (error instanceof ExpressionError) return [error.kind, error.position, error.message];
		throw error;
	}
	throw new Error(`Expected an error of ${expression}.`);
}
