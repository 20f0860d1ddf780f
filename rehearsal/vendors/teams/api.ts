import { Allowance } from "../../world/allowance.ts";
import type { EmulatorClock } from "../../world/clock.ts";
import { basePath, host, TeamsFlows, type TeamsWorld } from "./flows.ts";

export interface TeamsEmulator {
	readonly fetch: (request: Request) => Promise<Response>;
	readonly hosts: readonly [string];
	readonly world: TeamsWorld;
}

/** What a webhook takes is documented nowhere: an assumption, far below what the platform takes of flows. */
const callsPerMinute = 100;

const path = new RegExp(`^${basePath}/([0-9a-f]{32})/triggers/manual/paths/invoke/?$`);

/**
 * The webhook of a flow whose trigger is "When a Teams webhook request is received", for anyone who has its address. What it answers to a wrong one
 * is documented nowhere; the codes are those that its callers report.
 */
export function createTeams({ clock }: { readonly clock: EmulatorClock }): TeamsEmulator {
	const flows = new TeamsFlows(clock);
	const allowance = new Allowance(callsPerMinute);
	const isThrottled = (flow: string): boolean => !allowance.take(flow, clock.now()).granted;
	return { fetch: (request) => invoke(flows, isThrottled, request), hosts: [host], world: flows };
}

async function invoke(flows: TeamsFlows, isThrottled: (flow: string) => boolean, request: Request): Promise<Response> {
	const fault = flows.refusal();
	if (fault !== undefined) return problem(fault.status, "ServiceUnavailable", "injected");
	const { pathname, searchParams } = new URL(request.url);
	const id = path.exec(pathname)?.[1];
	if (id === undefined) return problem(404, "RouteNotFound", "The request URI does not match any known API routes.");
	if (request.method !== "POST") return problem(405, "MethodNotAllowed", "The trigger takes requests of method 'POST'.");
	const flow = flows.flow(id);
	if (flow === undefined) return problem(404, "WorkflowNotFound", `The workflow '${id}' could not be found.`);
	const signature = searchParams.get("sig");
	if (signature === null)
		return problem(401, "DirectApiAuthorizationRequired", "The request must be authenticated only by Shared Access scheme.");
	if (!flows.knows(flow, signature))
		return problem(401, "DirectApiInvalidAuthorizationSignature", "The provided authorization signature is not valid.");
	if (flow.state !== "Enabled")
		return problem(400, "WorkflowTriggerIsNotEnabled", `Could not execute workflow trigger 'manual' with state '${flow.state}'.`);
	if (isThrottled(id)) return problem(429, "TooManyRequests", "Rate limit is exceeded.", { "retry-after": "60" });
	const body = await readBody(request);
	if (body === undefined)
		return problem(400, "TriggerInputSchemaMismatch", "The input body for trigger 'manual' did not match its schema definition.");
	flows.run(flow, body);
	return new Response(null, { status: 202 });
}

/** A JSON object that is said to be one. */
async function readBody(request: Request): Promise<Readonly<Record<string, unknown>> | undefined> {
	const text = await request.text();
	if (request.headers.get("content-type")?.startsWith("application/json") !== true) return undefined;
	try {
		const json: unknown = JSON.parse(text);
		return typeof json === "object" && json !== null && !Array.isArray(json) ? { ...json } : undefined;
	} catch {
		return undefined;
	}
}

const problem = (status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}): Response =>
	Response.json({ error: { code, message } }, { status, headers: { ...headers } });
