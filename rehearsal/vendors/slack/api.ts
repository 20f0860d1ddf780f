import { Allowance } from "../../world/allowance.ts";
import type { EmulatorClock } from "../../world/clock.ts";
import type { SlackAnswer } from "./answer.ts";
import { readArguments, textOf } from "./arguments.ts";
import { type Method, methods } from "./methods.ts";
import { SlackWorkspace, type SlackWorld } from "./workspace.ts";

export interface SlackEmulator {
	readonly fetch: (request: Request) => Promise<Response>;
	readonly world: SlackWorld;
}

interface Api {
	readonly clock: EmulatorClock;
	readonly workspace: SlackWorkspace;
	readonly allowances: Map<string, Allowance>;
	/** When each channel was last posted to. */
	readonly posted: Map<string, number>;
}

/** docs.slack.dev, "Rate limits": one message a second in each channel. Bursts are let pass there and promised to nobody: here there are none. */
const postMilliseconds = 1000;

/** Slack's Web API as one app in one workspace sees it (docs.slack.dev, "Slack Web API" and the page of each method). A no is a 200, too. */
export function createSlack({ clock }: { readonly clock: EmulatorClock }): SlackEmulator {
	const workspace = new SlackWorkspace(clock);
	const api = { clock, workspace, allowances: new Map(), posted: new Map() };
	return { fetch: (request) => answerTo(api, request), world: workspace };
}

async function answerTo(api: Api, request: Request): Promise<Response> {
	const { workspace } = api;
	const fault = workspace.refusal();
	if (fault !== undefined && "status" in fault) return Response.json({ ok: false, error: fault.message }, { status: fault.status });
	const name = /^\/api\/([\w.]+)$/.exec(new URL(request.url).pathname)?.[1];
	if (name === undefined)
		return new Response("<!doctype html><title>Slack</title>", { status: 404, headers: { "content-type": "text/html" } });
	const read = await readArguments(request);
	if ("error" in read) return said(read);
	const refused = authentication(workspace, request, read.given);
	if (refused !== undefined) return said({ error: refused });
	const method = methods[name];
	if (method === undefined) return said({ error: "unknown_method" });
	if (fault !== undefined) return said({ error: fault.error });
	const missing = missingScope(workspace, method, read.given);
	if (missing !== undefined) return said({ error: "missing_scope", needed: missing, provided: workspace.scopes.join(",") });
	const waits = secondsToWait(api, name, method, read.given);
	if (waits !== undefined) return tooMany(waits);
	return said(method.run(workspace, read.given));
}

/** A bot's token that was revoked is of an account that is inactive; any other that is not known is invalid. */
function authentication(workspace: SlackWorkspace, request: Request, given: Readonly<Record<string, unknown>>): string | undefined {
	const inHeader = /^Bearer (.+)$/.exec(request.headers.get("authorization") ?? "")?.[1];
	// A token in a query is taken from no app of today.
	const token = inHeader ?? (request.method === "POST" ? textOf(given, "token") : "");
	if (token === "") return "not_authed";
	if (token !== workspace.botToken) return "invalid_auth";
	return workspace.isRevoked ? "account_inactive" : undefined;
}

function missingScope(workspace: SlackWorkspace, { scopes }: Method, given: Readonly<Record<string, unknown>>): string | undefined {
	const needed = workspace.channel(textOf(given, "channel"))?.isPrivate === true ? scopes.private : scopes.public;
	return needed === undefined || workspace.scopes.includes(needed) ? undefined : needed;
}

/** How long a call has to wait; undefined for one that is let pass, which counts. */
function secondsToWait(
	{ clock, allowances, posted }: Api,
	name: string,
	{ perMinute }: Method,
	given: Readonly<Record<string, unknown>>,
): number | undefined {
	const now = clock.now();
	if (perMinute !== undefined) {
		const allowance = allowances.get(name) ?? new Allowance(perMinute);
		allowances.set(name, allowance);
		const { granted, resetSeconds } = allowance.take(name, now);
		return granted ? undefined : resetSeconds;
	}
	const channel = textOf(given, "channel");
	const last = posted.get(channel);
	if (last !== undefined && now < last + postMilliseconds) return Math.ceil((last + postMilliseconds - now) / 1000);
	posted.set(channel, now);
	return undefined;
}

const tooMany = (seconds: number): Response =>
	Response.json({ ok: false, error: "ratelimited" }, { status: 429, headers: { "retry-after": `${seconds}` } });

const said = (answer: SlackAnswer): Response => Response.json({ ok: !("error" in answer), ...answer });
