import { entriesOf, type JsonTemplate } from "./call.ts";
import { pagerdutyInbound } from "./inbound/pagerduty.ts";
import { givenName } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

/** An event: its key is in the body, there is no Authorization header. Source: developer.pagerduty.com, "Send an alert event". */
const event = (action: "trigger" | "acknowledge" | "resolve", key: string, rest: { readonly [name: string]: JsonTemplate } = {}) =>
	({
		words: `the ${action} event`,
		method: "POST",
		host: "events",
		path: "/v2/enqueue",
		headers: { "Content-Type": "application/json", Accept: "application/json" },
		body: { json: { routing_key: "{credential.routingKey}", event_action: action, dedup_key: key, ...rest } },
	}) as const;

/** What an event without a payload says, and how it is answered. */
const ofKey = {
	inputs: { dedupKey: "page.key" },
	outputs: { status: "status", dedupKey: "dedup_key" },
	receipt: "dedupKey",
	receiptOtherwise: "dedupKey",
} as const;

const rest = {
	method: "GET",
	host: "api",
	headers: { Authorization: "Token token={credential.apiToken}", Accept: "application/vnd.pagerduty+json;version=2" },
} as const;

const incidents = { ...rest, path: "/incidents", list: "incidents" } as const;

/** No page's key: a dedup key is an incident's. */
const checkKey = "credentials-check";

/** PagerDuty: events by Events API v2, read back by the REST API. */
export const pagerduty = {
	system: "PagerDuty",
	traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
	// The Events API refuses every other word.
	severities: { critical: "critical", high: "error", medium: "warning", low: "info" },
	account: {
		key: "pagerduty",
		settings: { region: { oneOf: ["us", "eu"], usual: "us", about: "Where the PagerDuty account lives." } },
	},
	channel: {
		service: { ...givenName, about: "The PagerDuty service as this stack names it: one integration, credential and secret for each." },
		serviceId: {
			pattern: /^P[A-Z0-9]{6,13}$/,
			expected: "a PagerDuty service id (P and 6 to 13 capitals or digits, at the end of the service's address)",
			about: "PagerDuty's own id of that service, which a proof must match.",
		},
	},
	// An account of the other region reads like a bad key.
	hosts: {
		events: {
			name: { setting: "region", names: { us: "events.pagerduty.com", eu: "events.eu.pagerduty.com" } },
			limit: { requestsPerMinute: 120, per: "integration key" },
			source: 'developer.pagerduty.com, "Send an alert event"',
		},
		api: {
			name: { setting: "region", names: { us: "api.pagerduty.com", eu: "api.eu.pagerduty.com" } },
			limit: { requestsPerMinute: 960, per: "REST API key" },
			source: 'developer.pagerduty.com, "List incidents"',
		},
	},
	credential: {
		name: "pagerduty",
		per: "service",
		fixes: { serviceId: "the id" },
		words: "The keys of the PagerDuty service",
		genesys: { type: "userDefined", fields: { routingKey: "routingKey", apiToken: "apiToken" } },
		notes: 'Pages through the PagerDuty service "{service}" and reads the page back.',
	},
	secrets: {
		routingKey: "The integration key of the service (Events API v2): it sends, and cannot read.",
		apiToken: "A REST API key that may read incidents: it reads pages back.",
	},
	inbound: pagerdutyInbound,
	calls: {
		// The same key with an incident open is one more log entry, so sending again pages nobody twice. Accepted (202) is not paged.
		send: {
			verb: "Trigger",
			...event("trigger", "{dedupKey}", {
				payload: {
					summary: "{summary}",
					source: "{source}",
					severity: "{severity}",
					component: "{component}",
					group: "{group}",
					custom_details: { [entriesOf]: "{details}", body: "{body}" },
				},
			}),
			...ofKey,
			inputs: {
				dedupKey: "page.key",
				summary: "page.summary",
				source: "page.entityName",
				severity: "page.severity",
				component: "page.entityId",
				group: "page.environment",
				details: "page.details",
				body: "page.body",
			},
		},
		// An incident with alerts, as every service makes them today, has no key of its own (`incident_key: null`): the query finds it by those of its
		// alerts. Without date_range=all the API looks back one month only. Source: developer.pagerduty.com, "List incidents".
		read: {
			verb: "Read",
			...incidents,
			words: "the list of incidents",
			query: { incident_key: "{dedupKey}", "service_ids[]": "{serviceId}", date_range: "all", sort_by: "created_at:desc" },
			first: { limit: "1" },
			inputs: { dedupKey: "page.key", serviceId: "channel.serviceId" },
			outputs: { id: "id", serviceId: "service.id", status: "status", createdAt: "created_at" },
			reading: {
				matches: { serviceId: "serviceId" },
				createdAt: "createdAt",
				changedAt: "last_status_change_at",
				status: "status",
				states: { triggered: "delivered", acknowledged: "acknowledged", resolved: "resolved" },
				receipt: "id",
				by: "last_status_change_by.summary",
				recordId: "id",
			},
		},
		acknowledge: { verb: "Acknowledge", ...event("acknowledge", "{dedupKey}"), ...ofKey },
		resolve: { verb: "Resolve", ...event("resolve", "{dedupKey}"), ...ofKey },
		checks: [
			{
				...incidents,
				words: "a read by the API token",
				query: { incident_key: checkKey, "service_ids[]": "{serviceId}", limit: "1" },
				inputs: { serviceId: "channel.serviceId" },
			},
			// It ends what was never opened, which PagerDuty drops; there is nothing else in it that could be refused: a 400 means the key.
			{ ...event("resolve", checkKey), words: "an event by the routing key", inputs: {}, refusedBy: 400 },
		],
		// Source: developer.pagerduty.com, "Get a service".
		place: {
			...rest,
			words: "the service",
			path: "/services/{serviceId}",
			query: { "include[]": "integrations" },
			inputs: { serviceId: "channel.serviceId" },
			expects: [
				{
					field: "service.status",
					must: { notBe: ["disabled", "maintenance"] },
					words: "is in use",
					remedy: "Enable the service, or end its maintenance window: it makes no incidents.",
				},
				{
					field: "service.alert_grouping_parameters.type",
					must: { be: [null] },
					words: "does not group alerts",
					remedy: "Switch alert grouping off in the service's settings: a grouped page is never proven.",
				},
				{
					field: "service.integrations.*.integration_key",
					must: { holdSecret: "routingKey" },
					words: "has the routing key",
					remedy: "Take the key of an Events API v2 integration of this very service.",
				},
			],
		},
	},
} as const satisfies Vendor;
