import type { RunbookName } from "../../../conditions/runbooks.ts";

/** Why a drill ended as it did. */
export type DrillReason =
	/** Every page is proven, and somebody answered. */
	| "acknowledged"
	/** Every page is proven, nobody answered, and the policy came to its end. */
	| "escalated"
	/** An operator ended it; it has passed where a page was proven by then. */
	| "ended-by-hand"
	/** No page of it reached anybody in its time. */
	| "nothing-proven"
	/** Somebody was reached, and a channel that was tried before has no proof in its time. */
	| "channel-not-proven"
	/** Nobody answered, and the policy came to no end in its time. */
	| "no-end"
	/** The ledger has no such incident any more. */
	| "not-in-ledger";

export interface DrillEnd {
	readonly verdict: "passed" | "failed";
	readonly reason: DrillReason;
}

interface OfCondition {
	readonly condition: RunbookName;
}

export const isDrill = ({ condition }: OfCondition): boolean => condition === "drill";

/** What every text of a drill begins with that a person sees. */
export const drillMark = "[DRILL] ";

/** The mark in front of a text about this incident; "" where it is no drill. */
export const drillMarkOf = (incident: OfCondition): string => (isDrill(incident) ? drillMark : "");
