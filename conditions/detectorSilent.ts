import { overseerRunbook } from "./condition.ts";
import { countOf } from "./numbers.ts";

/** Nobody looks: the watcher of the watcher. */
export const detectorSilent = overseerRunbook({
	name: "detector-silent",
	why: "A poller that no longer runs, or sees only a part, looks exactly like a quiet hour, so an outage of the phones would be noticed by callers first.",
	detects:
		"The poller has written neither a success nor a failure for limits.detectorSilentSeconds, or could read only a part of what it watches in limits.failedPollsToOpen polls in a row; the overseer decides it.",
	severity: "critical",
	tells: "For how many seconds the poller has reported nothing, or what it cannot read.",
	entity: { id: "poller", name: "The poller" },
	measures: ({ failures }) => countOf(failures || undefined, "polls in a row failed", "poll failed"),
});
