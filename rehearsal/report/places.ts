import type { TimelineEvent } from "./timelineEvent.ts";

/** One channel of one tier, and what came of telling it. Instants are seconds of the story. */
export interface Place {
	/** From 1. */
	readonly tier: number;
	readonly channel: string;
	/** It is told beside the pages, and nothing waits for it. */
	readonly informs: boolean;
	/** Attempts of all executors together. */
	readonly attempts: number;
	readonly failures: number;
	/** Why attempts failed: each reason once, in order; the first few. */
	readonly reasons: readonly string[];
	readonly firstAt: number;
	/** When its vendor first took it. */
	readonly sentAt?: number;
	readonly provenAt?: number;
	/** When a carrier that says no more was taken at its word. */
	readonly presumedAt?: number;
	readonly answeredAt?: number;
	readonly endSentAt?: number;
	readonly endProvenAt?: number;
}

/** How far a place was reached. */
export type Reached = "proven" | "presumed" | "lost" | "refused";

/** `lost`: its vendor took the page, and nobody ever proved that it arrived. */
export function reachedOf({ sentAt, provenAt, presumedAt, informs }: Place): Reached {
	if (provenAt !== undefined) return "proven";
	if (presumedAt !== undefined) return "presumed";
	if (sentAt === undefined) return "refused";
	// What only informs is not always read back.
	return informs ? "presumed" : "lost";
}

/** Every place that somebody tried to tell, by tier, in the order of the first attempts. */
export function placesOf(events: readonly TimelineEvent[]): readonly Place[] {
	const places = new Map<string, Place>();
	for (const event of events) {
		const { tier, channel, atSeconds } = event;
		if (tier === undefined || channel === undefined) continue;
		const key = `${tier} ${channel}`;
		// An answer or an end alone tells nobody of the failure.
		if (!places.has(key) && (event.what === "acknowledged" || event.what === "recovery-sent")) continue;
		const before = places.get(key) ?? { tier, channel, informs: false, attempts: 0, failures: 0, reasons: [], firstAt: atSeconds };
		const after = told(before, event);
		if (after !== undefined) places.set(key, after);
	}
	return [...places.values()].toSorted((one, other) => one.tier - other.tier || one.firstAt - other.firstAt);
}

/** What an event says of its place; undefined for what says nothing of it. */
function told(place: Place, { what, atSeconds, outcome, detail, attempt = 1 }: TimelineEvent): Place | undefined {
	const first = <Name extends keyof Place>(name: Name): Partial<Place> => (place[name] === undefined ? { [name]: atSeconds } : {});
	// Where nothing was taken yet, every attempt before this one failed, whether it was told or not.
	const attemptsBy = place.sentAt === undefined ? attempt : 1;
	switch (what) {
		case "page-sent":
		case "informed":
			if (what === "informed" && outcome !== undefined && outcome !== "page")
				return { ...place, ...(outcome === "recovery" ? first("endSentAt") : {}) };
			return { ...place, attempts: place.attempts + 1, informs: what === "informed", ...first("sentAt") };
		case "page-failed":
		case "inform-failed":
			if (detail?.startsWith("acknowledgement: ") || detail?.startsWith("recovery: ")) return place;
			return {
				...place,
				informs: what === "inform-failed",
				attempts: Math.max(place.attempts + 1, attemptsBy),
				failures: Math.max(place.failures + 1, attemptsBy),
				reasons: withReason(place.reasons, outcome ?? "failed"),
			};
		case "page-proven":
		case "inform-proven":
			if (outcome === "recovery") return { ...place, ...first("endProvenAt") };
			return outcome === "acknowledgement" ? place : { ...place, ...first("provenAt") };
		case "page-presumed":
			return { ...place, ...first("presumedAt") };
		case "acknowledged":
			return outcome === "mirrored" ? place : { ...place, ...first("answeredAt") };
		case "recovery-sent":
			return { ...place, ...first("endSentAt") };
		default:
			return undefined;
	}
}

const mostReasons = 5;

const withReason = (reasons: readonly string[], reason: string): readonly string[] =>
	reasons.length >= mostReasons || reasons.includes(reason) ? reasons : [...reasons, reason];
