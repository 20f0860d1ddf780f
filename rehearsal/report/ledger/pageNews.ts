import type { Happening } from "../timelineEvent.ts";
import { actorOf, type Dated, dated } from "./dated.ts";
import type { IncidentItem, ItemPage } from "./item.ts";

/** What an item tells of its pages and notices of some purposes; a tier above the first begins with an escalation. */
export function pageNews({ pages, notices = [] }: IncidentItem, purposes: readonly ItemPage["purpose"][]): readonly Dated[] {
	const isOne = ({ purpose }: ItemPage): boolean => purposes.includes(purpose);
	const own = pages.filter(isOne);
	return [...escalations(own), ...own.flatMap(newsOf), ...notices.filter(isOne).flatMap(noticeNews)];
}

/** The ledger knows the highest tier, and when each was first written to be paged. */
function escalations(pages: readonly ItemPage[]): readonly Dated[] {
	const first = new Map<number, ItemPage>();
	for (const page of pages.filter(({ purpose }) => purpose === "page")) {
		const before = first.get(page.tier);
		if (before === undefined || page.intendedAt < before.intendedAt) first.set(page.tier, page);
	}
	const later = [...first.values()].filter(({ tier }) => tier > 1);
	return later.flatMap(({ tier, intendedAt, by }) => dated(intendedAt, { who: actorOf(by), what: "escalated", tier }));
}

const about = ({ tier, channel, by }: ItemPage): Dated["news"] => ({ who: actorOf(by), what: "page-sent", tier, channel });

const sent: Readonly<Record<ItemPage["purpose"], Happening>> = {
	page: "page-sent",
	acknowledgement: "acknowledged",
	recovery: "recovery-sent",
};

function newsOf(page: ItemPage): readonly Dated[] {
	const { purpose, acceptedAt, provenAt, presumedAt } = page;
	const outcome = purpose === "acknowledgement" ? { outcome: "mirrored" } : {};
	return [
		...failureOf(page),
		...dated(acceptedAt, { ...about(page), what: sent[purpose], ...outcome }),
		...dated(presumedAt, { ...about(page), what: "page-presumed" }),
		...dated(provenAt, { ...about(page), who: "overseer", what: "page-proven", outcome: purpose }),
		...(page.state === "unproven" ? dated(page.lastAttemptAt, { ...about(page), what: "page-unproven" }) : []),
	];
}

/** Of attempts that failed the ledger has their number, and the last reason. */
function failureOf(page: ItemPage): readonly Dated[] {
	const { acceptedAt, intendedAt, lastAttemptAt, attempts, acceptances = 1, failure, purpose } = page;
	if (failure === undefined) return [];
	const failed = (at: number, attempt: number): readonly Dated[] =>
		dated(at, {
			...about(page),
			what: "page-failed",
			outcome: failure,
			...(attempt < 1 ? {} : { attempt }),
			...(purpose === "page" ? {} : { detail: `${purpose}: not taken` }),
		});
	if (acceptedAt === undefined) return failed(lastAttemptAt, attempts);
	return acceptedAt > intendedAt ? failed(intendedAt, attempts - acceptances) : [];
}

function noticeNews(notice: ItemPage): readonly Dated[] {
	const { acceptedAt, provenAt, lastAttemptAt, failure, purpose } = notice;
	if (acceptedAt === undefined)
		return failure === undefined ? [] : dated(lastAttemptAt, { ...about(notice), what: "inform-failed", outcome: failure });
	return [
		...dated(acceptedAt, { ...about(notice), what: "informed", outcome: purpose }),
		...dated(provenAt, { ...about(notice), what: "inform-proven", outcome: purpose }),
	];
}
