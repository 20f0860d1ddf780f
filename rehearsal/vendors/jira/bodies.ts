import type { JiraIssue } from "./issues.ts";
import { statusBody, type Transition } from "./workflow.ts";

/** The address of a Jira's REST API, and the zone of the person whose credential asks: Jira writes times in it. */
export interface Seen {
	readonly base: string;
	readonly zoneMinutes: number;
}

/** An issue, with the fields that were asked for. */
export function issueBody(issue: JiraIssue, { base, zoneMinutes }: Seen, wanted: readonly string[]) {
	const { id, key, summary, description, labels, status, assignee, createdAt, updatedAt, issueType, project, comments } = issue;
	const all = {
		summary,
		description: description ?? null,
		labels,
		status: statusBody(status),
		assignee: assignee === undefined ? null : { displayName: assignee, active: true },
		created: timeIn(createdAt, zoneMinutes),
		updated: timeIn(updatedAt, zoneMinutes),
		issuetype: { name: issueType },
		project: { key: project },
		comment: { comments: comments.map((body) => ({ body })), total: comments.length },
	};
	const isAll = wanted.includes("*all") || wanted.includes("*navigable");
	const fields = Object.fromEntries(Object.entries(all).filter(([name]) => isAll || wanted.includes(name)));
	return { id, key, self: `${base}/issue/${id}`, fields };
}

export const transitionBody = ({ id, name, to, from, hasScreen = false }: Transition) => ({
	id,
	name,
	to: statusBody(to),
	hasScreen,
	isGlobal: from === undefined,
});

/** `2026-11-24T11:00:00.000+0100`: no colon in the zone. */
function timeIn(at: number, zoneMinutes: number): string {
	const local = new Date(at + zoneMinutes * 60_000).toISOString().slice(0, -1);
	const [sign, minutes] = [zoneMinutes < 0 ? "-" : "+", Math.abs(zoneMinutes)];
	const two = (number: number): string => `${number}`.padStart(2, "0");
	return `${local}${sign}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
}
