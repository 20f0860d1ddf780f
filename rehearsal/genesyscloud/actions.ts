import * as z from "zod";
import { bodyOf, mapOf, optionalText } from "./bodies.ts";
import { isRecord, type JsonSchema } from "./contract.ts";
import { type ActionResult, runDataAction } from "./dataActionRun.ts";
import type { Answer, Call, Emulator, Route } from "./emulator.ts";
import { ApiError, badRequest, conflict, notFound } from "./errors.ts";
import { page } from "./paging.ts";
import { toConfig } from "./requestTemplates.ts";
import type { DataAction, State } from "./state.ts";

const actions = "/api/v2/integrations/actions";
const view = ["integrations:action:view", "bridge:actions:view"];
const execute = ["integrations:action:execute", "bridge:actions:execute"];

const schema = z.record(z.string(), z.unknown()).transform((given) => given as JsonSchema);
/** The methods that a data action may use. */
export const requestTypes = ["GET", "PUT", "POST", "PATCH", "DELETE"];

const configBody = z.object({
	timeoutSeconds: z.int().min(1).max(60).nullish(),
	request: z.object({
		requestUrlTemplate: optionalText,
		requestType: z.enum(requestTypes),
		requestTemplate: optionalText,
		headers: mapOf(z.string()),
	}),
	response: z
		.object({ translationMap: mapOf(z.string()), translationMapDefaults: mapOf(z.string()), successTemplate: optionalText })
		.nullish(),
});
const createBody = z.object({
	name: z.string().min(1).max(256),
	category: z.string().min(1).max(256),
	integrationId: z.string(),
	secure: z.boolean().default(false),
	contract: z.object({ input: z.object({ inputSchema: schema }), output: z.object({ successSchema: schema }) }),
	config: configBody,
});
const updateBody = z.object({
	name: z.string().min(1).max(256).optional(),
	category: z.string().min(1).max(256).optional(),
	version: z.int(),
	config: configBody.optional(),
});

/** Data actions: published at once, never a draft; templates as raw text; execute and test. */
export function actionRoutes(emulator: Emulator): Route[] {
	return [...lifeCycle(emulator.state), ...reads(emulator.state), ...runs(emulator)];
}

function lifeCycle(state: State): Route[] {
	return [
		{
			method: "POST",
			path: actions,
			permissions: ["integrations:action:add"],
			handle: ({ body }) => ({ body: describe(create(state, body), true) }),
		},
		{
			method: "PATCH",
			path: `${actions}/:id`,
			permissions: ["integrations:action:edit"],
			handle: ({ params, body }) => ({ body: describe(update(state, find(state, params.id), body), true) }),
		},
		{
			method: "DELETE",
			path: `${actions}/:id`,
			permissions: ["integrations:action:delete"],
			handle: ({ params }) => {
				state.actions.delete(find(state, params.id).id);
				return { status: 204 };
			},
		},
	];
}

function reads(state: State): Route[] {
	return [
		{
			method: "GET",
			path: actions,
			permissions: view,
			handle: ({ query }) => {
				const category = query.get("category");
				const name = query.get("name")?.toLowerCase();
				const chosen = [...state.actions.values()].filter(
					(action) =>
						(category === null || action.category === category) && (name === undefined || action.name.toLowerCase().includes(name)),
				);
				return {
					body: page(
						chosen.map((action) => describe(action, query.get("includeConfig") === "true")),
						query,
						actions,
					),
				};
			},
		},
		{
			method: "GET",
			path: `${actions}/:id`,
			permissions: view,
			handle: ({ params, query }) => ({ body: describe(find(state, params.id), query.get("includeConfig") === "true") }),
		},
		{
			method: "GET",
			path: `${actions}/:id/templates/requesttemplate.vm`,
			permissions: view,
			handle: ({ params }) => ({ text: find(state, params.id).config.request.requestTemplate }),
		},
		{
			method: "GET",
			path: `${actions}/:id/templates/successtemplate.vm`,
			permissions: view,
			handle: ({ params }) => ({ text: find(state, params.id).config.response.successTemplate }),
		},
		{
			method: "GET",
			path: `${actions}/:id/draft`,
			permissions: view,
			handle: ({ params }) => {
				throw notFound("draft of the action", find(state, params.id).id);
			},
		},
	];
}

function runs(emulator: Emulator): Route[] {
	const run = ({ params, body }: Call): Promise<ActionResult> => {
		if (body !== undefined && !isRecord(body)) throw badRequest("The request body: expected an object of inputs.");
		const action = find(emulator.state, params.id);
		return runDataAction(emulator, { action, inputs: body ?? {}, executionId: undefined, timeoutSeconds: undefined });
	};
	return [
		{ method: "POST", path: `${actions}/:id/execute`, permissions: execute, handle: async (call) => executed(await run(call)) },
		{ method: "POST", path: `${actions}/:id/test`, permissions: execute, handle: async (call) => ({ body: testResult(await run(call)) }) },
	];
}

function executed(result: ActionResult): Answer {
	if (result.kind === "success") return { body: result.output };
	if (result.kind === "timeout") throw new ApiError(504, "request.timeout", "The data action did not end within its timeout.");
	const { code, status, message } = result.failure;
	throw new ApiError(status >= 400 ? status : 400, code, message);
}

function testResult(result: ActionResult): Record<string, unknown> {
	if (result.kind === "success") {
		return { success: true, operations: [{ step: 1, name: "Execute", success: true, result: result.output }], finalResult: result.output };
	}
	const failure =
		result.kind === "failure" ? result.failure : { code: "request.timeout", status: 504, detail: "TIMEOUT", message: "timeout" };
	const error = {
		message: failure.message,
		code: failure.code,
		status: failure.status,
		details: [{ errorCode: failure.detail }],
		errors: [],
	};
	return { success: false, operations: [{ step: 1, name: "Execute", success: false, error }], error };
}

function find(state: State, id: string | undefined): DataAction {
	const action = state.actions.get(id ?? "");
	if (action === undefined) throw notFound("action", id ?? "");
	return action;
}

function create(state: State, body: unknown): DataAction {
	const input = bodyOf(createBody, body);
	if (!state.integrations.has(input.integrationId))
		throw badRequest(`integrationId: no integration ${input.integrationId}`, ["integrationId"]);
	const action: DataAction = {
		id: `custom_-_${state.ids.uuid()}`,
		name: input.name,
		category: input.category,
		integrationId: input.integrationId,
		secure: input.secure,
		version: 1,
		inputSchema: input.contract.input.inputSchema,
		successSchema: input.contract.output.successSchema,
		config: toConfig(input.config),
	};
	state.actions.set(action.id, action);
	return action;
}

function update(state: State, action: DataAction, body: unknown): DataAction {
	const input = bodyOf(updateBody, body);
	if (input.version !== action.version) throw conflict(`version: expected ${action.version}, got ${input.version}`);
	const changed: DataAction = {
		...action,
		name: input.name ?? action.name,
		category: input.category ?? action.category,
		version: action.version + 1,
		config: input.config === undefined ? action.config : toConfig(input.config),
	};
	state.actions.set(changed.id, changed);
	return changed;
}

function describe(action: DataAction, includeConfig: boolean): Record<string, unknown> {
	const { timeoutSeconds, request, response } = action.config;
	const templates = `${actions}/${action.id}/templates`;
	const config = {
		...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
		request: { ...request, requestTemplateUri: `${templates}/requesttemplate.vm` },
		response: { ...response, successTemplateUri: `${templates}/successtemplate.vm` },
	};
	return {
		id: action.id,
		name: action.name,
		category: action.category,
		integrationId: action.integrationId,
		secure: action.secure,
		version: action.version,
		contract: { input: { inputSchema: action.inputSchema }, output: { successSchema: action.successSchema } },
		...(includeConfig ? { config } : {}),
		selfUri: `${actions}/${action.id}`,
	};
}
