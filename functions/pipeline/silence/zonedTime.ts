import type { Instant } from "../model/words.ts";

const minute = 60_000;
const day = 86_400_000;

/** What the clocks of a zone show at an instant, to the minute: as milliseconds since the epoch, as if they stood in UTC. */
export function wallTime(zone: string, now: Instant): number {
	const clock = new Intl.DateTimeFormat("en-US", {
		timeZone: zone,
		year: "numeric",
		month: "numeric",
		day: "numeric",
		hour: "numeric",
		minute: "numeric",
		hourCycle: "h23",
	});
	const parts = new Map(clock.formatToParts(now).map(({ type, value }) => [type, Number(value)]));
	const part = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0;
	return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}

const offsetAt = (zone: string, now: Instant): number => wallTime(zone, now) - Math.floor(now / minute) * minute;

/**
 * When the clocks of a zone show this. What they show twice, as summer time ends, is the first of the two; what they skip, as it begins, is as
 * long after the change as it would have been.
 */
export function instantOf(zone: string, wall: number): Instant {
	const [before, after] = [offsetAt(zone, wall - day), offsetAt(zone, wall + day)];
	const shown = [wall - before, wall - after].filter((instant) => wallTime(zone, instant) === wall);
	return shown.length === 0 ? wall - before : Math.min(...shown);
}
