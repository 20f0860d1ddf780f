import { alertChange, alertReading, asynchronousRequest, creation, finding, ofPage, severities } from "./genieAlerts.ts";
import { jsmInbound } from "./inbound/jsm.ts";
import { givenName } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

const request = {
	...asynchronousRequest,
	host: "integration",
	headers: { Authorization: "GenieKey {credential.integrationKey}", Accept: "application/json", "Content-Type": "application/json" },
} as const;

const integration = "/jsm/ops/integration/v2/alerts";

/** Changes what is open of an alias. That it may be named by its alias is in no reference; JSDCLOUD-14179 and Zabbix's media type for JSM say so. */
const change = (action: "acknowledge" | "close", alias: string, note: string) =>
	({ ...request, ...alertChange(action, note), path: `${integration}/${alias}/${action}` }) as const;

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
	severities,
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
		send: {
			...request,
			...creation,
			path: integration,
		},
		// A list, because nothing else finds an alert by its alias once it is closed.
		read: {
			...alerts,
			...finding,
			first: { size: "1" },
			reading: {
				...alertReading,
				// Lists were seen with "open" and "closed" only; the others are words of the app: an assumption that does no harm. Snoozing answers nothing.
				states: { open: "delivered", snoozed: "delivered", acked: "acknowledged", resolved: "resolved", closed: "resolved" },
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
