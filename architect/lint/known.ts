import { keyOf } from "./constants.ts";
import { builtIns } from "./scope.ts";
import type { Owner } from "./steps.ts";

/** The variables that are set for certain, by the names of `keyOf`. */
export type Known = ReadonlySet<string>;

export const nothing: Known = new Set();

/** Whether a variable, named where `owner` stands, is set for certain. */
export function isKnown(name: string, known: Known, owner: Owner): boolean {
	return known.has(keyOf(name, owner)) || Object.hasOwn(builtIns, name.toLowerCase());
}

export function assigned(known: Known, key: string, isSet: boolean): Known {
	if (known.has(key) === isSet) return known;
	const next = new Set(known);
	if (isSet) next.add(key);
	else next.delete(key);
	return next;
}

export function without(known: Known, lost: Known): Known {
	if (lost.size === 0) return known;
	return new Set([...known].filter((name) => !lost.has(name)));
}

/** What is set on both ways. */
export function both(one: Known, other: Known): Known {
	return new Set([...one].filter((name) => other.has(name)));
}

/** What is set on every way that goes on; undefined where none does. */
export function merged(ends: readonly (Known | undefined)[]): Known | undefined {
	return ends.reduce((one, other) => (one && other && one !== other ? both(one, other) : (one ?? other)), undefined);
}
