import { type Checked, check } from "./check.ts";
import { ExpressionError } from "./errors.ts";
import { allowsNotSet, type Call, parameterAt } from "./overload.ts";
import type { Expression } from "./syntax.ts";
import { type Content, type FlowValue, inRange, isList, type Type, ValueError } from "./values.ts";

type Apply = Extract<Checked, { kind: "apply" }>;

/** Checks and runs one expression; `scope` holds the variables by name. Throws ExpressionError: its first finding, or the error of the run. */
export function evaluate(
	expression: string | Expression,
	scope: Readonly<Record<string, FlowValue>>,
	options: { readonly now: number },
): FlowValue {
	const types: Record<string, Type> = {};
	const values = new Map<string, FlowValue>();
	for (const [name, value] of Object.entries(scope)) {
		types[name] = value.type;
		values.set(name.toLowerCase(), value);
	}
	const { checked, findings } = check(expression, types);
	const [first] = findings;
	if (first !== undefined || checked === undefined) {
		throw new ExpressionError(first?.kind ?? "syntax", first?.message ?? "Expected an expression.", first?.position ?? 1);
	}
	return { type: checked.type, content: run(checked, (key) => values.get(key)?.content, options.now) };
}

/** Runs a checked expression; `read` gives a variable's content by its name in lower case. Throws ExpressionError. */
export function run(checked: Checked, read: (key: string) => Content | undefined, now: number): Content | undefined {
	switch (checked.kind) {
		case "constant":
			return checked.content;
		case "variable":
			return read(checked.key);
		case "property":
			return propertyOf(run(checked.target, read, now), checked.property);
		case "apply":
			return apply(checked, (index) => argument(checked, index, read, now), now);
	}
}

function apply(checked: Apply, argumentAt: (index: number) => Content | undefined, now: number): Content | undefined {
	const { evaluation } = checked.entry;
	if (evaluation === "choose") return argumentAt(argumentAt(0) === true ? 1 : 2);
	if (evaluation !== "all") {
		const first = argumentAt(0);
		return first === evaluation.stopAt ? first : argumentAt(1);
	}
	const args = checked.args.map((_, index) => argumentAt(index));
	const call: Call = {
		now,
		types: checked.args.map((arg) => arg.type),
		error: (kind, message) => new ExpressionError(kind, `${checked.entry.name}: ${message}`, checked.position),
	};
	try {
		return inRange(checked.type, checked.overload.run(args, call));
	} catch (error) {
		if (error instanceof ValueError) throw call.error(error.kind, error.message);
		throw error;
	}
}

function argument(checked: Apply, index: number, read: (key: string) => Content | undefined, now: number): Content | undefined {
	const arg = checked.args[index];
	if (arg === undefined) return undefined;
	const content = run(arg, read, now);
	if (content !== undefined || allowsNotSet(parameterAt(checked.overload, index))) return content;
	const source = arg.kind === "variable" ? ` (${arg.name})` : "";
	throw new ExpressionError(
		"not-set",
		`Expected argument ${index + 1} of ${checked.entry.name} to be set, got NOT_SET${source}.`,
		arg.position,
	);
}

/** A missing key, a null and a property of what is no object are NOT_SET; keys respect case. */
function propertyOf(content: Content | undefined, property: string): Content | undefined {
	if (typeof content !== "object" || content === null || isList(content)) return undefined;
	return Object.hasOwn(content, property) ? (content[property] ?? undefined) : undefined;
}
