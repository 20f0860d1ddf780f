import { describe, expect, test } from "vitest";
import { isWithin } from "../../../../functions/pipeline/route/hours.ts";
import { days, type Hours } from "../../../../functions/pipeline/route/settings.ts";

const business: Hours = { days: days.slice(0, 5), from: "08:00", to: "18:00", zone: "Europe/Berlin" };
const night: Hours = { days: ["friday"], from: "22:00", to: "06:00", zone: "Europe/Berlin" };

describe("hours", () => {
	test.each([
		{ name: "the minute before they begin", hours: business, at: "2026-01-05T06:59:59Z", within: false },
		{ name: "when they begin", hours: business, at: "2026-01-05T07:00:00Z", within: true },
		{ name: "the last second", hours: business, at: "2026-01-05T16:59:59Z", within: true },
		{ name: "when they end", hours: business, at: "2026-01-05T17:00:00Z", within: false },
		{ name: "a day that is not named", hours: business, at: "2026-01-04T10:00:00Z", within: false },
		{ name: "Monday there, Sunday in UTC", hours: { ...business, from: "00:00" }, at: "2026-01-04T23:30:00Z", within: true },
		{ name: "to the end of the day", hours: { ...business, to: "24:00" }, at: "2026-01-05T22:59:59Z", within: true },
		{ name: "the day after that", hours: { ...business, days: ["monday"], to: "24:00" }, at: "2026-01-05T23:00:00Z", within: false },
		{ name: "before midnight", hours: night, at: "2026-01-09T21:00:00Z", within: true },
		{ name: "after midnight, of the day on which it began", hours: night, at: "2026-01-10T04:59:59Z", within: true },
		{ name: "its end, after midnight", hours: night, at: "2026-01-10T05:00:00Z", within: false },
		{ name: "the night before", hours: night, at: "2026-01-09T03:00:00Z", within: false },
		{ name: "the evening after", hours: night, at: "2026-01-10T21:30:00Z", within: false },
		{ name: "over midnight from Sunday", hours: { ...night, days: ["sunday"] }, at: "2026-01-12T02:00:00Z", within: true },
	] as const)("$name", ({ hours, at, within }) => {
		expect(isWithin(hours, Date.parse(at))).toBe(within);
	});

	test.each([
		{ name: "the last working day of winter time", at: "2026-03-27T07:00:00Z", before: "2026-03-27T06:59:00Z" },
		{ name: "the first working day of summer time", at: "2026-03-30T06:00:00Z", before: "2026-03-30T05:59:00Z" },
		{ name: "the last working day of summer time", at: "2026-10-23T06:00:00Z", before: "2026-10-23T05:59:00Z" },
		{ name: "the first working day of winter time again", at: "2026-10-26T07:00:00Z", before: "2026-10-26T06:59:00Z" },
	])("begin by the clock on the wall: $name", ({ at, before }) => {
		expect([isWithin(business, Date.parse(before)), isWithin(business, Date.parse(at))]).toEqual([false, true]);
	});

	const sunday = (from: string, to: string): Hours => ({ days: ["sunday"], from, to, zone: "Europe/Berlin" });

	test("that fall into the hour that is left out begin after it, and hold to their end", () => {
		const hours = sunday("02:30", "04:00");
		const at = ["2026-03-29T00:59:00Z", "2026-03-29T01:00:00Z", "2026-03-29T01:59:00Z", "2026-03-29T02:00:00Z"];
		expect(at.map((instant) => isWithin(hours, Date.parse(instant)))).toEqual([false, true, true, false]);
	});

	test("that fall into the hour that comes twice hold both times", () => {
		const hours = sunday("02:00", "02:30");
		const at = ["2026-10-25T00:10:00Z", "2026-10-25T00:40:00Z", "2026-10-25T01:10:00Z", "2026-10-25T01:40:00Z"];
		expect(at.map((instant) => isWithin(hours, Date.parse(instant)))).toEqual([true, false, true, false]);
	});

	test("in a zone without summer time are the same all year", () => {
		const kolkata = { ...business, zone: "Asia/Kolkata" };
		for (const day of ["2026-01-05", "2026-03-30", "2026-07-06", "2026-10-26"]) {
			expect(
				["T02:29:00Z", "T02:30:00Z", "T12:29:00Z", "T12:30:00Z"].map((time) => isWithin(kolkata, Date.parse(`${day}${time}`))),
			).toEqual([false, true, true, false]);
		}
	});
});
