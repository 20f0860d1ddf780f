import type { Variable, VariableType, Workflow } from "../model.ts";
import type { Owner } from "./rule.ts";

/** Variables that the platform itself gives a value (the SDK's expression catalogue); they are always set and cannot be assigned. */
export const builtIns: Readonly<Record<string, VariableType>> = {
	"flow.startdatetimeutc": "dateTime",
	"flow.istest": "boolean",
	"flow.version": "string",
	"system.maxint": "integer",
	"system.minint": "integer",
	"system.maxdatetime": "dateTime",
	"system.mindatetime": "dateTime",
};

/** The variables that an action of this owner may use, by their names in lower case. */
export function visibleVariables(workflow: Workflow, owner: Owner): ReadonlyMap<string, Variable> {
	const own = owner.sequence.variables.filter((variable) => scopeOf(variable.name) === owner.kind);
	const flow = workflow.variables.filter((variable) => scopeOf(variable.name) === "flow");
	return new Map([...flow, ...own].map((variable) => [variable.name.toLowerCase(), variable]));
}

/** `flow`, `state`, `task` of `Flow.x`, `State.x`, `Task.x`. */
export function scopeOf(name: string): string {
	return name.slice(0, Math.max(0, name.indexOf("."))).toLowerCase();
}
