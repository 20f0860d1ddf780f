import { overseerRunbook } from "./condition.ts";
import { countOf } from "./numbers.ts";

/** Genesys Cloud itself: found and answered from outside, since nothing inside it can run. */
export const platformUnreachable = overseerRunbook({
	name: "platform-unreachable",
	why: "While Genesys Cloud cannot be reached nothing can be seen in it and no workflow can run in it, so any failure there is a silent one.",
	detects:
		"Several polls in a row could not be answered by the platform: not reachable, timed out, or unavailable. The number is limits.failedPollsToOpen; the overseer decides it.",
	severity: "critical",
	tells: "How many polls failed in a row and what the last one got; the overseer pages it without any workflow.",
	entity: { id: "genesys-cloud", name: "Genesys Cloud" },
	measures: ({ failures }) => countOf(failures || undefined, "polls in a row failed", "poll failed"),
});
