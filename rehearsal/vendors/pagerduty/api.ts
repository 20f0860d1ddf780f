import { type Context, Hono } from "hono";
import { Allowance } from "../../world/allowance.ts";
import type { EmulatorClock } from "../../world/clock.ts";
import { PagerDutyAccount, type PagerDutyIncident, type PagerDutyWorld } from "./account.ts";
import { readEvent } from "./events.ts";
import { resolveReason } from "./incident.ts";

export type { PagerDutyWorld } from "./account.ts";

export interface PagerDutyEmulator {
	readonly app: Hono;
	readonly fetch: (request: Request) => Promise<Response>;
	/** The hosts of its region: events, then REST. */
	readonly hosts: readonly [string, string];
	readonly world: PagerDutyWorld;
}

interface Api {
	readonly account: PagerDutyAccount;
	readonly clock: EmulatorClock;
	/** The hosts of the other region: they know none of this account's keys. */
	readonly foreign: readonly string[];
	readonly eventAllowance: Allowance;
	readonly readAllowance: Allowance;
}

const eventsPerMinute = 120;
const readsPerMinute = 960;
const month = 30 * 86_400_000;

/** PagerDuty as one account of one region sees it: Events API v2 and the reading of incidents by REST (PagerDuty/api-schema 2026-08-14). */
export function createPagerDuty(options: { readonly clock: EmulatorClock; readonly region: "us" | "eu" }): PagerDutyEmulator {
	const account = new PagerDutyAccount(options.clock);
	const api: Api = {
		account,
		clock: options.clock,
		foreign: hostsOf(options.region === "us" ? "eu" : "us"),
		eventAllowance: new Allowance(eventsPerMinute),
		readAllowance: new Allowance(readsPerMinute),
	};
	const app = new Hono();
	app.post("/v2/enqueue", (context) => enqueue(api, context));
	app.get("/incidents", (context) => listIncidents(api, context));
	app.get("/incidents/:id", (context) => oneIncident(api, context, (incident) => ({ incident: incidentBody(incident) })));
	app.get("/incidents/:id/alerts", (context) => oneIncident(api, context, (incident) => alertsBody(incident, context)));
	app.get("/services/:id", (context) => oneService(api, context));
	app.notFound(() => problem(404, 2100, "Not Found"));
	return { app, fetch: async (request) => app.fetch(request), hosts: hostsOf(options.region), world: account };
}

function hostsOf(region: "us" | "eu"): readonly [string, string] {
	const infix = region === "eu" ? ".eu" : "";
	return [`events${infix}.pagerduty.com`, `api${infix}.pagerduty.com`];
}

async function enqueue(api: Api, context: Context): Promise<Response> {
	const event = readEvent(await context.req.text());
	const service = "problems" in event || isForeign(api, context) ? undefined : api.account.serviceOf(event.routingKey);
	const fault = api.account.fault(service === undefined ? [] : [service.id], "events");
	if (fault !== undefined && "status" in fault) return answer(fault.status, { status: "error", message: fault.message });
	if ("problems" in event) return invalid(event.problems);
	// What becomes of a well-formed key that no service has is not documented: an assumption, the one that is noticed soonest.
	if (service === undefined) return invalid(["Invalid routing key"]);
	if (!api.eventAllowance.take(service.routingKey, api.clock.now()).granted) {
		return answer(429, { status: "throttle exceeded", message: "Requests for this service are arriving too quickly. Please retry later." });
	}
	return answer(202, { status: "success", message: "Event processed", dedup_key: api.account.take(service, event) });
}

function listIncidents(api: Api, context: Context): Response {
	const services = context.req.queries("service_ids[]") ?? [];
	const refused = readRefusal(api, context, services);
	if (refused !== undefined) return refused;
	const key = context.req.query("incident_key");
	const statuses = context.req.queries("statuses[]") ?? [];
	const since = context.req.query("date_range") === "all" ? Number.NEGATIVE_INFINITY : api.clock.now() - month;
	const found = api.account
		.incidents()
		.filter(
			(each) =>
				(key === undefined || each.alerts.some((alert) => alert.key === key)) &&
				(services.length === 0 || services.includes(each.serviceId)) &&
				(statuses.length === 0 || statuses.includes(each.status)) &&
				each.createdAt >= since,
		);
	const ordered = context.req.query("sort_by") === "created_at:desc" ? found.toReversed() : found;
	const limit = Math.min(100, Number(context.req.query("limit") ?? 25));
	const offset = Number(context.req.query("offset") ?? 0);
	const page = ordered.slice(offset, offset + limit).map(incidentBody);
	return answer(200, { incidents: page, limit, offset, total: null, more: ordered.length > offset + limit });
}

function oneIncident(api: Api, context: Context, body: (incident: PagerDutyIncident) => unknown): Response {
	const incident = api.account.incidents().find(({ id }) => id === context.req.param("id"));
	const refused = readRefusal(api, context, incident === undefined ? [] : [incident.serviceId]);
	if (refused !== undefined) return refused;
	return incident === undefined ? problem(404, 2100, "Not Found") : answer(200, body(incident));
}

/** "List alerts for an incident": all of them, or those of one key. */
function alertsBody(incident: PagerDutyIncident, context: Context) {
	const key = context.req.query("alert_key");
	const alerts = incident.alerts.filter((alert) => key === undefined || alert.key === key);
	const reference = { id: incident.id, type: "incident_reference" };
	return {
		alerts: alerts.map((alert) => ({
			type: "alert",
			summary: alert.summary,
			status: alert.isResolved ? "resolved" : "triggered",
			alert_key: alert.key,
			created_at: wholeSeconds(alert.createdAt),
			incident: reference,
		})),
		limit: 25,
		offset: 0,
		total: null,
		more: false,
	};
}

/** As far as it says where pages arrive. Integrations come whole where they are asked for, elsewhere as references ("Get a service"). */
function oneService(api: Api, context: Context): Response {
	const service = api.account.service(context.req.param("id") ?? "");
	const refused = readRefusal(api, context, service === undefined ? [] : [service.id]);
	if (refused !== undefined) return refused;
	if (service === undefined) return problem(404, 2100, "Not Found");
	const { id, name, status, grouping } = service;
	const isWhole = context.req.queries("include[]")?.includes("integrations") ?? false;
	const type = `events_api_v2_inbound_integration${isWhole ? "" : "_reference"}`;
	const integrations = api.account.keys.of(service).map(({ routingKey }, index) => {
		const integration = { id: `${id}EV2${index === 0 ? "" : index + 1}`, type, summary: "Events API V2" };
		return isWhole ? { ...integration, integration_key: routingKey } : integration;
	});
	return answer(200, { service: { id, type: "service", name, status, alert_grouping_parameters: { type: grouping }, integrations } });
}

function readRefusal(api: Api, context: Context, serviceIds: readonly string[]): Response | undefined {
	const fault = api.account.fault(serviceIds, "rest");
	if (fault !== undefined && "status" in fault) return problem(fault.status, 2001, fault.message);
	const token = /^Token token=(.+)$/.exec(context.req.header("authorization") ?? "")?.[1];
	if (token === undefined || isForeign(api, context) || !api.account.knowsToken(token)) return problem(401, 2006, "Authentication failed");
	const { granted, limit, remaining, resetSeconds } = api.readAllowance.take(token, api.clock.now());
	if (granted) return undefined;
	const headers = { "ratelimit-limit": `${limit}`, "ratelimit-remaining": `${remaining}`, "ratelimit-reset": `${resetSeconds}` };
	return problem(429, 2020, "Rate Limit Exceeded", headers);
}

function isForeign(api: Api, context: Context): boolean {
	return api.foreign.includes(new URL(context.req.url).host);
}

function incidentBody(incident: PagerDutyIncident) {
	const service = { id: incident.serviceId, type: "service_reference", summary: incident.serviceName };
	const { summary, person } = incident.changedBy;
	const agent = {
		...(person ? { id: "PPERSON", type: "user_reference" } : { id: incident.serviceId, type: "service_reference" }),
		summary,
	};
	return {
		id: incident.id,
		type: "incident",
		summary: `[#${incident.number}] ${incident.title}`,
		incident_number: incident.number,
		title: incident.title,
		status: incident.status,
		// Incidents with child alerts have none ("List incidents", `incident_key`): the key is their alert's.
		incident_key: null,
		service,
		created_at: wholeSeconds(incident.createdAt),
		last_status_change_at: wholeSeconds(incident.changedAt),
		last_status_change_by: agent,
		resolve_reason: resolveReason(incident),
		alert_counts: {
			all: incident.alerts.length,
			triggered: incident.alerts.filter(({ isResolved }) => !isResolved).length,
			resolved: incident.alerts.filter(({ isResolved }) => isResolved).length,
		},
		acknowledgements: incident.status === "acknowledged" ? [{ at: wholeSeconds(incident.changedAt), acknowledger: agent }] : [],
	};
}

/** PagerDuty's times have no fractions. */
function wholeSeconds(at: number): string {
	return `${new Date(at).toISOString().slice(0, 19)}Z`;
}

function invalid(errors: readonly string[]): Response {
	return answer(400, { status: "invalid event", message: "Event object is invalid", errors });
}

function problem(status: number, code: number, message: string, headers: Readonly<Record<string, string>> = {}): Response {
	return answer(status, { error: { message, code } }, headers);
}

function answer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Response {
	return Response.json(body, { status, headers: { ...headers } });
}
