import { phoneNumber } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

/** Texts by Twilio's Programmable Messaging. Nobody can answer one there, and nothing joins two of them. */
export const sms = {
	system: "Twilio",
	traits: { deduplicates: false, acknowledges: false, proof: "delivery", resolves: "new-message" },
	account: {
		key: "twilio",
		settings: {
			accountSid: { pattern: /^AC[0-9a-f]{32}$/, expected: "a Twilio account SID (AC and 32 hexadecimal digits)" },
			from: { ...phoneNumber, says: "The sender, in E.164." },
		},
	},
	channel: { to: { ...phoneNumber, says: "Who is texted, in E.164." } },
	hosts: { api: { name: "api.twilio.com", source: 'twilio.com, "Message resource"' } },
	credential: { name: "twilio", words: "The credentials of Twilio" },
	secrets: { authToken: "The auth token of the account." },
} as const satisfies Vendor;
