import type { Condition } from "../model/incident.ts";
import type { Severity } from "../model/words.ts";

/** The days of the week as a stack writes them, in the order of the calendar. */
export const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Day = (typeof days)[number];

/** A part of the week, by the clocks of one zone. */
export interface Hours {
	readonly days: readonly Day[];
	/** "HH:MM"; after `to`: over midnight, and of the day on which it begins. */
	readonly from: string;
	/** "HH:MM", at most "24:00"; not part of it. */
	readonly to: string;
	/** A name of the IANA time zone database. */
	readonly zone: string;
}

/** What a route is for: each matcher that is there must fit, by one of its values. */
export interface RouteMatch {
	readonly condition?: readonly Condition[];
	/** The runbook's, or that of the alert. */
	readonly severity?: readonly Severity[];
	/** Globs with `*`, on the whole name or the whole id. */
	readonly entity?: readonly string[];
	/** Globs on the whole name or id of the one site that it is at. */
	readonly site?: readonly string[];
	/** Globs on the whole name or id of its division. */
	readonly division?: readonly string[];
	/** Globs on a queue's name: only what is about a queue fits. */
	readonly queue?: readonly string[];
}

/** Who is paged for what, and when; the first route that fits decides. */
export interface Route {
	/** Absent: everything. */
	readonly match?: RouteMatch;
	/** Outside of these hours the next route is tried; absent: always. */
	readonly hours?: string;
	readonly policy: string;
	/** What its incidents count as; absent: what they are. */
	readonly severity?: Severity;
	/** Credentials whose failure may be told by a channel that uses them. */
	readonly mayShare?: readonly string[];
}
