import type { Answer, CallResult, Effect, Json, Outcome } from "../../architect/simulation/effects.ts";
import { type ActionFailure, runDataAction } from "./dataActionRun.ts";
import { type Emulator, findFault } from "./emulator.ts";
import { findDataAction } from "./publish.ts";
import type { Execution } from "./state.ts";

/** A workflow that stands at its first effect. */
export interface Simulation {
	readonly run: Generator<Effect, Outcome, Answer>;
	readonly first: IteratorResult<Effect, Outcome>;
}

/** Carries a workflow's effects out on the clock until it ends. */
export async function runExecution(emulator: Emulator, execution: Execution, { run, first }: Simulation): Promise<void> {
	let step = first;
	// A vendor's clock that is put right may go back; that of one execution does not.
	let now = execution.launchedAt;
	while (!step.done) {
		const fault = findFault(emulator, "executions", () => true);
		if (fault?.how === "stall") return;
		if (fault?.how === "error") return end(emulator, execution, broken("the platform ended the execution"));
		const result = await perform(emulator, execution, step.value);
		now = Math.max(now, emulator.state.clock.now());
		step = run.next({ now, ...(result === undefined ? {} : { result }) });
	}
	end(emulator, execution, step.value);
}

async function perform(emulator: Emulator, execution: Execution, effect: Effect): Promise<CallResult | undefined> {
	if (effect.kind === "wait") {
		await emulator.state.clock.sleep(effect.seconds * 1000);
		return undefined;
	}
	// What is published holds none: it is read without.
	if (effect.kind === "ask") throw new Error(`Expected a flow whose actions this organization can run, got ${effect.type}.`);
	const action = findDataAction(emulator.state, effect.category, effect.dataAction);
	const inputs = Object.fromEntries(Object.entries(effect.inputs).filter(([, value]) => value !== null));
	if (action === undefined) {
		const message = `no data action "${effect.dataAction}" in the category "${effect.category}"`;
		emulator.emit({
			kind: "data-action",
			at: emulator.state.clock.now(),
			executionId: execution.id,
			category: effect.category,
			action: effect.dataAction,
			inputs,
			result: "failure",
			detail: message,
		});
		return failureOf(emulator, effect, { code: "not.found", status: 404, detail: "ACTION.MISSING", message });
	}
	const { timeoutSeconds } = effect;
	const result = await runDataAction(emulator, { action, inputs, executionId: execution.id, timeoutSeconds });
	if (result.kind === "timeout") return result;
	return result.kind === "success" ? { kind: "success", outputs: result.outputs } : failureOf(emulator, effect, result.failure);
}

/** The failure outputs that every vendor export lists. */
function failureOf(emulator: Emulator, effect: Extract<Effect, { kind: "callData" }>, failure: ActionFailure): CallResult {
	const outputs: Record<string, Json> = {
		errorCode: failure.code,
		status: failure.status,
		correlationId: emulator.state.correlations.uuid(),
		entityId: "",
		entityName: effect.dataAction,
		userMessage: failure.message,
		userParamsMessage: failure.message,
		"userParams.key": [],
		"userParams.value": [],
		"details.errorCode": [failure.detail],
		"details.fieldName": [],
		"details.entityId": [],
		"details.entityName": [],
	};
	return { kind: "failure", outputs };
}

function broken(message: string): Outcome {
	return { outcome: "error", outputs: {}, error: { message, action: "" }, actions: 0, seconds: 0, trace: [] };
}

function end(emulator: Emulator, execution: Execution, outcome: Outcome): void {
	const { clock, executions } = emulator.state;
	const completed = outcome.outcome === "completed";
	const error = outcome.error === undefined ? undefined : describeError(outcome.error);
	executions.set(execution.id, {
		...execution,
		status: completed ? "COMPLETED" : "ERROR",
		completedAt: clock.now(),
		completionReason: outcome.exitReason,
		outputData: completed ? outcome.outputs : undefined,
		error,
	});
	emulator.emit({
		kind: "execution-ended",
		at: clock.now(),
		executionId: execution.id,
		flowName: execution.flowName,
		inputs: execution.inputs,
		outcome: outcome.outcome,
		exitReason: outcome.exitReason,
		error,
		outputs: outcome.outputs,
	});
}

function describeError({ message, action, line }: NonNullable<Outcome["error"]>): string {
	const place = [action, line === undefined ? "" : `line ${line}`].filter((part) => part !== "").join(", ");
	return place === "" ? message : `${message} (${place})`;
}
