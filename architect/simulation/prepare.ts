import type { Sequence, Workflow } from "../model.ts";
import { hasPlaceholder, refusePlaceholders, refuseRecursion, refuseVariables } from "./documentChecks.ts";
import { FlowRefused, type Refusal } from "./refusal.ts";
import { SequenceChecker } from "./sequenceChecker.ts";
import { type Programs, typesIn } from "./values.ts";

/** A flow that can be run: its sequences by refId, and their checked expressions. */
export interface Prepared {
	readonly states: ReadonlyMap<string, Sequence>;
	readonly tasks: ReadonlyMap<string, Sequence>;
	readonly programs: ReadonlyMap<Sequence, Programs>;
}

/** A workflow never changes: what was found out once holds for each of its runs. */
const known = new WeakMap<Workflow, Prepared>();

/**
 * Checks everything that can be known before a run: placeholders, action kinds, references, variables, expressions and their types.
 * Throws FlowRefused with every reason.
 */
export function prepare(workflow: Workflow): Prepared {
	const prepared = known.get(workflow) ?? check(workflow);
	known.set(workflow, prepared);
	return prepared;
}

function check(workflow: Workflow): Prepared {
	const refusals: Refusal[] = [];
	const states = byRefId(workflow.states, refusals);
	const tasks = byRefId(workflow.tasks, refusals);
	if (!states.has(workflow.startUp)) {
		refusals.push({
			path: "startUp",
			message: `Expected the refId of a state, got "${workflow.startUp}"; states: ${[...states.keys()].join(", ")}.`,
		});
	}
	if (hasPlaceholder(workflow)) refusePlaceholders(workflow, refusals);
	refuseVariables(workflow.variables, "Flow.", "variables", refusals);
	const programs = new Map<Sequence, Programs>();
	for (const [scope, sequences] of [
		["State.", workflow.states],
		["Task.", workflow.tasks],
	] as const) {
		for (const sequence of sequences) {
			refuseVariables(sequence.variables, scope, sequence.refId, refusals);
			const checker = new SequenceChecker(typesIn(workflow.variables, sequence), { states, tasks, isTask: scope === "Task." }, refusals);
			checker.actions(sequence.actions, sequence.refId, false);
			programs.set(sequence, checker.programs);
		}
	}
	refuseRecursion(workflow, refusals);
	if (refusals.length > 0) throw new FlowRefused(workflow.name, refusals);
	return { states, tasks, programs };
}

function byRefId(sequences: readonly Sequence[], refusals: Refusal[]): ReadonlyMap<string, Sequence> {
	const found = new Map<string, Sequence>();
	for (const sequence of sequences) {
		if (found.has(sequence.refId))
			refusals.push({ path: sequence.refId, message: `Expected each refId once, got "${sequence.refId}" twice.` });
		found.set(sequence.refId, sequence);
	}
	return found;
}
