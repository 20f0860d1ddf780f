import type { Action, CallData, CallTask, Decision, Loop, Switch, Unmodelled, Value } from "../model.ts";
import { keyOf } from "./constants.ts";
import { assigned, both, isKnown, type Known, merged, nothing, without } from "./known.ts";
import { mayBeNotSet } from "./nullable.ts";
import { finding, type Rule, type RuleFinding, type Subject } from "./rule.ts";
import { visibleVariables } from "./scope.ts";
import { branchesOf, type Owner, owners } from "./steps.ts";
import { valuesOf, writtenBy } from "./usage.ts";

/**
 * No operand that must be set may be NOT_SET there: it has a literal initial value, is assigned on every path before, or is guarded. What a
 * data action gives back may be NOT_SET; a conversion (`ToInt`) of something set counts as set. In flows of others it is a warning: whether
 * a data action leaves an output out is known to its author only.
 */
export const notSet: Rule = (subject) => new Following(subject).findings();

class Following {
	readonly #subject: Subject;
	readonly #owners: ReadonlyMap<string, Owner>;
	/** What is known on entering each state and task that is reached. */
	readonly #entries = new Map<string, Known>();
	/** The states and tasks whose entry has changed since they were looked at. */
	readonly #changed = new Set<string>();
	readonly #unsetBy = new Map<Owner, Known>();
	#found: RuleFinding[] = [];

	constructor(subject: Subject) {
		this.#subject = subject;
		this.#owners = new Map(owners(subject.workflow).map((owner) => [`${owner.kind} ${owner.sequence.refId}`, owner]));
	}

	findings(): RuleFinding[] {
		const { workflow } = this.#subject;
		const initial = workflow.variables.filter(({ initialValue }) => initialValue.kind === "lit").map(({ name }) => keyOf(name, undefined));
		this.#enter(`state ${workflow.startUp}`, new Set(initial));
		const found = new Map<string, readonly RuleFinding[]>();
		// A set hands out what is added while it is walked: this ends when no entry changes any more.
		for (const key of this.#changed) {
			this.#changed.delete(key);
			const owner = this.#owners.get(key);
			const known = this.#entries.get(key);
			if (owner === undefined || known === undefined) continue;
			this.#found = [];
			this.#list(owner.sequence.actions, withOwn(known, owner), owner);
			found.set(key, this.#found);
		}
		return [...found.values()].flat();
	}

	/** Only what is known on every way in stays known. */
	#enter(key: string, known: Known): void {
		const flow = [...known].filter((name) => name.startsWith("flow."));
		const before = this.#entries.get(key);
		const after = before === undefined ? new Set(flow) : both(before, new Set(flow));
		if (before?.size === after.size) return;
		this.#entries.set(key, after);
		this.#changed.add(key);
	}

	#list(actions: readonly Action[], known: Known, owner: Owner): Known | undefined {
		let now: Known | undefined = known;
		for (const action of actions) {
			if (now === undefined) return undefined;
			now = this.#action(action, now, owner);
		}
		return now;
	}

	#action(action: Action, known: Known, owner: Owner): Known | undefined {
		switch (action.kind) {
			case "updateData":
				return action.statements.reduce((now, { variable, value, place }) => {
					this.#operands(value, place ?? action.place, now, owner);
					// What nobody declared is a finding of its own, and would only make the sets grow.
					if (visibleVariables(this.#subject.workflow, owner).get(variable) === undefined) return now;
					return assigned(now, keyOf(variable, owner), !mayBeNotSet(value, now, owner));
				}, known);
			case "decision":
				return this.#decision(action, known, owner);
			case "switch":
				return this.#switch(action, known, owner);
			case "loop":
				return this.#loop(action, known, owner);
			case "callData":
				return this.#call(action, known, owner);
			case "callTask":
				return this.#task(action, known, owner);
			case "unmodelled":
				return this.#unmodelled(action, known, owner);
			default:
				return this.#plain(action, known, owner);
		}
	}

	#task(action: CallTask, known: Known, owner: Owner): Known | undefined {
		this.#enter(`task ${action.target}`, known);
		const after = without(known, this.#unsetIn(this.#owners.get(`task ${action.target}`)));
		return merged(branchesOf(action).map((branch) => this.#list(branch.actions ?? [], after, owner)));
	}

	#plain(action: Action, known: Known, owner: Owner): Known | undefined {
		for (const { value, place } of valuesOf(action)) this.#operands(value, place, known, owner);
		if (action.kind === "wait") {
			this.#mustBeSet(action.duration, action, known, owner);
			return known;
		}
		if (action.kind === "changeState") this.#enter(`state ${action.target}`, known);
		return undefined;
	}

	#decision(action: Decision, known: Known, owner: Owner): Known | undefined {
		this.#mustBeSet(action.condition, action, known, owner);
		const yes = this.#list(action.yes ?? [], this.#after(action.condition, true, known, owner), owner);
		const no = this.#list(action.no ?? [], this.#after(action.condition, false, known, owner), owner);
		return merged([yes, no]);
	}

	#switch(action: Switch, known: Known, owner: Owner): Known | undefined {
		if (action.value !== undefined) this.#operands(action.value, action.place, known, owner);
		const ends: (Known | undefined)[] = [];
		let now = known;
		for (const each of action.cases) {
			const conditional = action.style === "firstTrue";
			if (conditional) this.#mustBeSet(each.value, action, now, owner);
			else this.#operands(each.value, each.place, now, owner);
			ends.push(this.#list(each.actions, conditional ? this.#after(each.value, true, now, owner) : now, owner));
			if (conditional) now = this.#after(each.value, false, now, owner);
		}
		return merged([...ends, this.#list(action.default ?? [], now, owner)]);
	}

	/** The body may run never or again: what it may unset is not known inside or after. */
	#loop(action: Loop, known: Known, owner: Owner): Known {
		this.#mustBeSet(action.loopCount, action, known, owner);
		const kept = without(known, this.#unset(action.body, owner, new Set()));
		const inside = action.currentIndex === undefined ? kept : assigned(kept, keyOf(action.currentIndex, owner), true);
		this.#list(action.body, inside, owner);
		return inside;
	}

	#call(action: CallData, known: Known, owner: Owner): Known | undefined {
		for (const { value, place } of valuesOf(action)) this.#operands(value, place, known, owner);
		const lost = (outputs: Readonly<Record<string, string>>) =>
			without(known, new Set(Object.values(outputs).map((name) => keyOf(name, owner))));
		return merged([
			this.#list(action.success ?? [], lost(action.successOutputs), owner),
			this.#list(action.failure ?? [], lost(action.failureOutputs), owner),
			this.#list(action.timeoutActions ?? [], known, owner),
		]);
	}

	/** It may leave out whatever it writes. */
	#unmodelled(action: Unmodelled, known: Known, owner: Owner): Known | undefined {
		for (const value of action.values) this.#operands(value, action.place, known, owner);
		const after = without(known, new Set(action.writes.map((name) => keyOf(name, owner))));
		const ends = action.paths.map(({ actions }) => this.#list(actions ?? [], after, owner));
		return ends.length === 0 ? after : merged(ends);
	}

	#after(condition: Value, answer: boolean, known: Known, owner: Owner): Known {
		if (condition.kind !== "exp") return known;
		const { whenTrue, whenFalse } = this.#subject.typings.of(condition.exp, owner).knownSet;
		return new Set([...known, ...(answer ? whenTrue : whenFalse).map((name) => keyOf(name, owner))]);
	}

	#operands(value: Value, place: Action["place"], known: Known, owner: Owner): void {
		if (value.kind !== "exp") return;
		for (const { variable, usedBy, position } of this.#subject.typings.of(value.exp, owner).notSetUnsafe) {
			if (isKnown(variable, known, owner)) continue;
			this.#report(value.place ?? place, `${variable} to be set where ${usedBy} uses it (character ${position})`, variable);
		}
	}

	#mustBeSet(value: Value, action: Action, known: Known, owner: Owner): void {
		this.#operands(value, action.place, known, owner);
		// What is wrong with an expression is a finding of its own.
		if (value.kind === "exp" && this.#subject.typings.of(value.exp, owner).findings.length > 0) return;
		if (mayBeNotSet(value, known, owner)) this.#report(value.place ?? action.place, `what "${action.name}" decides by to be set`, "it");
	}

	#report(place: Action["place"], expected: string, subject: string): void {
		const remedy = `Give ${subject} a literal initial value, assign it on every path before, or guard it with IsSet (If, decision).`;
		const severity = this.#subject.ours ? "error" : "warning";
		this.#found.push(finding(place, "not-set", `Expected ${expected}, got one that may be NOT_SET.`, remedy, severity));
	}

	#unsetIn(task: Owner | undefined, seen = new Set<Owner>()): Known {
		if (task === undefined || seen.has(task)) return nothing;
		const worked = this.#unsetBy.get(task);
		if (worked !== undefined) return worked;
		const whole = seen.size === 0;
		seen.add(task);
		const unset = this.#unset(task.sequence.actions, task, seen);
		if (whole) this.#unsetBy.set(task, unset);
		return unset;
	}

	/** The variables that these actions may leave NOT_SET. */
	#unset(actions: readonly Action[], owner: Owner, seen: Set<Owner>): Known {
		const names = new Set<string>();
		for (const action of actions) {
			for (const { name } of writtenBy(action)) if (maySetToNothing(action, name, owner)) names.add(keyOf(name, owner));
			if (action.kind === "callTask") for (const name of this.#unsetIn(this.#owners.get(`task ${action.target}`), seen)) names.add(name);
			for (const branch of branchesOf(action)) for (const name of this.#unset(branch.actions ?? [], owner, seen)) names.add(name);
		}
		return names;
	}
}

function maySetToNothing(action: Action, name: string, owner: Owner): boolean {
	if (action.kind === "loop") return false;
	if (action.kind !== "updateData") return true;
	return action.statements.some(({ variable, value }) => variable === name && mayBeNotSet(value, nothing, owner));
}

function withOwn(known: Known, owner: Owner): Known {
	const own = owner.sequence.variables.filter(({ initialValue }) => initialValue.kind === "lit");
	return new Set([...known, ...own.map(({ name }) => keyOf(name, owner))]);
}
