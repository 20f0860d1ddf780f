import type { Runbook } from "./runbook.ts";

/** The platform is there and refuses us: a configuration failure, not an outage. */
export const credentialsFailing = {
	name: "credentials-failing",
	why: "A client whose secret, role or setting is wrong sees nothing, and everything that it watches is unwatched until somebody repairs it.",
	detects:
		"Several polls in a row were refused by a platform that answers: unauthorized, forbidden, rejected or not found. The number is limits.failedPollsToOpen; the overseer decides it.",
	severity: "critical",
	remediation: "observe",
	tells: "How many polls were refused in a row and why the last one was; never the credential itself.",
} as const satisfies Runbook;
