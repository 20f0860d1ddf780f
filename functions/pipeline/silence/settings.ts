import type { Day, RouteMatch } from "../route/settings.ts";

/** The longest that one silence may last, so that none is forgotten: a day. */
export const longestSilenceMinutes = 1440;

/** When a window begins, week after week, by the clocks of its zone. */
export interface Recurrence {
	readonly days: readonly Day[];
	/** "HH:MM" */
	readonly at: string;
}

/** A time that is known in advance, in which some failures are recorded and page nobody. */
export interface Window {
	readonly name: string;
	/** Why nobody has to hear of them, for whoever reads the timeline. */
	readonly why: string;
	/** Who answers for it. */
	readonly who: string;
	/** What it is about, in the words of routes: at least one matcher. */
	readonly match: RouteMatch;
	/** A name of the IANA time zone database. */
	readonly zone: string;
	/** "YYYY-MM-DDTHH:MM" by the clocks of the zone; either this or a recurrence. */
	readonly start?: string;
	readonly recurrence?: Recurrence;
	/** How long it lasts, as time goes by: a night in which clocks change is no longer and no shorter. */
	readonly minutes: number;
}
