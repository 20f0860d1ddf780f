import { type Overload, row } from "../overload.ts";

/** Functions on date-times (UTC, milliseconds since the epoch) and durations (milliseconds). */
export const timeFunctions: Readonly<Record<string, readonly Overload[]>> = {
	AddMinutes: [row(["dateTime", "integer"], "dateTime", ([at, minutes]) => at + minutes * 60_000)],
	AddSeconds: [row(["dateTime", "integer"], "dateTime", ([at, seconds]) => at + seconds * 1000)],
	// Positive when the first is the later one.
	DateTimeDiff: [row(["dateTime", "dateTime"], "duration", ([one, other]) => one - other)],
	GetCurrentDateTimeUtc: [row([], "dateTime", (_, { now }) => now)],
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
};

function milliseconds(days: number, hours: number, minutes: number, seconds: number): number {
	return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
