import type { Instant, Verdict } from "./incident.ts";

/** Breaches and clears in a row of one entity; at most one of the two is above zero. */
export interface Streak {
	readonly breaches: number;
	readonly clears: number;
	/** When the last reading that counted was observed. */
	readonly countedAt: Instant;
}

export type StreakReason =
	| "breach-counted"
	| "breach-streak-reached"
	| "clear-counted"
	| "clear-streak-reached"
	/** Neither a breach nor a clear: the streak stays as it is. */
	| "no-data"
	/** A second report of the same moment (a repeated webhook, a webhook beside the poll) counts once, and asks for what the streak asks for already. */
	| "already-counted";

/** What the streak asks of the next stage; repeated while it lasts, so that a crash between two stages heals at the next reading. */
export type Signal = "open" | "close" | "none";

/** Two readings of one entity closer than this are one look at it: a flood must not fill a streak within a second. */
export const streakSpacingMilliseconds = 20_000;

export interface StreakStep {
	readonly streak: Streak;
	readonly signal: Signal;
	readonly reason: StreakReason;
}

/** Counts one verdict. Opens after `breachesToOpen` in a row, closes after `clearsToClose` in a row, and keeps asking for the same afterwards. */
export function advanceStreak(
	streak: Streak | undefined,
	verdict: Verdict,
	observedAt: Instant,
	limits: { readonly breachesToOpen: number; readonly clearsToClose: number },
): StreakStep {
	const before = streak ?? { breaches: 0, clears: 0, countedAt: Number.NEGATIVE_INFINITY };
	const kept = streak ?? { breaches: 0, clears: 0, countedAt: 0 };
	if (verdict === "no-data") return { streak: kept, signal: "none", reason: "no-data" };
	const counting = verdict === "breach" ? before.breaches : before.clears;
	if (counting > 0 && observedAt < before.countedAt + streakSpacingMilliseconds)
		return { streak: kept, signal: standing(kept, verdict, limits), reason: "already-counted" };
	if (verdict === "breach") {
		const breaches = Math.min(before.breaches + 1, limits.breachesToOpen);
		const reached = breaches >= limits.breachesToOpen;
		return {
			streak: { breaches, clears: 0, countedAt: observedAt },
			signal: reached ? "open" : "none",
			reason: reached ? "breach-streak-reached" : "breach-counted",
		};
	}
	const clears = Math.min(before.clears + 1, limits.clearsToClose);
	const reached = clears >= limits.clearsToClose;
	return {
		streak: { breaches: 0, clears, countedAt: observedAt },
		signal: reached ? "close" : "none",
		reason: reached ? "clear-streak-reached" : "clear-counted",
	};
}

/** What a streak asks for as it stands: the request that counted it may have failed before its incident was written. */
function standing(
	{ breaches, clears }: Streak,
	verdict: Exclude<Verdict, "no-data">,
	limits: { readonly breachesToOpen: number; readonly clearsToClose: number },
): Signal {
	if (verdict === "breach") return breaches >= limits.breachesToOpen ? "open" : "none";
	return clears >= limits.clearsToClose ? "close" : "none";
}
