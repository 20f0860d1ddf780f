import { type PersonAct, unknownFault, type VendorArrival, type VendorFault } from "../emulator.ts";
import { readable } from "./adf.ts";
import type { JiraEmulator } from "./cloud.ts";
import type { JiraIssue } from "./issues.ts";

/** A Jira as the rehearsal has it. What it makes it keeps, so that it loses nothing that it took. */
export const jiraAccount = (name: string, { fetch, host, world, token }: JiraEmulator, secret: string) => ({
	hosts: { api: host },
	fetch,
	world,
	secrets: { [secret]: token },
	begin: (fault: VendorFault) => {
		if (fault.does !== "answers") throw unknownFault(name, fault);
		return world.addFault(fault.status);
	},
	refuse: () => world.revoke(),
	acknowledge: (project: string, by: string) => world.acknowledge(project, by).length,
	unacknowledge: (project: string) => world.unacknowledge(project).length,
	act: (what: PersonAct, project: string, by: string) => world.act(what, project, by).length,
	arrivals: () => world.issues().map(issueArrival),
});

/** An issue is there as soon as it was made. That somebody looks is not known: Jira pages nobody. */
const issueArrival = (issue: JiraIssue): VendorArrival => ({
	place: issue.project,
	kind: "page",
	at: issue.createdAt,
	text: issue.summary,
	arrived: true,
	record: { key: issue.labels[0] ?? "", details: readable(issue.description) },
	...(issue.answeredAt === undefined ? {} : { answeredAt: issue.answeredAt }),
	...(issue.resolvedAt === undefined ? {} : { resolvedAt: issue.resolvedAt }),
});
