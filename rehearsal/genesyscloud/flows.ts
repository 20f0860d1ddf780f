import type { Context } from "hono";
import type { Emulator, Route } from "./emulator.ts";
import { ApiError, badRequest, notFound } from "./errors.ts";
import { page } from "./paging.ts";
import { checkFlow } from "./publish.ts";
import { type Flow, homeDivision, type Job, type State } from "./state.ts";

const flows = "/api/v2/flows";
/** What the upload must carry, as presigned uploads do. */
const uploadHeaders = { "x-amz-server-side-encryption": "AES256" };

/** Flows and publish jobs: job → upload to its presigned URL → poll. */
export function flowRoutes({ state, uploadBase }: Emulator): Route[] {
	return [...jobRoutes(state, uploadBase), ...publishedRoutes(state)];
}

function jobRoutes(state: State, uploadBase: () => string): Route[] {
	return [
		{
			method: "POST",
			path: `${flows}/jobs`,
			permissions: ["architect:job:create"],
			handle: ({ client }) => {
				const job: Job = { id: state.ids.uuid(), clientId: client.id, status: "Created", flowId: undefined, messages: [] };
				state.jobs.set(job.id, job);
				const presignedUrl = `${uploadBase()}/flow-uploads/${job.id}`;
				return { body: { id: job.id, presignedUrl, headers: uploadHeaders, selfUri: `${flows}/jobs/${job.id}` } };
			},
		},
		{
			method: "GET",
			path: `${flows}/jobs/:id`,
			permissions: ["architect:job:view"],
			handle: ({ params, query }) => {
				const job = state.jobs.get(params.id ?? "");
				if (job === undefined) throw notFound("job", params.id ?? "");
				return { body: describeJob(job, query.get("expand") === "messages") };
			},
		},
		{
			method: "POST",
			path: `${flows}/actions/unlock`,
			permissions: ["architect:flow:unlock"],
			handle: ({ query }) => ({ body: describeFlow(state, findFlow(state, query.get("flow") ?? "")) }),
		},
	];
}

function publishedRoutes(state: State): Route[] {
	return [
		{
			method: "GET",
			path: flows,
			permissions: ["architect:flow:view"],
			handle: ({ query }) => {
				const name = query.get("name")?.toLowerCase();
				const named = [...state.flows.values()].filter((flow) => name === undefined || flow.name.toLowerCase() === name);
				return {
					body: page(
						named.map((flow) => describeFlow(state, flow)),
						query,
						flows,
					),
				};
			},
		},
		{
			method: "GET",
			path: `${flows}/:id`,
			permissions: ["architect:flow:view"],
			handle: ({ params }) => ({ body: describeFlow(state, findFlow(state, params.id ?? "")) }),
		},
		{
			method: "DELETE",
			path: `${flows}/:id`,
			permissions: ["architect:flow:delete"],
			handle: ({ params }) => {
				state.flows.delete(findFlow(state, params.id ?? "").id);
				return { status: 204 };
			},
		},
	];
}

/** The upload: no token, but the job's headers. The flow is published when it arrives, so the first poll has the result. */
export function receiveUpload({ state }: Emulator): (context: Context) => Promise<Response> {
	return async (context) => {
		const job = state.jobs.get(context.req.param("jobId") ?? "");
		const signed = Object.entries(uploadHeaders).every(([name, value]) => context.req.header(name) === value);
		if (job === undefined || job.status !== "Created" || !signed) {
			const error = new ApiError(
				403,
				"not.authorized",
				"The upload does not fit its presigned URL: unknown or used job, or a header is missing.",
			);
			return context.json(error.body(state.ids.uuid()), 403);
		}
		state.jobs.set(job.id, { ...job, ...publish(state, await context.req.text()) });
		return context.body(null, 200);
	};
}

/** One name is one flow: publishing it again makes its next version, another name another flow. */
function publish(state: State, text: string): Pick<Job, "status" | "flowId" | "messages"> {
	const checked = checkFlow(state, text);
	if ("problems" in checked) return { status: "Failure", flowId: undefined, messages: checked.problems };
	const { workflow } = checked;
	const before = [...state.flows.values()].find((flow) => flow.name.toLowerCase() === workflow.name.toLowerCase());
	const flow: Flow = {
		id: before?.id ?? state.ids.uuid(),
		name: workflow.name,
		description: workflow.description,
		version: (before?.version ?? 0) + 1,
		workflow,
		text,
	};
	state.flows.set(flow.id, flow);
	return { status: "Success", flowId: flow.id, messages: [] };
}

function findFlow(state: State, id: string): Flow {
	const flow = state.flows.get(id);
	if (flow === undefined) throw id === "" ? badRequest("flow: required", ["flow"]) : notFound("flow", id);
	return flow;
}

function describeJob(job: Job, expand: boolean): Record<string, unknown> {
	return {
		id: job.id,
		status: job.status === "Created" ? "Started" : job.status,
		command: "publish",
		...(job.flowId === undefined ? {} : { flow: { id: job.flowId, selfUri: `${flows}/${job.flowId}` } }),
		...(expand ? { messages: job.messages.map((text) => ({ type: "error", text })) } : {}),
		selfUri: `${flows}/jobs/${job.id}`,
	};
}

function describeFlow(state: State, flow: Flow): Record<string, unknown> {
	const version = { id: `${flow.version}.0`, commitVersion: `${flow.version}`, selfUri: `${flows}/${flow.id}/versions/${flow.version}.0` };
	return {
		id: flow.id,
		name: flow.name,
		description: flow.description,
		type: "WORKFLOW",
		division: homeDivision(state),
		active: true,
		system: false,
		deleted: false,
		publishedVersion: version,
		checkedInVersion: version,
		selfUri: `${flows}/${flow.id}`,
	};
}
