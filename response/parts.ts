import type {
	Action,
	CallData,
	Decision,
	DurationLiteral,
	EndWorkflow,
	Statement,
	UpdateData,
	Value,
	Variable,
	VariableType,
} from "../architect/model.ts";
import type { ActionRef } from "./plan.ts";

/** A literal value node. */
export const lit = (value: string | number | boolean): Value => ({ kind: "lit", lit: value });

/** An expression value node. */
export const exp = (text: string): Value => ({ kind: "exp", exp: text });

/** A text as an expression literal. */
export const quoted = (text: string): string => JSON.stringify(text);

/** Whole minutes as minutes, everything else as seconds: as a person would set it in the editor. */
function duration(seconds: number): Value {
	const literal: DurationLiteral = seconds > 0 && seconds % 60 === 0 ? { minutes: seconds / 60 } : { seconds };
	return { kind: "lit", lit: literal };
}

/** A variable declaration; without `initial` it is NOT_SET at first. */
export function variable(
	type: VariableType,
	name: string,
	initial?: string | number | boolean,
	role: "input" | "output" | "inner" = "inner",
): Variable {
	return {
		type,
		name,
		initialValue: initial === undefined ? { kind: "noValue" } : lit(initial),
		isInput: role === "input",
		isOutput: role === "output",
	};
}

/** One statement of an updateData. */
export const set = (type: VariableType, name: string, value: Value): Statement => ({ type, variable: name, value });

/** An updateData of these statements, run top to bottom. */
export const update = (name: string, ...statements: readonly Statement[]): UpdateData => ({ kind: "updateData", name, statements });

/** A decision; without `no` the other answer goes on with the next action. */
export function when(name: string, condition: string, yes: readonly Action[], no?: readonly Action[]): Decision {
	return { kind: "decision", name, condition: exp(condition), yes, ...(no === undefined ? {} : { no }) };
}

/** A wait of whole seconds, shortened rather than failed near the longest run. */
export const wait = (name: string, seconds: number): Action => ({
	kind: "wait",
	name,
	duration: duration(seconds),
	trimDurationNearMaxRunningTime: true,
});

/** A changeState to the state with this refId; it never returns. */
export const go = (name: string, target: string): Action => ({ kind: "changeState", name, target });

/** The end of the run. */
export const end = (name: string, exitReason: Value): EndWorkflow => ({ kind: "endWorkflow", name, exitReason });

/** A loopExit. */
export const leaveLoop = (name: string): Action => ({ kind: "loopExit", name });

/** A counted loop; `index` counts from 0. */
export function repeat(name: string, index: string, count: Value, body: readonly Action[]): Action {
	return { kind: "loop", name, currentIndex: index, loopCount: count, body };
}

/** A data action with what follows on each path. */
export interface Call {
	readonly name: string;
	readonly action: ActionRef;
	readonly inputs: Readonly<Record<string, Value>>;
	readonly outputs?: Readonly<Record<string, string>>;
	readonly success: readonly Action[];
	readonly failure: readonly Action[];
	readonly timeout: readonly Action[];
}

/** A data action with all three paths explicit; a failure binds its code and HTTP status. */
export function call({ name, action, inputs, outputs = {}, success, failure, timeout }: Call): CallData {
	return {
		kind: "callData",
		name,
		category: action.category,
		dataAction: action.name,
		timeout: duration(action.timeoutSeconds),
		inputs,
		successOutputs: outputs,
		failureOutputs: { errorCode: "State.errorCode", status: "State.httpStatus" },
		success,
		failure,
		timeoutActions: timeout,
	};
}

/** What the last failure was, as text; both variables may be NOT_SET. */
export const failureText = 'Append("failed ", State.errorCode, " ", ToString(State.httpStatus))';

/** Remembers on each path what came back, so that no path is empty by accident. */
export function remember(subject: string, variableName: string): Pick<Call, "success" | "failure" | "timeout"> {
	return {
		success: [update(`${subject} answered`, set("string", variableName, lit("ok")))],
		failure: [update(`${subject} failed`, set("string", variableName, exp(failureText)))],
		timeout: [update(`${subject} timed out`, set("string", variableName, lit("timeout")))],
	};
}
