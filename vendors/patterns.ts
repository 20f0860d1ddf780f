import type { TextField } from "./vendor.ts";

export const phoneNumber = {
	pattern: /^\+[1-9]\d{6,14}$/,
	expected: 'an E.164 phone number in quotes, such as "+15555550100"',
} as const satisfies TextField;

/** A name that a stack gives: it becomes a part of names in Genesys Cloud and AWS. */
export const givenName = {
	pattern: /^[a-z][a-z0-9-]{0,31}$/,
	expected: "a name of lower-case letters, digits and dashes, at most 32, beginning with a letter",
} as const satisfies TextField;
