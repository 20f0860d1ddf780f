import type { Entities } from "../expressions/entities.ts";
import { toJson } from "../expressions/exchange.ts";
import { type Content, type FlowValue, same } from "../expressions/values.ts";
import type { Action, Sequence, Value, VariableType, Workflow } from "../model.ts";
import { list } from "../names.ts";
import { defaultPath, isDefaultPath } from "../readTaskPaths.ts";
import { nameOf } from "./actionName.ts";
import { bindAll, bindOutputs } from "./bindings.ts";
import type { Answer, Effect, Json, Outcome } from "./effects.ts";
import { type End, next, unclosed } from "./end.ts";
import { setValueAt, valueAt } from "./evaluation.ts";
import { FlowFailure, failure } from "./failure.ts";
import type { Prepared } from "./prepare.ts";
import { outOfTime, Progress } from "./progress.ts";
import { initialValues, platformValues, Scope } from "./values.ts";

type Running<T> = Generator<Effect, T, Answer>;
type Of<K extends Action["kind"]> = Extract<Action, { kind: K }>;

/** What a run knows beside its inputs. */
export interface RunOptions {
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** What the organization holds; default: nothing, look-ups are flow errors. */
	readonly entities?: Entities;
}

/** Where an action runs. */
interface Frame {
	readonly scope: Scope;
	readonly path: string;
}

/** One run of a prepared workflow; `run` may be called once. */
export class Execution {
	readonly #workflow: Workflow;
	readonly #prepared: Prepared;
	readonly #flow: Map<string, FlowValue>;
	readonly #entities: Entities;
	readonly #progress: Progress;

	constructor(workflow: Workflow, prepared: Prepared, inputs: ReadonlyMap<string, FlowValue>, { now, entities = {} }: RunOptions) {
		this.#workflow = workflow;
		this.#prepared = prepared;
		this.#flow = new Map([...platformValues(now), ...initialValues(workflow.variables, entities), ...inputs]);
		this.#entities = entities;
		this.#progress = new Progress(now);
	}

	*run(): Running<Outcome> {
		try {
			const exitReason = yield* this.#states();
			return { outcome: "completed", ...(typeof exitReason === "string" ? { exitReason } : {}), ...this.#account() };
		} catch (error) {
			if (!(error instanceof FlowFailure)) throw error;
			const { message, action, line } = error;
			return { outcome: "error", error: { message, action, ...(line === undefined ? {} : { line }) }, ...this.#account() };
		}
	}

	#account(): Pick<Outcome, "outputs" | "actions" | "seconds" | "trace"> {
		const outputs = this.#workflow.variables.filter((variable) => variable.isOutput);
		return {
			outputs: Object.fromEntries(
				outputs.map(({ name, type }) => [name, toJson(this.#flow.get(name.toLowerCase()) ?? { type, content: undefined })]),
			),
			...this.#progress.account(),
		};
	}

	*#states(): Running<Content | undefined> {
		for (let refId = this.#workflow.startUp; ; ) {
			const state = this.#sequence(this.#prepared.states, refId);
			const end = yield* this.#enter(state);
			if (end.kind === "endWorkflow") return end.exitReason;
			if (end.kind === "endState") return undefined;
			if (end.kind !== "changeState") throw unclosed(state);
			refId = end.target;
		}
	}

	/** Its variables begin anew each time a state or a task is entered. */
	#enter(sequence: Sequence): Running<End> {
		const programs = this.#prepared.programs.get(sequence) ?? new Map();
		const scope = new Scope(programs, this.#flow, sequence.variables, this.#entities);
		return this.#list(sequence.actions, { scope, path: sequence.refId });
	}

	*#list(actions: readonly Action[] | undefined, frame: Frame): Running<End> {
		for (const action of actions ?? []) {
			const end = yield* this.#perform(action, { ...frame, path: `${frame.path}/${nameOf(action)}` });
			if (end.kind !== "next") return end;
		}
		return next;
	}

	*#perform(action: Action, frame: Frame): Running<End> {
		// Entering a task is free; what it does counts.
		if (action.kind !== "callTask") this.#progress.count(action);
		switch (action.kind) {
			case "updateData":
				return this.#update(action, frame);
			case "decision":
				return yield* this.#decide(action, frame);
			case "switch":
				return yield* this.#switch(action, frame);
			case "loop":
				return yield* this.#loop(action, frame);
			case "wait":
				return yield* this.#wait(action, frame);
			case "callData":
				return yield* this.#call(action, frame);
			case "callTask":
				return yield* this.#task(action, frame);
			case "endWorkflow": {
				const exitReason = this.#value(action, action.exitReason, "string", frame);
				this.#progress.note(action, frame.path, { exitReason: toJson(exitReason) });
				return { kind: "endWorkflow", exitReason: exitReason.content };
			}
			case "changeState":
				this.#progress.note(action, frame.path, { target: action.target });
				return { kind: "changeState", target: action.target };
			case "endTask":
				this.#progress.note(action, frame.path, { outputPath: action.outputPath ?? defaultPath });
				return { kind: "endTask", outputPath: action.outputPath };
			case "endState":
			case "loopNext":
			case "loopExit":
				this.#progress.note(action, frame.path, {});
				return { kind: action.kind };
			case "unmodelled":
				return yield* this.#ask(action, frame);
		}
	}

	/** Top to bottom: a later statement sees what an earlier one assigned. */
	#update(action: Of<"updateData">, frame: Frame): End {
		const values: Record<string, Json> = {};
		for (const { type, variable, value, place } of action.statements) {
			const result = this.#value(action, value, type, frame, place?.line);
			frame.scope.write(variable, result.content);
			values[variable] = toJson(result);
		}
		this.#progress.note(action, frame.path, values);
		return next;
	}

	*#decide(action: Of<"decision">, frame: Frame): Running<End> {
		const condition = this.#set(action, action.condition, "boolean", frame) === true;
		this.#progress.note(action, frame.path, { condition });
		return yield* this.#list(condition ? action.yes : action.no, within(frame, condition ? "yes" : "no"));
	}

	*#switch(action: Of<"switch">, frame: Frame): Running<End> {
		const type = action.style === "firstTrue" ? "boolean" : (action.matchType ?? "string");
		const wanted = action.value === undefined ? true : this.#set(action, action.value, type, frame);
		const index = action.cases.findIndex((each) => same(this.#set(action, each.value, type, frame), wanted));
		this.#progress.note(action, frame.path, { value: toJson({ type, content: wanted }), case: index === -1 ? "default" : index + 1 });
		const chosen = action.cases[index];
		return yield* chosen === undefined
			? this.#list(action.default, within(frame, "default"))
			: this.#list(chosen.actions, within(frame, `case ${index + 1}`));
	}

	/** The count is read once. The index after the loop is not documented, so it is NOT_SET: using it shows as an error. */
	*#loop(action: Of<"loop">, frame: Frame): Running<End> {
		const count = Number(this.#set(action, action.loopCount, "integer", frame));
		for (let index = 0; index < count; index += 1) {
			// Going back to the loop is an action of it again: a loop without a body ends too.
			if (index > 0) this.#progress.count(action);
			if (action.currentIndex !== undefined) frame.scope.write(action.currentIndex, index);
			this.#progress.note(action, frame.path, { index, count });
			const end = yield* this.#list(action.body, frame);
			if (end.kind === "loopExit") break;
			if (end.kind !== "next" && end.kind !== "loopNext") return end;
		}
		if (action.currentIndex !== undefined) frame.scope.write(action.currentIndex, undefined);
		return next;
	}

	*#task(action: Of<"callTask">, frame: Frame): Running<End> {
		this.#progress.note(action, frame.path, { target: action.target });
		const task = this.#sequence(this.#prepared.tasks, action.target);
		const end = yield* this.#enter(task);
		if (end.kind === "endWorkflow") return end;
		if (end.kind !== "endTask") throw unclosed(task);
		const { outputPath = defaultPath } = end;
		const taken = isDefaultPath(outputPath) ? action.default : action.paths?.find(({ name }) => name === outputPath)?.actions;
		return yield* this.#list(taken, within(frame, outputPath));
	}

	*#wait(action: Of<"wait">, frame: Frame): Running<End> {
		const milliseconds = Number(this.#set(action, action.duration, "duration", frame));
		if (milliseconds < 0) throw failure(action, `Expected a wait of 0 seconds or more, got ${milliseconds / 1000} s.`);
		const left = this.#progress.left;
		const tooLong = milliseconds > left && (left <= 0 || !action.trimDurationNearMaxRunningTime);
		const seconds = Math.min(milliseconds, left) / 1000;
		this.#progress.note(action, frame.path, { seconds });
		// Without trimming, the run is ended when its time is up and not before.
		if (seconds > 0) this.#progress.advance(action, yield { kind: "wait", action: nameOf(action), path: frame.path, seconds });
		if (tooLong) throw outOfTime(action);
		return next;
	}

	*#call(action: Of<"callData">, frame: Frame): Running<End> {
		const { timeout: limit } = action;
		const timeout = limit === undefined || limit.kind === "noValue" ? undefined : this.#set(action, limit, "duration", frame);
		const inputs: Record<string, Json> = {};
		for (const [name, value] of Object.entries(action.inputs)) inputs[name] = toJson(this.#value(action, value, undefined, frame));
		const at = this.#progress.now;
		const answer: Answer = yield {
			kind: "callData",
			action: nameOf(action),
			path: frame.path,
			category: action.category,
			dataAction: action.dataAction,
			inputs,
			timeoutSeconds: typeof timeout === "number" ? timeout / 1000 : undefined,
		};
		const { result } = answer;
		if (result === undefined || result.kind === "asked") throw new Error(`Expected a result for the call "${nameOf(action)}", got none.`);
		const outputs = result.kind === "timeout" ? {} : result.outputs;
		this.#progress.note(
			action,
			frame.path,
			{ category: action.category, dataAction: action.dataAction, inputs, result: result.kind, outputs },
			at,
		);
		this.#progress.advance(action, answer);
		bindOutputs(action, result, frame.scope);
		const actions = { success: action.success, failure: action.failure, timeout: action.timeoutActions }[result.kind];
		return yield* this.#list(actions, within(frame, result.kind));
	}

	*#ask(action: Of<"unmodelled">, frame: Frame): Running<End> {
		const { type, asks, paths } = action;
		if (asks === undefined) throw new Error(`Expected an action that was refused before, got "${type}".`);
		const inputs: Record<string, Json> = {};
		for (const [name, value] of Object.entries(asks.inputs)) inputs[name] = toJson(this.#value(action, value, undefined, frame));
		const at = this.#progress.now;
		const names = paths.map(({ name }) => name);
		const about = { type, subject: asks.subject, inputs, outputs: Object.keys(asks.outputs), paths: names };
		const answer: Answer = yield { kind: "ask", action: nameOf(action), path: frame.path, ...about };
		const { result } = answer;
		if (result?.kind !== "asked") throw new Error(`Expected a result for "${nameOf(action)}", got none.`);
		const { next: taken, outputs } = result;
		this.#progress.note(action, frame.path, { inputs, ...(taken === undefined ? {} : { path: taken }), outputs }, at);
		this.#progress.advance(action, answer);
		bindAll(action, asks.outputs, outputs, type, frame.scope);
		if (taken === undefined) return next;
		if (!names.includes(taken)) throw failure(action, `Expected the world to take one of the paths ${list(names)}, got "${taken}".`);
		return yield* this.#list(paths.find(({ name }) => name === taken)?.actions, within(frame, taken));
	}

	#value(action: Action, value: Value, type: VariableType | undefined, { scope }: Frame, line?: number): FlowValue {
		return valueAt(action, value, type, { scope, now: this.#progress.now, line });
	}

	/** What decides, counts or waits must be set. */
	#set(action: Action, value: Value, type: VariableType, { scope }: Frame): Content {
		return setValueAt(action, value, type, { scope, now: this.#progress.now });
	}

	#sequence(sequences: ReadonlyMap<string, Sequence>, refId: string): Sequence {
		const found = sequences.get(refId);
		if (found === undefined) throw new Error(`Expected a state or task that was checked before, got "${refId}".`);
		return found;
	}
}

function within(frame: Frame, branch: string): Frame {
	return { ...frame, path: `${frame.path}/${branch}` };
}
