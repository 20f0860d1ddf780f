import { alertUser } from "./inbound/opsgenie.ts";

/** What the alerts of Opsgenie and of Jira Service Management, which took them over, have alike. */

export const severities = { critical: "P1", high: "P2", medium: "P3", low: "P4" } as const;

/** Creating, acknowledging and closing are done later: 202 and the id of the request are no more than an intent received. */
export const asynchronousRequest = {
	method: "POST",
	// The answer names no alias: our key stands for it.
	outputs: { requestId: "requestId", alias: "alias" },
	receipt: "alias",
	receiptOtherwise: "alias",
} as const;

/** Creates an alert. The same alias with an alert open is one more occurrence of it, so sending again pages nobody twice. */
export const creation = {
	verb: "Create",
	words: "the request to create an alert",
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
} as const;

/** Changes what is open of an alias; the note says what is new. `user` and `source` are at most 100 characters. */
export const alertChange = (action: "acknowledge" | "close", note: string) =>
	({
		words: `the request to ${action} an alert`,
		query: { identifierType: "alias" },
		body: { json: { user: alertUser, source: "Genesys Cloud", note } },
	}) as const;

export const ofPage = { inputs: { alias: "page.key", note: "page.note" } } as const;

/** Finds the newest alert of an alias. Quoted: a colon ends the name of a field. */
export const finding = {
	verb: "Read",
	words: "the list of alerts",
	query: { query: 'alias:"{alias}"', sort: "createdAt", order: "desc" },
	inputs: { alias: "page.key" },
	outputs: { alias: "alias", status: "status", createdAt: "createdAt" },
} as const;

export const alertReading = {
	matches: { alias: "alias" },
	createdAt: "createdAt",
	changedAt: "updatedAt",
	status: "status",
	acknowledged: { path: "acknowledged", value: true },
	receipt: "alias",
} as const;
