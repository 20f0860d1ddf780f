import { isWithin } from "../../functions/pipeline/route/hours.ts";
import type { Hours } from "../../functions/pipeline/route/settings.ts";

/** All instants of a week at which the same named hours are open: what a route decides at one of them, it decides at all. */
export interface PartOfWeek {
	/** One of the instants, the first. */
	readonly at: number;
	/** How much of the weeks that were looked at it takes, from 0 to 1. */
	readonly share: number;
}

/** A Monday in winter and one in summer, at midnight UTC: clocks of a zone stand otherwise in the two. */
const mondays = [Date.UTC(2026, 0, 5), Date.UTC(2026, 6, 6)];
const stepMilliseconds = 5 * 60_000;
const stepsOfWeek = (7 * 24 * 3_600_000) / stepMilliseconds;

/** The parts of the week that these hours tell apart, looked at every five minutes of a week in winter and of one in summer. */
export function partsOfWeek(named: readonly Hours[]): readonly PartOfWeek[] {
	const distinct = [...new Map(named.map((hours) => [JSON.stringify(hours), hours])).values()];
	const instants = mondays.flatMap((monday) => Array.from({ length: stepsOfWeek }, (_, step) => monday + step * stepMilliseconds));
	if (distinct.length === 0) return [{ at: instants[0] ?? 0, share: 1 }];
	const parts = Map.groupBy(instants, (at) => distinct.map((hours) => (isWithin(hours, at) ? "open" : "shut")).join(" "));
	return [...parts.values()].map((all) => ({ at: all[0] ?? 0, share: all.length / instants.length }));
}

/** For people: `always`, or how many hours of a week, and one of them. */
export function partText({ at, share }: PartOfWeek): string {
	if (share === 1) return "always";
	const hours = Math.round(share * 168 * 10) / 10;
	const [day = "", , , , time = ""] = new Date(at).toUTCString().split(" ");
	return `${hours} of 168 h a week, such as ${day.replace(",", "")} ${time.slice(0, 5)} UTC`;
}
