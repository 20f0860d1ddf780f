import type { Acknowledgement, Executor, Incident, Instant, Page } from "../model/incident.ts";
import { dedupKey } from "../model/keys.ts";
import type { Channel } from "../settings.ts";
import { leavesDoubt } from "./fate.ts";

/** One place that somebody wants to page: a channel of a tier. */
export interface Place {
	/** From 1. */
	readonly tier: number;
	readonly channel: Channel;
}

export type IntendReason =
	| "first-attempt"
	| "next-attempt"
	/** The overseer sends an unproven or given-up page again under the same dedup key. */
	| "sent-again"
	| "not-open"
	/** Its group pages for it. */
	| "grouped"
	| "acknowledged"
	/** It is clear, and flap damping holds it open. */
	| "held"
	/** A silence keeps it from being told. */
	| "silenced"
	| "already-proven"
	| "already-accepted"
	/** Another executor wrote its intent a moment ago and may be sending now. */
	| "in-flight";

export interface Intent {
	readonly granted: boolean;
	readonly reason: IntendReason;
	readonly incident: Incident;
	readonly page?: Page;
}

/** How long a written intent of another executor is respected before it counts as lost. */
const inFlightMilliseconds = 60_000;

export const isInFlight = ({ state, lastAttemptAt }: Page, now: Instant): boolean =>
	state === "sending" && now < lastAttemptAt + inFlightMilliseconds;

/** The round of the policy in which it was wanted. */
export const roundOf = ({ round = 1 }: Pick<Page | Incident, "round">): number => round;

/** The page of a place in the round under way. */
export const findPage = (incident: Incident, tier: number, channel: string): Page | undefined =>
	incident.pages.find(
		(page) => page.purpose === "page" && page.tier === tier && page.channel === channel && roundOf(page) === roundOf(incident),
	);

/** Whether two pages of an incident went to one place: a tier of another policy is another one. */
export const isSamePlace = (one: Page, other: Page): boolean =>
	other.tier === one.tier && other.channel === one.channel && other.policy === one.policy;

/** Whether two entries of the outbox are about the same thing in the same place and round. */
export const isSamePage = (one: Page, other: Page): boolean =>
	other.purpose === one.purpose && other.tier === one.tier && other.channel === one.channel && roundOf(other) === roundOf(one);

/** Whether that answer was given to this very page. */
export const isAnswered = ({ tier, channel, round = 1 }: Acknowledgement, page: Page): boolean =>
	page.tier === tier && page.channel === channel && roundOf(page) === round;

/** What is written about the same place and round for another purpose: the end of a page, the page of an end. */
export const entryOf = ({ pages }: Incident, page: Page, purpose: Page["purpose"]): Page | undefined =>
	pages.find((other) => isSamePage({ ...page, purpose }, other));

/** Puts `page` in the place of the same entry, or at the end. */
export function withPage(incident: Incident, page: Page): Incident {
	const same = (other: Page): boolean => isSamePage(page, other);
	const pages = incident.pages.some(same) ? incident.pages.map((other) => (same(other) ? page : other)) : [...incident.pages, page];
	return { ...incident, pages };
}

/**
 * The one gate before every page, whoever sends it: says whether this executor may page this place now, and writes the intent.
 * `again` lets the overseer send a page again that was accepted but could not be read back.
 */
export function intend(incident: Incident, place: Place, by: Executor, now: Instant, again = false): Intent {
	const refuse = (reason: IntendReason): Intent => ({ granted: false, reason, incident });
	if (incident.state !== "open") return refuse("not-open");
	if (incident.memberOf !== undefined) return refuse("grouped");
	if (incident.acknowledged !== undefined) return refuse("acknowledged");
	if (incident.heldSince !== undefined) return refuse("held");
	if (incident.silenced !== undefined) return refuse("silenced");
	const before = findPage(incident, place.tier, place.channel.name);
	if (before?.state === "proven") return refuse("already-proven");
	if (!again && before !== undefined && isAccepted(before)) return refuse("already-accepted");
	if (before !== undefined && before.by !== by && isInFlight(before, now)) return refuse("in-flight");
	const page: Page = {
		...(before ?? firstPage(incident, place, by, now)),
		// Its sender died between intent and answer.
		...(before?.state === "sending" ? { doubtfulAt: before.doubtfulAt ?? before.lastAttemptAt } : {}),
		state: "sending",
		by,
		attempts: again ? (before?.attempts ?? 0) : before?.by === by ? before.attempts + 1 : 1,
		lastAttemptAt: now,
	};
	const tier = Math.max(incident.tier, place.tier);
	const reason = again ? "sent-again" : page.attempts === 1 ? "first-attempt" : "next-attempt";
	return { granted: true, reason, incident: withPage({ ...incident, tier }, page), page };
}

const isAccepted = ({ state }: Page): boolean => state === "accepted" || state === "unproven" || state === "presumed";

/** The first intent to page a place. */
export function firstPage(incident: Incident, { tier, channel }: Place, by: Executor, now: Instant): Page {
	return {
		purpose: "page",
		tier,
		channel: channel.name,
		kind: channel.kind,
		...(incident.round === undefined ? {} : { round: incident.round }),
		dedupKey: dedupKey(incident.key, incident.occurrence, tier, incident.round),
		state: "sending",
		by,
		attempts: 0,
		intendedAt: now,
		lastAttemptAt: now,
	};
}

/** What became of an attempt or of a read-back. */
export type PageNews =
	/** `again`: taken only when it was sent again, so that no channel waits for its proof; a tick that reads it proves it all the same. */
	| { readonly what: "accepted"; readonly receipt: string; readonly again?: boolean }
	| { readonly what: "failed"; readonly failure: string }
	| { readonly what: "given-up"; readonly failure: string }
	/** Nothing was sent: no attempt is counted (`again`: none was). */
	| { readonly what: "owed"; readonly failure: string; readonly again?: boolean }
	/** Without a receipt where a vendor tells it that names none. */
	| { readonly what: "proven"; readonly receipt?: string }
	| { readonly what: "presumed" }
	| { readonly what: "unproven" };

/** Writes the receipt. A proof is never lost again: what comes late about a proven page changes nothing. */
export function withPageNews(incident: Incident, page: Page, news: PageNews, now: Instant): Incident {
	const current = incident.pages.find((other) => isSamePage(page, other)) ?? page;
	if (current.state === "proven") return incident;
	switch (news.what) {
		case "accepted":
			return withPage(incident, {
				...current,
				state: news.again ? "unproven" : "accepted",
				acceptances: (current.acceptances ?? 0) + 1,
				acceptedAt: now,
				receipt: news.receipt,
			});
		case "proven":
			return withPage(incident, {
				...current,
				state: "proven",
				acceptedAt: current.acceptedAt ?? now,
				provenAt: now,
				...(news.receipt === undefined ? {} : { receipt: news.receipt }),
			});
		case "presumed":
			return withPage(incident, { ...current, state: "presumed", presumedAt: current.presumedAt ?? now });
		case "unproven":
			return withPage(incident, { ...current, state: "unproven" });
		case "owed":
			return withPage(incident, {
				...current,
				state: "owed",
				attempts: Math.max(0, current.attempts - (news.again ? 0 : 1)),
				failure: news.failure,
			});
		default:
			return withPage(incident, { ...current, ...doubtOf(current, news.failure, now), state: news.what, failure: news.failure });
	}
}

const doubtOf = ({ doubtfulAt }: Page, failure: string, now: Instant): Pick<Page, "doubtfulAt"> =>
	leavesDoubt(failure) ? { doubtfulAt: doubtfulAt ?? now } : {};

const pagesOf = (incident: Incident, tier: number): readonly Page[] =>
	incident.pages.filter((page) => page.purpose === "page" && page.tier === tier && roundOf(page) === roundOf(incident));

/** When the first page of a tier was proven: the wait for an acknowledgement counts from here, or from when an answer was withdrawn. */
export function firstProof(incident: Incident, tier: number): Instant | undefined {
	return sinceAnswer(
		incident,
		pagesOf(incident, tier).flatMap(({ provenAt }) => provenAt ?? []),
	);
}

/** When a tier counts as told: by its first proof, or by the first text that its carrier has and says no more of. */
export const tierReachedAt = (incident: Incident, tier: number): Instant | undefined =>
	firstProof(incident, tier) ??
	sinceAnswer(
		incident,
		pagesOf(incident, tier).flatMap(({ state, presumedAt }) => (state === "presumed" ? (presumedAt ?? []) : [])),
	);

const sinceAnswer = ({ waitsFrom = 0 }: Incident, instants: readonly Instant[]): Instant | undefined =>
	instants.length === 0 ? undefined : Math.max(waitsFrom, Math.min(...instants));
