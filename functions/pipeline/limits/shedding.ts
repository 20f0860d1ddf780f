import type { Page } from "../model/incident.ts";

/**
 * How much a request matters where an allowance runs short. `first-page`: the first word that anybody hears of an incident, never held back for
 * others. `page`: a later tier, a later round, another try. `news`: an end, an answer, a change, a notice beside the pages.
 */
export type Urgency = "first-page" | "page" | "news";

/** The share of a minute that is kept for what matters more. */
const keptShare: Readonly<Record<Urgency, number>> = { "first-page": 0, page: 0.1, news: 0.25 };

/** How many requests of a minute one of this urgency must leave to those that matter more: less than all of them. */
export const keptForOthers = (urgency: Urgency, perMinute: number): number => Math.floor(perMinute * keptShare[urgency]);

/** How much the next request about a page matters. */
export function urgencyOf({ purpose, tier, round, acceptedAt }: Pick<Page, "purpose" | "tier" | "round" | "acceptedAt">): Urgency {
	if (purpose !== "page" || acceptedAt !== undefined) return "news";
	return tier === 1 && (round ?? 1) === 1 ? "first-page" : "page";
}
