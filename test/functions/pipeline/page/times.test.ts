import { describe, expect, test } from "vitest";
import { clockOf, dateOf, durationOf, whenOf } from "../../../../functions/pipeline/page/times.ts";
import { seconds } from "../fixtures.ts";

describe("a time for people", () => {
	test("is of the day, or with its day", () => {
		expect([clockOf(seconds(59)), dateOf(seconds(60))]).toEqual(["08:00 UTC", "2026-01-05 08:01 UTC"]);
		expect(whenOf(seconds(86_400), seconds(0))).toBe("2026-01-06 08:00 UTC");
		expect(whenOf(seconds(3600), seconds(0))).toBe("09:00 UTC");
	});

	test.each([
		[0, "less than a minute"],
		[-5, "less than a minute"],
		[59, "less than a minute"],
		[60, "1 minute"],
		[3599, "59 minutes"],
		[3600, "1 hour"],
		[3660, "1 hour 1 minute"],
		[86_399, "23 hours 59 minutes"],
		[86_400, "1 day"],
		[86_460, "1 day"],
		[90_061, "1 day 1 hour"],
		[2 * 86_400 + 2 * 3600 + 120, "2 days 2 hours"],
	])("%d s are %s", (length, words) => expect(durationOf(seconds(0), seconds(length))).toBe(words));
});
