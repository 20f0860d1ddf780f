import { takesNews } from "../../../vendors/actions.ts";
import { traitsOf } from "../../../vendors/kinds.ts";
import type { Incident, Instant, Page } from "../model/incident.ts";
import { dedupKey } from "../model/keys.ts";
import { isLostIntent, mayHaveBeenAccepted } from "../page/fate.ts";
import { endsByMessage } from "../page/link.ts";
import { withPage } from "../page/rules.ts";
import { endPauseMilliseconds, recoveryPatienceMilliseconds } from "../resolve/rules.ts";
import { policyNameOf, policyOf } from "../route/policy.ts";
import type { Channel, RuntimeSettings } from "../settings.ts";

/** What the rules of the channels that only inform read. */
export type NoticeSettings = Pick<RuntimeSettings, "policies" | "routes">;

/** One channel that informs, and where it stands. */
export interface Informed {
	readonly policy: string;
	/** From 1. */
	readonly tier: number;
	readonly channel: Channel;
}

/**
 * Attempts at one notice: each tick makes one. A message that may have arrived is not repeated as often as one that was refused; the end of a record
 * is owed for as long as the incident waits for it.
 */
function mostAttempts({ purpose, kind, doubtfulAt }: Page): number {
	if (endsByMessage(kind)) return doubtfulAt === undefined ? 15 : 3;
	return purpose === "recovery" ? Number.POSITIVE_INFINITY : 15;
}

/** How long after it was taken a notice is looked for. */
const proofMilliseconds = 600_000;

/** The channels that a tier which was come to informs beside its pages. */
function informedOf(settings: NoticeSettings, incident: Incident): readonly Informed[] {
	const policy = policyNameOf(settings, incident);
	return policyOf(settings, incident)
		.tiers.slice(0, incident.tier)
		.flatMap(({ informs = [] }, index) => informs.map((channel) => ({ policy, tier: index + 1, channel })));
}

/** Whether the policy of an incident informs anybody, or one that it had did. */
export const informsAnywhere = (settings: NoticeSettings, incident: Incident): boolean =>
	incident.notices !== undefined || policyOf(settings, incident).tiers.some(({ informs }) => informs !== undefined);

/** The channel of a notice; undefined for one that the settings no longer have. */
export const informedChannel = (settings: NoticeSettings, incident: Incident, { policy, tier, channel }: Page): Channel | undefined =>
	policyOf(settings, policy === undefined ? incident : { policy }).tiers[tier - 1]?.informs?.find(({ name }) => name === channel);

const isSameNotice = (one: Page, other: Page): boolean => isSameChannel(one, other) && one.purpose === other.purpose;

const isSameChannel = (one: Pick<Page, "policy" | "tier" | "channel">, other: Pick<Page, "policy" | "tier" | "channel">): boolean =>
	one.policy === other.policy && one.tier === other.tier && one.channel === other.channel;

/** Changes the notices of an incident by the rules of its pages: both are intents with receipts. */
export function changeNotices(incident: Incident, next: (notices: Incident) => Incident): Incident {
	return { ...incident, notices: next({ ...incident, pages: incident.notices ?? [] }).pages };
}

/** Puts a notice in the place of the same one, or at the end. */
export const withNotice = (incident: Incident, notice: Page): Incident => changeNotices(incident, (item) => withPage(item, notice));

/**
 * The notices that are to be sent now, as intents: new ones, and those that did not arrive. An occurrence has at most three in each channel: that it
 * failed, that somebody answered, and that it is over. Nothing waits for them, and none counts as a page.
 */
export function noticesDue(settings: NoticeSettings, incident: Incident, now: Instant): readonly Page[] {
	if (incident.memberOf !== undefined || incident.silenced !== undefined || incident.state === "closed") return [];
	const known = incident.notices ?? [];
	const told = known.filter((notice) => notice.purpose === "page" && mayHaveBeenAccepted(notice));
	const wanted = [
		...(incident.state === "open" && incident.heldSince === undefined
			? informedOf(settings, incident).map((place) => firstNotice(incident, place, now))
			: []),
		...(incident.state === "open" && incident.acknowledged !== undefined
			? told.filter(({ kind }) => takesNews(kind)).map((page) => following(page, "acknowledgement", now))
			: []),
		...(incident.state === "recovered" ? told.map((page) => following(page, "recovery", now)) : []),
	];
	const fresh = wanted.filter((notice) => !known.some((each) => isSameNotice(each, notice)));
	return [...known.filter((notice) => isDueAgain(incident, notice, now)), ...fresh];
}

function firstNotice(incident: Incident, { policy, tier, channel }: Informed, now: Instant): Page {
	return {
		...intent(now),
		purpose: "page",
		tier,
		policy,
		channel: channel.name,
		kind: channel.kind,
		dedupKey: dedupKey(incident.key, incident.occurrence, tier, incident.round),
	};
}

/** What follows a notice goes to the same place, by the vendor's own id of it; an end that is a message of its own has no id yet. */
function following({ tier, policy, channel, kind, dedupKey: key, receipt }: Page, purpose: Page["purpose"], now: Instant): Page {
	const place = { tier, channel, kind, ...(policy === undefined ? {} : { policy }) };
	if (purpose === "recovery" && endsByMessage(kind)) return { ...intent(now), ...place, purpose, dedupKey: `${key}:recovery` };
	return { ...intent(now), ...place, ...(receipt === undefined ? {} : { receipt }), purpose, dedupKey: key };
}

const intent = (now: Instant) =>
	({ state: "sending", by: "overseer", attempts: 0, intendedAt: now, lastAttemptAt: now }) as const satisfies Partial<Page>;

function isDueAgain(incident: Incident, notice: Page, now: Instant): boolean {
	const { state, purpose, attempts, lastAttemptAt } = notice;
	if (purpose !== "recovery" && incident.state !== "open") return false;
	const missed = state === "failed" || state === "owed" || isLostIntent(notice, now);
	return missed && attempts < mostAttempts(notice) && now >= lastAttemptAt + endPauseMilliseconds(notice);
}

/** The notices whose vendor can be asked whether it has them, for a while after it took them. */
export const noticesToProve = ({ notices = [] }: Incident): readonly Page[] =>
	notices.filter(({ state, kind, purpose }) => state === "accepted" && purpose === "page" && traitsOf(kind).proof !== "none");

/** Whether a notice that its vendor took is not to be found, and will not be looked for any more. */
export const isUnproven = ({ acceptedAt = 0 }: Page, now: Instant): boolean => now >= acceptedAt + proofMilliseconds;

/** Whether an incident stays open for its end to be told where it was only informed of: for an hour at most. */
export function isNoticeOwed({ notices = [], recoveredAt }: Incident, now: Instant): boolean {
	if (now >= (recoveredAt ?? now) + recoveryPatienceMilliseconds) return false;
	const owed = (notice: Page): boolean =>
		(notice.state === "failed" || notice.state === "owed" || notice.state === "sending") && notice.attempts < mostAttempts(notice);
	const isEnded = (page: Page): boolean => notices.some((each) => each.purpose === "recovery" && isSameChannel(each, page));
	return (
		notices.some((notice) => notice.purpose === "recovery" && owed(notice)) ||
		notices.some((notice) => notice.purpose === "page" && mayHaveBeenAccepted(notice) && !isEnded(notice))
	);
}
