import type { Inbound } from "../inbound.ts";

/**
 * Webhook subscriptions of version 3, one for each service. They sign no time: `event.occurred_at` is in what is signed. An incident with alerts has
 * no key of its own (`incident_key: null`): its id is known once it was read back.
 */
export const pagerdutyInbound = {
	sender: { scheme: "hmac-sha256", header: "X-PagerDuty-Signature", prefix: "v1=", before: "" },
	secrets: {
		webhookSecret: "The secret of the service's webhook subscription: an answer there counts at once. May be left out.",
		previousWebhookSecret: "The secret of the subscription before, while one is exchanged for another. May be left out.",
	},
	body: "json",
	key: { at: "event.data.incident_key" },
	receipt: "event.data.id",
	events: {
		"event.event_type": {
			"incident.triggered": "delivered",
			"incident.acknowledged": "acknowledged",
			"incident.unacknowledged": "unacknowledged",
			"incident.reopened": "unacknowledged",
			"incident.resolved": "resolved",
		},
	},
	occurredAt: "event.occurred_at",
	by: "event.agent.summary",
	// An event of ours has the service or its integration as its agent.
	person: { at: "event.agent.type", is: "user_reference" },
	// Whoever merges an incident into another one resolves it, as it is told: its alert is in the other one, which is open.
	unless: { at: "event.data.resolve_reason.type", is: "merge_resolve_reason" },
	matches: { "event.data.service.id": "serviceId" },
	source: 'developer.pagerduty.com, "Webhooks: Overview", "Verifying Signatures"',
} as const satisfies Inbound;
