import type { FlowValue } from "../expressions/values.ts";
import { builtIns } from "../lint/scope.ts";

/** A thing of an organization: a user, a queue, a skill, … */
export type Entity = {
	readonly id: string;
	readonly name: string;
	/** Of a user: the email address. */
	readonly username?: string;
};

/** What an organization holds, by kind. */
export interface Entities {
	readonly users?: readonly Entity[];
	readonly queues?: readonly Entity[];
	readonly skills?: readonly Entity[];
	readonly languages?: readonly Entity[];
	readonly groups?: readonly Entity[];
	readonly wrapupCodes?: readonly Entity[];
}

/** The platform's own variables for a run that starts at `now`, by name in lower case: it is no test and of version 1.0. */
export function platformValues(now: number): Map<string, FlowValue> {
	const contents: Readonly<Record<string, string | number | boolean>> = {
		"flow.startdatetimeutc": now,
		"flow.istest": false,
		"flow.version": "1.0",
		"system.maxint": 999_999_999_999_999,
		"system.minint": -999_999_999_999_999,
		"system.maxdatetime": Date.UTC(2200, 11, 31, 23, 59, 59),
		"system.mindatetime": Date.UTC(1800, 0, 1),
	};
	return new Map(Object.entries(builtIns).map(([name, type]) => [name, { type, content: contents[name] }]));
}
