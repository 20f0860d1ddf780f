import { credentialOf } from "../../../vendors/credentials.ts";
import type { InboundEvent } from "../../../vendors/inbound.ts";
import type { ChannelKind } from "../../../vendors/kinds.ts";
import { settingOf } from "../../../vendors/settings.ts";
import { informedChannel } from "../inform/rules.ts";
import { decideIncident } from "../ledger/incidents.ts";
import { readItem } from "../ledger/store.ts";
import { callsAtOnce, sideBySide } from "../limits/sideBySide.ts";
import type { Incident, Instant, Page } from "../model/incident.ts";
import { parseDedupKey } from "../model/keys.ts";
import { type AnswerState, answerEntry, personName, withAnswer } from "../page/answers.ts";
import { clockToleranceMilliseconds } from "../page/clock.ts";
import { mayHaveBeenAccepted } from "../page/fate.ts";
import { about } from "../page/flow.ts";
import { isProof } from "../page/prove.ts";
import { isSamePage, withPage, withPageNews } from "../page/rules.ts";
import { unseenPages } from "../page/unrecorded.ts";
import type { Entry, Ports } from "../ports.ts";
import { channelOf, policyOf } from "../route/policy.ts";
import type { Channel, RuntimeSettings } from "../settings.ts";

/** What a vendor tells by itself of a page, once it is known who tells it. */
export interface VendorNews {
	readonly kind: ChannelKind;
	/** Of whose credential the sender knew a secret. */
	readonly credential: string;
	/** Absent where only the vendor's own id is known. */
	readonly dedupKey?: string;
	/** The vendor's own id of the page. */
	readonly receipt?: string;
	readonly event: InboundEvent;
	/** Who did it, as the vendor names them. */
	readonly by?: string;
	/** By the vendor's clock. */
	readonly occurredAt?: Instant;
	/** What it says of the channel, by the channel's settings. */
	readonly place: Readonly<Record<string, string>>;
}

export type HeardReason =
	/** Something is written of it. */
	| "heard"
	| "already-known"
	/** No page of ours went there under this key. */
	| "not-ours"
	/** It is over. */
	| "not-open"
	/** So long ago that only reading back can tell what is so now, or by a clock that is far ahead. */
	| "out-of-window"
	/** What its vendor told since happened later. */
	| "older-than-known";

export interface Hears {
	readonly reason: HeardReason;
	/** To write. */
	readonly incident?: Incident;
	readonly told: readonly Entry[];
}

/** What is dated counts for an hour: a vendor repeats what was not taken for longer, and the overseer has read the page by then. */
const windowMilliseconds = 3_600_000;

/** What is not dated counts for as long as a link does. */
const undatedMilliseconds = 86_400_000;

/** For how long a request that was taken must be known, so that a repeat of it is known for as long as it would count. */
export const rememberSeconds = (windowMilliseconds + undatedMilliseconds) / 1000;

/** How a page stands at its vendor after an event, which of the two that tell of no answer change nothing in one. */
const stateAfter: Readonly<Record<InboundEvent, AnswerState>> = {
	acknowledged: "acknowledged",
	resolved: "resolved",
	unacknowledged: "open",
	delivered: "unknown",
	failed: "unknown",
};

/** What becomes of an incident by what a vendor tells of one of its pages, exactly as if it had been read back. */
export function hear(settings: RuntimeSettings, incident: Incident | undefined, news: VendorNews, now: Instant): Hears {
	const found = incident && (pageOf(settings, incident, news, now) ?? noticeOf(settings, incident, news));
	if (incident === undefined || found === undefined) return { reason: "not-ours", told: [] };
	if (incident.state === "closed") return { reason: "not-open", told: [] };
	const { page, isNotice } = found;
	const late = whyNot(page, news, now);
	if (late !== undefined) return { reason: late, told: [] };
	const proven = isNotice ? { incident, told: [] } : withProof(incident, page, news, now);
	const answered = withAnswerTold(proven.incident, found, news, now);
	const told = [...proven.told, ...answered.told];
	if (answered.incident === incident) return { reason: incident.state === "open" ? "already-known" : "not-open", told };
	return { reason: "heard", incident: isNotice ? answered.incident : dated(answered.incident, page, news), told };
}

/** What a vendor tells of: a page, or what a channel was told that only informs. */
interface Found {
	readonly page: Page;
	readonly isNotice: boolean;
}

/** The page that was sent under this key to a place of this credential, or may have been by a workflow that could not write it down. */
function pageOf(settings: RuntimeSettings, incident: Incident, news: VendorNews, now: Instant): Found | undefined {
	const unseen = incident.state === "open" ? unseenPages(incident, policyOf(settings, incident), now) : [];
	const page = [...incident.pages, ...unseen].find((each) => isOf(news, each, channelOf(settings, incident, each)));
	return page && { page, isNotice: false };
}

/** There is one of an occurrence, and whoever answers it answers the round under way. */
function noticeOf(settings: RuntimeSettings, incident: Incident, news: VendorNews): Found | undefined {
	const { notices = [], round } = incident;
	const notice = notices.find((each) => isOf(news, each, informedChannel(settings, incident, each)));
	return notice && { page: { ...notice, ...(round === undefined ? {} : { round }) }, isNotice: true };
}

function isOf(news: VendorNews, page: Page, channel: Channel | undefined): boolean {
	if (page.purpose !== "page" || channel?.kind !== news.kind || !mayHaveBeenAccepted(page) || !isNamed(news, page)) return false;
	return credentialOf(channel) === news.credential && Object.entries(news.place).every(([name, said]) => settingOf(channel, name) === said);
}

const isNamed = ({ dedupKey, receipt }: VendorNews, page: Page): boolean =>
	dedupKey === undefined ? receipt !== undefined && (page.recordId === receipt || page.receipt === receipt) : page.dedupKey === dedupKey;

/** Why what a vendor tells counts no more. */
function whyNot({ intendedAt, heardAt = 0 }: Page, { occurredAt }: VendorNews, now: Instant): HeardReason | undefined {
	if (occurredAt === undefined) return now >= intendedAt + undatedMilliseconds ? "out-of-window" : undefined;
	const isWithin =
		occurredAt > now - windowMilliseconds &&
		occurredAt <= now + clockToleranceMilliseconds &&
		occurredAt >= intendedAt - clockToleranceMilliseconds;
	if (!isWithin) return "out-of-window";
	return occurredAt < heardAt ? "older-than-known" : undefined;
}

interface Told {
	readonly incident: Incident;
	readonly told: readonly Entry[];
}

/** What is told of a page proves it, or that it did not arrive. */
function withProof(incident: Incident, page: Page, { event }: VendorNews, now: Instant): Told {
	if (page.state === "proven") return { incident, told: [] };
	if (event === "failed") {
		if (page.state !== "accepted" || incident.state !== "open") return { incident, told: [] };
		const told: readonly Entry[] = [{ what: "page-unproven", ...about(incident, page), outcome: event, detail: "its vendor says so" }];
		return { incident: withPageNews(incident, page, { what: "unproven" }, now), told };
	}
	const state = event === "unacknowledged" ? "delivered" : event;
	if (!isProof(page, state)) return { incident, told: [] };
	const told: readonly Entry[] = [
		{ what: "page-proven", ...about(incident, page), outcome: page.purpose, detail: `its vendor says: ${event}` },
	];
	return { incident: withPageNews(incident, page, { what: "proven" }, now), told };
}

function withAnswerTold(incident: Incident, { page, isNotice }: Found, { event, by }: VendorNews, now: Instant): Told {
	// Whoever ends what only informs has answered nobody.
	if (isNotice && event === "resolved" && incident.acknowledged === undefined) return { incident, told: [] };
	const who = personName(by) ?? `tier ${page.tier} by ${page.channel}`;
	const { reason, incident: answered } = withAnswer(incident, page, { state: stateAfter[event], by: who }, now);
	if (reason === "no-news" || reason === "stands") return { incident: answered, told: [] };
	return { incident: answered, told: [{ ...answerEntry(reason, incident, who), ...about(incident, page) }] };
}

/** What is told later and happened before changes nothing. */
function dated(incident: Incident, page: Page, { occurredAt }: VendorNews): Incident {
	const current = incident.pages.find((other) => isSamePage(page, other));
	return current === undefined || occurredAt === undefined ? incident : withPage(incident, { ...current, heardAt: occurredAt });
}

/** More incidents that are not closed are not searched for the one whose page has an id: the overseer reads it at its next tick. */
const mostSearched = 200;

/** Hears what a vendor tells of a page. Heard twice is heard once. Throws EdgeError where it could not be written: the vendor repeats it. */
export async function heardFromVendor(
	ports: Pick<Ports, "clock" | "journal" | "ledger" | "settings">,
	news: VendorNews,
): Promise<HeardReason> {
	const ref = news.dedupKey === undefined ? await searched(ports, news) : parseDedupKey(news.dedupKey);
	if (ref === undefined) return "not-ours";
	const { reason, told } = await decideIncident<Hears>(ports, ref, (incident) => {
		const heard = hear(ports.settings, incident, news, ports.clock.now());
		return { write: heard.incident, result: heard };
	});
	for (const entry of told) ports.journal.log(entry);
	return reason;
}

/** The incident of which one page has the vendor's id. */
async function searched(
	{ ledger, clock, settings }: Pick<Ports, "clock" | "ledger" | "settings">,
	news: VendorNews,
): Promise<Incident | undefined> {
	let found: Incident | undefined;
	await sideBySide(await ledger.due(clock.now(), mostSearched), callsAtOnce, async (key) => {
		const incident = found === undefined ? await readItem<Incident>(ledger, key) : undefined;
		if (incident !== undefined && hear(settings, incident, news, clock.now()).reason !== "not-ours") found = incident;
	});
	return found;
}
