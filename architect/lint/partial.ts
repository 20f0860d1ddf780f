import type { Finding, Workflow } from "../model.ts";
import type { RuleId } from "../rules.ts";
import type { RuleFinding } from "./rule.ts";
import { owners } from "./steps.ts";

/** What a finding rests on: where reading found an error there, the finding may only be its consequence. */
type Ground =
	/** Its own line. */
	| "line"
	/** The names that the file declares: variables, states and tasks. */
	| "names"
	/** All of the state or task in which it stands. */
	| "sequence"
	/** So, and what the tasks do that are called from there. */
	| "tasks";

/** The rules whose findings can be trusted beside a reading error. What follows the whole flow (not-set, the bounds of a run) is left out. */
const grounds: Readonly<Partial<Record<RuleId, Ground>>> = {
	type: "line",
	"expression-syntax": "line",
	"unknown-function": "line",
	arity: "line",
	"variable-duplicate": "line",
	"variable-read-only": "line",
	"wait-bound": "line",
	"loop-bound": "line",
	cycle: "line",
	"loop-only": "line",
	"task-only": "line",
	"state-only": "line",
	"variable-undeclared": "names",
	"variable-scope": "names",
	"ref-id-unique": "names",
	"start-up": "names",
	reference: "names",
	"switch-cases": "sequence",
	"contract-input": "sequence",
	"contract-output": "sequence",
	"contract-required": "sequence",
	"outputs-unhandled": "tasks",
	"unclosed-path": "tasks",
	unreachable: "tasks",
};

/** Errors that may have cost the name of something: a key that is missing, or a value of another shape. */
const costsNames: ReadonlySet<string> = new Set(["missing-key", "shape"]);

/** The findings of the rules, on what could be read, that are no consequence of what could not. */
export function holding(found: readonly RuleFinding[], workflow: Workflow, errors: readonly Finding[]): readonly RuleFinding[] {
	const lines = new Set(errors.map(({ line }) => line));
	const starts = owners(workflow).map(({ kind, sequence }) => ({ kind, line: sequence.place?.line ?? 1 }));
	const sequenceAt = (line: number) => starts.filter((start) => start.line <= line).toSorted((a, b) => b.line - a.line)[0];
	const broken = new Set(errors.map(({ line }) => sequenceAt(line)));
	const holds: Readonly<Record<Ground, (line: number) => boolean>> = {
		line: (line) => !lines.has(line),
		names: (line) => !lines.has(line) && !errors.some(({ rule }) => costsNames.has(rule)),
		sequence: (line) => !broken.has(sequenceAt(line)),
		tasks: (line) => !broken.has(sequenceAt(line)) && ![...broken].some((start) => start?.kind === "task"),
	};
	return found.filter(({ rule, line }) => {
		const ground = grounds[rule];
		return ground !== undefined && holds[ground](line);
	});
}
