import { switchCases } from "../limits.ts";
import type { Action, Branch, CallTask } from "../model.ts";
import { defaultPath, isDefaultPath } from "../readTaskPaths.ts";
import { finding, type Rule, type RuleFinding } from "./rule.ts";
import { branchesOf, everyStep, type Owner, owners } from "./steps.ts";

/** Every path of every state and task ends in a closing action, nothing follows one, and each stands where the platform allows it. */
export const paths: Rule = (subject) => {
	const walk = new Walk(subject.workflow);
	return [...walk.findings(), ...misplaced(subject.workflow), ...taskPaths(subject, walk)];
};

type Workflow = Parameters<Rule>[0]["workflow"];
type Place = Action["place"];

const terminal: ReadonlySet<Action["kind"]> = new Set(["endWorkflow", "endTask", "endState", "changeState", "loopNext", "loopExit"]);

class Walk {
	readonly #workflow: Workflow;
	/** The paths on which each task ends, by its refId. */
	readonly ends: ReadonlyMap<string, ReadonlySet<string>>;
	readonly #continues = new Map<Action, boolean>();

	constructor(workflow: Workflow) {
		this.#workflow = workflow;
		const ends = new Map(workflow.tasks.map(({ refId }) => [refId, new Set<string>()]));
		for (const { action, owner } of everyStep(workflow)) {
			if (action.kind === "endTask" && owner.kind === "task") ends.get(owner.sequence.refId)?.add(action.outputPath ?? defaultPath);
		}
		this.ends = ends;
	}

	findings(): RuleFinding[] {
		return owners(this.#workflow).flatMap((owner) => [
			...this.#openEnds(owner, owner.sequence.actions, owner.sequence.place),
			...this.#unreachable(owner.sequence.actions),
		]);
	}

	/** The paths that a run may take; a task that never ends on a path does not lead there. */
	#branches(action: Action): readonly Branch[] {
		const branches = branchesOf(action);
		if (action.kind !== "callTask") return branches;
		const ends = this.ends.get(action.target) ?? new Set();
		const names = [...ends].map((end) => branches.find(({ name }) => name === end) ?? { name: end, actions: undefined });
		return ends.size === 0 ? branches : names;
	}

	/** Whether the flow may go on with the next sibling. */
	#goesOn(action: Action): boolean {
		const known = this.#continues.get(action);
		if (known !== undefined) return known;
		const answer = this.#worksOut(action);
		this.#continues.set(action, answer);
		return answer;
	}

	#worksOut(action: Action): boolean {
		if (terminal.has(action.kind)) return false;
		const branches = this.#branches(action);
		if (branches.length === 0 || action.kind === "loop") return true;
		return branches.some(({ actions }) => actions === undefined || this.#allGoOn(actions));
	}

	#allGoOn(actions: readonly Action[]): boolean {
		return actions.every((action) => this.#goesOn(action));
	}

	#openEnds(owner: Owner, actions: readonly Action[], holder: Place, path = ""): RuleFinding[] {
		if (!this.#allGoOn(actions)) return [];
		const last = actions.at(-1);
		if (last === undefined) return [openEnd(owner, holder, path)];
		const branches = this.#branches(last);
		if (branches.length === 0 || last.kind === "loop") return [openEnd(owner, last.place, ` after "${last.name}"`)];
		const open = branches.filter((branch) => branch.actions === undefined || this.#allGoOn(branch.actions));
		return open.flatMap((branch) =>
			this.#openEnds(owner, branch.actions ?? [], last.place, ` on the path "${branch.name}" of "${last.name}"`),
		);
	}

	#unreachable(actions: readonly Action[]): RuleFinding[] {
		const closing = actions.findIndex((action) => !this.#goesOn(action));
		const after = closing === -1 ? undefined : actions[closing + 1];
		const inner = actions.flatMap((action) => branchesOf(action).flatMap((branch) => this.#unreachable(branch.actions ?? [])));
		if (after === undefined) return inner;
		const message = `Expected nothing after "${actions[closing]?.name ?? ""}", on which no path goes on, got "${after.name}", which is never run.`;
		return [finding(after.place, "unreachable", message, "Move it before, or remove it."), ...inner];
	}
}

function openEnd({ kind, sequence }: Owner, place: Place, where: string): RuleFinding {
	return finding(
		place,
		"unclosed-path",
		`Expected every path of the ${kind} "${sequence.name}" to end in a closing action, got one that falls off the end${where}.`,
		kind === "state" ? "End it with changeState or endWorkflow." : "End it with endTask or endWorkflow.",
	);
}

function misplaced(workflow: Workflow): RuleFinding[] {
	return everyStep(workflow).flatMap(({ action, inLoop, owner }) => {
		const { kind, place } = action;
		if ((kind === "loopNext" || kind === "loopExit") && !inLoop) {
			return finding(place, "loop-only", `Expected ${kind} inside a loop, got it outside of one.`, "Move it into the loop, or remove it.");
		}
		if (kind === "endTask" && owner.kind !== "task") {
			const remedy = "End a state with changeState or endWorkflow.";
			return finding(place, "task-only", "Expected endTask inside a task, got it in a state.", remedy);
		}
		if ((kind === "changeState" || kind === "endState") && owner.kind !== "state") {
			const remedy = "End the task with endTask on a path of its own, and leave the state there.";
			return finding(place, "state-only", `Expected ${kind} in a state, got it inside a task.`, remedy);
		}
		if (kind === "switch" && (action.cases.length < switchCases.least || action.cases.length > switchCases.most)) {
			const message = `Expected ${switchCases.least} to ${switchCases.most} cases, got ${action.cases.length}.`;
			return finding(place, "switch-cases", message, "Split the switch.");
		}
		return [];
	});
}

/** A callTask says what follows on each path on which its task ends, and on no other. */
function taskPaths({ workflow, ours }: Parameters<Rule>[0], { ends }: Walk): RuleFinding[] {
	return everyStep(workflow).flatMap(({ action }) => {
		const known = action.kind === "callTask" ? ends.get(action.target) : undefined;
		return action.kind === "callTask" && known !== undefined ? pathsOf(action, known, ours ? "error" : "warning") : [];
	});
}

function pathsOf(call: CallTask, ends: ReadonlySet<string>, severity: "error" | "warning"): RuleFinding[] {
	const given = (call.paths ?? []).map(({ name }) => name);
	const unhandled = [...ends].filter((name) => !isDefaultPath(name) && !given.includes(name));
	const unused = given.filter((name) => !ends.has(name));
	return [
		...unhandled.map((name) => {
			const message = `Expected "${call.name}" to handle the path "${name}" on which its task ends, got no actions for it.`;
			return finding(call.place, "outputs-unhandled", message, "Add the path; without it the flow goes on with the next action.", severity);
		}),
		...unused.map((name) => {
			const message = `Expected the paths of "${call.name}" to be those on which its task ends, got "${name}"; allowed: ${[...ends].join(", ")}.`;
			return finding(call.place, "output-path", message, "Correct the name, or end the task on this path.", severity);
		}),
	];
}
