import type { Instant, Reading } from "../model/incident.ts";
import type { Intermittent } from "../settings.ts";

/**
 * The last looks at one entity, the newest in the lowest bit: a bit that is set is a breach. What was never seen counts as clear, and "no
 * data" is no look at all.
 */
export type Recent = number;

/** A window has at most this many looks: so many bits are safe in every operation on them. */
export const longestWindow = 30;

/** Readings of one entity within the same span of time are one look at it. */
const samePollMilliseconds = 20_000;

type Rule = Intermittent | false | undefined;

/** The window after one more reading; readings of one look are a breach together if one of them is. */
export function advanceRecent(
	recent: Recent,
	isBreach: boolean,
	rule: Rule,
	at: { readonly last: Instant; readonly now: Instant },
): Recent {
	if (rule === undefined || rule === false) return 0;
	const isSamePoll = Math.floor(at.last / samePollMilliseconds) === Math.floor(at.now / samePollMilliseconds);
	return ((isSamePoll ? recent : recent << 1) | (isBreach ? 1 : 0)) & (2 ** rule.of - 1);
}

/** Whether so many of the last looks were breaches that an entity that is clear in between fails all the same. */
export const failsOften = (recent: Recent | undefined, rule: Rule): boolean =>
	rule !== undefined && rule !== false && breachesIn(recent ?? 0, rule) >= rule.breaches;

function breachesIn(recent: Recent, { of }: Intermittent): number {
	let count = 0;
	for (let bits = recent & (2 ** of - 1); bits !== 0; bits >>>= 1) count += bits & 1;
	return count;
}

/** The reading that opens an incident because its entity fails often: with how often, so that its page can say so. */
export function withFrequency(reading: Reading, recent: Recent | undefined, rule: Rule): Reading {
	if (reading.verdict !== "breach" || rule === undefined || rule === false || !failsOften(recent, rule)) return reading;
	return { ...reading, metrics: { ...reading.metrics, recentBreaches: breachesIn(recent ?? 0, rule), recentReadings: rule.of } };
}

/** What a summary adds for a failure that comes and goes; empty for any other. */
export function frequency({ recentBreaches, recentReadings }: Reading["metrics"]): string {
	if (recentBreaches === undefined || recentReadings === undefined) return "";
	return `, comes and goes: ${recentBreaches} of the last ${recentReadings} readings failed`;
}
