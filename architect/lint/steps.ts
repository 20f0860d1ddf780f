import type { Action, Branch, CallData, Sequence, Workflow } from "../model.ts";
import { defaultPath } from "../readTaskPaths.ts";

/** A sequence with its kind; `State.` variables belong to states, `Task.` variables to tasks. */
export interface Owner {
	readonly kind: "state" | "task";
	readonly sequence: Sequence;
}

/** The states, then the tasks. */
export function owners(workflow: Workflow): Owner[] {
	return [
		...workflow.states.map((sequence) => ({ kind: "state" as const, sequence })),
		...workflow.tasks.map((sequence) => ({ kind: "task" as const, sequence })),
	];
}

/** The paths that leave an action, written or not; empty for an action without paths. */
export function branchesOf(action: Action): Branch[] {
	switch (action.kind) {
		case "decision":
			return [
				{ name: "yes", actions: action.yes },
				{ name: "no", actions: action.no },
			];
		case "switch":
			return [
				...action.cases.map((each, index) => ({ name: `case ${index + 1}`, actions: each.actions })),
				{ name: "default", actions: action.default },
			];
		case "loop":
			return [{ name: "loop", actions: action.body }];
		case "callData":
			return [
				{ name: "success", actions: action.success },
				{ name: "failure", actions: action.failure },
				{ name: "timeout", actions: action.timeoutActions },
			];
		case "callTask":
			return [{ name: defaultPath, actions: action.default }, ...(action.paths ?? [])];
		case "unmodelled":
			return [...action.paths];
		default:
			return [];
	}
}

/** An action with where it stands. */
export interface Step {
	readonly owner: Owner;
	readonly action: Action;
	readonly inLoop: boolean;
}

/** Every action of a workflow, outer before inner, in reading order. */
export function everyStep(workflow: Workflow): Step[] {
	const steps: Step[] = [];
	const walk = (owner: Owner, actions: readonly Action[], inLoop: boolean): void => {
		for (const action of actions) {
			steps.push({ owner, action, inLoop });
			for (const branch of branchesOf(action)) walk(owner, branch.actions ?? [], inLoop || action.kind === "loop");
		}
	};
	for (const owner of owners(workflow)) walk(owner, owner.sequence.actions, false);
	return steps;
}

/** Every call of a data action, in reading order. */
export const callsIn = (workflow: Workflow): readonly CallData[] =>
	everyStep(workflow).flatMap(({ action }) => (action.kind === "callData" ? action : []));
