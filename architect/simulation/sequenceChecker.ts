import type { VariableTypes } from "../expressions/check.ts";
import type { Checked } from "../expressions/checked.ts";
import { ValueError } from "../expressions/values.ts";
import { switchCases } from "../limits.ts";
import { branchesOf } from "../lint/steps.ts";
import type { Action, Place, Sequence, Unmodelled, Value, VariableType } from "../model.ts";
import { nameOf } from "./actionName.ts";
import type { Refusal } from "./refusal.ts";
import { checkedAs, literal } from "./values.ts";

/** What the actions of one state or task may refer to. */
export interface References {
	readonly states: ReadonlyMap<string, Sequence>;
	readonly tasks: ReadonlyMap<string, Sequence>;
	readonly isTask: boolean;
}

/** Checks the actions of one state or task, and keeps their checked expressions. */
export class SequenceChecker {
	readonly programs = new Map<string, Checked>();
	readonly #types: VariableTypes;
	readonly #declared: ReadonlyMap<string, string>;
	readonly #references: References;
	readonly #refusals: Refusal[];

	constructor(types: VariableTypes, references: References, refusals: Refusal[]) {
		this.#types = types;
		this.#declared = new Map(Object.entries(types).map(([name, type]) => [name.toLowerCase(), type]));
		this.#references = references;
		this.#refusals = refusals;
	}

	actions(actions: readonly Action[], within: string, inLoop: boolean): void {
		for (const action of actions) {
			const path = `${within}/${nameOf(action)}`;
			const known = this.#action(action, path, inLoop);
			if (!known) continue;
			for (const { name, actions: inside } of branchesOf(action)) {
				// Only one path leaves a loop: it needs no name.
				const isLoop = action.kind === "loop";
				this.actions(inside ?? [], isLoop ? path : `${path}/${name}`, inLoop || isLoop);
			}
		}
	}

	/** Whether the kind of the action is known. */
	#action(action: Action, path: string, inLoop: boolean): boolean {
		switch (action.kind) {
			case "updateData":
				for (const { type, variable, value, place } of action.statements) {
					this.#variable(variable, [type], path, place ?? action.place);
					this.#value(value, type, path, place ?? action.place);
				}
				return true;
			case "decision":
				this.#value(action.condition, "boolean", path, action.place);
				return true;
			case "switch":
				this.#switch(action, path);
				return true;
			case "loop":
				if (action.currentIndex !== undefined) this.#variable(action.currentIndex, ["integer"], path, action.place);
				this.#value(action.loopCount, "integer", path, action.place);
				return true;
			case "wait":
				this.#value(action.duration, "duration", path, action.place);
				return true;
			case "callData":
				this.#callData(action, path);
				return true;
			case "endWorkflow":
				this.#value(action.exitReason, "string", path, action.place);
				return true;
			case "changeState":
			case "callTask":
			case "endTask":
			case "endState":
			case "loopNext":
			case "loopExit":
				this.#jump(action, path, inLoop);
				return true;
			case "unmodelled":
				return this.#asks(action, path);
			default:
				return this.#unknownKind(action, path);
		}
	}

	#switch(action: Extract<Action, { kind: "switch" }>, path: string): void {
		const type = action.style === "firstTrue" ? "boolean" : (action.matchType ?? "string");
		if (action.style === "firstMatch") {
			if (action.value === undefined) this.#refuse("Expected a value to compare with the cases, got none.", path, action.place);
			else this.#value(action.value, type, path, action.place);
		}
		const { length } = action.cases;
		if (length < switchCases.least || length > switchCases.most) {
			this.#refuse(`Expected ${switchCases.least} to ${switchCases.most} cases, got ${length}.`, path, action.place);
		}
		for (const each of action.cases) this.#value(each.value, type, path, each.place ?? action.place);
	}

	#callData(action: Extract<Action, { kind: "callData" }>, path: string): void {
		if (action.timeout !== undefined) this.#value(action.timeout, "duration", path, action.place);
		for (const [name, value] of Object.entries(action.inputs)) this.#value(value, undefined, `${path}/inputs/${name}`, action.place);
		for (const variable of [...Object.values(action.successOutputs), ...Object.values(action.failureOutputs)]) {
			this.#variable(variable, undefined, path, action.place);
		}
	}

	/** Whether it was read to be run. */
	#asks({ type, asks, place }: Unmodelled, path: string): boolean {
		if (asks === undefined) return this.#unknown(type, path, place);
		for (const [name, value] of Object.entries(asks.inputs)) this.#value(value, undefined, `${path}/inputs/${name}`, place);
		for (const variable of Object.values(asks.outputs)) this.#variable(variable, undefined, path, place);
		return true;
	}

	#jump(
		action: Extract<Action, { kind: "changeState" | "callTask" | "endTask" | "endState" | "loopNext" | "loopExit" }>,
		path: string,
		inLoop: boolean,
	): void {
		const { states, tasks, isTask } = this.#references;
		if ((action.kind === "loopNext" || action.kind === "loopExit") && !inLoop) {
			this.#refuse(`Expected ${action.kind} inside a loop, got it outside.`, path, action.place);
		}
		if (action.kind === "endTask" && !isTask) this.#refuse("Expected endTask inside a task, got it in a state.", path, action.place);
		if ((action.kind === "changeState" || action.kind === "endState") && isTask) {
			this.#refuse(`Expected ${action.kind} in a state, got it inside a task.`, path, action.place);
		}
		if (action.kind !== "changeState" && action.kind !== "callTask") return;
		const targets = action.kind === "changeState" ? states : tasks;
		if (targets.has(action.target)) return;
		this.#refuse(`Expected one of the refIds ${[...targets.keys()].join(", ") || "(none)"}, got "${action.target}".`, path, action.place);
	}

	#unknownKind(action: never, path: string): false {
		const { kind, place }: { kind?: unknown; place?: Place } = action;
		return this.#unknown(String(kind), path, place);
	}

	#unknown(kind: string, path: string, place: Place | undefined): false {
		this.#refuse(`Expected a kind of action that the simulator knows, got "${kind}".`, path, place);
		return false;
	}

	#variable(name: string, types: readonly VariableType[] | undefined, path: string, place: Place | undefined): void {
		const type = this.#declared.get(name.toLowerCase());
		if (type === undefined) {
			this.#refuse(
				`unknown-variable: Expected a declared variable, got ${name}; declared: ${Object.keys(this.#types).join(", ")}.`,
				path,
				place,
			);
		} else if (types !== undefined && !types.some((each) => each === type)) {
			this.#refuse(`wrong-type: Expected a variable of type ${types.join(" or ")}, got ${name} of type ${type}.`, path, place);
		}
	}

	#value(value: Value, type: VariableType | undefined, path: string, place: Place | undefined): void {
		const here = value.place ?? place;
		if (value.kind === "exp") {
			const result = checkedAs(value.exp, type, this.#types);
			if ("checked" in result) this.programs.set(value.exp, result.checked);
			else for (const problem of result.problems) this.#refuse(problem, path, here);
		} else if (value.kind === "lit") {
			const problem = literalProblem(value, type);
			if (problem !== undefined) this.#refuse(problem, path, here);
		}
	}

	#refuse(message: string, path: string, place: Place | undefined): void {
		this.#refusals.push({ path, message, ...(place === undefined ? {} : { line: place.line }) });
	}
}

function literalProblem(value: Extract<Value, { kind: "lit" }>, type: VariableType | undefined): string | undefined {
	try {
		literal(value.lit, type);
		return undefined;
	} catch (error) {
		if (error instanceof ValueError) return error.message;
		throw error;
	}
}
