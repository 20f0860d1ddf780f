import type { Instant } from "../model/incident.ts";

const stamp = (at: Instant): string => new Date(at).toISOString();

/** A time of day, for people. */
export const clockOf = (at: Instant): string => `${stamp(at).slice(11, 16)} UTC`;

/** A day and a time of day, for people. */
export const dateOf = (at: Instant): string => `${stamp(at).slice(0, 16).replace("T", " ")} UTC`;

/** The time of day, with its day where that is not the day of `began`. */
export const whenOf = (at: Instant, began: Instant): string =>
	stamp(at).slice(0, 10) === stamp(began).slice(0, 10) ? clockOf(at) : dateOf(at);

const units = [
	{ minutes: 1440, word: "day" },
	{ minutes: 60, word: "hour" },
	{ minutes: 1, word: "minute" },
] as const;

/** How long something took, for people: its two largest units, whole minutes at the least. */
export function durationOf(from: Instant, to: Instant): string {
	let left = Math.floor((to - from) / 60_000);
	if (left < 1) return "less than a minute";
	const parts: string[] = [];
	for (const { minutes, word } of units) {
		const count = Math.floor(left / minutes);
		left -= count * minutes;
		if (count > 0) parts.push(`${count} ${word}${count === 1 ? "" : "s"}`);
		// What is smaller than the unit below the first one says nothing.
		else if (parts.length > 0) break;
	}
	return parts.slice(0, 2).join(" ");
}
