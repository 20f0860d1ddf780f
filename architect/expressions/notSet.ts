import type { Checked } from "./checked.ts";
import { allowsNotSet, parameterAt } from "./overload.ts";

/** A variable whose NOT_SET would be an error of the run. */
export interface NotSetUse {
	/** As declared. */
	readonly variable: string;
	/** The operator or function that does not accept NOT_SET. */
	readonly usedBy: string;
	/** Counts from 1. */
	readonly argument: number;
	/** The character in the expression, counting from 1. */
	readonly position: number;
}

interface KnownSet {
	readonly whenTrue: readonly string[];
	readonly whenFalse: readonly string[];
}

const nothing: KnownSet = { whenTrue: [], whenFalse: [] };

/** The variables in NOT_SET-unsafe positions. A guard inside the expression (`If(IsSet(x), …)`, `IsSet(x) and …`) makes them safe. */
export function unsafeUses(checked: Checked, known: readonly string[] = []): readonly NotSetUse[] {
	if (checked.kind === "property") return unsafeUses(checked.target, known);
	if (checked.kind !== "apply") return [];
	const { args, overload, entry } = checked;
	return args.flatMap((arg, index) => {
		const knownHere = knownAt(checked, index, known);
		const inner = unsafeUses(arg, knownHere);
		if (allowsNotSet(parameterAt(overload, index))) return inner;
		const own = sources(arg, knownHere).map(({ name, position }) => ({
			variable: name,
			usedBy: entry.name,
			argument: index + 1,
			position,
		}));
		return [...inner, ...own];
	});
}

/** The variables that must be set where a condition has come out true, and where it has come out false. */
export function knownSetIn(condition: Checked): KnownSet {
	if (condition.kind !== "apply") return nothing;
	const [first, second] = condition.args;
	if (first === undefined) return nothing;
	switch (condition.entry.name) {
		case "IsSet":
			return { whenTrue: named(first), whenFalse: [] };
		case "IsNotSetOrEmpty":
			return { whenTrue: [], whenFalse: named(first) };
		case "!":
			return swapped(knownSetIn(first));
		case "and":
			return { whenTrue: [...knownSetIn(first).whenTrue, ...(second ? knownSetIn(second).whenTrue : [])], whenFalse: [] };
		case "or":
			return { whenTrue: [], whenFalse: [...knownSetIn(first).whenFalse, ...(second ? knownSetIn(second).whenFalse : [])] };
		case "==":
			return second === undefined ? nothing : compared(first, second);
		case "!=":
			return second === undefined ? nothing : swapped(compared(first, second));
		default:
			return nothing;
	}
}

/** Equal to a constant that is set: set. Different from NOT_SET: set. */
function compared(one: Checked, other: Checked): KnownSet {
	const [constant, variable] = one.kind === "constant" ? [one, other] : [other, one];
	if (constant.kind !== "constant") return nothing;
	return constant.content === undefined ? { whenTrue: [], whenFalse: named(variable) } : { whenTrue: named(variable), whenFalse: [] };
}

/** What is known where the argument is evaluated: later arguments of a choice, `and` and `or` only run after the first one's answer. */
function knownAt(checked: Extract<Checked, { kind: "apply" }>, index: number, known: readonly string[]): readonly string[] {
	const [first] = checked.args;
	const { evaluation } = checked.entry;
	if (index === 0 || first === undefined || evaluation === "all") return known;
	const { whenTrue, whenFalse } = knownSetIn(first);
	const afterTrue = evaluation === "choose" ? index === 1 : !evaluation.stopAt;
	return [...known, ...(afterTrue ? whenTrue : whenFalse)];
}

/** The variables whose NOT_SET would be the value of the expression. */
function sources(checked: Checked, known: readonly string[]): readonly { readonly name: string; readonly position: number }[] {
	if (checked.kind === "variable") return known.includes(checked.name) ? [] : [checked];
	if (checked.kind === "property") return sources(checked.target, known);
	if (checked.kind === "constant") return [];
	return checked.overload.passesNotSet.flatMap((index) => {
		const arg = checked.args[index];
		return arg === undefined ? [] : sources(arg, knownAt(checked, index, known));
	});
}

function named(checked: Checked): readonly string[] {
	return checked.kind === "variable" ? [checked.name] : [];
}

function swapped({ whenTrue, whenFalse }: KnownSet): KnownSet {
	return { whenTrue: whenFalse, whenFalse: whenTrue };
}
