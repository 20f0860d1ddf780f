import * as z from "zod";
import { simulate } from "../../architect/simulate.ts";
import { InputError } from "../../architect/simulation/inputs.ts";
import { bodyOf, mapOf } from "./bodies.ts";
import type { Emulator, Route } from "./emulator.ts";
import { badRequest, notFound } from "./errors.ts";
import { runExecution, type Simulation } from "./executionRun.ts";
import { type Execution, type Flow, isoTime, type State } from "./state.ts";

const executions = "/api/v2/flows/executions";
const launchBody = z.object({
	flowId: z.string(),
	flowVersion: z.string().optional(),
	name: z.string().optional(),
	inputData: mapOf(z.unknown()),
});

/** Launching workflows, which is asynchronous and has no idempotency key, and reading how they went. */
export function executionRoutes(emulator: Emulator): Route[] {
	const { state } = emulator;
	return [
		{
			method: "POST",
			path: executions,
			permissions: ["architect:flow:launch"],
			handle: ({ body }) => {
				const execution = launch(emulator, bodyOf(launchBody, body));
				const flowVersion = describeVersion(execution);
				return { body: { id: execution.id, name: execution.name, flowVersion, selfUri: `${executions}/${execution.id}` } };
			},
		},
		{
			method: "GET",
			path: `${executions}/:id`,
			permissions: ["architect:flowExecution:view"],
			handle: ({ params }) => {
				const execution = state.executions.get(params.id ?? "");
				if (execution === undefined) throw notFound("flow execution", params.id ?? "");
				return { body: describe(state, execution) };
			},
		},
	];
}

function launch(emulator: Emulator, request: z.output<typeof launchBody>): Execution {
	const { state } = emulator;
	const flow = state.flows.get(request.flowId);
	if (flow === undefined) throw notFound("flow", request.flowId);
	if (request.flowVersion !== undefined && request.flowVersion !== `${flow.version}.0`) {
		throw badRequest(`flowVersion: expected ${flow.version}.0, the only one that is kept here, got ${request.flowVersion}`, [
			"flowVersion",
		]);
	}
	const simulation = begin(flow, request.inputData, state.clock.now());
	const execution: Execution = {
		id: state.ids.uuid(),
		name: request.name ?? flow.name,
		flowId: flow.id,
		flowName: flow.name,
		flowVersion: flow.version,
		launchedAt: state.clock.now(),
		inputs: request.inputData,
		status: "RUNNING",
		completedAt: undefined,
		completionReason: undefined,
		outputData: undefined,
		error: undefined,
	};
	state.executions.set(execution.id, execution);
	emulator.emit({
		kind: "execution-started",
		at: state.clock.now(),
		executionId: execution.id,
		flowName: flow.name,
		inputs: execution.inputs,
	});
	state.clock.spawn(() => runExecution(emulator, execution, simulation));
	return execution;
}

/** Up to the workflow's first effect, so that inputs which do not fit are an answer to the launch. */
function begin(flow: Flow, inputs: Readonly<Record<string, unknown>>, now: number): Simulation {
	try {
		const run = simulate(flow.workflow, inputs, { now });
		return { run, first: run.next() };
	} catch (error) {
		if (error instanceof InputError) throw badRequest(`inputData: ${error.message}`, ["inputData"]);
		throw error;
	}
}

function describe(state: State, execution: Execution): Record<string, unknown> {
	const { completedAt, completionReason, outputData, error } = execution;
	return {
		id: execution.id,
		name: execution.name,
		flowVersion: describeVersion(execution),
		dateLaunched: isoTime(execution.launchedAt),
		status: execution.status,
		...(completedAt === undefined ? {} : { dateCompleted: isoTime(completedAt) }),
		...(completionReason === undefined ? {} : { completionReason }),
		...(outputData === undefined ? {} : { outputData }),
		...(error === undefined ? {} : { flowErrorInfo: flowError(state, execution, error) }),
		selfUri: `${executions}/${execution.id}`,
	};
}

function describeVersion(execution: Execution): Record<string, unknown> {
	const { flowId, flowVersion } = execution;
	return { id: `${flowVersion}.0`, selfUri: `/api/v2/flows/${flowId}/versions/${flowVersion}.0` };
}

function flowError(state: State, execution: Execution, message: string): Record<string, unknown> {
	return {
		message,
		code: "flow.error",
		status: 400,
		entityId: execution.flowId,
		entityName: state.flows.get(execution.flowId)?.name ?? execution.flowName,
	};
}
