import type { Inbound } from "../inbound.ts";

/** The outgoing webhook. It signs nothing: a header of one's own holds the secret. What we did ourselves is told, too, and is no news. */
export const opsgenieInbound = {
	sender: { scheme: "token", header: "Authorization", prefix: "Bearer " },
	secrets: {
		webhookSecret:
			"A long random text of your own, which the webhook shows as Authorization: Bearer <text>: an answer there counts at once. May be left out.",
		previousWebhookSecret: "The text before, while one is exchanged for another. May be left out.",
	},
	body: "json",
	key: { at: "alert.alias" },
	events: {
		action: { Create: "delivered", Acknowledge: "acknowledged", UnAcknowledge: "unacknowledged", Close: "resolved" },
	},
	// Nanoseconds, as the samples show them.
	occurredAt: "alert.updatedAt",
	by: "alert.username",
	source: 'support.atlassian.com/opsgenie, "Alert action data"',
} as const satisfies Inbound;
