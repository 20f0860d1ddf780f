import type { AccountSetup, Emulator } from "./emulator.ts";
import { jiraAccount } from "./jira/account.ts";
import { createJiraDataCenter } from "./jira/dataCenter.ts";
import { dataCenterRequests } from "./jira/requests.ts";

/** A Jira of one's own, under a context path: an issue for each page, in a workflow that is stricter than Cloud's. */
export const jiraDataCenter = {
	name: "Jira Data Center",
	system: "jira-data-center",
	hosts: ["api"],
	faults: ["answers"],
	acts: ["resolve", "reassign", "delete"],
	credential: { name: "jira-data-center", isPerPlace: false },
	place: { setting: "project", words: "the project" },
	isAnswered: true,
	demo: {
		account: { address: "https://jira.example.com/jira" },
		channels: [
			{ project: "OPS", issueType: "Task", inProgressTransition: "4", doneTransition: "5" },
			{ project: "TEL", issueType: "Task", inProgressTransition: "4", doneTransition: "5" },
		],
	},
	requests: dataCenterRequests,
	open: ({ clock, account: { address = "https://jira.no-account.example" }, channels }: AccountSetup) => {
		const projects = channels.map(({ project = "" }) => project);
		return jiraAccount("Jira Data Center", createJiraDataCenter({ clock, address, projects }), "jira-data-center-accessToken");
	},
} as const satisfies Emulator;
