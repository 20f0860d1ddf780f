import type { Runbook } from "./runbook.ts";

/** An edge that no longer talks to Genesys Cloud. */
export const edgeOffline = {
	name: "edge-offline",
	why: "Every trunk and phone that only this edge carries is cut off at once, and the other edges have to take its calls.",
	detects:
		"The edge is active and in service, and its online status is offline. An edge that is out of service on purpose is no breach; one without an online status is no data.",
	severity: "high",
	remediation: "observe",
	tells: "Which edge, since when, and which trunks and queues went down with it, in one page.",
} as const satisfies Runbook;
