import type { Inbound } from "../inbound.ts";

/** In whose name alerts are changed by us, for people to see. */
export const alertUser = "Genesys Cloud runbooks";

/** The outgoing webhook. It signs nothing: a header of one's own holds the secret. */
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
	// The user in whose name we change an alert. That it stands here is an assumption.
	person: { at: "alert.username", isNot: alertUser },
	source: 'support.atlassian.com/opsgenie, "Alert action data"',
} as const satisfies Inbound;
