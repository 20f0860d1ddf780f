import { builtIns } from "./builtIns.ts";
import { check } from "./check.ts";
import type { Checked } from "./checked.ts";
import type { Entities } from "./entities.ts";
import { ExpressionError } from "./errors.ts";
import { allowsNotSet, type Call, parameterAt } from "./overload.ts";
import { propertyValue } from "./properties.ts";
import type { Expression } from "./syntax.ts";
import { type Content, expectModest, type FlowValue, inRange, isList, type Type, ValueError } from "./values.ts";

type Apply = Extract<Checked, { kind: "apply" }>;

/** What a run may know beside variables and the time. */
export interface Surroundings {
	/** Decides `Random` and `RandomInt`; default: the time, so that each moment has its own numbers. */
	readonly seed?: number;
	/** What `FindQueue` and its like answer from; default: nothing, they are refused. */
	readonly entities?: Entities;
}

interface Run extends Surroundings {
	/** A variable's content by its name in lower case. */
	readonly read: (key: string) => Content | undefined;
	/** Milliseconds since the epoch. */
	readonly now: number;
}

/**
 * Checks and runs one expression; `scope` holds the variables by name, the platform's own ones (`Flow.IsTest`, `System.MaxInt`, …) are known without it.
 * Throws ExpressionError: its first finding, or the error of the run.
 */
export function evaluate(
	expression: string | Expression,
	scope: Readonly<Record<string, FlowValue>>,
	options: { readonly now: number } & Surroundings,
): FlowValue {
	const values = new Map<string, { readonly name: string; readonly value: FlowValue }>();
	for (const [name, value] of [...Object.entries(builtIns(options.now)), ...Object.entries(scope)]) {
		values.set(name.toLowerCase(), { name, value });
	}
	const types: Record<string, Type> = Object.fromEntries([...values.values()].map(({ name, value }) => [name, value.type]));
	const { checked, findings } = check(expression, types);
	const [first] = findings;
	if (first !== undefined || checked === undefined) {
		throw new ExpressionError(first?.kind ?? "syntax", first?.message ?? "Expected an expression.", first?.position ?? 1);
	}
	return { type: checked.type, content: run(checked, (key) => values.get(key)?.value.content, options.now, options) };
}

/** Runs a checked expression; `read` gives a variable's content by its name in lower case. Throws ExpressionError. */
export function run(
	checked: Checked,
	read: (key: string) => Content | undefined,
	now: number,
	surroundings: Surroundings = {},
): Content | undefined {
	return step(checked, { ...surroundings, read, now });
}

function step(checked: Checked, state: Run): Content | undefined {
	switch (checked.kind) {
		case "constant":
			return checked.content;
		case "variable":
			return state.read(checked.key);
		case "property":
			return propertyValue(step(checked.target, state), checked.property);
		case "apply":
			return apply(checked, state);
	}
}

function apply(checked: Apply, state: Run): Content | undefined {
	const { evaluation } = checked.entry;
	const argumentAt = (index: number) => argument(checked, index, state);
	if (evaluation === "choose") return argumentAt(argumentAt(0) === true ? 1 : 2);
	if (evaluation !== "all") {
		const first = argumentAt(0);
		return first === evaluation.stopAt ? first : argumentAt(1);
	}
	const args = checked.args.map((_, index) => argumentAt(index));
	const call: Call = {
		now: state.now,
		seed: state.seed ?? state.now,
		entities: state.entities ?? {},
		types: checked.args.map((arg) => arg.type),
		position: checked.position,
		error: (kind, message) => new ExpressionError(kind, `${checked.entry.name}: ${message}`, checked.position),
	};
	try {
		const content = inRange(checked.type, checked.overload.run(args, call));
		if (isList(content)) expectModest(content, checked.type);
		return content;
	} catch (error) {
		if (error instanceof ValueError) throw call.error(error.kind, error.message);
		throw error;
	}
}

function argument(checked: Apply, index: number, state: Run): Content | undefined {
	const arg = checked.args[index];
	if (arg === undefined) return undefined;
	const content = step(arg, state);
	if (content !== undefined || allowsNotSet(parameterAt(checked.overload, index))) return content;
	const source = arg.kind === "variable" ? ` (${arg.name})` : "";
	throw new ExpressionError(
		"not-set",
		`Expected argument ${index + 1} of ${checked.entry.name} to be set, got NOT_SET${source}.`,
		arg.position,
	);
}
