import type { Instant } from "../model/incident.ts";
import type { Signal } from "./streak.ts";

/** How often one entity opened and closed of late. */
export interface FlapHistory {
	/** It asked to be opened and has not asked to be closed since. */
	readonly open: boolean;
	/** When it last asked to be closed after an opening, oldest first. */
	readonly closings: readonly Instant[];
}

/** Closings older than this are forgotten. */
export const flapWindowMilliseconds = 3_600_000;
/** With this many closings in the window, the entity flaps. */
export const flapClosings = 2;
/** A flapping entity must be clear this many times as long as a calm one. */
export const flapFactor = 5;

const recent = (history: FlapHistory | undefined, now: Instant): readonly Instant[] =>
	(history?.closings ?? []).filter((closing) => now - closing < flapWindowMilliseconds);

/** Whether the entity opened and closed `flapClosings` times within the last hour. */
export const isFlapping = (history: FlapHistory | undefined, now: Instant): boolean => recent(history, now).length >= flapClosings;

/**
 * Flap damping: the first two outages of an hour are two incidents; the third stays one incident until the entity has been clear for
 * `flapFactor` times `clearsToClose`, however often it fails in between. Opening is never delayed.
 */
export function dampedClears(clearsToClose: number, history: FlapHistory | undefined, now: Instant): number {
	return isFlapping(history, now) ? clearsToClose * flapFactor : clearsToClose;
}

/** The history after a reading that asked for this. */
export function advanceHistory(history: FlapHistory | undefined, signal: Signal, now: Instant): FlapHistory {
	const closings = recent(history, now);
	if (signal === "open") return { open: true, closings };
	if (signal === "close" && history?.open === true) return { open: false, closings: [...closings, now].slice(-flapClosings) };
	return { open: history?.open === true, closings };
}
