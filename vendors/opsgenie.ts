import { alertUser, opsgenieInbound } from "./inbound/opsgenie.ts";
import { givenName } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

const json = { Authorization: "GenieKey {credential.apiKey}", Accept: "application/json" } as const;

/** Created, acknowledged and closed by requests that are done later: 202 and the id of the request are no more than an intent received. */
const request = {
	method: "POST",
	host: "api",
	headers: { ...json, "Content-Type": "application/json" },
	// The answer names no alias: our key stands for it.
	outputs: { requestId: "requestId", alias: "alias" },
	receipt: "alias",
	receiptOtherwise: "alias",
} as const;

/** By alias only what is open is changed; the note says what is new. `user` and `source` are at most 100 characters. */
const change = (action: "acknowledge" | "close") =>
	({
		...request,
		words: `the request to ${action} an alert`,
		path: `/v2/alerts/{alias}/${action}`,
		query: { identifierType: "alias" },
		body: { json: { user: alertUser, source: "Genesys Cloud", note: "{note}" } },
		inputs: { alias: "page.key", note: "page.note" },
	}) as const;

const alerts = { method: "GET", host: "api", path: "/v2/alerts", headers: json, list: "data" } as const;

/**
 * Opsgenie: alerts by the Alert API v2, which one key sends and reads. Opsgenie and its REST API end on 2027-04-05; Jira Service Management
 * (`jsm`) takes over. Sources: docs.opsgenie.com, "Alert API", and the models of opsgenie/opsgenie-python-sdk.
 *
 * One alert of an alias is open in the whole account: two teams that are paged in the same tier share it.
 */
export const opsgenie = {
	system: "Opsgenie",
	traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
	severities: { critical: "P1", high: "P2", medium: "P3", low: "P4" },
	account: {
		key: "opsgenie",
		settings: { region: { oneOf: ["us", "eu"], usual: "us", about: "Where the Opsgenie account lives." } },
	},
	channel: {
		team: { ...givenName, about: "The Opsgenie team as this stack names it: one API integration, credential and secret for each." },
	},
	// An account of the other region reads like a bad key. How many requests a minute are taken depends on the plan and the number of users.
	hosts: {
		api: {
			name: { setting: "region", names: { us: "api.opsgenie.com", eu: "api.eu.opsgenie.com" } },
			source: 'docs.opsgenie.com, "API Overview" and "Rate Limiting"',
		},
	},
	credential: {
		name: "opsgenie",
		per: "team",
		words: "The key of the Opsgenie team",
		genesys: { type: "userDefined", fields: { apiKey: "apiKey" } },
		notes: 'Pages the Opsgenie team "{team}" and reads the alert back.',
	},
	secrets: { apiKey: "The key of an API integration of the team, with read access and create and update access." },
	inbound: opsgenieInbound,
	calls: {
		// The same alias with an alert open is one more occurrence of it, so sending again pages nobody twice.
		send: {
			...request,
			verb: "Create",
			words: "the request to create an alert",
			path: "/v2/alerts",
			body: {
				json: {
					message: "{message}",
					alias: "{alias}",
					description: "{description}",
					entity: "{entity}",
					source: "Genesys Cloud",
					priority: "{priority}",
					tags: ["environment:{environment}"],
					details: "{details}",
				},
			},
			inputs: {
				message: "page.title",
				alias: "page.key",
				description: "page.body",
				entity: "page.entityName",
				priority: "page.severity",
				environment: "page.environment",
				details: "page.details",
			},
		},
		// A list, because an alert is got by its alias only while it is open. Quoted: a colon ends the name of a field.
		read: {
			...alerts,
			verb: "Read",
			words: "the list of alerts",
			query: { query: 'alias:"{alias}"', sort: "createdAt", order: "desc" },
			first: { limit: "1" },
			inputs: { alias: "page.key" },
			outputs: { alias: "alias", status: "status", createdAt: "createdAt" },
			reading: {
				matches: { alias: "alias" },
				createdAt: "createdAt",
				changedAt: "updatedAt",
				status: "status",
				states: { open: "delivered", closed: "resolved" },
				acknowledged: { path: "acknowledged", value: true },
				receipt: "alias",
				by: "report.acknowledgedBy",
			},
		},
		acknowledge: { verb: "Acknowledge", ...change("acknowledge") },
		resolve: { verb: "Close", ...change("close") },
		// A key that is none by its looks is answered with 422.
		checks: [{ ...alerts, words: "a read by the key", query: { limit: "1" }, inputs: {}, refusedBy: 422 }],
	},
} as const satisfies Vendor;
