import * as fc from "fast-check";
import { type Action, type Statement, type Value, type Variable, variableTypes, type Workflow } from "../../architect/model.ts";

/** A workflow without the places of its nodes. */
export function withoutPlaces(of: unknown): unknown {
	return JSON.parse(JSON.stringify(of, (key, value: unknown) => (key === "place" ? undefined : value)));
}

const text = fc.oneof(
	fc.string({ unit: "grapheme" }),
	fc.constantFrom(
		"yes",
		"no",
		"true",
		"1",
		"null",
		"~",
		"",
		" a ",
		"a: b",
		"x #y",
		"{{p}}",
		"line\nbreak",
		"\t",
		'"',
		"!IsSet(Flow.x)",
		"*a",
		"&b",
	),
);
const key = text.filter((each) => each.length > 0 && each !== "__proto__");
const name = fc.string({ unit: "grapheme", minLength: 1 }).filter((each) => !each.includes("]"));
const pathName = text.filter((each) => each.toLowerCase() !== "default");
const duration = fc
	.record({ days: fc.nat(9), hours: fc.nat(9), minutes: fc.nat(99), seconds: fc.nat(99) }, { requiredKeys: ["seconds"] })
	.map((each) => ({ ...each }));
const literal = fc.oneof(text, fc.integer(), fc.boolean(), duration);
const value: fc.Arbitrary<Value> = fc.oneof(
	literal.map((lit) => ({ kind: "lit" as const, lit })),
	text.map((exp) => ({ kind: "exp" as const, exp })),
	fc.constant({ kind: "noValue" as const }),
);
const initialValue = value.filter((each) => each.kind !== "exp");
const type = fc.constantFrom(...variableTypes);
const variable: fc.Arbitrary<Variable> = fc.record({ type, name: text, initialValue, isInput: fc.boolean(), isOutput: fc.boolean() });
const statement: fc.Arbitrary<Statement> = fc.record({ type, variable: text, value });

const { action } = fc.letrec<{ action: Action; actions: readonly Action[] }>((tie) => ({
	actions: fc.array(tie("action"), { maxLength: 2 }),
	action: fc.oneof(
		{ maxDepth: 3, withCrossShrink: true },
		fc.record({ kind: fc.constant("updateData" as const), name: text, statements: fc.array(statement, { maxLength: 2 }) }),
		fc.record({ kind: fc.constantFrom("endTask" as const, "endState" as const, "loopNext" as const, "loopExit" as const), name: text }),
		fc.record({ kind: fc.constant("endTask" as const), name: text, outputPath: pathName }),
		fc.record({ kind: fc.constant("changeState" as const), name: text, target: name }),
		fc.record(
			{
				kind: fc.constant("callTask" as const),
				name: text,
				target: name,
				default: tie("actions"),
				paths: fc.array(fc.record({ name: pathName, actions: tie("actions") }), { minLength: 1, maxLength: 2 }),
			},
			{ requiredKeys: ["kind", "name", "target"] },
		),
		fc.record({ kind: fc.constant("endWorkflow" as const), name: text, exitReason: value }),
		fc.record({ kind: fc.constant("wait" as const), name: text, duration: value, trimDurationNearMaxRunningTime: fc.boolean() }),
		fc.record(
			{ kind: fc.constant("decision" as const), name: text, condition: value, yes: tie("actions"), no: tie("actions") },
			{ requiredKeys: ["kind", "name", "condition"] },
		),
		fc.record({ kind: fc.constant("loop" as const), name: text, currentIndex: text, loopCount: value, body: tie("actions") }),
		fc.record(
			{
				kind: fc.constant("switch" as const),
				name: text,
				style: fc.constant("firstTrue" as const),
				cases: fc.array(fc.record({ value, actions: tie("actions") }), { maxLength: 2 }),
				default: tie("actions"),
			},
			{ requiredKeys: ["kind", "name", "style", "cases"] },
		),
		fc.record({
			kind: fc.constant("switch" as const),
			name: text,
			style: fc.constant("firstMatch" as const),
			matchType: fc.constantFrom("string" as const, "integer" as const),
			value,
			cases: fc.array(fc.record({ value, actions: tie("actions") }), { maxLength: 2 }),
		}),
		fc.record(
			{
				kind: fc.constant("callData" as const),
				name: text,
				category: key,
				dataAction: key,
				timeout: value,
				inputs: fc.dictionary(key, value, { maxKeys: 2, noNullPrototype: true }),
				successOutputs: fc.dictionary(key, text, { maxKeys: 2, noNullPrototype: true }),
				failureOutputs: fc.dictionary(key, text, { maxKeys: 2, noNullPrototype: true }),
				success: tie("actions"),
				failure: tie("actions"),
				timeoutActions: tie("actions"),
			},
			{ requiredKeys: ["kind", "name", "category", "dataAction", "inputs", "successOutputs", "failureOutputs"] },
		),
	) as fc.Arbitrary<Action>,
}));

const sequence = fc.record({
	name: text,
	refId: name,
	variables: fc.array(variable, { maxLength: 2 }),
	actions: fc.array(action, { maxLength: 3 }),
});

/** Any workflow of the model, sense or nonsense. */
export const anyWorkflow: fc.Arbitrary<Workflow> = fc.record(
	{
		name: text,
		description: text,
		division: text,
		defaultLanguage: fc.constantFrom("en-us", "de-de"),
		startUp: name,
		variables: fc.array(variable, { maxLength: 3 }),
		states: fc.array(sequence, { maxLength: 2 }),
		tasks: fc.array(sequence, { maxLength: 2 }),
	},
	{ requiredKeys: ["name", "description", "defaultLanguage", "startUp", "variables", "states", "tasks"] },
);
