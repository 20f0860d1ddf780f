import { createHash } from "node:crypto";
import { type Context, Hono } from "hono";
import { Allowance } from "../../world/allowance.ts";
import type { EmulatorClock } from "../../world/clock.ts";
import type { GenieAlert } from "../opsgenie/alert.ts";
import { type AlertWorld, GenieAlerts } from "../opsgenie/alerts.ts";
import { integrationOf, serveIntegration } from "../opsgenie/integration.ts";
import { readQuery } from "../opsgenie/query.ts";

/** Each team has a key that sends, and an API token of the account that reads. */
export interface JsmWorld extends Omit<AlertWorld, "addTeam"> {
	/** The same in every run. */
	addTeam(team: string): { readonly integrationKey: string; readonly apiToken: string };
}

export interface JsmEmulator {
	readonly fetch: (request: Request) => Promise<Response>;
	readonly hosts: readonly [string];
	readonly world: JsmWorld;
}

interface Api {
	readonly alerts: GenieAlerts;
	readonly clock: EmulatorClock;
	readonly cloudId: string;
	readonly email: string;
	/** The key of a team by its token: both are revoked together. */
	readonly tokens: Map<string, string>;
	readonly allowance: Allowance;
}

/** The limit is not documented: an assumption. */
const readsPerMinute = 300;

/** Whether a request is for alerts: Jira's own APIs are on the same host. */
export const isForAlerts = (request: Request): boolean => new URL(request.url).pathname.startsWith("/jsm/ops/");

/** A site's alerts: integration events, and the list of the operations API (developer.atlassian.com, "JSM Operations API"). */
export function createJsm({ clock, cloudId, email }: Pick<Api, "clock" | "cloudId" | "email">): JsmEmulator {
	const alerts = new GenieAlerts("Jira Service Management", clock);
	const api = { alerts, clock, cloudId, email, tokens: new Map<string, string>(), allowance: new Allowance(readsPerMinute) };
	const app = new Hono();
	serveIntegration(app, "/jsm/ops/integration/v2/alerts", integrationOf({ alerts, clock, host: "integration", isForeign: () => false }));
	app.get("/jsm/ops/api/:cloudId/v1/alerts", (context) => refusal(api, context) ?? list(api, context));
	app.notFound(() => problem(404, "Not Found"));
	return { fetch: async (request) => app.fetch(request), hosts: ["api.atlassian.com"], world: worldOf(api) };
}

function worldOf({ alerts, tokens }: Api): JsmWorld {
	return {
		addTeam: (team) => {
			const integrationKey = alerts.addTeam(team);
			const apiToken = `ATATT3x${createHash("sha256").update(`api token:${team}`).digest("hex").slice(0, 40)}`;
			tokens.set(apiToken, integrationKey);
			return { integrationKey, apiToken };
		},
		begin: (fault) => alerts.begin(fault),
		revokeKey: (team) => alerts.revokeKey(team),
		change: (team, action, by) => alerts.change(team, action, by),
		act: (what, team, by) => alerts.act(what, team, by),
		alerts: () => alerts.alerts(),
	};
}

/** Basic authentication by the account's e-mail address and a token. */
function refusal({ alerts, clock, cloudId, email, tokens, allowance }: Api, context: Context): Response | undefined {
	const status = alerts.refusal("api");
	if (status !== undefined) return problem(status, "injected");
	const given = /^Basic (.+)$/.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
	const [user = "", token = ""] = Buffer.from(given, "base64").toString().split(":");
	const key = user === email ? tokens.get(token) : undefined;
	if (key === undefined || alerts.teamOf(key) === undefined) return problem(401, "Unauthorized");
	if (context.req.param("cloudId") !== cloudId) return problem(404, "Not Found");
	const { granted, resetSeconds } = allowance.take(token, clock.now());
	return granted ? undefined : problem(429, "Too Many Requests", { "Retry-After": `${resetSeconds}` });
}

/** Newest first, 20 at a time, unless told otherwise; at most 100. */
function list({ alerts, cloudId }: Api, context: Context): Response {
	const filter = readQuery(context.req.query("query") ?? "");
	if (filter === undefined) return problem(422, "Query is not valid");
	const [size, offset] = [Number(context.req.query("size") ?? 20), Number(context.req.query("offset") ?? 0)];
	if (!(size >= 1 && size <= 100)) return problem(422, "Size should be between 1 and 100");
	const found = alerts
		.existing()
		.filter(filter)
		.toSorted((one, other) => other.createdAt - one.createdAt);
	const ordered = context.req.query("order") === "asc" ? found.toReversed() : found;
	const isMore = offset + size < ordered.length;
	const next = `/jsm/ops/api/${cloudId}/v1/alerts?offset=${offset + size}&size=${size}`;
	return Response.json({
		values: ordered.slice(offset, offset + size).map(listedBody),
		links: isMore ? { next } : {},
		count: ordered.length,
	});
}

/** An alert in a list: who acknowledged or closed it is not there. */
function listedBody(alert: GenieAlert) {
	const { id, tinyId, alias, message, entity, source, status, acknowledged, snoozed, tags, count, owner, priority, team, closedAt } = alert;
	return {
		...{ id, tinyId, alias, message, entity, source, status, acknowledged, snoozed, tags, count, owner, priority },
		seen: acknowledged,
		createdAt: new Date(alert.createdAt).toISOString(),
		updatedAt: new Date(alert.updatedAt).toISOString(),
		lastOccuredAt: new Date(alert.lastOccurredAt).toISOString(),
		...(closedAt === undefined ? {} : { closeTime: new Date(closedAt).toISOString() }),
		integrationType: "API",
		integrationName: team,
		responders: [],
		actions: [],
	};
}

/** What the gateway's errors look like is not documented for this API: an assumption. */
const problem = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Response =>
	Response.json({ code: status, message }, { status, headers: { ...headers } });
