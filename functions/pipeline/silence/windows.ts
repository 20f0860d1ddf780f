import type { Instant } from "../model/words.ts";
import { days } from "../route/settings.ts";
import type { Recurrence, Window } from "./settings.ts";
import { instantOf, wallTime } from "./zonedTime.ts";

const minute = 60_000;
const day = 86_400_000;

/** One time that a window is open; the end is not part of it. */
export interface Opening {
	readonly from: Instant;
	readonly until: Instant;
}

/** The time that a window is open at this instant, the longest one where two of them meet; undefined where it is not. */
export function openingAt(window: Window, now: Instant): Opening | undefined {
	return openingsOf(window, now)
		.filter(({ from, until }) => from <= now && now < until)
		.toSorted((one, other) => other.until - one.until)[0];
}

/** When a window that opens once is over for ever; undefined for one that comes again. */
export const overAt = ({ start, zone, minutes }: Window): Instant | undefined =>
	start === undefined ? undefined : instantOf(zone, wallOf(start)) + minutes * minute;

/** Two weeks hold every day of the week before `now` and after it, whatever the clocks do. */
const twoWeeks = 14;

/** When something that comes every week came last, at `now` or before it; undefined where it names no day. */
export const lastTime = (zone: string, recurrence: Recurrence, now: Instant): Instant | undefined =>
	recurring(recurrence, wallTime(zone, now), twoWeeks)
		.map((wall) => instantOf(zone, wall))
		.filter((at) => at <= now)
		.toSorted((one, other) => other - one)[0];

/** When it comes next, after `now`. */
export const nextTime = (zone: string, recurrence: Recurrence, now: Instant): Instant | undefined =>
	recurring(recurrence, wallTime(zone, now + twoWeeks * day), twoWeeks + 1)
		.map((wall) => instantOf(zone, wall))
		.filter((at) => at > now)
		.toSorted((one, other) => one - other)[0];

/** No window lasts longer than a day, and no two days are shorter than one. */
const openDays = 2;

function openingsOf({ zone, start, recurrence, minutes }: Window, now: Instant): readonly Opening[] {
	const begins = start === undefined ? recurring(recurrence, wallTime(zone, now), openDays) : [wallOf(start)];
	return begins.map((wall) => {
		const from = instantOf(zone, wall);
		return { from, until: from + minutes * minute };
	});
}

/** On the day of `wall` and so many days before it, the latest first. */
function recurring(recurrence: Recurrence | undefined, wall: number, daysBefore: number): readonly number[] {
	if (recurrence === undefined) return [];
	const [hours = 0, minutes = 0] = recurrence.at.split(":").map(Number);
	const midnight = Math.floor(wall / day) * day;
	return Array.from({ length: daysBefore + 1 }, (_, before) => midnight - before * day)
		.filter((each) => recurrence.days.some((name) => name === dayOf(each)))
		.map((each) => each + (hours * 60 + minutes) * minute);
}

const dayOf = (wall: number) => days.at(new Date(wall).getUTCDay() - 1);

const wallOf = (local: string): number => Date.parse(`${local}:00Z`);
