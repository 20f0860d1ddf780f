import { alertChange, alertReading, asynchronousRequest, creation, finding, ofPage, severities } from "./genieAlerts.ts";
import { opsgenieInbound } from "./inbound/opsgenie.ts";
import { givenName } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

const json = { Authorization: "GenieKey {credential.apiKey}", Accept: "application/json" } as const;

const request = { ...asynchronousRequest, host: "api", headers: { ...json, "Content-Type": "application/json" } } as const;

const change = (action: "acknowledge" | "close") =>
	({ ...request, ...alertChange(action, "{note}"), ...ofPage, path: `/v2/alerts/{alias}/${action}` }) as const;

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
	severities,
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
		send: { ...request, ...creation, path: "/v2/alerts" },
		// A list, because an alert is got by its alias only while it is open.
		read: {
			...alerts,
			...finding,
			first: { limit: "1" },
			reading: { ...alertReading, states: { open: "delivered", closed: "resolved" }, by: "report.acknowledgedBy" },
		},
		acknowledge: { verb: "Acknowledge", ...change("acknowledge") },
		resolve: { verb: "Close", ...change("close") },
		// A key that is none by its looks is answered with 422.
		checks: [{ ...alerts, words: "a read by the key", query: { limit: "1" }, inputs: {}, refusedBy: 422 }],
	},
} as const satisfies Vendor;
