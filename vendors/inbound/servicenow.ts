import type { Inbound } from "../inbound.ts";

/** What the business rule of our own sends (docs/operations.md): ServiceNow has no webhook, so its document is ours. */
export const servicenowInbound = {
	sender: { scheme: "token", header: "Authorization", prefix: "Bearer " },
	secrets: {
		webhookSecret:
			"A long random text of your own, which the business rule shows as Authorization: Bearer <text>: an answer there counts at once. May be left out.",
		previousWebhookSecret: "The text before, while one is exchanged for another. May be left out.",
	},
	body: "json",
	key: { at: "correlation_id" },
	events: { event: { acknowledged: "acknowledged", unacknowledged: "unacknowledged", resolved: "resolved" } },
	occurredAt: "occurred_at",
	by: "by",
	source: 'our docs/operations.md; servicenow.com, "RESTMessageV2"',
} as const satisfies Inbound;
