import { expect, test } from "vitest";
import { clockText, instantText, spanText } from "../../../rehearsal/report/spans.ts";

test.each([
	[0, "0 s"],
	[0.4, "0 s"],
	[59.6, "1 min"],
	[100, "1 min 40 s"],
	[480, "8 min"],
	[3600, "1 h"],
	[3661, "1 h 1 min"],
	[3659, "1 h"],
	[180_000, "2 d 2 h"],
])("%d seconds are %s", (seconds, text) => {
	expect(spanText(seconds)).toBe(text);
});

test("a clock has hours from an hour on", () => {
	expect([0, 59.9, 520, 3599, 3600, 36_061].map(clockText)).toEqual(["0:00", "0:59", "8:40", "59:59", "1:00:00", "10:01:01"]);
});

test("an instant has its day where that is not the one on which the story began", () => {
	const begins = "2026-11-28T23:59:00.000Z";
	expect([instantText(10, begins), instantText(70, begins), instantText(70, undefined)]).toEqual([
		"23:59:10",
		"2026-11-29 00:00:10",
		"1:10",
	]);
});
