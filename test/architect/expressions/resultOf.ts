import type { Entities } from "../../../architect/expressions/entities.ts";
import type { Surroundings } from "../../../architect/expressions/evaluate.ts";
import * as evaluating from "./evaluating.ts";

export const id = "6B943B2C-9201-470B-4BF7-A133A93E2913";

const entities: Entities = {
	queues: [
		{ id, name: "Marketing" },
		{ id: "2", name: "Twice" },
		{ id: "3", name: "twice" },
	],
	users: [{ id: "u", name: "John Doe", username: "john.doe@company.com" }],
};

const scope: evaluating.Scope = {
	"Flow.body": { type: "json", content: { a: { b: "deep" }, A: 1, list: [1, null, { x: true }], nothing: null } },
	"Flow.unset": { type: "json", content: undefined },
	"Flow.names": { type: "stringCollection", content: ["a", undefined] },
};

export const resultOf = (expression: string, surroundings: Surroundings = { entities }) =>
	evaluating.resultOf(expression, scope, surroundings);

export function problemOf(expression: string, surroundings: Surroundings = { entities }): readonly [string, string] {
	const [kind, , message] = evaluating.problemOf(expression, scope, surroundings);
	return [kind, message];
}
