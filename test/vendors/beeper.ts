/** A vendor that does not exist, as somebody would add it: one file, and one line in the list. */
export const beeperFile = `import { givenName } from "./patterns.ts";
import type { Vendor } from "./vendor.ts";

const page = {
	method: "POST",
	host: "api",
	headers: { Authorization: "Bearer {credential.token}", "Content-Type": "application/json" },
	outputs: { id: "page.id" },
	receipt: "id",
} as const;

/** Beeper. */
export const beeper = {
	system: "Beeper",
	traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
	severities: { critical: "now", high: "now", medium: "soon", low: "later" },
	account: { key: "beeper", settings: { tenant: { pattern: /^[a-z]+$/, expected: "a Beeper tenant" } } },
	channel: { unit: { ...givenName, says: "The unit that is beeped." } },
	hosts: { api: { name: "api.beeper.example", limit: { requestsPerMinute: 30, per: "token" }, source: "beeper.example" } },
	credential: {
		name: "beeper",
		per: "unit",
		words: "The token of the Beeper unit",
		genesys: { type: "userDefined", fields: { token: "token" } },
		notes: "Beeps the unit {unit}.",
	},
	secrets: { token: "The token of the unit." },
	calls: {
		send: {
			verb: "Beep",
			...page,
			words: "the beep",
			path: "/{account.tenant}/pages",
			body: { json: { key: "{key}", text: "{summary}", urgency: "{urgency}", facts: "{facts}" } },
			inputs: { key: "page.key", summary: "page.summary", urgency: "page.severity", facts: "page.details" },
		},
		read: {
			verb: "Look",
			words: "the page",
			method: "GET",
			host: "api",
			path: "/{account.tenant}/pages/{key}",
			headers: page.headers,
			inputs: { key: "page.key" },
			outputs: { id: "page.id", key: "page.key", state: "page.state", madeAt: "page.made" },
			reading: {
				matches: { key: "key" },
				createdAt: "madeAt",
				status: "state",
				states: { beeping: "delivered", answered: "acknowledged", over: "resolved" },
				receipt: "id",
				by: "page.by",
			},
		},
		acknowledge: { verb: "Answer", ...page, words: "the answer", path: "/{account.tenant}/pages/{key}/answer", inputs: { key: "page.key" } },
		resolve: { verb: "End", ...page, words: "the end", path: "/{account.tenant}/pages/{key}/end", inputs: { key: "page.key" } },
		checks: [{ words: "the unit", method: "GET", host: "api", path: "/{account.tenant}", headers: page.headers, inputs: {} }],
	},
} as const satisfies Vendor;
`;

export const beeperLine = 'export { beeper } from "./beeper.ts";\n';
