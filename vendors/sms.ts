import { phoneNumber } from "./patterns.ts";
import { account, accountCheck, accountSid, creation, credential, headers } from "./twilio.ts";
import type { Vendor } from "./vendor.ts";

/** Texts by Twilio's Programmable Messaging. Nobody can answer one there, and nothing joins two of them. */
export const sms = {
	system: "Twilio",
	traits: { deduplicates: false, acknowledges: false, proof: "delivery", resolves: "new-message" },
	account: {
		key: "twilio",
		settings: {
			accountSid: {
				...accountSid,
				about: "The account that sends the texts.",
			},
			from: { ...phoneNumber, about: "The sender, in E.164." },
		},
	},
	channel: { to: { ...phoneNumber, about: "Who is texted, in E.164." } },
	hosts: { api: { name: "api.twilio.com", source: 'twilio.com, "Message resource"' } },
	credential: {
		...credential,
		name: "twilio",
		words: "The credentials of Twilio",
		notes: "Texts the person on call and reads the message back.",
	},
	secrets: { authToken: "The auth token of the account." },
	calls: {
		send: {
			...creation,
			verb: "Send",
			words: "the new message",
			path: `${account}/Messages.json`,
			body: { form: { To: "{to}", From: "{account.from}", Body: "{body}" } },
			inputs: { to: "channel.to", body: "page.text" },
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
		checks: [accountCheck],
	},
} as const satisfies Vendor;
