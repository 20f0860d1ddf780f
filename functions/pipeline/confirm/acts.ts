import { type Child, type Reading, severities } from "../model/incident.ts";
import { withFrequency } from "./intermittent.ts";
import type { AskedSignal } from "./rules.ts";
import { asksToOpen } from "./streak.ts";
import type { Counted } from "./streakShard.ts";

/** Why something is to be done about an incident, the most urgent first. */
export const actReasons = [
	/** The entity asks for an incident, and none is known, or it did not ask at the poll before. */
	"opens",
	/** It asks to be closed. */
	"recovers",
	/** Flap damping keeps its incident open, and whether it is well has changed. */
	"holds",
	/** Its incident is there and may get children. */
	"seen-again-with-children",
	/** Its incident is there. */
	"seen-again",
] as const;

/** What one reading asks of the ledger of incidents. */
export interface Act {
	readonly reason: (typeof actReasons)[number];
	readonly reading: Reading;
	readonly signal: AskedSignal;
	readonly children: readonly Child[];
}

/** The act of a reading that asks for something; `isListed`: an incident of its entity is not closed. */
export function actOf({ reading, step, runbook }: Counted, signal: Act["signal"], children: readonly Child[], isListed: boolean): Act {
	if (signal === "resume") return { reason: "holds", reading, signal, children };
	if (signal === "hold" || signal === "calm") {
		const isNews = (step?.before?.clears ?? 0) < runbook.clearsToClose;
		return { reason: isNews ? "holds" : "seen-again", reading, signal, children };
	}
	const isNew = !isListed || !asksToOpen(step?.before ?? { breaches: 0 }, runbook);
	const enriched = withFrequency(reading, step?.streak.recent, runbook.intermittent);
	return { reason: reasonOf(signal, isNew, children), reading: enriched, signal, children };
}

function reasonOf(signal: "open" | "close", isNew: boolean, children: readonly Child[]): Act["reason"] {
	if (signal === "close") return "recovers";
	if (isNew) return "opens";
	return children.length > 0 ? "seen-again-with-children" : "seen-again";
}

/**
 * The order in which a poll acts: what it does not come to asks again at the next poll, where whatever was opened meanwhile stands behind it.
 * Among equals the more severe first, then in the order of the observations.
 */
export const inOrder = (acts: readonly Act[]): readonly Act[] =>
	acts.toSorted(
		(one, other) =>
			actReasons.indexOf(one.reason) - actReasons.indexOf(other.reason) ||
			severities.indexOf(one.reading.severity) - severities.indexOf(other.reading.severity),
	);

/** Whether somebody must hear that a poll did not come to it: to be seen again changes nothing that anybody waits for. */
export const isOwed = ({ reason }: Act): boolean => reason !== "seen-again";
