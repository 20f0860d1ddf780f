import type { Incident, Instant } from "../model/incident.ts";
import { archiveKey } from "../model/keys.ts";
import { tellableSince } from "../model/silenced.ts";
import type { DeduplicatePlan } from "./plan.ts";

export type RelapseReason =
	/** It was not held. */
	| "seen-again"
	/** It was, and the round of pages that is under way goes on. */
	| "resumed"
	/** It was, after a calm period, and the round is over: it is news. */
	| "relapsed";

/**
 * What a confirmed failure means for an open incident. Whoever acknowledged it was done with it when the entity had been clear for its calm
 * number: a failure after that is news. Damping still bounds the pages: without an answer a new round begins only where the one before has come
 * to its end, or is older than `roundSeconds`; and each needs a calm period before it.
 */
export function whyRelapse(incident: Incident, roundSeconds: number, now: Instant): RelapseReason {
	if (incident.heldSince === undefined) return "seen-again";
	if (incident.calmSince === undefined) return "resumed";
	const isOver = incident.acknowledged !== undefined || incident.exhausted !== undefined || incident.stale !== undefined;
	return isOver || now >= tellableSince(incident) + roundSeconds * 1000 ? "relapsed" : "resumed";
}

/**
 * Flap damping delays the end and nothing else: while its entity is clear, nobody is paged. The workflow hears at its next question that it was
 * taken over, and ends; should the failure come back in this round, the overseer carries on.
 */
export function hold(incident: Incident | undefined, signal: "hold" | "calm", now: Instant): DeduplicatePlan {
	if (incident?.state !== "open") return { reason: "nothing-open" };
	const isNews = incident.heldSince === undefined;
	if (!isNews && (signal === "hold" || incident.calmSince !== undefined)) return { reason: "held-already" };
	return { reason: isNews ? "held" : "calm", incident: { ...held(incident, now), ...(signal === "calm" ? { calmSince: now } : {}) } };
}

export const held = (incident: Incident, now: Instant): Incident => ({
	...incident,
	heldSince: incident.heldSince ?? now,
	takenOver: incident.takenOver ?? { at: now, reason: "held" },
});

/** The first breach ends a short rest at once; after a calm period it has to be confirmed. */
export function resume(incident: Incident | undefined): DeduplicatePlan {
	if (incident?.state !== "open") return { reason: "nothing-open" };
	if (incident.heldSince === undefined) return { reason: "not-held" };
	if (incident.calmSince !== undefined) return { reason: "held-already" };
	return { reason: "resumed", incident: unheld(incident) };
}

export function unheld({ heldSince: _held, calmSince: _calm, ...incident }: Incident): Incident {
	return incident;
}

/** The next occurrence, under its own dedup key, so that no vendor joins its page to an acknowledged one; the one before has ended and is told so. */
export function relapse(before: Incident, next: Incident, now: Instant): { readonly incident: Incident; readonly archive: Incident } {
	const archive: Incident = {
		...before,
		state: "recovered",
		recoveredAt: now,
		relapsedAt: now,
		storedAs: archiveKey(before.key, before.occurrence),
	};
	return { incident: { ...next, ...(before.calmSince === undefined ? {} : { clearSince: before.calmSince }) }, archive };
}
