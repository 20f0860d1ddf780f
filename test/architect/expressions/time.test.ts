import { describe, expect, it, vi } from "vitest";
import type { Json } from "../../../architect/expressions/values.ts";
import { dateTimeText, durationText, parseDateTime, parseDuration } from "../../../architect/expressions/values.ts";
import { problemOf, resultOf, type Scope } from "./evaluating.ts";

const scope: Scope = {
	"Flow.at": { type: "dateTime", content: Date.UTC(2024, 1, 29, 13, 14, 15, 678) },
	"Flow.old": { type: "dateTime", content: Date.UTC(1969, 11, 31, 23, 59, 58, 250) },
};

describe("date-times as ISO 8601 text", () => {
	it.each([
		["2009-01-10", Date.UTC(2009, 0, 10)],
		["2009-01-10T06:30", Date.UTC(2009, 0, 10, 6, 30)],
		["2009-01-10T06:30Z", Date.UTC(2009, 0, 10, 6, 30)],
		["2009-01-10T06:30:15", Date.UTC(2009, 0, 10, 6, 30, 15)],
		["2009-01-10T06:30:15Z", Date.UTC(2009, 0, 10, 6, 30, 15)],
		["2009-01-10T06:30:15.5Z", Date.UTC(2009, 0, 10, 6, 30, 15, 500)],
		["2009-01-10T06:30:15.123456789Z", Date.UTC(2009, 0, 10, 6, 30, 15, 123)],
		["2009-01-10T06:30:15+02:00", Date.UTC(2009, 0, 10, 4, 30, 15)],
		["2009-01-10T06:30:15-02:30", Date.UTC(2009, 0, 10, 9, 0, 15)],
		["2009-01-10T06:30+02:00", Date.UTC(2009, 0, 10, 4, 30)],
		["2008-02-29", Date.UTC(2008, 1, 29)],
		["2009-02-29", undefined],
		["2009-02-30T00:00:00Z", undefined],
		["2009-04-31T00:00:00+02:00", undefined],
		["2009-13-01", undefined],
		["2009-00-10", undefined],
		["2009-01-00", undefined],
		["2009-01-10T25:00:00Z", undefined],
		["2009-01-10T06:60:00Z", undefined],
		["2009-01-10T06:30:61Z", undefined],
		["2009-01-10T06", undefined],
		["2009-01-10T06:30:15.Z", undefined],
		["2009-01-10T06:30:15.1234567890Z", undefined],
		["2009-01-10T06:30:15z", undefined],
		["2009-01-10T06:30:15+0200", undefined],
		["2009-01-10T06:30:15+2:00", undefined],
		["2009-01-10Z", undefined],
		["2009-01-10 06:30:15Z", undefined],
		["2009-1-10", undefined],
		["09-01-10", undefined],
		["x2009-01-10", undefined],
		["2009-01-10x", undefined],
		["12009-01-10", undefined],
		["", undefined],
	])("%s", (text, milliseconds) => {
		expect(parseDateTime(text)).toBe(milliseconds);
	});

	it("without a zone are UTC, in whatever zone the process runs", () => {
		vi.stubEnv("TZ", "America/New_York");
		try {
			expect(parseDateTime("2009-07-10T06:30:15.5")).toBe(Date.UTC(2009, 6, 10, 6, 30, 15, 500));
			expect(parseDateTime("2009-07-10T06:30")).toBe(Date.UTC(2009, 6, 10, 6, 30));
			expect(parseDateTime("2009-07-10")).toBe(Date.UTC(2009, 6, 10));
			expect(dateTimeText(0)).toBe("1970-01-01T00:00:00Z");
			expect(resultOf("Hour(MakeDateTime(2026, 7, 1))")[1]).toBe(0);
			expect(resultOf("AddMonths(MakeDateTime(2026, 1, 31), 5)")[1]).toBe("2026-06-30T00:00:00Z");
		} finally {
			vi.unstubAllEnvs();
		}
	});

	it("are written with milliseconds only where there are any", () => {
		expect(dateTimeText(0)).toBe("1970-01-01T00:00:00Z");
		expect(dateTimeText(-1)).toBe("1969-12-31T23:59:59.999Z");
		expect(dateTimeText(1)).toBe("1970-01-01T00:00:00.001Z");
	});
});

describe("durations as ISO 8601 text", () => {
	it.each([
		["PT0S", 0],
		["P1D", 86_400_000],
		["PT1H", 3_600_000],
		["PT1M", 60_000],
		["PT1S", 1000],
		["P1DT2H3M4S", 93_784_000],
		["P2DT3M", 172_980_000],
		["PT2H4S", 7_204_000],
		["PT0.001S", 1],
		["PT1.5S", 1500],
		["PT0.29S", 290],
		["PT1.0009S", 1000],
		["PT90M", 5_400_000],
		["P10DT100H", 1_224_000_000],
		["-PT1S", -1000],
		["-P1DT1.5S", -86_401_500],
		["-PT0S", 0],
		["P", undefined],
		["PT", undefined],
		["P1DT", undefined],
		["P1", undefined],
		["1D", undefined],
		["PD", undefined],
		["P1H", undefined],
		["PT1D", undefined],
		["P1Y", undefined],
		["P1M", undefined],
		["P1W", undefined],
		["PT1S1M", undefined],
		["PT1M1H", undefined],
		["PT.5S", undefined],
		["PT1.S", undefined],
		["PT1.5M", undefined],
		["+PT1S", undefined],
		["--PT1S", undefined],
		["xPT1S", undefined],
		["PT1Sx", undefined],
		["pt1s", undefined],
		["", undefined],
	])("%s", (text, milliseconds) => {
		expect(parseDuration(text)).toBe(milliseconds);
	});

	it.each([
		[0, "PT0S"],
		[1, "PT0.001S"],
		[50, "PT0.050S"],
		[-50, "-PT0.050S"],
		[1000, "PT1S"],
		[1500, "PT1.500S"],
		[59_999, "PT59.999S"],
		[60_000, "PT1M"],
		[60_001, "PT1M0.001S"],
		[3_600_000, "PT1H"],
		[3_660_000, "PT1H1M"],
		[3_601_000, "PT1H1S"],
		[86_399_000, "PT23H59M59S"],
		[86_400_000, "P1D"],
		[90_000_000, "P1DT1H"],
		[-86_460_000, "-P1DT1M"],
		[172_800_000, "P2D"],
	])("of %d ms are %s, and back", (milliseconds, text) => {
		expect(durationText(milliseconds)).toBe(text);
		expect(parseDuration(text)).toBe(milliseconds);
	});
});

describe("parts and sums", () => {
	it.each<[string, Json]>([
		["Year(Flow.at)", 2024],
		["Month(Flow.at)", 2],
		["Day(Flow.at)", 29],
		["Hour(Flow.at)", 13],
		["Minute(Flow.at)", 14],
		["Second(Flow.at)", 15],
		["Second(Flow.old)", 58],
		["DayOfWeek(Flow.at)", 5],
		["DayOfWeek(MakeDateTime(2024, 3, 3))", 1],
		["DayOfWeek(MakeDateTime(2024, 3, 4))", 2],
		["WeekNum(MakeDateTime(2024, 12, 29))", 52],
		["WeekNum(MakeDateTime(2024, 12, 30))", 1],
		["WeekNum(MakeDateTime(2023, 1, 1))", 52],
		["WeekNum(MakeDateTime(2023, 1, 2))", 1],
		["WeekNum(MakeDateTime(2023, 1, 8))", 1],
		["WeekNum(MakeDateTime(2023, 1, 9))", 2],
		["WeekNum(MakeDateTime(2020, 12, 31))", 53],
		["WeekNum(MakeDateTime(2026, 7, 15))", 29],
		["WeekNum(Flow.at)", 9],
		["AddSeconds(Flow.at, 1)", "2024-02-29T13:14:16.678Z"],
		["AddMinutes(Flow.at, -1)", "2024-02-29T13:13:15.678Z"],
		["AddHours(Flow.at, 12)", "2024-03-01T01:14:15.678Z"],
		["AddDays(Flow.at, 1)", "2024-03-01T13:14:15.678Z"],
		["AddMonths(Flow.at, 12)", "2025-02-28T13:14:15.678Z"],
		["AddMonths(Flow.at, -2)", "2023-12-29T13:14:15.678Z"],
		["AddMonths(Flow.at, 10)", "2024-12-29T13:14:15.678Z"],
		["AddMonths(Flow.at, 11)", "2025-01-29T13:14:15.678Z"],
		["AddMonths(Flow.old, 0)", "1969-12-31T23:59:58.250Z"],
		["AddMonths(Flow.old, -1)", "1969-11-30T23:59:58.250Z"],
		["AddYears(Flow.at, 4)", "2028-02-29T13:14:15.678Z"],
		["AddYears(Flow.at, -1)", "2023-02-28T13:14:15.678Z"],
		["AddDuration(Flow.at, MakeDuration(0, 0, 0, 0, 322))", "2024-02-29T13:14:16Z"],
		["DateTimeDiff(Flow.at, Flow.at)", "PT0S"],
		["MakeDateTime(1800, 1, 1)", "1800-01-01T00:00:00Z"],
		["MakeDateTime(2200, 12, 31, 23, 59, 59)", "2200-12-31T23:59:59Z"],
		["MakeDateTime(2024, 2, 29, 0, 0, 0)", "2024-02-29T00:00:00Z"],
		["MakeDuration(1, 2, 3, 4)", "P1DT2H3M4S"],
		["MakeDuration(1, 2, 3, 4, 5)", "P1DT2H3M4.005S"],
		["MakeDuration(0, 0, -1, 30)", "-PT30S"],
	])("%s is %j", (expression, value) => {
		expect(resultOf(expression, scope)[1]).toEqual(value);
	});

	it.each([
		["MakeDateTime(1799, 12, 31)", "MakeDateTime: Expected the year to be from 1800 to 2200, got 1799."],
		["MakeDateTime(2201, 1, 1)", "MakeDateTime: Expected the year to be from 1800 to 2200, got 2201."],
		["MakeDateTime(2024, 0, 1)", "MakeDateTime: Expected the month to be from 1 to 12, got 0."],
		["MakeDateTime(2024, 2, 30)", "MakeDateTime: Expected the day to be from 1 to 29, got 30."],
		["MakeDateTime(2024, 1, 0)", "MakeDateTime: Expected the day to be from 1 to 31, got 0."],
		["MakeDateTime(2024, 1, 1, -1, 0, 0)", "MakeDateTime: Expected the hour to be from 0 to 23, got -1."],
		["MakeDateTime(2024, 1, 1, 0, 60, 0)", "MakeDateTime: Expected the minute to be from 0 to 59, got 60."],
		["MakeDateTime(2024, 1, 1, 0, 0, 60)", "MakeDateTime: Expected the second to be from 0 to 59, got 60."],
		["AddMonths(System.MaxDateTime, 1)", "AddMonths: Expected the year to be from 1800 to 2200, got 2201."],
		["AddMonths(System.MinDateTime, -1)", "AddMonths: Expected the year to be from 1800 to 2200, got 1799."],
		["AddSeconds(System.MaxDateTime, 1)", "AddSeconds: Expected a dateTime of the years 1800 to 2200, got 7289654400000 ms since 1970."],
		["MakeDuration(0, 0, 0, System.MaxInt)", "MakeDuration: Expected a duration within ±999999999999999 ms, got 999999999999999000 ms."],
	])("%s is out of range", (expression, message) => {
		expect(problemOf(expression, scope)).toEqual(["out-of-range", 1, message]);
	});
});
