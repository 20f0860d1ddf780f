import type { Runbook } from "./runbook.ts";

/** A SIP trunk that carries calls, and badly. */
export const trunkDegraded = {
	name: "trunk-degraded",
	why: "Some calls of this trunk fail or sound bad while others pass, so agents and callers notice before any alarm that waits for an outage.",
	detects:
		"The health score of the trunk, our own from OPTIONS, registrations and new QoS mismatches, is below the threshold on the edges where it is up. Nothing probed and nothing measured is no data.",
	severity: "medium",
	remediation: "observe",
	tells: "Which trunk, its score, and the part of it that is worst: proxies that answer, registrations that hold, or new QoS mismatches.",
} as const satisfies Runbook;
