import type { Runbook } from "./runbook.ts";

/** A queue in which too many wait, or one waits too long. */
export const queueOverflow = {
	name: "queue-overflow",
	why: "Callers wait until they give up, and service levels are missed, while those who could open lines or call in agents do not know.",
	detects:
		"More voice conversations wait than allowed, or the one that has waited longest has waited longer than allowed, in a queue that the settings name. No row is nobody waiting; a row without numbers is no data.",
	severity: "medium",
	remediation: "observe",
	tells: "Which queue, how many wait, how long the first of them has waited, and how many users are on queue.",
} as const satisfies Runbook;
