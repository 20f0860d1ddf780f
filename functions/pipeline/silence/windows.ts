import type { Instant } from "../model/words.ts";
import { days } from "../route/settings.ts";
import type { Window } from "./settings.ts";
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

/** No window lasts longer than a day, and no two days are shorter than one. */
function openingsOf({ zone, start, recurrence, minutes }: Window, now: Instant): readonly Opening[] {
	const begins = start === undefined ? recurring(recurrence, wallTime(zone, now)) : [wallOf(start)];
	return begins.map((wall) => {
		const from = instantOf(zone, wall);
		return { from, until: from + minutes * minute };
	});
}

function recurring(recurrence: Window["recurrence"], wall: number): readonly number[] {
	if (recurrence === undefined) return [];
	const [hours = 0, minutes = 0] = recurrence.at.split(":").map(Number);
	const midnight = Math.floor(wall / day) * day;
	return [midnight, midnight - day, midnight - 2 * day]
		.filter((each) => recurrence.days.some((name) => name === dayOf(each)))
		.map((each) => each + (hours * 60 + minutes) * minute);
}

const dayOf = (wall: number) => days.at(new Date(wall).getUTCDay() - 1);

const wallOf = (local: string): number => Date.parse(`${local}:00Z`);
