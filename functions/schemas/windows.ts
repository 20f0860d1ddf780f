import * as z from "zod";
import { givenName } from "../../vendors/patterns.ts";
import { days } from "../pipeline/route/settings.ts";
import { longestSilenceMinutes } from "../pipeline/silence/settings.ts";
import { choice, section, text, units } from "./builders.ts";
import { isZone, matchSchema, zoneError } from "./routes.ts";

const daysError = `a list of at least one of ${days.join(", ")}`;
const minutesError = `a whole number of minutes from 1 to ${longestSilenceMinutes}: a day is the longest`;
const startError = 'a local date and time in quotes such as "2026-12-01T22:00", which the calendar has';

/** Why, or who: a line for whoever reads the timeline. */
export const wordsSchema = text(/^\S(.{0,198}\S)?$/, "a text of 1 to 200 characters in one line");

/** Whether the calendar has this minute. */
function isLocalTime(local: string): boolean {
	const instant = Date.parse(`${local}:00Z`);
	return !Number.isNaN(instant) && new Date(instant).toISOString().slice(0, 16) === local;
}

/** When something begins, week after week. */
export const recurrenceFields = {
	days: z.array(choice(days), { error: daysError }).min(1, { error: daysError }).describe("On which days it begins."),
	at: text(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day in quotes such as "22:00", from "00:00" to "23:59"').describe(
		"By the clocks of the zone.",
	),
};

const recurrence = section(recurrenceFields);

const windowSchema = section({
	name: text(givenName.pattern, givenName.expected).describe("How the timeline calls it."),
	why: wordsSchema.describe("Why nobody has to hear of it."),
	who: wordsSchema.describe("Who answers for it."),
	match: matchSchema.describe(
		"What it is about, in the words of routes: each matcher must fit. It must leave something out; the system's own conditions fit only where they are named.",
	),
	zone: z.string({ error: zoneError }).refine(isZone, { error: zoneError }).describe("Whose clocks, summer time included."),
	start: z.string({ error: startError }).refine(isLocalTime, { error: startError }).exactOptional().describe("When it opens, once."),
	recurrence: recurrence.exactOptional().describe("Or when it opens every week."),
	minutes: z
		.int({ error: minutesError })
		.min(1, { error: minutesError })
		.max(longestSilenceMinutes, { error: minutesError })
		.register(units, { unit: "minutes" })
		.describe("How long it is open, as time goes by."),
}).refine(({ start, recurrence: weekly }) => (start === undefined) !== (weekly === undefined), {
	path: ["start"],
	error: "either start or recurrence, and not both",
});

const windowsError = "a list of windows, each with name, why, who, match, zone, start or recurrence, and minutes";

export const windowsSchema = z
	.array(windowSchema, { error: windowsError })
	.max(100, { error: "at most 100 windows" })
	.describe("When failures are recorded and page nobody; what still fails when a window ends is paged then.");
