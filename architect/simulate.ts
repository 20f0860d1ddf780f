import type { Workflow } from "./model.ts";
import type { Answer, Effect, Outcome } from "./simulation/effects.ts";
import { Execution, type RunOptions } from "./simulation/execution.ts";
import { readInputs } from "./simulation/inputs.ts";
import { prepare } from "./simulation/prepare.ts";

export type { Answer, AskResult, CallResult, Effect, Json, Outcome, TraceEntry } from "./simulation/effects.ts";
export { unanswered } from "./simulation/failure.ts";
export { InputError } from "./simulation/inputs.ts";
export { FlowRefused, type Refusal } from "./simulation/refusal.ts";

/**
 * Runs a workflow as the platform would: it yields each effect, takes the world's answer, and returns the outcome. Knows no clock of its own.
 * Throws before the run, at the call: FlowRefused for a flow it cannot run faithfully, InputError for inputs that do not fit.
 */
export function simulate(
	workflow: Workflow,
	inputs: Readonly<Record<string, unknown>>,
	options: RunOptions,
): Generator<Effect, Outcome, Answer> {
	const prepared = prepare(workflow);
	return new Execution(workflow, prepared, readInputs(workflow, inputs), options).run();
}
