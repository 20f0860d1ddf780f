import { describe, expect, test } from "vitest";
import { isDueAgain, placesLeft, staleTier } from "../../../../functions/pipeline/escalate/rules.ts";
import { incident, page, policy, seconds } from "../fixtures.ts";

describe("staleness", () => {
	test.each([
		{ name: "a second too young", change: {}, at: 899, tier: undefined },
		{ name: "fifteen minutes old, and in its first tier", change: {}, at: 900, tier: 2 },
		{ name: "fifteen minutes old, and in its last tier", change: { tier: 4 }, at: 900, tier: 4 },
		{
			name: "a step done a moment ago",
			change: { stale: seconds(900), staleStep: { tier: 2, at: seconds(900) } },
			at: 1199,
			tier: undefined,
		},
		{ name: "a step that nobody answered", change: { stale: seconds(900), staleStep: { tier: 2, at: seconds(900) } }, at: 1200, tier: 3 },
		{ name: "every step done", change: { stale: seconds(900), staleStep: { tier: 4, at: seconds(900) } }, at: 9999, tier: undefined },
		{
			name: "acknowledged",
			change: { acknowledged: { at: seconds(1), by: "Ada", tier: 1, channel: "pagerduty" } },
			at: 901,
			tier: undefined,
		},
		{ name: "recovered", change: { state: "recovered" }, at: 901, tier: undefined },
		{ name: "in a later round, which is walked anyway", change: { round: 2 }, at: 901, tier: undefined },
	] as const)("$name: $tier", ({ change, at, tier }) => {
		const four = { ...policy, tiers: [...policy.tiers, ...policy.tiers].slice(0, 4) };
		expect(staleTier(incident(change), four, seconds(at))).toBe(tier);
	});

	test("every place without a page is left", () => {
		const left = placesLeft(incident({ pages: [page({ state: "given-up" })] }), policy, 2);
		expect(left.map(({ tier, channel }) => `${tier} ${channel.name}`)).toEqual(["1 sms", "2 pagerduty"]);
	});
});

describe("sending again", () => {
	test.each([
		{ state: "given-up", at: 899, due: true },
		{ state: "unproven", at: 899, due: true },
		{ state: "given-up", at: 900, due: true },
		{ state: "failed", at: 1, due: false },
		{ state: "accepted", at: 1, due: false },
		{ state: "proven", at: 1, due: false },
		{ state: "cancelled", at: 1, due: false },
	] as const)("a page that is $state at $at s: $due", ({ state, at, due }) => {
		const it = page({ state });
		expect(isDueAgain(incident({ pages: [it] }), it, policy, seconds(at))).toBe(due);
	});

	test("once stale a text goes on for as long as nothing of the incident is proven", () => {
		const it = page({ channel: "sms", kind: "sms", state: "given-up" });
		const elsewhere = page({ tier: 2, state: "proven", provenAt: seconds(10) });
		expect(isDueAgain(incident({ pages: [it] }), it, policy, seconds(9999))).toBe(true);
		expect(isDueAgain(incident({ pages: [it, elsewhere] }), it, policy, seconds(900))).toBe(false);
		expect(isDueAgain(incident({ pages: [it, { ...elsewhere, purpose: "recovery" }] }), it, policy, seconds(900))).toBe(true);
		expect(isDueAgain(incident({ pages: [it, elsewhere] }), it, policy, seconds(899))).toBe(true);
		const deduplicates = page({ state: "given-up" });
		expect(isDueAgain(incident({ pages: [deduplicates, elsewhere] }), deduplicates, policy, seconds(9999))).toBe(true);
	});

	test("between two attempts that nobody makes any more it is offered on, once a next attempt would have been made", () => {
		const it = page({ state: "failed", failure: "rejected", attempts: 2, lastAttemptAt: seconds(100) });
		const left = 100 + Math.max(...policy.waitsSeconds) + 60;
		expect(isDueAgain(incident({ tier: 1, pages: [it] }), it, policy, seconds(left))).toBe(false);
		expect(isDueAgain(incident({ tier: 2, pages: [it] }), it, policy, seconds(left - 1))).toBe(false);
		expect(isDueAgain(incident({ tier: 2, pages: [it] }), it, policy, seconds(left))).toBe(true);
		expect(isDueAgain(incident({ tier: 1, exhausted: seconds(1), pages: [it] }), it, policy, seconds(left))).toBe(true);
	});

	test("an SMS is bounded by what the vendor took, PagerDuty is not: it joins a repeat to the same incident", () => {
		const taken = (kind: "sms" | "pagerduty", acceptances: number) => page({ kind, channel: kind, state: "unproven", acceptances });
		expect(isDueAgain(incident(), taken("sms", 2), policy, seconds(1))).toBe(true);
		expect(isDueAgain(incident(), taken("sms", 3), policy, seconds(1))).toBe(false);
		expect(isDueAgain(incident(), taken("pagerduty", 30), policy, seconds(1))).toBe(true);
	});

	test("never for a recovery, nor once somebody answered", () => {
		const it = page({ state: "given-up" });
		expect(isDueAgain(incident(), { ...it, purpose: "recovery" }, policy, seconds(1))).toBe(false);
		expect(isDueAgain(incident({ state: "recovered" }), it, policy, seconds(1))).toBe(false);
		expect(isDueAgain(incident({ acknowledged: { at: seconds(1), by: "Ada", tier: 1, channel: "sms" } }), it, policy, seconds(1))).toBe(
			false,
		);
	});
});
