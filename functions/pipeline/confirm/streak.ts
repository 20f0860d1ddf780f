import type { Instant, Verdict } from "../model/incident.ts";
import type { RunbookSettings } from "../settings.ts";
import { advanceRecent, failsOften, type Recent } from "./intermittent.ts";

/** Breaches and clears in a row of one entity; at most one of the two is above zero. */
export interface Streak {
	readonly breaches: number;
	readonly clears: number;
	/** When the last reading that counted was observed. */
	readonly countedAt: Instant;
	/** The last looks, for the rule about failures that come and go; absent where none of them was a breach, or a row of breaches speaks for itself. */
	readonly recent?: Recent;
}

export type StreakReason =
	| "breach-counted"
	| "breach-streak-reached"
	/** Not in a row, but so many of the last readings that the entity fails all the same. */
	| "intermittent-breaches-reached"
	| "clear-counted"
	| "clear-streak-reached"
	/** Clear for long enough in a row, while too many of the last readings were breaches. */
	| "clear-but-intermittent"
	/** Neither a breach nor a clear: the streak stays as it is. */
	| "no-data"
	/** A second report of the same moment (a repeated webhook, a webhook beside the poll) counts once, and asks for what the streak asks for already. */
	| "already-counted";

/** What the streak asks of the next stage; repeated while it lasts, so that a crash between two stages heals at the next reading. */
export type Signal = "open" | "close" | "none";

/** Two readings of one entity closer than this are one look at it: a flood must not fill a streak within a second. */
const streakSpacingMilliseconds = 20_000;

export interface StreakStep {
	readonly streak: Streak;
	readonly signal: Signal;
	readonly reason: StreakReason;
}

export type StreakLimits = Pick<RunbookSettings, "breachesToOpen" | "clearsToClose" | "intermittent">;

/**
 * Counts one verdict. Opens after `breachesToOpen` in a row, or at a breach with which too many of the last readings are breaches; closes after
 * `clearsToClose` in a row, once no longer too many of the last readings are breaches. Keeps asking for the same afterwards.
 */
export function advanceStreak(streak: Streak | undefined, verdict: Verdict, observedAt: Instant, limits: StreakLimits): StreakStep {
	const before = streak ?? { breaches: 0, clears: 0, countedAt: Number.NEGATIVE_INFINITY };
	const kept = streak ?? { breaches: 0, clears: 0, countedAt: 0 };
	if (verdict === "no-data") return { streak: kept, signal: "none", reason: "no-data" };
	const counting = verdict === "breach" ? before.breaches : before.clears;
	if (counting > 0 && observedAt < before.countedAt + streakSpacingMilliseconds)
		return { streak: kept, signal: askedFor(kept, verdict, limits), reason: "already-counted" };
	const isBreach = verdict === "breach";
	const breaches = isBreach ? Math.min(before.breaches + 1, limits.breachesToOpen) : 0;
	const clears = isBreach ? 0 : Math.min(before.clears + 1, limits.clearsToClose);
	const looks = { last: before.countedAt, now: observedAt };
	// A row of breaches speaks for itself: what recovers from it must not be taken for what fails often.
	const recent = breaches >= limits.breachesToOpen ? 0 : advanceRecent(before.recent ?? 0, isBreach, limits.intermittent, looks);
	const next: Streak = { breaches, clears, countedAt: observedAt, ...(recent === 0 ? {} : { recent }) };
	return { streak: next, signal: askedFor(next, verdict, limits), reason: reasonOf(next, verdict, limits) };
}

function reasonOf(streak: Streak, verdict: Exclude<Verdict, "no-data">, limits: StreakLimits): StreakReason {
	const often = failsOften(streak.recent, limits.intermittent);
	if (verdict === "breach") {
		if (streak.breaches >= limits.breachesToOpen) return "breach-streak-reached";
		return often ? "intermittent-breaches-reached" : "breach-counted";
	}
	if (streak.clears < limits.clearsToClose) return "clear-counted";
	return often ? "clear-but-intermittent" : "clear-streak-reached";
}

/** What a streak asks for as it stands, also when it was counted already: the request that counted it may have failed before its incident was written. */
function askedFor(streak: Streak, verdict: Exclude<Verdict, "no-data">, limits: StreakLimits): Signal {
	if (verdict === "breach") return asksToOpen(streak, limits) ? "open" : "none";
	return streak.clears >= limits.clearsToClose && !failsOften(streak.recent, limits.intermittent) ? "close" : "none";
}

/** Whether a streak whose last reading was a breach asks for an incident. */
export const asksToOpen = ({ breaches, recent }: Pick<Streak, "breaches" | "recent">, limits: StreakLimits): boolean =>
	breaches >= limits.breachesToOpen || failsOften(recent, limits.intermittent);
