import type { Finding, Place, VariableType, Workflow } from "../model.ts";
import type { RuleId } from "../rules.ts";
import type { Typings } from "./typings.ts";

/** What a data action takes and gives, flat; the types are those of the variables that hold them. */
export interface DataActionContract {
	readonly inputs: Readonly<Record<string, VariableType>>;
	readonly required: readonly string[];
	readonly outputs: Readonly<Record<string, VariableType>>;
}

/** What a rule looks at. */
export interface Subject {
	readonly workflow: Workflow;
	/** Keyed `<category>/<name>`. */
	readonly contracts: Readonly<Record<string, DataActionContract>>;
	/** Whether this project compiled the flow: what is a warning elsewhere is an error then. */
	readonly ours: boolean;
	readonly typings: Typings;
}

/** A finding before it knows its file. */
export type RuleFinding = Omit<Finding, "file">;

/** One rule: everything that it has against a workflow, in any order. */
export type Rule = (subject: Subject) => readonly RuleFinding[];

const start: Place = { line: 1, column: 1 };

export function finding(
	place: Place | undefined,
	rule: RuleId,
	message: string,
	remedy: string,
	severity: Finding["severity"] = "error",
): RuleFinding {
	const { line, column } = place ?? start;
	return { line, column, rule, severity, message, remedy };
}
