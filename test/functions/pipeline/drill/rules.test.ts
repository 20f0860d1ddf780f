import { describe, expect, it } from "vitest";
import { failureWords, noDrills, withOutcome } from "../../../../functions/pipeline/drill/records.ts";
import { drillStep, endDrill, longestSeconds, missingPages } from "../../../../functions/pipeline/drill/rules.ts";
import { usualDrills } from "../../../../functions/pipeline/drill/settings.ts";
import type { Incident, Page } from "../../../../functions/pipeline/model/incident.ts";
import { incident, page, policy, seconds } from "../fixtures.ts";

const drill = (change: Partial<Incident>): Incident =>
	incident({ key: "inc:1:dev:drill:default", condition: "drill", entityId: "default", ...change });
const sent = (change: Partial<Page> = {}): Page => page({ intendedAt: seconds(10), state: "proven", provenAt: seconds(20), ...change });
const sms = (change: Partial<Page> = {}): Page => sent({ channel: "sms", kind: "sms", ...change });
const acknowledged = { at: seconds(100), by: "Ada", tier: 1, channel: "pagerduty" };
const longest = longestSeconds(policy);

describe("what becomes of a drill", () => {
	it.each<{ name: string; of: Partial<Incident>; at: number; step: string }>([
		{ name: "nothing sent yet", of: {}, at: 5, step: "wait for-proof" },
		{ name: "accepted is not paged", of: { pages: [sent({ state: "accepted" })] }, at: 899, step: "wait for-proof" },
		{ name: "nothing proven in its time", of: { pages: [sent({ state: "unproven" })] }, at: 900, step: "failed nothing-proven" },
		{
			name: "a text that is only presumed is no proof",
			of: { pages: [sms({ state: "presumed" })] },
			at: 900,
			step: "failed nothing-proven",
		},
		{ name: "proven, and nobody answers yet", of: { pages: [sent()] }, at: 901, step: "wait for-an-answer" },
		{ name: "answered a moment ago", of: { pages: [sent()], acknowledged }, at: 159, step: "wait to-close" },
		{ name: "answered", of: { pages: [sent()], acknowledged }, at: 160, step: "passed acknowledged" },
		{ name: "an answer is a proof", of: { acknowledged }, at: 1000, step: "passed acknowledged" },
		{ name: "walked to its end", of: { pages: [sent()], exhausted: seconds(700) }, at: 760, step: "passed escalated" },
		{ name: "at its end and not proven: a later look may find it", of: { exhausted: seconds(100) }, at: 400, step: "wait for-proof" },
		{
			name: "reached by the fallback, and the first channel has time left",
			of: { pages: [sent({ state: "unproven" }), sms()], acknowledged },
			at: 909,
			step: "wait for-proof",
		},
		{
			name: "reached by the fallback only",
			of: { pages: [sent({ state: "unproven" }), sms()], acknowledged },
			at: 910,
			step: "failed channel-not-proven",
		},
		{
			name: "a carrier that says no more is nothing that is missing",
			of: { pages: [sent(), sms({ state: "presumed" })], acknowledged },
			at: 160,
			step: "passed acknowledged",
		},
		{ name: "it always ends", of: { pages: [sent()] }, at: 960 + longest, step: "failed no-end" },
		{ name: "ended by hand after its proof", of: { state: "recovered", pages: [sent()] }, at: 60, step: "passed ended-by-hand" },
		{ name: "ended by hand before", of: { state: "closed", pages: [sent({ state: "accepted" })] }, at: 60, step: "failed ended-by-hand" },
		{
			name: "what was written with its end stands, whatever is proven later",
			of: { state: "recovered", pages: [sent()], drill: { verdict: "failed", reason: "nothing-proven" } },
			at: 2000,
			step: "failed nothing-proven",
		},
	])("$name: $step", ({ of, at, step }) => {
		const made = drillStep(drill(of), policy, usualDrills, seconds(at));
		expect(made.do === "wait" ? `wait ${made.reason}` : `${made.verdict} ${made.reason}`).toBe(step);
	});

	it("news of an answer or of an end is no page", () => {
		const told = sent({ purpose: "acknowledgement", state: "failed" });
		expect(drillStep(drill({ pages: [sent(), told], acknowledged }), policy, usualDrills, seconds(160))).toMatchObject({
			verdict: "passed",
		});
		expect(missingPages(drill({ pages: [sent({ state: "owed" }), sms({ state: "presumed" }), told] }))).toEqual([
			"tier 1 pagerduty",
			"tier 1 sms (presumed)",
		]);
	});

	it("ends like a failure that is over, with what came of it", () => {
		const end = { verdict: "failed", reason: "nothing-proven" } as const;
		expect(endDrill(drill({}), end, seconds(900))).toMatchObject({ state: "recovered", recoveredAt: seconds(900), drill: end });
	});
});

describe("what a drill means for its policy", () => {
	const base = {
		id: "one",
		policy: "default",
		by: "Ada",
		at: seconds(0),
		begunAt: seconds(60),
		endedAt: seconds(900),
		proven: [],
		missing: [],
	};
	const failed = { ...base, verdict: "failed", reason: "nothing-proven", missing: ["tier 1 pagerduty"] } as const;
	const passed = { ...base, id: "two", verdict: "passed", reason: "acknowledged", endedAt: seconds(2000) } as const;

	it("one that failed stands until one has passed", () => {
		const lost = withOutcome(noDrills, failed);
		expect(lost.failing).toEqual({
			default: {
				verdict: "failed",
				at: seconds(900),
				words: "its drill of 2026-01-05T08:01Z reached nobody for certain; not proven: tier 1 pagerduty",
			},
		});
		expect(withOutcome(lost, passed).failing.default).toMatchObject({ over: true });
		expect(withOutcome(lost, { ...passed, verdict: "put-off", reason: "put-off" }).failing).toBe(lost.failing);
		expect(withOutcome(noDrills, passed).failing).toEqual({});
		// It failed again before anybody was told that it is well.
		expect(withOutcome(withOutcome(lost, passed), { ...failed, id: "three" }).failing.default).not.toHaveProperty("over");
	});

	it("keeps the last fifty", () => {
		const all = Array.from({ length: 60 }, (_, index) => ({ ...passed, id: String(index) })).reduce(withOutcome, noDrills);
		expect([all.ended.length, all.ended[0]?.id]).toEqual([50, "10"]);
	});

	it.each([
		["missed", /did not begin, because nobody was there/],
		["channel-not-proven", /not by every channel that was tried; not proven: tier 1 pagerduty/],
		["no-end", /came to no end/],
		["not-in-ledger", /not in the ledger any more/],
		["ended-by-hand", /reached nobody for certain/],
	] as const)("%s in words", (reason, words) => {
		expect(failureWords({ ...failed, reason })).toMatch(words);
	});
});
