import { builtIns as platformVariables } from "../expressions/builtIns.ts";
import type { Type } from "../expressions/values.ts";
import type { Variable, Workflow } from "../model.ts";
import type { Owner } from "./steps.ts";

/** The types of the variables that the platform itself gives a value, by name in lower case; they are always set and cannot be assigned. */
export const builtIns: Readonly<Record<string, Type>> = Object.fromEntries(
	Object.entries(platformVariables(0)).map(([name, { type }]) => [name.toLowerCase(), type]),
);

/** The variables that an action may use. */
export interface Visible {
	/** By its name in any case. */
	get(name: string): Variable | undefined;
	names(): string[];
}

/** The variables that an action of this owner may use; the tables behind it are made once for each workflow, state and task. */
export function visibleVariables(workflow: Workflow, owner: Owner): Visible {
	const own = tableOf(owner.sequence, owner.kind);
	const flow = tableOf(workflow, "flow");
	return {
		get: (name) => own.get(name.toLowerCase()) ?? flow.get(name.toLowerCase()),
		names: () => [...flow.values(), ...own.values()].map((variable) => variable.name),
	};
}

/** Whether a name is a variable whose values nothing here can carry. */
export function isOpaque(name: string, workflow: Workflow, { sequence }: Owner): boolean {
	return [...(workflow.opaque ?? []), ...(sequence.opaque ?? [])].some((each) => each.toLowerCase() === name.toLowerCase());
}

type Table = ReadonlyMap<string, Variable>;
const tables = new WeakMap<object, Table>();

function tableOf(of: { readonly variables: readonly Variable[] }, scope: string): Table {
	const known = tables.get(of.variables);
	if (known !== undefined) return known;
	const table = new Map(of.variables.filter(({ name }) => scopeOf(name) === scope).map((each) => [each.name.toLowerCase(), each]));
	tables.set(of.variables, table);
	return table;
}

/** `flow`, `state`, `task` of `Flow.x`, `State.x`, `Task.x`. */
export function scopeOf(name: string): string {
	return name.slice(0, Math.max(0, name.indexOf("."))).toLowerCase();
}
