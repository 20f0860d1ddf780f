import { basic, type DocumentedRequest, like } from "../documented.ts";

// What the requests of texts and of calls have alike.

export const alike = { host: "api", headers: { authorization: basic }, read: "2026-11-28" } as const;

/** The path of an account, as a pattern. */
export const account = "/2010-04-01/Accounts/AC[0-9a-fA-F]{32}";

export const phone = like("^\\+[1-9]\\d{1,14}$");
export const address = like("^https?://");
export const httpMethod = { enum: ["GET", "POST"] };

export const ownAccount: DocumentedRequest = {
	...alike,
	method: "GET",
	path: new RegExp(`${account}\\.json`),
	page: '"Account resource", twilio.com; twilio_api_v2010 of twilio/twilio-oai',
};
