import type { Runbook } from "./runbook.ts";

/** Nobody looks: the watcher of the watcher. */
export const detectorSilent = {
	name: "detector-silent",
	why: "A poller that no longer runs looks exactly like a quiet hour, so an outage of the phones would be noticed by callers first.",
	detects: "The poller has written neither a success nor a failure for limits.detectorSilentSeconds; the overseer decides it.",
	severity: "critical",
	remediation: "observe",
	tells: "For how many seconds the poller has reported nothing.",
} as const satisfies Runbook;
