import type { Incident } from "../model/incident.ts";

/** Why an incident is opened, left as it is, or ended. */
export type DeduplicateReason =
	| "first"
	| "next-occurrence"
	/** It failed again while only flap damping held its incident open, and a new round of pages begins. */
	| "relapsed"
	/** It breaches again, and the round of pages that is under way goes on. */
	| "resumed"
	| "seen-again"
	| "held"
	/** It had been well for as long as a calm entity has to be. */
	| "calm"
	| "held-already"
	| "not-held"
	| "recovered"
	| "nothing-open"
	/** Of what another system confirms the end is told by such an alert, and by nothing else: two witnesses may differ. */
	| "not-its-witness"
	/** That system is satisfied, and the polls still see it fail: they tell the end now. */
	| "left-to-the-polls";

/** What a reading means for the incident of its key. */
export interface DeduplicatePlan {
	readonly reason: DeduplicateReason;
	/** The item as it must be written; absent where nothing changes. */
	readonly incident?: Incident;
	/** The occurrence before, which moves aside before its key is used again: closed, or with a recovery that is still being told. */
	readonly archive?: Incident;
}
