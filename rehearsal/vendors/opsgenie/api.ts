import { type Context, Hono } from "hono";
import type { EmulatorClock } from "../../world/clock.ts";
import type { GenieAlert } from "./alert.ts";
import { type AlertWorld, GenieAlerts } from "./alerts.ts";
import { answer, type Integration, identified, integrationOf, problem, serveIntegration, withTeam } from "./integration.ts";
import { readQuery } from "./query.ts";

export interface OpsgenieEmulator {
	readonly fetch: (request: Request) => Promise<Response>;
	readonly hosts: readonly [string];
	readonly world: AlertWorld;
}

const path = "/v2/alerts";
const names = { us: "api.opsgenie.com", eu: "api.eu.opsgenie.com" } as const;

/** Opsgenie as one account of one region sees it: Alert API v2 (docs.opsgenie.com, opsgenie/opsgenie-python-sdk). */
export function createOpsgenie({ clock, region }: { readonly clock: EmulatorClock; readonly region: "us" | "eu" }): OpsgenieEmulator {
	const alerts = new GenieAlerts("Opsgenie", clock);
	const isForeign = (context: Context): boolean => new URL(context.req.url).host !== names[region];
	const api = integrationOf({ alerts, clock, host: "api", isForeign });
	const app = new Hono();
	serveIntegration(app, path, api);
	app.get(path, (context) => withTeam(api, context, () => list(api, context)));
	app.get(`${path}/:identifier`, (context) => withTeam(api, context, () => one(api, context)));
	app.notFound(() => problem(404, "No handler found for this request"));
	return { fetch: async (request) => app.fetch(request), hosts: [names[region]], world: alerts };
}

/** Newest first, 20 at a time, unless told otherwise; at most 100. */
function list({ alerts }: Integration, context: Context): Response {
	const filter = readQuery(context.req.query("query") ?? "");
	if (filter === undefined) return problem(422, "Search query is not valid!");
	const [limit, offset] = [Number(context.req.query("limit") ?? 20), Number(context.req.query("offset") ?? 0)];
	if (!(limit >= 1 && limit <= 100)) return problem(422, "Limit should be between 1 and 100");
	const byTime = context.req.query("sort") === "updatedAt" ? "updatedAt" : "createdAt";
	const found = alerts
		.existing()
		.filter(filter)
		.toSorted((one, other) => other[byTime] - one[byTime]);
	const ordered = context.req.query("order") === "asc" ? found.toReversed() : found;
	return answer(200, { data: ordered.slice(offset, offset + limit).map(listedBody), paging: {} });
}

function one({ alerts }: Integration, context: Context): Response {
	const find = identified(context);
	if (find === undefined) return problem(422, "Identifier type should be one of [id, alias, tiny]");
	const alert = alerts.existing().find(find);
	if (alert === undefined) return problem(404, "Alert does not exist");
	const { description, entity, details } = alert;
	return answer(200, { data: { ...listedBody(alert), description, entity, details, actions: [] } });
}

/** An alert in a list: without its description, its details and what it is about. */
function listedBody(alert: GenieAlert) {
	const { id, tinyId, alias, message, status, acknowledged, snoozed, tags, count, source, owner, priority, team } = alert;
	const { acknowledgedBy, closedBy, closedAt } = alert;
	const report = {
		...(acknowledgedBy === undefined ? {} : { acknowledgedBy }),
		...(closedBy === undefined ? {} : { closedBy, closeTime: (closedAt ?? alert.updatedAt) - alert.createdAt }),
	};
	return {
		...{ id, tinyId, alias, message, status, acknowledged, snoozed, tags, count, source, owner, priority },
		isSeen: acknowledged,
		createdAt: new Date(alert.createdAt).toISOString(),
		updatedAt: new Date(alert.updatedAt).toISOString(),
		lastOccurredAt: new Date(alert.lastOccurredAt).toISOString(),
		integration: { name: team, type: "API" },
		...(Object.keys(report).length === 0 ? {} : { report }),
	};
}
