import type { Incident, Instant } from "../model/incident.ts";
import { roundOf } from "../page/rules.ts";
import { clockOf } from "../page/times.ts";
import { holdsPaging } from "../remedy/rules.ts";

/** Where an incident stands, for whoever looks. */
export type StandingName =
	| "closed"
	/** Its end is being told. */
	| "over"
	/** Its group pages for it. */
	| "grouped"
	/** A window or a silence keeps it from paging anybody. */
	| "silenced"
	/** Clear, and held open because it flapped. */
	| "held"
	| "acknowledged"
	/** Ended by hand while the failure goes on. */
	| "ended-by-hand"
	/** The last tier did not answer. */
	| "exhausted"
	/** A remedy is under way, and nobody is paged before it had its time. */
	| "remedying"
	/** For a lease, after its first page. */
	| "waiting"
	| "paged"
	/** Nobody was paged yet. */
	| "opening";

export interface Standing {
	readonly name: StandingName;
	readonly words: string;
}

/** Where it stands, and in words. */
export function standingOf(incident: Incident, now: Instant): Standing {
	const { state, memberOf, heldSince, acknowledged, tier, exhausted, waitingSince, silenced, closedAt = 0, recoveredAt = 0 } = incident;
	if (state === "closed") return { name: "closed", words: `closed at ${clockOf(closedAt)}` };
	if (state === "recovered") return { name: "over", words: `over since ${clockOf(recoveredAt)}: everybody is being told` };
	if (memberOf !== undefined) return { name: "grouped", words: "its group pages for it" };
	if (silenced !== undefined)
		return { name: "silenced", words: `silent until ${clockOf(silenced.until)}: ${silenced.name}, ${silenced.why} (${silenced.who})` };
	if (heldSince !== undefined) return { name: "held", words: `well since ${clockOf(heldSince)}, held open: it flapped` };
	if (acknowledged?.resolvedAt !== undefined)
		return { name: "ended-by-hand", words: `${endedBy(incident)} holds it for mended since ${clockOf(acknowledged.resolvedAt)}` };
	if (acknowledged !== undefined)
		return { name: "acknowledged", words: `acknowledged by ${acknowledged.by} at ${clockOf(acknowledged.at)}` };
	if (exhausted !== undefined) return { name: "exhausted", words: `nobody answered: asked up to tier ${tier}` };
	if (holdsPaging(incident, now)) return { name: "remedying", words: "a remedy has its time before people are paged" };
	if (waitingSince !== undefined) return { name: "waiting", words: "waits for its workflow's turn, after its first page" };
	const round = roundOf(incident);
	const isPaged = incident.pages.some((page) => page.purpose === "page" && roundOf(page) === round);
	if (!isPaged) return { name: "opening", words: round === 1 ? "nobody is paged yet" : `round ${round} begins` };
	return { name: "paged", words: `paged: tier ${tier}${round === 1 ? "" : `, round ${round}`}` };
}

/** Who acknowledged it need not be who ended it. */
function endedBy({ acknowledged, acts = [] }: Incident): string {
	const act = acts.findLast(({ did, at }) => did === "noted" && at === acknowledged?.resolvedAt);
	return act?.by ?? acknowledged?.by ?? "somebody";
}
