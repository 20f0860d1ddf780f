import type { Runbook } from "./runbook.ts";

/** A SIP trunk that carries nothing, on any of its edges. */
export const trunkDown = {
	name: "trunk-down",
	why: "Calls of the numbers behind this trunk neither arrive nor leave until it is up again, or until they are routed elsewhere.",
	detects:
		"The trunk is enabled and in service, and its connection, its OPTIONS probes or its registration say that it is not up. Metrics that are missing or old are no data: neither down nor healthy.",
	severity: "high",
	remediation: "observe",
	tells: "Which trunk, on how many of its edges it is still connected, since when, and under which key it is tracked.",
} as const satisfies Runbook;
