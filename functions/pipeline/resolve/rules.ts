import type { Incident, Instant, Page } from "../model/incident.ts";
import { mayHaveBeenAccepted } from "../page/fate.ts";
import { canAcknowledge, endsByMessage } from "../page/link.ts";
import { entryOf, findPage, isAnswered, isSamePlace, roundOf, withPage } from "../page/rules.ts";
import { unclaimedPages, unrecordedPages } from "../page/unrecorded.ts";
import type { EscalationPolicy } from "../settings.ts";

/** How long an unproven recovery keeps an incident from being closed. */
export const recoveryPatienceMilliseconds = 3_600_000;

/** How long a vendor that pages by itself is owed the end that it could not be told. */
const owedPatienceMilliseconds = 7 * 86_400_000;

/** Whether a vendor may go on paging for what is well: it never took the news of the end. */
const isOwed = ({ purpose, kind, state, acceptedAt }: Page): boolean =>
	purpose === "recovery" &&
	!endsByMessage(kind) &&
	acceptedAt === undefined &&
	(state === "failed" || state === "owed" || state === "sending");

/** The pause before the next attempt to tell an end: none for a quarter of an hour of ticks, then growing, ten minutes at most. */
export const endPauseMilliseconds = ({ attempts, state }: Pick<Page, "attempts" | "state">): number =>
	attempts < 15 || state === "unproven" ? 0 : Math.min(60_000 * 2 ** Math.min(attempts - 15, 10), 600_000);

function newEntry({ tier, channel, kind, round, policy }: Page, purpose: Page["purpose"], key: string, now: Instant): Page {
	const place = { tier, channel, kind, ...(round === undefined ? {} : { round }), ...(policy === undefined ? {} : { policy }) };
	const own = { state: "sending", by: "overseer", attempts: 0, intendedAt: now, lastAttemptAt: now } as const;
	return { purpose, ...place, dedupKey: key, ...own };
}

/** Pages that may be there. Resolving one that is not costs nothing and wakes nobody; a text would. */
const unrecorded = (incident: Incident, policy: Pick<EscalationPolicy, "tiers">, now: Instant): readonly Page[] =>
	[...unrecordedPages(incident, policy, now), ...unclaimedPages(incident, policy, now)].filter(({ kind }) => !endsByMessage(kind));

/** The places that still have to hear that it is over, as intents: every one that was told or may have been told, once. */
export function recoveriesDue(incident: Incident, policy: Pick<EscalationPolicy, "tiers">, now: Instant): readonly Page[] {
	if (incident.state !== "recovered") return [];
	const paged = [...incident.pages, ...unrecorded(incident, policy, now)].filter(
		(page) => page.purpose === "page" && mayHaveBeenAccepted(page),
	);
	return paged
		.filter((page) => entryOf(incident, page, "recovery") === undefined && isLatestText(page, paged) && !isEndAccepted(incident, page))
		.map((page) => newEntry(page, "recovery", endsByMessage(page.kind) ? `${page.dedupKey}:recovery` : page.dedupKey, now));
}

/** Whether that phone has the end already, by the text of another round. */
const isEndAccepted = ({ pages }: Incident, page: Page): boolean =>
	endsByMessage(page.kind) &&
	pages.some((other) => other.purpose === "recovery" && isSamePlace(other, page) && other.acceptedAt !== undefined);

/** A phone is told the end once, however many rounds there were; by an earlier one where the vendor turns out never to have had the latest. */
const isLatestText = (page: Page, paged: readonly Page[]): boolean =>
	!endsByMessage(page.kind) || !paged.some((other) => isSamePlace(other, page) && roundOf(other) > roundOf(page));

/** How long a page of an earlier round that nobody could read, and that may have been answered, is left at its vendor beside a newer one. */
const unreadPatienceMilliseconds = 3_600_000;

/**
 * From when the people of an old page were asked in the round under way; until then it is what they have, and can answer. Those of another policy
 * are no more on duty once anybody was asked.
 */
function askedAnewAt(incident: Incident, { tier, policy }: Page): Instant {
	const asked = incident.pages.filter(
		(page) =>
			page.purpose === "page" &&
			page.state === "proven" &&
			(policy !== undefined || page.tier === tier) &&
			roundOf(page) === roundOf(incident),
	);
	return Math.min(...asked.map(({ provenAt = 0 }) => provenAt), Number.POSITIVE_INFINITY);
}

/**
 * Pages of earlier rounds, which their vendor must not go on paging for once their tier has a newer one: ended there, as intents. What may have been
 * answered is read first: ended unread, its answer would be lost. A text cannot be ended.
 */
export function supersededDue(incident: Incident, isRead: (page: Page) => boolean, now: Instant): readonly Page[] {
	if (incident.state !== "open") return [];
	const isEnded = (page: Page): boolean => {
		if (incident.acknowledged !== undefined) return true;
		const asked = askedAnewAt(incident, page);
		const hasNoAnswer = incident.answerExpired !== undefined || !canAcknowledge(page.kind) || isRead(page);
		return now >= asked && (hasNoAnswer || now >= asked + unreadPatienceMilliseconds);
	};
	const old = incident.pages.filter(
		(page) =>
			page.purpose === "page" &&
			!endsByMessage(page.kind) &&
			roundOf(page) < roundOf(incident) &&
			page.dedupKey !== findPage(incident, page.tier, page.channel)?.dedupKey &&
			mayHaveBeenAccepted(page) &&
			isEnded(page) &&
			entryOf(incident, page, "recovery") === undefined,
	);
	return old.map((page) => newEntry(page, "recovery", page.dedupKey, now));
}

/** The open pages in other places that an acknowledgement in one place must be mirrored to, as intents. */
export function mirrorsDue(incident: Incident, now: Instant): readonly Page[] {
	const { acknowledged } = incident;
	if (acknowledged === undefined || incident.state !== "open") return [];
	const elsewhere = incident.pages.filter(
		(page) =>
			page.purpose === "page" &&
			canAcknowledge(page.kind) &&
			roundOf(page) === roundOf(incident) &&
			page.acceptedAt !== undefined &&
			!isAnswered(acknowledged, page) &&
			entryOf(incident, page, "acknowledgement") === undefined,
	);
	return elsewhere.map((page) => newEntry(page, "acknowledgement", page.dedupKey, now));
}

export type CloseReason =
	| "everybody-told"
	/** It recovered before anybody was paged. */
	| "nobody-was-told"
	| "recovery-unproven"
	/** A vendor could not be told for a week, and may page for what is well. */
	| "recovery-untold"
	| "recovery-pending"
	| "not-recovered";

/** Whether the incident can be closed: every recovery proven, or given up after an hour with that as the recorded reason. */
export function whyClose(incident: Incident, policy: Pick<EscalationPolicy, "tiers">, now: Instant): CloseReason {
	if (incident.state !== "recovered") return "not-recovered";
	const recoveries = incident.pages.filter((page) => page.purpose === "recovery");
	if (recoveriesDue(incident, policy, now).length === 0) {
		if (recoveries.length === 0) return "nobody-was-told";
		if (recoveries.every(({ state }) => state === "proven" || state === "cancelled")) return "everybody-told";
	}
	const since = now - (incident.recoveredAt ?? now);
	if (recoveries.some(isOwed)) return since >= owedPatienceMilliseconds ? "recovery-untold" : "recovery-pending";
	// What was told late has its time to be proven.
	const paged = Math.max(...recoveries.map(({ acceptances, acceptedAt = 0 }) => (acceptances === 1 ? acceptedAt : 0)), 0);
	const isOver = since >= recoveryPatienceMilliseconds && now >= paged + recoveryPatienceMilliseconds;
	return isOver ? "recovery-unproven" : "recovery-pending";
}

export const closes = (reason: CloseReason): boolean =>
	reason === "everybody-told" || reason === "nobody-was-told" || reason === "recovery-unproven" || reason === "recovery-untold";

/** The closed incident: pages that nobody needs any more are cancelled, so that no later tick sends them. */
export function close(incident: Incident, now: Instant): Incident {
	const waiting = incident.pages.filter((page) => page.state === "failed" || page.state === "given-up" || page.state === "owed");
	const calm = waiting.reduce((item, page) => withPage(item, { ...page, state: "cancelled" }), incident);
	return { ...calm, state: "closed", closedAt: now };
}
