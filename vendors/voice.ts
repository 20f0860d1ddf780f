import { phoneNumber } from "./patterns.ts";
import { account, accountCheck, accountSid, creation, credential, headers } from "./twilio.ts";
import type { Vendor } from "./vendor.ts";

/**
 * Calls by Twilio's Programmable Voice: what failed is said twice, and a key that is pressed acknowledges it. Nothing in the record of a call says
 * what it was about, so that one whose answer was lost cannot be found again: it rings a second time.
 */
export const voice = {
	system: "Twilio Voice",
	traits: { deduplicates: false, acknowledges: false, proof: "delivery", resolves: "new-message" },
	account: {
		key: "voice",
		settings: {
			accountSid: {
				...accountSid,
				about: "The account that makes the calls.",
			},
			from: { ...phoneNumber, about: "The caller, in E.164: a number of the account, or one that it has verified." },
		},
	},
	channel: { to: { ...phoneNumber, about: "Who is called, in E.164." } },
	hosts: {
		// More calls than one a second wait in the account's queue.
		api: { name: "api.twilio.com", limit: { requestsPerMinute: 60, per: "account" }, source: 'twilio.com, "Call resource"' },
	},
	credential: {
		...credential,
		name: "twilio-voice",
		words: "The credentials of Twilio Voice",
		notes: "Calls the person on call and reads the call back.",
	},
	secrets: { authToken: "An auth token of the account: its second one, where texts use the first." },
	calls: {
		// A document is looked at only once somebody has picked up, and what is wrong with it fails no call.
		send: {
			...creation,
			verb: "Call",
			words: "the new call",
			path: `${account}/Calls.json`,
			body: {
				form: {
					To: "{to}",
					From: "{account.from}",
					Twiml: [
						"<Response>",
						{
							where: "acknowledgeUrl",
							text: '<Gather numDigits="1" timeout="10" method="POST" action="{acknowledgeUrl}"><Say loop="2">{spoken}. Press any key to acknowledge.</Say></Gather>',
							otherwise: '<Say loop="2">{spoken}.</Say>',
						},
						"</Response>",
					],
					// A machine takes the call as well as a person would, and nobody is woken by it.
					MachineDetection: "Enable",
					// Short of most mailboxes.
					Timeout: "25",
				},
			},
			inputs: { to: "channel.to", spoken: "page.spoken", acknowledgeUrl: "page.acknowledgeUrl" },
		},
		read: {
			verb: "Read",
			words: "the call",
			method: "GET",
			host: "api",
			path: `${account}/Calls/{sid}.json`,
			headers,
			inputs: { sid: "page.receipt" },
			outputs: { sid: "sid", status: "status", answeredBy: "answered_by" },
			nullable: ["answeredBy"],
			reading: {
				status: "status",
				states: {
					"in-progress": "delivered",
					completed: "delivered",
					busy: "failed",
					"no-answer": "failed",
					failed: "failed",
					canceled: "failed",
				},
				// Whoever picked up is told some seconds later; "unknown" is nobody who is known to have listened.
				deliveredIf: { output: "answeredBy", value: "human", otherwise: { "in-progress": "pending", completed: "failed" } },
				otherwise: "pending",
				receipt: "sid",
			},
		},
		checks: [accountCheck],
	},
} as const satisfies Vendor;
