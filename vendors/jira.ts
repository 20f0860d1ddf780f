import type { JsonTemplate, Template } from "./call.ts";
import { issueCalls, issueChannel } from "./jiraIssues.ts";
import type { Vendor } from "./vendor.ts";

/** A text in the Atlassian Document Format, the only one that version 3 takes. */
const documentOf = (type: "paragraph" | "codeBlock", text: Template): JsonTemplate => ({
	type: "doc",
	version: 1,
	content: [{ type, content: [{ type: "text", text }] }],
});

/** Jira Cloud by its REST API v3. It pages nobody by itself, and people work on issues there. */
export const jira = {
	system: "Jira",
	traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
	account: {
		key: "jira",
		settings: {
			site: {
				pattern: /^[a-z0-9][a-z0-9-]{0,62}$/,
				expected: "the name of a site (acme of acme.atlassian.net)",
				about: "The site that holds the projects.",
			},
			email: { pattern: /^[^\s@:]+@[^\s@:]+$/, expected: "an e-mail address", about: "The account whose API token it is." },
		},
	},
	channel: issueChannel,
	// It limits each endpoint by the second, far above what a page takes.
	hosts: {
		api: { name: { template: "{account.site}.atlassian.net" }, source: 'developer.atlassian.com, "The Jira Cloud platform REST API"' },
	},
	credential: {
		name: "jira",
		holds: ["email"],
		words: "The API token of Jira",
		genesys: { type: "basicAuth", fields: { userName: "email", password: "apiToken" } },
		notes: "Creates issues in Jira and reads them back.",
	},
	secrets: { apiToken: "An API token of that account: it may browse the projects, create issues, move them on and comment." },
	calls: issueCalls({
		api: "/rest/api/3",
		search: "/search/jql",
		authorization: { basic: ["{credential.email}", "{credential.apiToken}"] },
		// Elsewhere than in a code block a line break within a text is no more than a blank; a node for each line would need to know how many there are.
		lines: (text) => documentOf("codeBlock", text),
		line: (text) => documentOf("paragraph", text),
	}),
} as const satisfies Vendor;
