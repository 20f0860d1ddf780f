import { jsmInbound } from "./inbound/jsm.ts";
import { alertUser } from "./inbound/opsgenie.ts";
import { givenName } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

/** Created, acknowledged and closed by requests that are done later: 202 and the id of the request are no more than an intent received. */
const request = {
	method: "POST",
	host: "integration",
	headers: { Authorization: "GenieKey {credential.integrationKey}", Accept: "application/json", "Content-Type": "application/json" },
	// The answer names no alias: our key stands for it.
	outputs: { requestId: "requestId", alias: "alias" },
	receipt: "alias",
	receiptOtherwise: "alias",
} as const;

const integration = "/jsm/ops/integration/v2/alerts";

/** Changes what is open of an alias. That it may be named by its alias is in no reference; JSDCLOUD-14179 and Zabbix's media type for JSM say so. */
const change = (action: "acknowledge" | "close", alias: string, note: string) =>
	({
		...request,
		words: `the request to ${action} an alert`,
		path: `${integration}/${alias}/${action}`,
		query: { identifierType: "alias" },
		body: { json: { user: alertUser, source: "Genesys Cloud", note } },
	}) as const;

const ofPage = { inputs: { alias: "page.key", note: "page.note" } } as const;

const alerts = {
	method: "GET",
	host: "api",
	path: "/jsm/ops/api/{account.cloudId}/v1/alerts",
	headers: { Authorization: { basic: ["{credential.email}", "{credential.apiToken}"] }, Accept: "application/json" },
	list: "values",
} as const;

/** No page's key: an alias is an incident's. */
const checkKey = "credentials-check";

/**
 * Jira Service Management, which has taken over Opsgenie's alerts: one credential sends (integration events), another reads (operations). Source:
 * developer.atlassian.com, "JSM Operations API".
 *
 * One alert of an alias is open in the whole site: two teams that are paged in the same tier share it. A reader who may not see a team gets lists
 * without its alerts, and no error: its pages are never proven.
 */
export const jsm = {
	system: "Jira Service Management",
	traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
	severities: { critical: "P1", high: "P2", medium: "P3", low: "P4" },
	account: {
		key: "jsm",
		settings: {
			cloudId: {
				pattern: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
				expected: "the cloud id of the site, a UUID in lower case (https://<your site>.atlassian.net/_edge/tenant_info has it)",
				about: "The site whose alerts are read.",
			},
			email: {
				pattern: /^[^\s@:]+@[^\s@:]+$/,
				expected: "an e-mail address",
				about: "The Atlassian account that reads alerts; the API token is its own.",
			},
		},
	},
	channel: {
		team: { ...givenName, about: "The team as this stack names it: one API integration, credential and pair of secrets for each." },
	},
	// No limits are documented.
	hosts: {
		integration: { name: "api.atlassian.com", source: 'developer.atlassian.com, "JSM Operations API", integration events' },
		api: { name: "api.atlassian.com", source: 'developer.atlassian.com, "JSM Operations API", alerts' },
	},
	credential: {
		name: "jsm",
		per: "team",
		holds: ["email"],
		words: "The keys of the JSM team",
		genesys: { type: "userDefined", fields: { integrationKey: "integrationKey", email: "email", apiToken: "apiToken" } },
		notes: 'Pages the JSM team "{team}" and reads the alert back.',
	},
	secrets: {
		integrationKey: "The key of an API integration of the team: it sends, and cannot read.",
		apiToken: "An API token of the account that reads alerts: it reads pages back.",
	},
	inbound: jsmInbound,
	calls: {
		// The same alias with an alert open is one more occurrence of it, so sending again pages nobody twice.
		send: {
			...request,
			verb: "Create",
			words: "the request to create an alert",
			path: integration,
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
		// A list, because nothing else finds an alert by its alias once it is closed. Quoted: a colon ends the name of a field.
		read: {
			...alerts,
			verb: "Read",
			words: "the list of alerts",
			query: { query: 'alias:"{alias}"', sort: "createdAt", order: "desc" },
			first: { size: "1" },
			inputs: { alias: "page.key" },
			outputs: { alias: "alias", status: "status", createdAt: "createdAt" },
			reading: {
				matches: { alias: "alias" },
				createdAt: "createdAt",
				changedAt: "updatedAt",
				status: "status",
				// Lists were seen with "open" and "closed" only; the others are words of the app: an assumption that does no harm. Snoozing answers nothing.
				states: { open: "delivered", snoozed: "delivered", acked: "acknowledged", resolved: "resolved", closed: "resolved" },
				acknowledged: { path: "acknowledged", value: true },
				receipt: "alias",
				// Who acknowledges an alert becomes its owner; nothing else in the list says who that was.
				by: "owner",
			},
		},
		acknowledge: { verb: "Acknowledge", ...change("acknowledge", "{alias}", "{note}"), ...ofPage },
		resolve: { verb: "Close", ...change("close", "{alias}", "{note}"), ...ofPage },
		checks: [
			{ ...alerts, words: "a read by the API token", query: { size: "1" }, inputs: {} },
			// It ends what was never opened. A key that is none by its looks is answered with 422.
			{ ...change("close", checkKey, "Checks the key."), words: "a request by the integration key", inputs: {}, refusedBy: 422 },
		],
	},
} as const satisfies Vendor;
