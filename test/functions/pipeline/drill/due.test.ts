import { describe, expect, it } from "vitest";
import { type DrillPlan, mayBegin, planDrills } from "../../../../functions/pipeline/drill/due.ts";
import { type DrillRequest, type DrillsItem, mostRequests, noDrills, withRequest } from "../../../../functions/pipeline/drill/records.ts";
import { type ScheduledDrill, scheduleId, usualDrills } from "../../../../functions/pipeline/drill/settings.ts";
import { lastTime, nextTime } from "../../../../functions/pipeline/silence/windows.ts";
import { seconds, settings as usual } from "../fixtures.ts";

const minutes = (count: number): number => seconds(count * 60);
/** A Monday; every test's zero is 08:00 of it. */
const entry: ScheduledDrill = { policy: "default", days: ["monday"], at: "08:10", zone: "UTC" };
const settings = { ...usual, drills: { ...usualDrills, schedule: [entry] } };
const asked: DrillRequest = { id: "one", policy: "default", by: "Ada", at: minutes(0) };
const wanting: DrillsItem = { ...noDrills, requests: [asked] };

interface Tick {
	readonly at: number;
	readonly busy?: true;
}

/** What the ticks of a story decide, one after the other; a drill ends in no time. */
function decided(ticks: readonly Tick[], settled = settings): readonly string[] {
	let item: DrillsItem = noDrills;
	return ticks.flatMap(({ at, busy = false }) => {
		const { item: next, begun, notBegun }: DrillPlan = planDrills(item, settled, busy, minutes(at));
		item = { ...next, running: [] };
		return [...begun.map(() => `${at} begun`), ...notBegun.map(({ reason }) => `${at} ${reason}`)];
	});
}

const everyMinute = (from: number, to: number, busy?: true): readonly Tick[] =>
	Array.from({ length: to - from + 1 }, (_, index) => ({ at: from + index, ...(busy === undefined ? {} : { busy }) }));

const week = 7 * 24 * 60;

describe("a drill of the schedule", () => {
	it.each<{ name: string; ticks: readonly Tick[]; comes: readonly string[] }>([
		{ name: "at its time, once", ticks: everyMinute(0, 60), comes: ["10 begun"] },
		{ name: "with each tick twice", ticks: everyMinute(0, 60).flatMap((tick) => [tick, tick]), comes: ["10 begun"] },
		{ name: "with ticks that come late", ticks: [{ at: 0 }, { at: 24 }, { at: 60 }], comes: ["24 begun"] },
		{ name: "with ticks that were lost for too long", ticks: [{ at: 0 }, { at: 25 }, { at: 26 }, { at: 60 }], comes: ["25 missed"] },
		{ name: "lost for two weeks: the last one is missed", ticks: [{ at: 0 }, { at: 2 * week }], comes: [`${2 * week} missed`] },
		{ name: "every week", ticks: [...everyMinute(0, 20), ...everyMinute(week, week + 20)], comes: ["10 begun", `${week + 10} begun`] },
		{ name: "that was deployed after its time waits for the next one", ticks: everyMinute(11, 60), comes: [] },
		{ name: "waits for failures", ticks: [...everyMinute(0, 15, true), ...everyMinute(16, 60)], comes: ["16 begun"] },
		{ name: "is put off where they take all its time", ticks: everyMinute(0, 60, true), comes: ["25 put-off"] },
	])("$name", ({ ticks, comes }) => {
		expect(decided(ticks)).toEqual(comes);
	});

	it("another time of the same policy is another drill", () => {
		const later = { ...entry, at: "08:30" };
		const two = { ...settings, drills: { ...settings.drills, schedule: [entry, later] } };
		expect(decided(everyMinute(0, 60), two)).toEqual(["10 begun", "30 begun"]);
		const known = planDrills(noDrills, two, false, minutes(0)).item;
		expect(Object.keys(planDrills(known, settings, false, minutes(1)).item.dealtWith)).toEqual([scheduleId(entry)]);
	});

	it("changes nothing where nothing is due, so that nothing is written", () => {
		const known = planDrills(noDrills, settings, false, minutes(0)).item;
		expect(planDrills(known, settings, false, minutes(1)).item).toBe(known);
		expect(planDrills(noDrills, usual, false, minutes(1)).item).toBe(noDrills);
	});
});

describe("a drill that somebody asked for", () => {
	it.each<{ name: string; item: DrillsItem; busy?: boolean; at: number; comes: readonly string[]; left: number }>([
		{ name: "begins at the next tick", item: wanting, at: 1, comes: ["begun"], left: 0 },
		{ name: "waits for failures", item: wanting, busy: true, at: 1, comes: [], left: 1 },
		{ name: "is put off where they take all its time", item: wanting, busy: true, at: 15, comes: ["put-off"], left: 0 },
		{
			name: "of a policy that is gone",
			item: { ...noDrills, requests: [{ ...asked, policy: "gone" }] },
			at: 1,
			comes: ["unknown-policy"],
			left: 0,
		},
		{
			name: "waits for the one of its policy that runs",
			item: { ...wanting, running: [{ ...asked, id: "first", begunAt: minutes(0) }] },
			at: 1,
			comes: [],
			left: 1,
		},
		{
			name: "asked for twice: one after the other",
			item: { ...noDrills, requests: [asked, { ...asked, id: "two" }] },
			at: 1,
			comes: ["begun"],
			left: 1,
		},
	])("$name", ({ item, busy = false, at, comes, left }) => {
		const plan = planDrills(item, usual, busy, minutes(at));
		expect([...plan.begun.map(() => "begun"), ...plan.notBegun.map(({ reason }) => reason)]).toEqual(comes);
		expect(plan.item.requests).toHaveLength(left);
	});

	it("is no reason to look for failures until it may begin", () => {
		expect([mayBegin(noDrills, usual, minutes(1)), mayBegin(wanting, usual, minutes(1))]).toEqual([false, true]);
	});

	it("is refused where too many wait", () => {
		const full = { ...noDrills, requests: Array.from({ length: mostRequests }, (_, index) => ({ ...asked, id: String(index) })) };
		expect(withRequest(full, asked)).toBeUndefined();
	});

	it("leaves no incident where it never began", () => {
		const { item } = planDrills(wanting, usual, true, minutes(15));
		expect(item.failing).toEqual({});
		expect(item.ended).toMatchObject([{ id: "one", verdict: "put-off" }]);
	});
});

describe("by the clocks of a zone", () => {
	const at = (text: string): number => Date.parse(text);
	const berlin = { days: ["sunday"], at: "02:30" } as const;
	it.each([
		{ name: "in winter", now: "2026-01-06T00:00Z", last: "2026-01-04T01:30Z", next: "2026-01-11T01:30Z" },
		{
			name: "skipped as summer time begins: an hour later",
			now: "2026-03-29T12:00Z",
			last: "2026-03-29T01:30Z",
			next: "2026-04-05T00:30Z",
		},
		{ name: "shown twice as it ends: the first", now: "2026-10-25T01:00Z", last: "2026-10-25T00:30Z", next: "2026-11-01T01:30Z" },
		{ name: "at that very minute", now: "2026-01-04T01:30Z", last: "2026-01-04T01:30Z", next: "2026-01-11T01:30Z" },
		{ name: "a moment before", now: "2026-01-04T01:29:59Z", last: "2025-12-28T01:30Z", next: "2026-01-04T01:30Z" },
	])("$name", ({ now, last, next }) => {
		expect([lastTime("Europe/Berlin", berlin, at(now)), nextTime("Europe/Berlin", berlin, at(now))]).toEqual([at(last), at(next)]);
	});
});
