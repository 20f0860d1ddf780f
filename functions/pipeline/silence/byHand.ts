import type { Instant } from "../model/words.ts";
import type { RouteMatch } from "../route/settings.ts";

/** A silence that somebody began by hand. */
export interface SilenceByHand {
	/** Unique among those that the ledger keeps. */
	readonly id: string;
	readonly why: string;
	readonly who: string;
	readonly match: RouteMatch;
	readonly from: Instant;
	/** At most a day later. */
	readonly until: Instant;
}

/** The one item of a stack that holds them all: whoever decides reads it once a tick. */
export interface SilencesItem {
	readonly silences: readonly SilenceByHand[];
}

/** More at once than anybody could survey. */
export const mostSilences = 100;

const inEffect = (item: SilencesItem | undefined, now: Instant): readonly SilenceByHand[] =>
	(item?.silences ?? []).filter(({ until }) => now < until);

/** The item with one more silence, without those that are over; undefined where it is full. */
export function withSilence(item: SilencesItem | undefined, added: SilenceByHand, now: Instant): SilencesItem | undefined {
	const silences = inEffect(item, now);
	return silences.length >= mostSilences ? undefined : { silences: [...silences, added] };
}

/** The item without one of its silences, and without those that are over; undefined where it has none of this id. */
export function withoutSilence(item: SilencesItem | undefined, id: string, now: Instant): SilencesItem | undefined {
	const silences = inEffect(item, now);
	return silences.some((silence) => silence.id === id) ? { silences: silences.filter((silence) => silence.id !== id) } : undefined;
}

/** When nobody needs the item any more. */
export const expiryOf = ({ silences }: SilencesItem, now: Instant): Instant => Math.max(now + 1000, ...silences.map(({ until }) => until));
