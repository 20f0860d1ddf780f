import { describe, expect, test } from "vitest";
import { held, hold, resume, whyRelapse } from "../../../../functions/pipeline/deduplicate/relapse.ts";
import { deduplicate } from "../../../../functions/pipeline/deduplicate/rules.ts";
import { isDueAgain, nextStep, staleTier } from "../../../../functions/pipeline/escalate/rules.ts";
import { intend } from "../../../../functions/pipeline/page/rules.ts";
import { heldText, pageSummary, relapseText } from "../../../../functions/pipeline/page/words.ts";
import { incident, page, policy, reading, seconds } from "../fixtures.ts";

const acknowledged = { at: seconds(60), by: "Ada", tier: 1, channel: "pagerduty" };
const well = { heldSince: seconds(240), calmSince: seconds(360), takenOver: { at: seconds(240), reason: "held" } };

describe("a confirmed failure of an open incident", () => {
	test.each([
		{ name: "that was not held", change: {}, at: 2000, reason: "seen-again" },
		{ name: "that was clear for a moment", change: { heldSince: seconds(240), acknowledged }, at: 2000, reason: "resumed" },
		{ name: "that was well, in a round that nobody answered", change: well, at: 899, reason: "resumed" },
		{ name: "that was well, after that round", change: well, at: 900, reason: "relapsed" },
		{ name: "that was well and acknowledged", change: { ...well, acknowledged }, at: 480, reason: "relapsed" },
		{ name: "that was well, and nobody was left to page", change: { ...well, exhausted: seconds(200) }, at: 480, reason: "relapsed" },
		{ name: "that was well and stale", change: { ...well, stale: seconds(200) }, at: 480, reason: "relapsed" },
	])("$name: $reason", ({ change, at, reason }) => {
		expect(whyRelapse(incident(change), 900, seconds(at))).toBe(reason);
	});

	test("is the next occurrence where it is a relapse, and the one before is over", () => {
		const before = incident({ ...well, acknowledged, tier: 2, pages: [page({ state: "proven" })] });
		const plan = deduplicate(before, reading(), "open", "dev", seconds(1140), [], undefined, 900);
		expect(plan.reason).toBe("relapsed");
		expect(plan.incident).toMatchObject({ occurrence: 2, state: "open", tier: 0, pages: [], clearSince: well.calmSince });
		for (const left of ["acknowledged", "heldSince", "takenOver", "exhausted"]) expect(plan.incident).not.toHaveProperty(left);
		expect(plan.archive).toEqual({
			...before,
			state: "recovered",
			recoveredAt: seconds(1140),
			relapsedAt: seconds(1140),
			storedAs: `${before.key}#1`,
		});
	});

	test("goes on with its round where it is none", () => {
		const plan = deduplicate(incident({ ...well, tier: 1 }), reading(), "open", "dev", seconds(500), [], undefined, 900);
		expect(plan).toMatchObject({ reason: "resumed", incident: { occurrence: 1, tier: 1, seen: 2, takenOver: well.takenOver } });
		expect(plan.incident).not.toHaveProperty("heldSince");
		expect(plan.incident).not.toHaveProperty("calmSince");
	});
});

describe("an incident that damping holds open", () => {
	test("is held at its first clear reading, calm at its calm number, and each is written once", () => {
		const first = hold(incident(), "hold", seconds(240));
		expect(first).toEqual({
			reason: "held",
			incident: incident({ heldSince: seconds(240), takenOver: { at: seconds(240), reason: "held" } }),
		});
		expect(hold(first.incident, "hold", seconds(300))).toEqual({ reason: "held-already" });
		const calm = hold(first.incident, "calm", seconds(360));
		expect(calm).toEqual({ reason: "calm", incident: incident(well) });
		expect(hold(calm.incident, "calm", seconds(420))).toEqual({ reason: "held-already" });
		expect(hold(calm.incident, "hold", seconds(420))).toEqual({ reason: "held-already" });
		// A crash between counting and writing heals at the next reading.
		expect(hold(incident(), "calm", seconds(360))).toMatchObject({ reason: "held", incident: { calmSince: seconds(360) } });
	});

	test("keeps the overseer that has it already", () => {
		const takenOver = { at: seconds(60), reason: "not-launched" };
		expect(held(incident({ takenOver }), seconds(240)).takenOver).toEqual(takenOver);
	});

	test.each([undefined, incident({ state: "recovered" }), incident({ state: "closed" })])("is open", (existing) => {
		expect(hold(existing, "calm", seconds(240))).toEqual({ reason: "nothing-open" });
		expect(resume(existing)).toEqual({ reason: "nothing-open" });
	});

	test("is not held any more at the first breach, unless it was calm: then a breach has to be confirmed", () => {
		expect(resume(incident({ heldSince: seconds(240) }))).toEqual({ reason: "resumed", incident: incident() });
		expect(resume(incident(well))).toEqual({ reason: "held-already" });
		expect(resume(incident())).toEqual({ reason: "not-held" });
	});

	test("pages nobody, whoever asks", () => {
		const proven = page({ state: "proven", acceptedAt: seconds(0), provenAt: seconds(0) });
		const waiting = incident({ ...well, tier: 1, pages: [proven] });
		expect(nextStep(waiting, policy, seconds(5000))).toEqual({ do: "wait", reason: "held" });
		expect(staleTier(waiting, policy, seconds(5000))).toBeUndefined();
		for (const state of ["given-up", "unproven", "owed"] as const)
			expect(isDueAgain(waiting, page({ state, failure: "budget-spent" }), policy, seconds(300))).toBe(false);
		const channel = policy.tiers[1]?.channels[0];
		if (channel === undefined) throw new Error("Expected a second tier");
		for (const by of ["workflow", "dispatcher", "overseer"] as const)
			expect(intend(waiting, { tier: 2, channel }, by, seconds(300))).toEqual({ granted: false, reason: "held", incident: waiting });
	});
});

describe("what is said of it", () => {
	test("is so now", () => {
		expect(heldText(incident(well))).toBe("Frankfurt-1: well since 08:04 UTC, held open because it flapped");
		expect(pageSummary(incident(well))).toBe(heldText(incident(well)));
		expect(pageSummary(incident({ ...well, state: "recovered", relapsedAt: seconds(1140) }))).toBe(
			"Frankfurt-1: well from 08:04 UTC, failed again at 08:19 UTC, with a page of its own",
		);
		expect(pageSummary(incident({ ...well, state: "recovered" }))).toBe("SIP trunk Frankfurt-1 is down");
	});

	test("tells after how long it failed again", () => {
		const again = incident({ clearSince: seconds(360), openedAt: seconds(1140) });
		expect(pageSummary(again)).toBe("SIP trunk Frankfurt-1 is down; failed again after 13 minutes");
		expect(relapseText({ clearSince: seconds(0), openedAt: seconds(20) })).toBe("failed again after 1 minute");
		expect(relapseText(incident())).toBe("");
	});

	test("is of the latest reading", () => {
		const better = reading({ metrics: { instances: 2, instancesUp: 1 }, observedAt: seconds(60) });
		const plan = deduplicate(incident(), better, "open", "dev", seconds(60));
		expect(plan.incident).toMatchObject({
			summary: expect.stringContaining("up on 1 of 2 edges"),
			reading: { metrics: { instancesUp: 1 } },
		});
	});
});
