import { dayOfWeek, monthsLater, occurrenceOf, utc, weekOfYear } from "../calendar.ts";
import { type Call, type Overload, row } from "../overload.ts";
import { inRange, ValueError } from "../values.ts";

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Functions on date-times (UTC, milliseconds since the epoch) and durations (milliseconds). */
export const timeFunctions: Readonly<Record<string, readonly Overload[]>> = {
	AddDays: adding(day),
	AddDuration: [row(["dateTime", "duration"], "dateTime", ([at, duration]) => at + duration)],
	AddHours: adding(hour),
	AddMinutes: adding(minute),
	// The 31st of a month without one is its last day.
	AddMonths: [row(["dateTime", "integer"], "dateTime", ([at, months]) => monthsLater(at, months))],
	AddSeconds: adding(second),
	AddYears: [row(["dateTime", "integer"], "dateTime", ([at, years]) => monthsLater(at, years * 12))],
	// Positive when the first is the later one.
	DateTimeDiff: [row(["dateTime", "dateTime"], "duration", ([one, other]) => one - other)],
	Day: part((date) => date.getUTCDate()),
	// Sunday is 1.
	DayOfWeek: part(dayOfWeek),
	GetCurrentDateTimeUtc: [row([], "dateTime", (_, { now }) => now)],
	GetDayOfWeekOccurrence: [
		row(["integer", "integer", "integer"], "dateTime", ([weekday, nth, year]) => occurrenceOf(weekday, nth, year, undefined)),
		row(["integer", "integer", "integer", "integer"], "dateTime", ([weekday, nth, year, month]) => occurrenceOf(weekday, nth, year, month)),
		row(["integer", "integer", "integer", "integer", "integer", "integer"], "dateTime", ([weekday, nth, year, hours, minutes, seconds]) =>
			occurrenceOf(weekday, nth, year, undefined, [hours, minutes, seconds]),
		),
		row(
			["integer", "integer", "integer", "integer", "integer", "integer", "integer"],
			"dateTime",
			([weekday, nth, year, month, hours, minutes, seconds]) => occurrenceOf(weekday, nth, year, month, [hours, minutes, seconds]),
		),
	],
	Hour: part((date) => date.getUTCHours()),
	MakeDateTime: [
		row(["integer", "integer", "integer"], "dateTime", ([year, month, date]) => utc(year, month, date)),
		row(["integer", "integer", "integer", "integer", "integer", "integer"], "dateTime", ([year, month, date, hours, minutes, seconds]) =>
			utc(year, month, date, [hours, minutes, seconds]),
		),
	],
	MakeDuration: [
		row(["integer", "integer", "integer", "integer"], "duration", ([days, hours, minutes, seconds]) =>
			milliseconds(days, hours, minutes, seconds),
		),
		row(
			["integer", "integer", "integer", "integer", "integer"],
			"duration",
			([days, hours, minutes, seconds, rest]) => milliseconds(days, hours, minutes, seconds) + rest,
		),
	],
	Minute: part((date) => date.getUTCMinutes()),
	Month: part((date) => date.getUTCMonth() + 1),
	Range: [row(["duration", "duration"], "durationCollection", ([middle, offset]) => [span(middle - offset), span(middle + offset)])],
	RoundUp: [
		row(["duration"], "duration", ([duration]) => roundedUp(duration, 5 * minute, [minute / 2, minute, 2 * minute])),
		row(["duration", "duration"], "duration", ([duration, interval]) => roundedUp(duration, interval, [])),
		row(["duration", "duration", "durationCollection"], "duration", ([duration, interval, steps]) => roundedUp(duration, interval, steps)),
	],
	Second: part((date) => date.getUTCSeconds()),
	// ISO 8601 weeks: the vendor's three examples fit, and it names no rule.
	WeekNum: part(weekOfYear),
	Year: part((date) => date.getUTCFullYear()),
};

/** An element of a collection is checked here: the run only checks single values. Throws ValueError. */
function span(duration: number): number {
	inRange("duration", duration);
	return duration;
}

function adding(unit: number): readonly Overload[] {
	return [row(["dateTime", "integer"], "dateTime", ([at, count]) => at + count * unit)];
}

function part(read: (date: Date) => number): readonly Overload[] {
	return [row(["dateTime"], "integer", ([at]: readonly [number], _: Call) => read(new Date(at)))];
}

function milliseconds(days: number, hours: number, minutes: number, seconds: number): number {
	return days * day + hours * hour + minutes * minute + seconds * second;
}

/** The smallest step that is not less, or else the next whole interval. */
function roundedUp(duration: number, interval: number, steps: readonly (number | undefined)[]): number {
	if (interval <= 0) throw new ValueError("out-of-range", `Expected an interval of more than 0 ms, got ${interval} ms.`);
	const enough = steps.filter((step) => step !== undefined && step >= duration);
	const next = Math.ceil(duration / interval) * interval;
	return enough.reduce<number>((least, step) => Math.min(least, step ?? least), next);
}
