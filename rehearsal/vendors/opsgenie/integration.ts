import type { Context, Hono } from "hono";
import { Allowance } from "../../world/allowance.ts";
import type { EmulatorClock } from "../../world/clock.ts";
import type { GenieAlert } from "./alert.ts";
import { type GenieAlerts, uuid } from "./alerts.ts";
import { objectOf, readChange, readDraft } from "./payload.ts";

/** The API of an integration, by the word of faults for its host. */
export interface Integration {
	readonly alerts: GenieAlerts;
	readonly clock: EmulatorClock;
	readonly host: string;
	/** Whether a request came to a host that knows none of this account's keys. */
	readonly isForeign: (context: Context) => boolean;
	readonly allowance: Allowance;
}

/** The limit depends on the plan and on the number of users: an assumption. */
const requestsPerMinute = 300;
const actions = ["acknowledge", "unacknowledge", "close"] as const;
const key = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export const integrationOf = (options: Omit<Integration, "allowance">): Integration => ({
	...options,
	allowance: new Allowance(requestsPerMinute),
});

/** Serves what an integration's key may do with alerts: create, change, and see what became of that (opsgenie/opsgenie-python-sdk). */
export function serveIntegration(app: Hono, path: string, api: Integration): void {
	app.post(path, (context) => withTeam(api, context, (team) => create(api, context, team)));
	app.get(`${path}/requests/:id`, (context) => withTeam(api, context, () => requestStatus(api, context)));
	for (const action of actions) {
		app.post(`${path}/:identifier/${action}`, (context) => withTeam(api, context, () => change(api, context, action)));
	}
}

/** The key's looks are judged before its value, and the limit after both. */
export async function withTeam(
	{ alerts, clock, host, isForeign, allowance }: Integration,
	context: Context,
	how: (team: string) => Response | Promise<Response>,
): Promise<Response> {
	const status = alerts.refusal(host);
	if (status !== undefined) return problem(status, "injected");
	const given = /^GenieKey (.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
	if (given === undefined) return problem(401, "Could not authenticate");
	if (!key.test(given)) return problem(422, "Key format is not valid!");
	const team = isForeign(context) ? undefined : alerts.teamOf(given);
	if (team === undefined) return problem(401, "Could not authenticate");
	const { granted, resetSeconds } = allowance.take(given, clock.now());
	return granted ? how(team) : throttled(resetSeconds);
}

async function create({ alerts }: Integration, context: Context, team: string): Promise<Response> {
	const body = await bodyOf(context);
	if (body instanceof Response) return body;
	const draft = readDraft(body);
	return "errors" in draft ? unprocessable(draft.errors) : accepted(alerts.create(team, draft));
}

/** The body may be left out. */
async function change({ alerts }: Integration, context: Context, action: (typeof actions)[number]): Promise<Response> {
	const body = await bodyOf(context, {});
	if (body instanceof Response) return body;
	const find = identified(context);
	if (find === undefined) return unprocessable({ identifierType: "Identifier type should be one of [id, alias, tiny]" });
	const asked = readChange(action, body);
	return "errors" in asked ? unprocessable(asked.errors) : accepted(alerts.request(find, asked));
}

async function bodyOf(
	context: Context,
	otherwise?: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, unknown>> | Response> {
	const text = await context.req.text();
	if (text === "" && otherwise !== undefined) return otherwise;
	if (!(context.req.header("content-type") ?? "").startsWith("application/json")) return problem(415, "Content-Type is not supported");
	return objectOf(text) ?? problem(400, "Could not parse request body as JSON");
}

/** Whether an alert is the one that the path names; undefined for a way of naming it that there is not. */
export function identified(context: Context): ((alert: GenieAlert) => boolean) | undefined {
	const identifier = context.req.param("identifier") ?? "";
	switch (context.req.query("identifierType") ?? "id") {
		case "id":
			return ({ id }) => id === identifier;
		case "tiny":
			return ({ tinyId }) => tinyId === identifier;
		// By alias only what is open is found.
		case "alias":
			return ({ alias, status }) => alias === identifier && status === "open";
		default:
			return undefined;
	}
}

/** A request that is not processed yet is unknown, and so is one that never will be. */
function requestStatus({ alerts }: Integration, context: Context): Response {
	const found = alerts.requestStatus(context.req.param("id") ?? "");
	if (found === undefined) return problem(404, "Request not found. It might not be processed, yet.");
	return answer(200, { data: { ...found, success: found.isSuccess, processedAt: new Date(found.processedAt).toISOString() } });
}

const accepted = (requestId: string): Response => answer(202, { result: "Request will be processed", requestId });

function throttled(seconds: number): Response {
	const headers = { "X-RateLimit-State": "THROTTLED", "X-RateLimit-Reason": "ACCOUNT", "X-RateLimit-Period-In-Sec": `${seconds}` };
	return answer(429, { message: "You are making too many requests!" }, headers);
}

const unprocessable = (errors: Readonly<Record<string, string>>): Response =>
	answer(422, { message: "Request body is not processable. Please check the errors.", errors });

/** The vendor's error body. */
export const problem = (status: number, message: string): Response => answer(status, { message });

export function answer(status: number, body: Readonly<Record<string, unknown>>, headers: Readonly<Record<string, string>> = {}): Response {
	const requestId = uuid(JSON.stringify(body));
	return Response.json({ took: 0.01, requestId, ...body }, { status, headers: { "X-RateLimit-State": "OK", ...headers } });
}
