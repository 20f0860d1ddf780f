import { describe, expect, it } from "vitest";
import { readSettings } from "../../../components/settings/settings.ts";
import { warningsOf } from "../../../components/settings/warnings.ts";
import { settingsOf } from "../stacks.ts";
import { type Given, prefix, problems, source } from "./givenSettings.ts";

const once = {
	name: "carrier-works",
	why: "the carrier works on its lines",
	who: "Ada",
	match: { condition: "trunk-down", entity: "Frankfurt-*" },
	zone: "Europe/Berlin",
	start: "2026-12-01T22:00",
	minutes: 240,
};
const { start: _once, ...unbegun } = { ...once, name: "nights" };
const recurring = { ...unbegun, recurrence: { days: ["monday"], at: "22:00" } };
const windowed = (...windows: readonly unknown[]): Given => ({ plain: { ...settingsOf("dev"), windows } });

describe("windows", () => {
	it("travel to the functions, their matchers as lists of values", () => {
		expect(readSettings(source(windowed(once, recurring))).runtime.windows).toEqual([
			{ ...once, match: { condition: ["trunk-down"], entity: ["Frankfurt-*"] } },
			{ ...recurring, match: { condition: ["trunk-down"], entity: ["Frankfurt-*"] } },
		]);
	});

	it("may last a day where a day lies between two openings", () => {
		const window = { ...unbegun, minutes: 1440, recurrence: { days: ["monday", "wednesday", "sunday"], at: "22:00" } };
		expect(problems(windowed({ ...window, recurrence: { days: ["monday", "wednesday"], at: "22:00" } }))).toEqual([]);
		expect(problems(windowed(window))).toHaveLength(1);
	});

	it.each([
		{ name: "no matcher", window: { ...once, match: {} }, path: "match", expected: /this would silence everything/ },
		{ name: "a matcher of everything", window: { ...once, match: { entity: "*" } }, path: "match", expected: /leaves something out/ },
		{
			name: "every severity",
			window: { ...once, match: { severity: ["critical", "high", "medium", "low"] } },
			path: "match",
			expected: /everything/,
		},
		{
			name: "a condition that nobody knows",
			window: { ...once, match: { condition: "trunk-dwn" } },
			path: "match.condition",
			expected: /trunk-down/,
		},
		{
			name: "a matcher that nobody knows",
			window: { ...once, match: { edge: "x" } },
			path: "match.edge",
			expected: /condition, division, entity/,
		},
		{ name: "an environment", window: { ...once, match: { environment: "dev" } }, path: "match.environment", expected: /condition/ },
		{ name: "a zone that nobody knows", window: { ...once, zone: "Europe/Berln" }, path: "zone", expected: /IANA/ },
		{
			name: "a day that nobody knows",
			window: { ...unbegun, recurrence: { days: ["mon"], at: "22:00" } },
			path: "recurrence.days[0]",
			expected: /monday/,
		},
		{
			name: "openings of which one follows on the other, so that nobody is ever told",
			window: { ...unbegun, minutes: 1381, recurrence: { days: ["sunday", "monday"], at: "22:00" } },
			path: "minutes",
			expected: /at most 1380/,
		},
		{ name: "more than a day", window: { ...once, minutes: 1441 }, path: "minutes", expected: /from 1 to 1440/ },
		{
			name: "a date that no calendar has",
			window: { ...once, start: "2026-02-30T22:00" },
			path: "start",
			expected: /which the calendar has/,
		},
		{ name: "neither start nor recurrence", window: unbegun, path: "start", expected: /either start or recurrence/ },
		{ name: "start and recurrence", window: { ...recurring, start: once.start }, path: "start", expected: /and not both/ },
		{ name: "no reason", window: { ...once, why: "" }, path: "why", expected: /1 to 200 characters/ },
		{ name: "a key that nobody knows", window: { ...once, hours: 4 }, path: "hours", expected: /minutes/ },
	])("with $name are refused", ({ window, path, expected }) => {
		expect(problems(windowed(window))).toEqual([
			expect.objectContaining({ path: `${prefix}windows[0].${path}`, expected: expect.stringMatching(expected) }),
		]);
	});

	it("of one name are refused", () => {
		expect(problems(windowed(once, once)).map(({ path }) => path)).toEqual([`${prefix}windows[1].name`]);
	});

	it("that are over, or about what nobody looks for, are warned of", () => {
		const { runtime } = readSettings(source(windowed(once, { ...recurring, match: { condition: "trunk-down", queue: "Support" } })));
		const before = Date.parse("2026-12-02T00:59:59Z");
		const about = /windows\[1\]\.match\.queue and .*so it takes nothing/;
		expect(warningsOf(runtime, before)).toEqual([expect.stringMatching(about)]);
		expect(warningsOf(runtime, before + 1000)).toEqual([
			expect.stringMatching(/windows\[0\]: window carrier-works ended at 2026-12-02T01:00:00.000Z/),
			expect.stringMatching(about),
		]);
	});
});
