import type { Instant } from "../model/words.ts";
import { type Day, days, type Hours } from "./settings.ts";

/** Whether an instant is within these hours, by the clocks of their zone: what begins before midnight and ends after it is of its first day. */
export function isWithin({ days: named, from, to, zone }: Hours, now: Instant): boolean {
	const { day, minute } = localTime(zone, now);
	const [begins, ends] = [minuteOf(from), minuteOf(to)];
	const isNamed = (index: number): boolean => named.some((each) => each === days.at(index));
	if (begins < ends) return isNamed(day) && minute >= begins && minute < ends;
	return (isNamed(day) && minute >= begins) || (isNamed(day - 1) && minute < ends);
}

/** The minute of the day of "HH:MM". */
function minuteOf(time: string): number {
	const [hours = 0, minutes = 0] = time.split(":").map(Number);
	return hours * 60 + minutes;
}

function localTime(zone: string, now: Instant): { readonly day: number; readonly minute: number } {
	const clock = new Intl.DateTimeFormat("en-US", {
		timeZone: zone,
		weekday: "long",
		hour: "2-digit",
		minute: "2-digit",
		hourCycle: "h23",
	});
	const parts = new Map(clock.formatToParts(now).map(({ type, value }) => [type, value]));
	const day = days.indexOf((parts.get("weekday") ?? "").toLowerCase() as Day);
	return { day, minute: Number(parts.get("hour")) * 60 + Number(parts.get("minute")) };
}
