import { traitsOf } from "../../../vendors/kinds.ts";
import { isDrill } from "../model/drill.ts";
import type { Acknowledgement, Incident, Instant, Page } from "../model/incident.ts";
import { mayHaveBeenAccepted } from "../page/fate.ts";
import { endsByMessage } from "../page/link.ts";
import { entryOf, isAnswered, isSamePlace, roundOf, tierReachedAt } from "../page/rules.ts";
import { unclaimedPages, unrecordedPages } from "../page/unrecorded.ts";
import type { EscalationPolicy } from "../settings.ts";

const dayMilliseconds = 86_400_000;

/** Why everybody is asked anew, from the first tier on or from the one that had answered. */
export type RepeatReason =
	/** The last tier did not answer, and so long ago. */
	| "nobody-answered"
	/** Whoever had answered did so long ago, and the failure goes on. */
	| "acknowledgement-expired"
	/** Somebody ended the page that was answered by hand at its vendor, so long ago, and the failure goes on. */
	| "resolved-by-hand"
	| "not-yet"
	/** It was asked as often as a day may see. */
	| "enough-for-today";

/** Whether a new round of the policy is due: silence has an end, and so has an answer. */
export function whyRepeat(incident: Incident, policy: EscalationPolicy, now: Instant): RepeatReason {
	const { acknowledged, state } = incident;
	if (state !== "open" || incident.memberOf !== undefined || incident.heldSince !== undefined) return "not-yet";
	if (now < (askedAnewAt(incident, policy) ?? Number.POSITIVE_INFINITY)) return "not-yet";
	if (repeatsToday(incident, now).length >= policy.repeatsADay) return "enough-for-today";
	if (acknowledged === undefined) return "nobody-answered";
	return acknowledged.resolvedAt === undefined ? "acknowledgement-expired" : "resolved-by-hand";
}

/** When everybody is asked anew, as it stands; undefined while the policy is under way. */
export function askedAnewAt(incident: Incident, policy: EscalationPolicy): Instant | undefined {
	const { acknowledged, exhausted } = incident;
	// A drill asks everybody once, and ends by itself.
	if (isDrill(incident)) return undefined;
	if (acknowledged !== undefined) return holdsUntil(acknowledged, policy);
	if (exhausted === undefined) return undefined;
	return Math.max(exhausted, answerTimeOfLast(incident, policy)) + pauseSeconds(incident, policy) * 1000;
}

/** Whoever ended a page by hand holds the failure for mended: where it goes on, that is news. */
export function holdsUntil({ at, resolvedAt }: Acknowledgement, { acknowledgedForSeconds, reopenSeconds }: EscalationPolicy): Instant {
	const expires = at + acknowledgedForSeconds * 1000;
	return resolvedAt === undefined ? expires : Math.min(expires, resolvedAt + reopenSeconds * 1000);
}

/**
 * How long everybody is left alone after the last tier. Where the round was texts, and their vendor says of none that it went anywhere, nobody may
 * have been told: they are sent anew after the time that makes an incident stale, as often as a channel is tried. Other pages are offered until
 * they are there.
 */
function pauseSeconds(incident: Incident, { repeatSeconds, staleSeconds, attemptsPerChannel }: EscalationPolicy): number {
	return roundOf(incident) <= attemptsPerChannel && isUnsent(incident) ? Math.min(staleSeconds, repeatSeconds) : repeatSeconds;
}

function isUnsent(incident: Incident): boolean {
	const pages = incident.pages.filter((page) => page.purpose === "page" && roundOf(page) === roundOf(incident));
	const isLost = ({ kind, state, acceptances = 0 }: Page): boolean =>
		!traitsOf(kind).deduplicates && state === "unproven" && acceptances > 0;
	return pages.length > 0 && pages.every(isLost);
}

/** Until when the last tier had time to answer: it may have been told long after it was given up. */
function answerTimeOfLast(incident: Incident, { tiers, acknowledgeSeconds }: EscalationPolicy): Instant {
	const reachedAt = tierReachedAt(incident, tiers.length);
	return reachedAt === undefined ? 0 : reachedAt + acknowledgeSeconds * 1000;
}

export const repeats = (reason: RepeatReason): boolean => reason !== "not-yet" && reason !== "enough-for-today";

const repeatsToday = ({ repeatedAt = [] }: Incident, now: Instant): readonly Instant[] =>
	repeatedAt.filter((at) => at > now - dayMilliseconds);

/**
 * The incident in its next round, which is the overseer's: every place is paged anew, under keys of its own. Whoever had answered is asked first,
 * and the others only where no answer comes.
 */
export function nextRound(incident: Incident, policy: Pick<EscalationPolicy, "tiers">, reason: string, now: Instant): Incident {
	const { acknowledged, exhausted: _exhausted, waitsFrom: _from, answerExpired: _before, ...rest } = incident;
	const round = (incident.round ?? 1) + 1;
	return {
		...rest,
		round,
		repeatedAt: [...repeatsToday(incident, now), now],
		tier: tierAsked(incident, policy),
		...(acknowledged === undefined ? {} : { answerExpired: true }),
		takenOver: incident.takenOver ?? { at: now, reason },
		pages: [...incident.pages, ...unwrittenPages(incident, policy, now)].filter((page) => isStillNeeded(incident, page)),
	};
}

/** What a workflow may have sent and could not write down: from here on nobody asks any more. A phone that a workflow never claimed for is left alone. */
function unwrittenPages(incident: Incident, policy: Pick<EscalationPolicy, "tiers">, now: Instant): readonly Page[] {
	const unclaimed = unclaimedPages(incident, policy, now).filter(({ kind }) => !endsByMessage(kind));
	return [...unrecordedPages(incident, policy, now), ...unclaimed];
}

/** The tier that had answered; the first where nobody had, or only somebody of a policy that was the incident's before. */
function tierAsked({ acknowledged, pages }: Incident, { tiers }: Pick<EscalationPolicy, "tiers">): number {
	if (acknowledged === undefined) return 1;
	const answered = pages.find((page) => page.purpose === "page" && isAnswered(acknowledged, page));
	return answered?.policy === undefined ? Math.min(acknowledged.tier, tiers.length) : 1;
}

/** Pages of earlier rounds stay until their end is told: an incident that nobody answers for a year stays small. */
function isStillNeeded(incident: Incident, page: Page): boolean {
	if (page.purpose === "acknowledgement" && isSettled(page)) return isOfNeeded(incident, page);
	if (page.purpose !== "page") return !isSettled(page);
	if (!mayHaveBeenAccepted(page)) return false;
	// A phone is told the end once, by its latest page; one that may never have arrived stands for none that did.
	if (endsByMessage(page.kind)) return !incident.pages.some((other) => isLaterText(page, other));
	const end = incident.pages.find((other) => other.purpose === "recovery" && other.dedupKey === page.dedupKey && isSamePlace(other, page));
	return end === undefined || !isSettled(end);
}

/** What we told of a page is no answer to it, for as long as it is read. */
function isOfNeeded(incident: Incident, mirror: Page): boolean {
	const page = entryOf(incident, mirror, "page");
	return page !== undefined && isStillNeeded(incident, page);
}

const isLaterText = (page: Page, other: Page): boolean =>
	other.purpose === "page" &&
	isSamePlace(other, page) &&
	roundOf(other) > roundOf(page) &&
	mayHaveBeenAccepted(other) &&
	(hasArrived(other) || !hasArrived(page));

const hasArrived = ({ state }: Page): boolean => state === "proven" || state === "presumed";

const isSettled = ({ state }: Page): boolean => state === "proven" || state === "cancelled";
