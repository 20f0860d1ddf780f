import type { Instant } from "../model/incident.ts";

/** A token bucket as plain JSON: how many tokens were taken in each slot of time. A token comes back one minute after its slot ended. */
export interface Bucket {
	readonly taken: readonly { readonly slot: Instant; readonly count: number }[];
}

export interface TokenAnswer {
	readonly bucket: Bucket;
	readonly granted: boolean;
	readonly reason: "token-taken" | "bucket-empty";
	/** Whole seconds until the next one can be granted; 0 when any was. */
	readonly retryAfterSeconds: number;
	/** How many were taken. */
	readonly tokens: number;
}

/** How many tokens somebody takes at once. */
export interface Bulk {
	readonly wanted: number;
	/** How many must be left to others; 0 when absent. */
	readonly leaving?: number;
	/** When they are used at the latest; at once when absent. */
	readonly usedBy?: Instant;
	/** Of an earlier taking: those that were not used in time. */
	readonly unused?: { readonly usedBy: Instant; readonly tokens: number };
}

const minute = 60_000;
const slotLength = 5_000;

/**
 * Takes up to so many tokens. A full bucket holds `perMinute` and no 60 seconds, wherever they start, see more than that: a bucket that refills
 * steadily would let a full bucket and its refill through in one minute, twice the vendor's limit. Tokens count in the slot in which they are used
 * at the latest: whenever they are, no 60 seconds see more.
 */
export function acquireTokens(
	bucket: Bucket | undefined,
	now: Instant,
	perMinute: number,
	{ wanted, leaving = 0, usedBy = now, unused }: Bulk,
): TokenAnswer {
	const taken = without(unused, bucket?.taken ?? []).filter(({ slot, count }) => count > 0 && backAt(slot) > now);
	const used = taken.reduce((sum, { count }) => sum + count, 0);
	const tokens = Math.min(wanted, Math.floor(perMinute - used) - leaving);
	if (tokens < 1) {
		const back = enoughBackAt(taken, used + leaving - Math.floor(perMinute) + 1) ?? now + minute + slotLength;
		const retryAfterSeconds = Math.ceil((back - now) / 1000);
		return { bucket: { taken }, granted: false, reason: "bucket-empty", retryAfterSeconds, tokens: 0 };
	}
	return {
		bucket: { taken: withMore(taken, usedBy, tokens) },
		granted: true,
		reason: "token-taken",
		retryAfterSeconds: 0,
		tokens,
	};
}

/** When so many of these tokens are back; undefined where there are not so many. */
function enoughBackAt(taken: Bucket["taken"], wanted: number): Instant | undefined {
	let back = 0;
	for (const { slot, count } of taken.toSorted((one, other) => one.slot - other.slot)) {
		back += count;
		if (back >= wanted) return backAt(slot);
	}
	return undefined;
}

function backAt(slot: Instant): Instant {
	return slot + slotLength + minute;
}

const slotAt = (at: Instant): Instant => at - (at % slotLength);

function without(unused: Bulk["unused"], taken: Bucket["taken"]): Bucket["taken"] {
	if (unused === undefined) return taken;
	const slot = slotAt(unused.usedBy);
	return taken.map((each) => (each.slot === slot ? { slot, count: Math.max(0, each.count - unused.tokens) } : each));
}

function withMore(taken: Bucket["taken"], at: Instant, tokens: number): Bucket["taken"] {
	const slot = slotAt(at);
	const count = taken.find((each) => each.slot === slot)?.count ?? 0;
	return [...taken.filter((each) => each.slot !== slot), { slot, count: count + tokens }];
}

/** A circuit breaker as plain JSON; `undefined` is a closed one without failures. */
export interface Breaker {
	/** Retryable failures in a row. */
	readonly failures: number;
	/** When it opened, or when its last probe failed. */
	readonly openedAt?: Instant;
	/** When the one probe of the half-open state was allowed. */
	readonly probeAt?: Instant;
	/** Until when the vendor asked us to wait (Retry-After). */
	readonly pausedUntil?: Instant;
}

export interface BreakerAnswer {
	/** To be stored before the call: it remembers the probe. */
	readonly breaker: Breaker | undefined;
	readonly allowed: boolean;
	readonly reason: "closed" | "probe" | "open" | "probe-under-way" | "told-to-wait";
	readonly retryAfterSeconds: number;
}

/** What one call told of the vendor. "refused" (a failure that no retry helps) proves that the vendor is there. */
export type CallOutcome = "success" | "refused" | "retryable-failure";

const failuresToOpen = 5;
const halfOpenAfter = 30_000;

/** Whether the vendor may be called: an open breaker lets one probe through 30 s after it opened, and another 30 s after a probe that never reported. */
export function breakerAllows(breaker: Breaker | undefined, now: Instant): BreakerAnswer {
	const pause = (breaker?.pausedUntil ?? now) - now;
	if (pause > 0) return { breaker, allowed: false, reason: "told-to-wait", retryAfterSeconds: Math.ceil(pause / 1000) };
	if (breaker?.openedAt === undefined) return { breaker, allowed: true, reason: "closed", retryAfterSeconds: 0 };
	const { openedAt, probeAt } = breaker;
	const wait = Math.max(openedAt, probeAt ?? openedAt) + halfOpenAfter - now;
	if (wait > 0) {
		return {
			breaker,
			allowed: false,
			reason: probeAt === undefined ? "open" : "probe-under-way",
			retryAfterSeconds: Math.ceil(wait / 1000),
		};
	}
	return { breaker: { ...breaker, probeAt: now }, allowed: true, reason: "probe", retryAfterSeconds: 0 };
}

/**
 * The breaker after a call: opens at the fifth retryable failure in a row, opens again for a failed probe, closes for anything else. A vendor that
 * asked us to wait is left alone for so long.
 */
export function breakerAfter(
	breaker: Breaker | undefined,
	outcome: CallOutcome,
	now: Instant,
	retryAfterSeconds?: number,
): Breaker | undefined {
	if (outcome !== "retryable-failure") return undefined;
	const failures = (breaker?.failures ?? 0) + 1;
	const pause = retryAfterSeconds === undefined ? {} : { pausedUntil: now + retryAfterSeconds * 1000 };
	return failures >= failuresToOpen ? { failures, openedAt: now, ...pause } : { failures, ...pause };
}
