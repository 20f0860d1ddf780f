import { ValueError } from "./values.ts";

const day = 86_400_000;

type TimeOfDay = readonly [hours: number, minutes: number, seconds: number];

/** Milliseconds since the epoch of a date and time that exist, in UTC. Throws ValueError. */
export function utc(year: number, month: number, date: number, time: TimeOfDay = [0, 0, 0]): number {
	expectWithin("year", year, 1800, 2200);
	expectWithin("month", month, 1, 12);
	expectWithin("day", date, 1, daysIn(year, month));
	return Date.UTC(year, month - 1, date) + ofDay(time);
}

/** The same day and time so many months later; a day that the month lacks becomes its last one. Throws ValueError. */
export function monthsLater(at: number, months: number): number {
	const start = new Date(at);
	const whole = start.getUTCFullYear() * 12 + start.getUTCMonth() + months;
	const [year, month] = [Math.floor(whole / 12), (((whole % 12) + 12) % 12) + 1];
	expectWithin("year", year, 1800, 2200);
	const date = Math.min(start.getUTCDate(), daysIn(year, month));
	return Date.UTC(year, month - 1, date) + (((at % day) + day) % day);
}

/** From 1 (Sunday) to 7 (Saturday). */
export function dayOfWeek(date: Date): number {
	return date.getUTCDay() + 1;
}

/** The week's number from 1 to 53 (ISO 8601: weeks begin on Monday, the first one holds the year's first Thursday). */
export function weekOfYear(date: Date): number {
	const midnight = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
	const thursday = midnight + (4 - (date.getUTCDay() || 7)) * day;
	const first = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
	return Math.floor((thursday - first) / (7 * day)) + 1;
}

/** The nth such weekday of a month or, without one, of a year; counted from the end when negative. Undefined (NOT_SET) when there is none. Throws ValueError. */
export function occurrenceOf(
	weekday: number,
	nth: number,
	year: number,
	month: number | undefined,
	time: TimeOfDay = [0, 0, 0],
): number | undefined {
	expectWithin("day of the week", weekday, 1, 7);
	expectWithin("year", year, 1800, 2200);
	if (month !== undefined) expectWithin("month", month, 1, 12);
	if (nth === 0) throw new ValueError("out-of-range", "Expected an occurrence other than 0, got 0.");
	const from = Date.UTC(year, (month ?? 1) - 1, 1);
	const to = Date.UTC(year, month ?? 12, 1);
	const first = from + ((weekday - dayOfWeek(new Date(from)) + 7) % 7) * day;
	const count = Math.ceil((to - first) / (7 * day));
	const index = nth > 0 ? nth - 1 : count + nth;
	return index < 0 || index >= count ? undefined : first + index * 7 * day + ofDay(time);
}

function ofDay([hours, minutes, seconds]: TimeOfDay): number {
	expectWithin("hour", hours, 0, 23);
	expectWithin("minute", minutes, 0, 59);
	expectWithin("second", seconds, 0, 59);
	return ((hours * 60 + minutes) * 60 + seconds) * 1000;
}

function daysIn(year: number, month: number): number {
	return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function expectWithin(what: string, value: number, least: number, most: number): void {
	if (value >= least && value <= most) return;
	throw new ValueError("out-of-range", `Expected the ${what} to be from ${least} to ${most}, got ${value}.`);
}
