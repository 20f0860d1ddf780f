import { list } from "../names.ts";
import { finding, type Rule, type RuleFinding } from "./rule.ts";
import { everyStep, owners } from "./steps.ts";

/** refIds are unique, startUpRef and every changeState name a state, every callTask names a task. */
export const references: Rule = ({ workflow }) => [...duplicateRefIds(workflow), ...startUp(workflow), ...targets(workflow)];

type Workflow = Parameters<Rule>[0]["workflow"];

function duplicateRefIds(workflow: Workflow): RuleFinding[] {
	const seen = new Set<string>();
	return owners(workflow).flatMap(({ kind, sequence }) => {
		const repeated = seen.has(sequence.refId);
		seen.add(sequence.refId);
		if (!repeated) return [];
		return finding(
			sequence.place,
			"ref-id-unique",
			`Expected a refId that is used once, got "${sequence.refId}" again for the ${kind} "${sequence.name}".`,
			"Give it a refId of its own; exports use <name>_<number>.",
		);
	});
}

function startUp(workflow: Workflow): RuleFinding[] {
	const states = workflow.states.map((state) => state.refId);
	if (states.includes(workflow.startUp)) return [];
	return [
		finding(
			undefined,
			"start-up",
			`Expected startUpRef to name a state, got "${workflow.startUp}"; states: ${list(states)}.`,
			"Point startUpRef to the refId of a state; a task cannot start a workflow.",
		),
	];
}

function targets(workflow: Workflow): RuleFinding[] {
	const known = {
		changeState: new Set(workflow.states.map((state) => state.refId)),
		callTask: new Set(workflow.tasks.map((task) => task.refId)),
	};
	return everyStep(workflow).flatMap(({ action }) => {
		if (action.kind !== "changeState" && action.kind !== "callTask") return [];
		if (known[action.kind].has(action.target)) return [];
		const what = action.kind === "changeState" ? "state" : "task";
		return finding(
			action.place,
			"reference",
			`Expected "${action.name}" to name a ${what} of this file, got "${action.target}"; ${what}s: ${list([...known[action.kind]])}.`,
			`Use the refId of a ${what}, or add the ${what}.`,
		);
	});
}
