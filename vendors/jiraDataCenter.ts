import { issueCalls, issueChannel } from "./jiraIssues.ts";
import type { Vendor } from "./vendor.ts";

/** A Jira Data Center by its REST API v2, where texts are texts. It pages nobody by itself, and people work on issues there. */
export const jiraDataCenter = {
	system: "Jira Data Center",
	traits: { deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" },
	account: {
		key: "jiraDataCenter",
		settings: {
			address: {
				pattern: /^https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[\w.-]+)*$/,
				expected: "an address such as https://jira.example.com, with its context path if it has one, and no slash at the end",
				about: "Where it is installed. AWS calls it, and Genesys Cloud where a channel pages: both have to reach it.",
			},
		},
	},
	channel: issueChannel,
	// Its administrator decides on a limit, and there is none at first.
	hosts: { api: { name: { from: "account", field: "address" }, source: 'docs.atlassian.com, "JIRA REST API 9"' } },
	credential: {
		name: "jira-data-center",
		words: "The access token of Jira Data Center",
		genesys: { type: "userDefined", fields: { accessToken: "accessToken" } },
		notes: "Creates issues in Jira and reads them back.",
	},
	secrets: { accessToken: "A personal access token: its owner may browse the projects, create issues, move them on and comment." },
	calls: issueCalls({
		api: "/rest/api/2",
		search: "/search",
		authorization: "Bearer {credential.accessToken}",
		// Wiki markup, whose lines are lines.
		lines: (text) => text,
		line: (text) => text,
	}),
} as const satisfies Vendor;
