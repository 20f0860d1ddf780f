import type { Inbound } from "../inbound.ts";

/** The status callback of a message. It knows no key of ours: the address may hold it, and is signed with the rest; where it does not, the id is one. */
export const smsInbound = {
	sender: { scheme: "hmac-sha1-address", header: "X-Twilio-Signature" },
	// It is what sends the texts, too.
	secrets: { authToken: "The auth token of the account." },
	body: "form",
	key: { query: "key" },
	receipt: "MessageSid",
	events: { MessageStatus: { delivered: "delivered", read: "delivered", undelivered: "failed", failed: "failed", canceled: "failed" } },
	source: 'twilio.com, "Webhooks security", "Track the message status of outbound messages"',
} as const satisfies Inbound;
