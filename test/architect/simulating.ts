import type {
	Action,
	CallData,
	DurationLiteral,
	Literal,
	Sequence,
	Statement,
	Value,
	Variable,
	VariableType,
	Workflow,
} from "../../architect/model.ts";
import { type Answer, type Effect, FlowRefused, type Outcome, simulate } from "../../architect/simulate.ts";

export const start = Date.UTC(2026, 0, 31, 6, 30, 0);

export const lit = (value: Literal): Value => ({ kind: "lit", lit: value });
export const exp = (text: string, line?: number): Value => ({
	kind: "exp",
	exp: text,
	...(line === undefined ? {} : { place: { line, column: 1 } }),
});
export const noValue: Value = { kind: "noValue" };

export function variable(type: VariableType, name: string, initialValue: Value = noValue, role: "input" | "output" | "" = ""): Variable {
	return { type, name, initialValue, isInput: role === "input", isOutput: role === "output" };
}
export function set(type: VariableType, name: string, value: Value): Action {
	const statement: Statement = { type, variable: name, value };
	return { kind: "updateData", name: `Set ${name}`, statements: [statement] };
}
/** Writes one more letter to the trail. */
export const mark = (letter: string): Action => set("string", "Flow.trail", exp(`Append(Flow.trail, "${letter}")`));
export const end = (reason: Value = lit("done")): Action => ({ kind: "endWorkflow", name: "End", exitReason: reason });
export const loop = (count: Value, body: readonly Action[]): Action => ({
	kind: "loop",
	name: "Loop",
	currentIndex: "Flow.index",
	loopCount: count,
	body,
});
export const loopNext: Action = { kind: "loopNext", name: "Next" };
export const loopExit: Action = { kind: "loopExit", name: "Exit" };
export const wait = (duration: DurationLiteral, trim = false): Action => ({
	kind: "wait",
	name: "Wait",
	duration: lit(duration),
	trimDurationNearMaxRunningTime: trim,
});
export const decide = (condition: Value, yes?: readonly Action[], no?: readonly Action[]): Action => ({
	kind: "decision",
	name: "Decide",
	condition,
	...(yes === undefined ? {} : { yes }),
	...(no === undefined ? {} : { no }),
});
export const call = (parts: Partial<CallData> = {}): Action => ({
	kind: "callData",
	name: "Call",
	category: "Vendor",
	dataAction: "Send",
	inputs: {},
	successOutputs: {},
	failureOutputs: {},
	...parts,
});
export const state = (refId: string, actions: readonly Action[], variables: readonly Variable[] = []): Sequence => ({
	name: refId,
	refId,
	variables,
	actions,
});

export function flow(actions: readonly Action[], more: Partial<Workflow> = {}): Workflow {
	return {
		name: "Test",
		description: "",
		defaultLanguage: "en-us",
		startUp: "Start",
		variables: [
			variable("string", "Flow.trail", lit(""), "output"),
			variable("integer", "Flow.index"),
			variable("string", "Flow.text"),
			variable("integer", "Flow.number", noValue, "output"),
			variable("boolean", "Flow.flag"),
			variable("booleanCollection", "Flow.connected"),
			variable("dateTime", "Flow.at", noValue, "output"),
		],
		states: [state("Start", actions)],
		tasks: [],
		...more,
	};
}

type World = (effect: Effect, now: number) => Answer;
export const patient: World = (effect, now) =>
	effect.kind === "wait" ? { now: now + effect.seconds * 1000 } : { now, result: { kind: "success", outputs: {} } };

export function play(
	workflow: Workflow,
	world: World = patient,
	inputs: Record<string, unknown> = {},
): { outcome: Outcome; effects: Effect[] } {
	const run = simulate(workflow, inputs, { now: start });
	const effects: Effect[] = [];
	let now = start;
	for (let step = run.next(); ; ) {
		if (step.done) return { outcome: step.value, effects };
		effects.push(step.value);
		const answer = world(step.value, now);
		now = answer.now;
		step = run.next(answer);
	}
}

export const trailOf = (actions: readonly Action[], world?: World): unknown => play(flow(actions), world).outcome.outputs["Flow.trail"];

export function refusalsOf(workflow: Workflow): readonly string[] {
	try {
		simulate(workflow, {}, { now: start });
	} catch (error) {
		if (error instanceof FlowRefused)
			return error.refusals.map(({ path, line, message }) => `${path}${line ? `:${line}` : ""}: ${message}`);
		throw error;
	}
	return [];
}
