import type { AccountSetup, Emulator } from "./emulator.ts";
import { jiraAccount } from "./jira/account.ts";
import { createJiraCloud } from "./jira/cloud.ts";
import { cloudRequests } from "./jira/requests.ts";

/** Jira Cloud: an issue for each page, by which people say that they are at it, and that it is done. */
export const jira = {
	name: "Jira",
	system: "jira",
	hosts: ["api"],
	faults: ["answers"],
	acts: ["resolve", "reassign", "delete"],
	credential: { name: "jira", isPerPlace: false },
	place: { setting: "project", words: "the project" },
	isAnswered: true,
	demo: {
		account: { site: "acme", email: "oncall@acme.example" },
		channels: [
			{ project: "OPS", issueType: "Task", inProgressTransition: "21", doneTransition: "31" },
			{ project: "TEL", issueType: "Task", inProgressTransition: "21", doneTransition: "31" },
		],
	},
	requests: cloudRequests,
	open: ({ clock, account: { site = "no-account", email = "" }, channels }: AccountSetup) => {
		const projects = channels.map(({ project = "" }) => project);
		return jiraAccount("Jira", createJiraCloud({ clock, site, email, projects }), "jira-apiToken");
	},
} as const satisfies Emulator;
