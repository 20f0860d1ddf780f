import { phoneNumber } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

const account = "/2010-04-01/Accounts/{account.accountSid}";
const headers = { Authorization: { basic: ["{credential.accountSid}", "{credential.authToken}"] }, Accept: "application/json" } as const;

/** Texts by Twilio's Programmable Messaging. Nobody can answer one there, and nothing joins two of them. */
export const sms = {
	system: "Twilio",
	traits: { deduplicates: false, acknowledges: false, proof: "delivery", resolves: "new-message" },
	account: {
		key: "twilio",
		settings: {
			accountSid: {
				pattern: /^AC[0-9a-f]{32}$/,
				expected: "a Twilio account SID (AC and 32 hexadecimal digits)",
				about: "The account that sends the texts.",
			},
			from: { ...phoneNumber, about: "The sender, in E.164." },
		},
	},
	channel: { to: { ...phoneNumber, about: "Who is texted, in E.164." } },
	hosts: { api: { name: "api.twilio.com", source: 'twilio.com, "Message resource"' } },
	credential: {
		name: "twilio",
		holds: ["accountSid"],
		words: "The credentials of Twilio",
		genesys: { type: "basicAuth", fields: { userName: "accountSid", password: "authToken" } },
		notes: "Texts the person on call and reads the message back.",
	},
	secrets: { authToken: "The auth token of the account." },
	calls: {
		// 201 is queued, not delivered.
		send: {
			verb: "Send",
			words: "the new message",
			method: "POST",
			host: "api",
			path: `${account}/Messages.json`,
			headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
			body: { form: { To: "{to}", From: "{account.from}", Body: "{body}" } },
			inputs: { to: "channel.to", body: "page.text" },
			outputs: { sid: "sid", status: "status" },
			receipt: "sid",
		},
		read: {
			verb: "Read",
			words: "the message",
			method: "GET",
			host: "api",
			path: `${account}/Messages/{sid}.json`,
			headers,
			inputs: { sid: "page.receipt" },
			outputs: { sid: "sid", status: "status", to: "to", createdAt: "date_created" },
			reading: {
				status: "status",
				// "sent" is final where a network gives no receipts. https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
				states: { delivered: "delivered", read: "delivered", sent: "sent", failed: "failed", undelivered: "failed", canceled: "failed" },
				otherwise: "pending",
				receipt: "sid",
			},
		},
		find: {
			words: "the message",
			method: "GET",
			host: "api",
			path: `${account}/Messages.json`,
			query: { To: "{to}", "DateSent>": "{since}", PageSize: "100" },
			headers,
			inputs: { to: "channel.to", since: "page.sinceDay" },
			list: "messages",
			text: "body",
			createdAt: "date_created",
		},
		checks: [
			{
				words: "the account",
				method: "GET",
				host: "api",
				path: `${account}.json`,
				headers,
				inputs: {},
				expects: { field: "status", value: "active", words: "an account that is active" },
			},
		],
	},
} as const satisfies Vendor;
