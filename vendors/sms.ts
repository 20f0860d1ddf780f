import type { Vendor } from "./vendor.ts";

/** Texts by Twilio's Programmable Messaging. Nobody can answer one there, and nothing joins two of them. */
export const sms = {
	system: "Twilio",
	traits: { deduplicates: false, acknowledges: false, proof: "delivery", resolves: "new-message" },
	hosts: { api: { name: "api.twilio.com", source: 'twilio.com, "Message resource"' } },
	credential: { name: "twilio", words: "The credentials of Twilio" },
	secrets: { authToken: "The auth token of the account." },
} as const satisfies Vendor;
