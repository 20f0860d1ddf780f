import { describe, expect, test } from "vitest";
import type { Window } from "../../../../functions/pipeline/silence/settings.ts";
import { openingAt, overAt } from "../../../../functions/pipeline/silence/windows.ts";
import { instantOf } from "../../../../functions/pipeline/silence/zonedTime.ts";

const at = (text: string): number => Date.parse(text);
const wall = (text: string): number => Date.parse(`${text}:00Z`);
const iso = (instant: number): string => `${new Date(instant).toISOString().slice(0, 16)}Z`;
const base = { name: "works", why: "works", who: "Ada", match: { condition: ["trunk-down"] }, zone: "Europe/Berlin" } as const;

describe("what the clocks of a zone show", () => {
	test.each([
		{ name: "in winter", zone: "Europe/Berlin", shown: "2026-01-05T22:00", instant: "2026-01-05T21:00Z" },
		{ name: "in summer", zone: "Europe/Berlin", shown: "2026-07-05T22:00", instant: "2026-07-05T20:00Z" },
		{
			name: "skipped as summer begins: as long after the change",
			zone: "Europe/Berlin",
			shown: "2026-03-29T02:30",
			instant: "2026-03-29T01:30Z",
		},
		{ name: "twice as summer ends: the first", zone: "Europe/Berlin", shown: "2026-10-25T02:30", instant: "2026-10-25T00:30Z" },
		{ name: "skipped in the west", zone: "America/New_York", shown: "2026-03-08T02:30", instant: "2026-03-08T07:30Z" },
		{ name: "by half an hour", zone: "Australia/Lord_Howe", shown: "2026-10-04T02:15", instant: "2026-10-03T15:45Z" },
		{ name: "a day ahead", zone: "Pacific/Kiritimati", shown: "2026-01-05T00:00", instant: "2026-01-04T10:00Z" },
	])("$name", ({ zone, shown, instant }) => {
		expect(iso(instantOf(zone, wall(shown)))).toBe(instant);
	});
});

describe("a window that opens once", () => {
	const once: Window = { ...base, start: "2026-01-05T22:00", minutes: 240 };

	test.each([
		{ now: "2026-01-05T20:59:59Z", open: false },
		{ now: "2026-01-05T21:00:00Z", open: true },
		{ now: "2026-01-06T00:59:59Z", open: true },
		{ now: "2026-01-06T01:00:00Z", open: false },
	])("at $now: $open", ({ now, open }) => {
		const opening = { from: at("2026-01-05T21:00:00Z"), until: at("2026-01-06T01:00:00Z") };
		expect(openingAt(once, at(now))).toEqual(open ? opening : undefined);
	});

	test("is over for ever at its end; one that comes again never is", () => {
		expect(overAt(once)).toBe(at("2026-01-06T01:00:00Z"));
		expect(overAt({ ...base, recurrence: { days: ["monday"], at: "22:00" }, minutes: 1 })).toBeUndefined();
	});
});

describe("a window that opens every week", () => {
	const nightly = (days: NonNullable<Window["recurrence"]>["days"], time: string, minutes: number): Window => ({
		...base,
		recurrence: { days, at: time },
		minutes,
	});

	test.each([
		{
			name: "over midnight it is of its first day",
			window: nightly(["monday"], "22:00", 240),
			now: "2026-01-06T00:30Z",
			until: "2026-01-06T01:00Z",
		},
		{ name: "its second day alone opens nothing", window: nightly(["tuesday"], "22:00", 240), now: "2026-01-06T00:30Z", until: undefined },
		{ name: "from Sunday into Monday", window: nightly(["sunday"], "23:00", 120), now: "2026-01-04T23:30Z", until: "2026-01-05T00:00Z" },
		{
			name: "the night that summer begins is as long as others",
			window: nightly(["saturday"], "22:00", 480),
			now: "2026-03-29T04:59Z",
			until: "2026-03-29T05:00Z",
		},
		{
			name: "and so is the night that it ends",
			window: nightly(["saturday"], "22:00", 480),
			now: "2026-10-25T03:59Z",
			until: "2026-10-25T04:00Z",
		},
		{
			name: "a whole day, of a day that has 23 hours, on its third date",
			window: nightly(["saturday"], "23:40", 1440),
			now: "2026-03-29T22:30Z",
			until: "2026-03-29T22:40Z",
		},
		{
			name: "where two meet, the longer one",
			window: nightly(["saturday", "sunday"], "23:40", 1440),
			now: "2026-03-29T21:45Z",
			until: "2026-03-30T21:40Z",
		},
	])("$name", ({ window, now, until }) => {
		const opening = openingAt(window, at(now));
		expect(opening === undefined ? undefined : iso(opening.until)).toBe(until);
	});
});
