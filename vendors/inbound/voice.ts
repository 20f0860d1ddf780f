import type { Inbound } from "../inbound.ts";

/**
 * What a call's `<Gather>` sends of the key that was pressed, and the status callback of the call. Both addresses hold our key, which is signed with
 * the rest. A call that was completed may have been answered by a machine: that it was is no proof.
 */
export const voiceInbound = {
	sender: { scheme: "hmac-sha1-address", header: "X-Twilio-Signature" },
	// It is what makes the calls, too.
	secrets: { authToken: "The auth token of the account." },
	body: "form",
	key: { query: "key" },
	receipt: "CallSid",
	events: { Digits: { "1": "acknowledged" }, CallStatus: { busy: "failed", failed: "failed", "no-answer": "failed", canceled: "failed" } },
	source: 'twilio.com, "Webhooks security", "TwiML <Gather>", "Call resource"',
} as const satisfies Inbound;
