import type { Action } from "../model.ts";
import { branchesOf, everyStep, finding, type Owner, owners, type Rule, type RuleFinding } from "./rule.ts";

/** Every path of every state and task ends in a closing action, nothing follows one, and each stands where the platform allows it. */
export const paths: Rule = ({ workflow }) => [
	...owners(workflow).flatMap((owner) => [...openEnds(owner, owner.sequence.actions, owner), ...unreachable(owner.sequence.actions)]),
	...misplaced(workflow),
];

const terminal: ReadonlySet<Action["kind"]> = new Set(["endWorkflow", "endTask", "changeState", "loopNext", "loopExit"]);

/** Whether the flow may go on with the next sibling. */
function continues(action: Action): boolean {
	if (terminal.has(action.kind)) return false;
	const branches = branchesOf(action);
	if (branches.length === 0 || action.kind === "loop") return true;
	return branches.some(({ actions }) => actions === undefined || actions.every(continues));
}

interface Holder {
	readonly place?: Action["place"];
}

function openEnds(owner: Owner, actions: readonly Action[], holder: Owner | Holder, path = ""): RuleFinding[] {
	if (!actions.every(continues)) return [];
	const last = actions.at(-1);
	if (last === undefined) return [openEnd(owner, "sequence" in holder ? holder.sequence.place : holder.place, path)];
	const branches = branchesOf(last);
	if (branches.length === 0 || last.kind === "loop") return [openEnd(owner, last.place, ` after "${last.name}"`)];
	const open = branches.filter((branch) => branch.actions === undefined || branch.actions.every(continues));
	return open.flatMap((branch) => openEnds(owner, branch.actions ?? [], last, ` on the path "${branch.name}" of "${last.name}"`));
}

function openEnd({ kind, sequence }: Owner, place: Action["place"], where: string): RuleFinding {
	return finding(
		place,
		"unclosed-path",
		`Expected every path of the ${kind} "${sequence.name}" to end in a closing action, got one that falls off the end${where}.`,
		kind === "state" ? "End it with changeState or endWorkflow." : "End it with endTask, changeState or endWorkflow.",
	);
}

function unreachable(actions: readonly Action[]): RuleFinding[] {
	const closing = actions.findIndex((action) => !continues(action));
	const after = closing === -1 ? undefined : actions[closing + 1];
	const inner = actions.flatMap((action) => branchesOf(action).flatMap((branch) => unreachable(branch.actions ?? [])));
	if (after === undefined) return inner;
	const message = `Expected nothing after "${actions[closing]?.name ?? ""}", on which no path goes on, got "${after.name}", which is never run.`;
	return [finding(after.place, "unreachable", message, "Move it before, or remove it."), ...inner];
}

function misplaced(workflow: Parameters<Rule>[0]["workflow"]): RuleFinding[] {
	return everyStep(workflow).flatMap(({ action, inLoop, owner }) => {
		if ((action.kind === "loopNext" || action.kind === "loopExit") && !inLoop) {
			return finding(
				action.place,
				"loop-only",
				`Expected ${action.kind} inside a loop, got it outside of one.`,
				"Move it into the loop, or remove it.",
			);
		}
		if (action.kind === "endTask" && owner.kind !== "task") {
			return finding(
				action.place,
				"task-only",
				"Expected endTask inside a task, got it in a state.",
				"End a state with changeState or endWorkflow.",
			);
		}
		if (action.kind === "switch" && (action.cases.length < 1 || action.cases.length > 64)) {
			return finding(action.place, "switch-cases", `Expected 1 to 64 cases, got ${action.cases.length}.`, "Split the switch.");
		}
		return [];
	});
}
