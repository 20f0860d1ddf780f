/** What texts and calls have alike: both are Twilio's. Source: twilio.com, "API keys and authentication", "Account resource". */
export const account = "/2010-04-01/Accounts/{account.accountSid}";

export const headers = {
	Authorization: { basic: ["{credential.accountSid}", "{credential.authToken}"] },
	Accept: "application/json",
} as const;

export const accountSid = {
	pattern: /^AC[0-9a-f]{32}$/,
	expected: "a Twilio account SID (AC and 32 hexadecimal digits)",
} as const;

/** Creates a message or a call: 201 is queued, and its SID is the receipt. */
export const creation = {
	method: "POST",
	host: "api",
	headers: { ...headers, "Content-Type": "application/x-www-form-urlencoded" },
	outputs: { sid: "sid", status: "status" },
	receipt: "sid",
} as const;

/** What both credentials are in Genesys Cloud. */
export const credential = {
	holds: ["accountSid"],
	genesys: { type: "basicAuth", fields: { userName: "accountSid", password: "authToken" } },
} as const;

/** A closed account answers, and sends nothing. */
export const accountCheck = {
	words: "the account",
	method: "GET",
	host: "api",
	path: `${account}.json`,
	headers,
	inputs: {},
	expects: { field: "status", value: "active", words: "an account that is active" },
} as const;
