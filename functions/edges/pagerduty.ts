import { credentialOf } from "../../vendors/credentials.ts";
import { hostName } from "../../vendors/hosts.ts";
import { isKind } from "../../vendors/index.ts";
import { pagerduty } from "../../vendors/pagerduty.ts";
import type { ChannelOf } from "../../vendors/settings.ts";
import { parseIncidentKey, parseVendorKey } from "../pipeline/model/keys.ts";
import { clockToleranceMilliseconds } from "../pipeline/page/clock.ts";
import { pageSummary } from "../pipeline/page/words.ts";
import type { Budget, PageOrder, PageReading, Pager } from "../pipeline/ports.ts";
import { type Credentials, withCredentials } from "./credentials.ts";
import { failure, field, list, request } from "./http.ts";
import { timeoutSeconds } from "./timeouts.ts";

interface PagerDutyKeys {
	readonly routingKey: string;
	readonly apiToken: string;
}

export interface PagerDutyOptions {
	readonly fetch: typeof fetch;
	/** An account of the other region reads like a bad key. */
	readonly region: "us" | "eu";
	/** Two keys: the routing key sends and cannot read, the API token reads. */
	readonly credentials: Credentials<PagerDutyKeys>;
	readonly budget: Budget;
	readonly perMinute: number;
}

type VendorReason = NonNullable<Parameters<typeof request>[0]["vendorReason"]>;
type EventAction = "trigger" | "acknowledge" | "resolve";

const { system } = pagerduty;

/** One PagerDuty service: events by its routing key (Events API v2), read back by REST. Throws only EdgeError. */
export function pagerDuty(options: PagerDutyOptions): Pager {
	const event = (order: PageOrder, action: EventAction): Promise<string> =>
		withCredentials(options.credentials, (keys) => enqueue(options, keys, order, action));
	return {
		send: async (order) => ({ receipt: await event(order, "trigger") }),
		read: (order) => withCredentials(options.credentials, (keys) => read(options, keys, order)),
		acknowledge: async (order) => {
			await event(order, "acknowledge");
		},
		resolve: async (order) => ({ receipt: await event(order, "resolve") }),
	};
}

/** No page's key: a vendor key is an incident's. */
const checkKey = "credentials-check";

/**
 * Whether both keys of a service are taken, without paging anybody: the token reads the service's incidents, as it does to read a page back; the
 * routing key resolves what was never opened, which PagerDuty drops. Throws EdgeError.
 */
export async function proveKeys(options: PagerDutyOptions, channel: ChannelOf<"pagerduty">): Promise<void> {
	await withCredentials(options.credentials, async ({ apiToken }) => {
		await options.budget.take(`${credentialOf(channel)}:read`, options.perMinute);
		await listIncidents(
			options,
			apiToken,
			{ incident_key: checkKey, "service_ids[]": channel.serviceId, limit: "1" },
			"a read by the API token",
		);
	});
	await withCredentials(options.credentials, async ({ routingKey }) => {
		await options.budget.take(credentialOf(channel), options.perMinute);
		const event = { routing_key: routingKey, event_action: "resolve", dedup_key: checkKey };
		// There is nothing else in this event that could be refused: a 400 means the key.
		await sendEvent(options, event, "an event by the routing key", (status) => (status === 400 ? "unauthorized" : undefined));
	});
}

/** The same key with an incident open is one more log entry, so sending again pages nobody twice. */
async function enqueue(options: PagerDutyOptions, { routingKey }: PagerDutyKeys, order: PageOrder, action: EventAction): Promise<string> {
	await options.budget.take(credentialOf(channelOf(order)), options.perMinute);
	const event = { routing_key: routingKey, event_action: action, dedup_key: order.vendorKey };
	const json = await sendEvent(options, action === "trigger" ? { ...event, payload: payload(order) } : event, `the ${action} event`);
	const receipt = field(json, "dedup_key");
	return typeof receipt === "string" && receipt !== "" ? receipt : order.vendorKey;
}

async function sendEvent(options: PagerDutyOptions, event: unknown, name: string, vendorReason?: VendorReason): Promise<unknown> {
	const answer = await request({
		fetch: options.fetch,
		url: `https://${hostName(pagerduty, "events", { region: options.region })}/v2/enqueue`,
		method: "POST",
		headers: { "content-type": "application/json", accept: "application/json" },
		body: JSON.stringify(event),
		timeoutSeconds: timeoutSeconds.vendor,
		system,
		name,
		...(vendorReason === undefined ? {} : { vendorReason }),
	});
	return answer.json;
}

function payload(order: PageOrder) {
	const parts = parseIncidentKey(parseVendorKey(order.vendorKey)?.key ?? "");
	return {
		summary: pageSummary(order),
		source: order.source,
		severity: pagerduty.severities[order.severity],
		...(parts === undefined ? {} : { component: parts.entityId, group: parts.environment }),
		custom_details: order.details,
	};
}

function channelOf(order: PageOrder): ChannelOf<"pagerduty"> {
	if (isKind("pagerduty", order.channel)) return order.channel;
	throw failure("misconfigured", `${system}: expected a page for a "pagerduty" channel, got "${order.channel.kind}"`);
}

/** Without `date_range=all` the API looks back one month only. */
async function read(options: PagerDutyOptions, { apiToken }: PagerDutyKeys, order: PageOrder): Promise<PageReading> {
	const channel = channelOf(order);
	const { serviceId } = channel;
	await options.budget.take(`${credentialOf(channel)}:read`, options.perMinute);
	const query = { incident_key: order.vendorKey, "service_ids[]": serviceId, date_range: "all", sort_by: "created_at:desc" };
	const incidents = await listIncidents(options, apiToken, query, "the list of incidents");
	const proofs = incidents.filter((incident) => proves(incident, order, serviceId));
	return reading(newest(proofs), order);
}

async function listIncidents(
	options: PagerDutyOptions,
	apiToken: string,
	query: Readonly<Record<string, string>>,
	name: string,
): Promise<readonly unknown[]> {
	const answer = await request({
		fetch: options.fetch,
		url: `https://${hostName(pagerduty, "api", { region: options.region })}/incidents?${new URLSearchParams(query)}`,
		method: "GET",
		headers: { authorization: `Token token=${apiToken}`, accept: "application/vnd.pagerduty+json;version=2" },
		timeoutSeconds: timeoutSeconds.vendor,
		system,
		name,
	});
	return list(answer.json, "incidents", system);
}

/**
 * Key, service and time must match; the clocks of two systems may differ (`clockToleranceMilliseconds`).
 * An incident that is older than the intent proves it too when its status changed since: that is how a resolve and an acknowledgement are read back.
 */
function proves(incident: unknown, order: PageOrder, serviceId: string): boolean {
	if (field(incident, "incident_key") !== order.vendorKey || field(field(incident, "service"), "id") !== serviceId) return false;
	const intended = order.intendedAt - clockToleranceMilliseconds;
	const changed = field(incident, "status") !== "triggered" && instant(incident, "last_status_change_at") >= intended;
	return changed || instant(incident, "created_at") >= intended;
}

function newest(incidents: readonly unknown[]): unknown {
	return incidents.toSorted((one, other) => instant(other, "created_at") - instant(one, "created_at"))[0];
}

function instant(incident: unknown, name: string): number {
	const parsed = Date.parse(String(field(incident, name)));
	return Number.isNaN(parsed) ? 0 : parsed;
}

function reading(incident: unknown, order: PageOrder): PageReading {
	if (incident === undefined) return { state: "absent" };
	const status = field(incident, "status");
	const receipt = order.vendorKey;
	if (status === "triggered") return { state: "delivered", receipt };
	if (status !== "acknowledged" && status !== "resolved") {
		throw failure("malformed", `${system}: expected a status of triggered, acknowledged or resolved, got another`);
	}
	const by = field(field(incident, "last_status_change_by"), "summary");
	return typeof by === "string" && by !== "" ? { state: status, receipt, by } : { state: status, receipt };
}
