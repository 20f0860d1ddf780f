import type { Inbound } from "../inbound.ts";

/** A press of the message's button, whose action is `acknowledge` and whose value is our key. Slack wants its answer within 3 seconds. */
export const slackInbound = {
	sender: {
		scheme: "hmac-sha256",
		header: "X-Slack-Signature",
		prefix: "v0=",
		before: "v0:{timestamp}:",
		timestamp: { header: "X-Slack-Request-Timestamp", windowSeconds: 300 },
	},
	secrets: {
		signingSecret: "The signing secret of the app: a press of the button counts at once. May be left out.",
		previousSigningSecret: "The signing secret before, while one is exchanged for another. May be left out.",
	},
	body: { jsonIn: "payload" },
	key: { at: "actions.0.value" },
	events: { "actions.0.action_id": { acknowledge: "acknowledged" } },
	occurredAt: "actions.0.action_ts",
	by: "user.username",
	matches: { "channel.id": "channel" },
	person: { at: "type", is: "block_actions" },
	source: 'docs.slack.dev, "Verifying requests from Slack", "block_actions payload"',
} as const satisfies Inbound;
