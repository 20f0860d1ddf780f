import { longestCallSeconds, longestRunSeconds, mostActions } from "../limits.ts";
import type { Action, Sequence, Workflow } from "../model.ts";
import { type Maximum, maxima } from "./constants.ts";
import { cycles, leadsTo } from "./cycles.ts";
import { finding, type Rule, type RuleFinding } from "./rule.ts";
import { branchesOf, type Owner, owners } from "./steps.ts";
import { unprovenMaxima } from "./unproven.ts";

/** Both counted apart, each at its own worst. */
export interface Bounds {
	readonly actions: number;
	readonly seconds: number;
}

/** Every loop, wait and cycle is bounded, and the longest run stays inside the platform's limits. */
export const bounds: Rule = ({ workflow, ours }) => {
	const cyclic = cycles(workflow, ours);
	const first = workflow.states.find((state) => state.refId === workflow.startUp);
	return [...unprovenMaxima(workflow, ours), ...cyclic, ...(cyclic.length > 0 ? [] : limits(provenBounds(workflow), first))];
};

/**
 * The most actions and the most seconds of one run: waits and the timeouts of calls; work in between takes no time. Only meaningful for a
 * workflow without findings of the rules `loop-bound`, `wait-bound` and `cycle`: what has no bound counts as nothing.
 */
export function provenBounds(workflow: Workflow): Bounds {
	const costs = new Costs(workflow);
	// Those that others lead to come first, so that no chain of states, however long, is followed to its end at once.
	for (const owner of leadsTo(workflow).inwards) costs.whole(owner);
	const first = owners(workflow).find(({ kind, sequence }) => kind === "state" && sequence.refId === workflow.startUp);
	return first === undefined ? none : costs.whole(first);
}

const none: Bounds = { actions: 0, seconds: 0 };

function plus(one: Bounds, other: Bounds): Bounds {
	return { actions: one.actions + other.actions, seconds: one.seconds + other.seconds };
}

function times(count: number, one: Bounds): Bounds {
	return { actions: count * one.actions, seconds: count * one.seconds };
}

function worst(...all: readonly (Bounds | undefined)[]): Bounds | undefined {
	return all.reduce(
		(a, b) => (a && b ? { actions: Math.max(a.actions, b.actions), seconds: Math.max(a.seconds, b.seconds) } : (a ?? b)),
		undefined,
	);
}

/** What a list of actions costs, by the way it is left; undefined where it cannot be left so. */
interface Exits {
	/** To the next sibling. */
	readonly through: Bounds | undefined;
	/** Back to the loop, or out of it. */
	readonly loop: Bounds | undefined;
	/** To the caller of the task. */
	readonly back: Bounds | undefined;
	/** To the end of the run, all that follows included. */
	readonly stop: Bounds | undefined;
}

const nowhere: Exits = { through: undefined, loop: undefined, back: undefined, stop: undefined };

class Costs {
	readonly #maximum: Maximum;
	readonly #owners: ReadonlyMap<string, Owner>;
	readonly #known = new Map<string, Exits>();

	constructor(workflow: Workflow) {
		this.#maximum = maxima(workflow);
		this.#owners = new Map(owners(workflow).map((owner) => [`${owner.kind} ${owner.sequence.refId}`, owner]));
	}

	whole(owner: Owner): Bounds {
		const { through, loop, back, stop } = this.#sequence(`${owner.kind} ${owner.sequence.refId}`);
		return worst(through, loop, back, stop) ?? none;
	}

	#sequence(key: string): Exits {
		const known = this.#known.get(key);
		if (known !== undefined) return known;
		// A cycle, which is a finding of its own, ends here.
		this.#known.set(key, nowhere);
		const owner = this.#owners.get(key);
		const exits = owner === undefined ? nowhere : this.#list(owner.sequence.actions, owner);
		this.#known.set(key, exits);
		return exits;
	}

	#list(actions: readonly Action[], owner: Owner): Exits {
		let sum: Exits = { ...nowhere, through: none };
		for (const action of actions) {
			const before = sum.through;
			if (before === undefined) break;
			const next = this.#action(action, owner);
			const add = (cost: Bounds | undefined) => cost && plus(before, cost);
			sum = {
				through: add(next.through),
				loop: worst(sum.loop, add(next.loop)),
				back: worst(sum.back, add(next.back)),
				stop: worst(sum.stop, add(next.stop)),
			};
		}
		return sum;
	}

	#action(action: Action, owner: Owner): Exits {
		const one: Bounds = { actions: 1, seconds: this.#seconds(action, owner) };
		switch (action.kind) {
			case "endWorkflow":
			case "endState":
				return { ...nowhere, stop: one };
			case "endTask":
				return { ...nowhere, back: one };
			case "loopNext":
			case "loopExit":
				return { ...nowhere, loop: one };
			case "changeState":
				return { ...nowhere, stop: plus(one, worst(...Object.values(this.#sequence(`state ${action.target}`))) ?? none) };
			case "callTask":
				return this.#call(action, one, owner);
			case "loop":
				return this.#loop(action, one, owner);
			default:
				return this.#branches(action, one, owner);
		}
	}

	/** The task, then the worst of what may follow it. */
	#call(action: Extract<Action, { kind: "callTask" }>, one: Bounds, owner: Owner): Exits {
		const task = this.#sequence(`task ${action.target}`);
		const returned = plus(one, worst(task.through, task.back) ?? none);
		const after = this.#branches(action, returned, owner);
		return { ...after, stop: worst(after.stop, task.stop && plus(one, task.stop)) };
	}

	/** Each pass returns to the loop, which counts again. */
	#loop(action: Extract<Action, { kind: "loop" }>, one: Bounds, owner: Owner): Exits {
		const count = Math.max(0, this.#maximum(action.loopCount, owner) ?? 0);
		const body = this.#list(action.body, owner);
		const passes = times(count, plus(one, worst(body.through, body.loop) ?? none));
		const leave = (cost: Bounds | undefined) => cost && plus(one, plus(passes, cost));
		return { through: plus(one, passes), loop: undefined, back: leave(body.back), stop: leave(body.stop) };
	}

	#branches(action: Action, one: Bounds, owner: Owner): Exits {
		const branches = branchesOf(action).map((branch) => this.#list(branch.actions ?? [], owner));
		if (branches.length === 0) return { ...nowhere, through: one };
		const add = (exit: keyof Exits) => {
			const cost = worst(...branches.map((branch) => branch[exit]));
			return cost && plus(one, cost);
		};
		return { through: add("through"), loop: add("loop"), back: add("back"), stop: add("stop") };
	}

	#seconds(action: Action, owner: Owner): number {
		if (action.kind === "wait") return this.#maximum(action.duration, owner) ?? 0;
		if (action.kind !== "callData") return 0;
		return (action.timeout && this.#maximum(action.timeout, owner)) ?? longestCallSeconds;
	}
}

function limits(proven: Bounds, first: Sequence | undefined): RuleFinding[] {
	const found: RuleFinding[] = [];
	if (proven.actions >= mostActions) {
		const message = `Expected fewer than ${mostActions} actions in the longest run, got up to ${proven.actions}.`;
		found.push(finding(first?.place, "action-budget", message, "Lower a loop count, or do more in one action."));
	}
	if (proven.seconds >= longestRunSeconds) {
		const message = `Expected a longest run (waits and timeouts) below ${longestRunSeconds} s (72 h), got up to ${proven.seconds} s.`;
		found.push(finding(first?.place, "run-time", message, "Shorten waits or timeouts, or lower a loop count."));
	}
	return found;
}
