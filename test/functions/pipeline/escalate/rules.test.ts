import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { longestSilenceSeconds, nextStep } from "../../../../functions/pipeline/escalate/rules.ts";
import type { Incident, Page } from "../../../../functions/pipeline/model/incident.ts";
import { intend, withPageNews } from "../../../../functions/pipeline/page/rules.ts";
import type { EscalationPolicy } from "../../../../functions/pipeline/settings.ts";
import { incident, page, policy, seconds } from "../fixtures.ts";

const sms = (change: Partial<Page> = {}): Page => page({ channel: "sms", kind: "sms", ...change });

const own = { by: "overseer" } as const;

describe("nextStep", () => {
	test.each([
		{ name: "nothing sent yet", pages: [], at: 0, step: { do: "send", reason: "first-channel" } },
		{
			name: "an attempt failed a moment ago",
			pages: [page({ ...own, state: "failed" })],
			at: 29,
			step: { do: "wait", reason: "between-attempts" },
		},
		{
			name: "an attempt failed and its wait is over",
			pages: [page({ ...own, state: "failed" })],
			at: 30,
			step: { do: "send", reason: "next-attempt" },
		},
		{
			name: "the second wait is longer",
			pages: [page({ ...own, state: "failed", attempts: 2 })],
			at: 59,
			step: { do: "wait", reason: "between-attempts" },
		},
		{
			name: "the attempts are used up",
			pages: [page({ ...own, state: "failed", attempts: 3 })],
			at: 0,
			step: { do: "give-up", reason: "attempts-used-up" },
		},
		{
			name: "the attempts of another executor are not ours",
			pages: [page({ state: "failed", attempts: 3 })],
			at: 0,
			step: { do: "send", reason: "next-attempt" },
		},
		{
			name: "accepted, not proven",
			pages: [page({ ...own, state: "accepted", acceptedAt: seconds(0) })],
			at: 59,
			step: { do: "wait", reason: "for-proof" },
		},
		{
			name: "unproven at its deadline",
			pages: [page({ ...own, state: "accepted", acceptedAt: seconds(0) })],
			at: 60,
			step: { do: "call-unproven", reason: "proof-deadline-passed" },
		},
		{ name: "given up: the fallback", pages: [page({ state: "given-up" })], at: 0, step: { do: "send", reason: "fallback" } },
		{ name: "unproven: the fallback", pages: [page({ state: "unproven" })], at: 0, step: { do: "send", reason: "fallback" } },
		{
			name: "proven: wait for an answer",
			pages: [page({ state: "proven", provenAt: seconds(10) })],
			at: 309,
			step: { do: "wait", reason: "for-acknowledgement" },
		},
		{
			name: "proven and nobody answered",
			pages: [page({ state: "proven", provenAt: seconds(10) })],
			at: 310,
			step: { do: "escalate", tier: 2, reason: "not-acknowledged" },
		},
		{
			name: "the whole tier failed",
			pages: [page({ state: "given-up" }), sms({ state: "unproven" })],
			at: 0,
			step: { do: "escalate", tier: 2, reason: "tier-unreachable" },
		},
		{
			name: "the fallback's proof counts for the tier",
			pages: [page({ state: "given-up" }), sms({ state: "proven", provenAt: seconds(10) })],
			at: 20,
			step: { do: "wait", reason: "for-acknowledgement" },
		},
	])("$name", ({ pages, at, step }) => {
		expect(nextStep(incident({ tier: pages.length === 0 ? 0 : 1, pages }), policy, seconds(at))).toMatchObject(step);
	});

	test.each([
		{ name: "another executor is sending", it: page(), at: 59, step: { do: "wait", reason: "in-flight" } },
		{ name: "another executor's intent is lost", it: page(), at: 60, step: { do: "send", reason: "next-attempt" } },
		{
			name: "our own intent was lost: the next attempt has its wait",
			it: page(own),
			at: 29,
			step: { do: "wait", reason: "between-attempts" },
		},
		{ name: "our own intent was lost, and its wait is over", it: page(own), at: 30, step: { do: "send", reason: "next-attempt" } },
		{
			name: "an acceptance without its moment counts from the attempt",
			it: page({ ...own, state: "accepted", lastAttemptAt: seconds(10) }),
			at: 69,
			step: { do: "wait", reason: "for-proof" },
		},
		{
			name: "and no longer",
			it: page({ ...own, state: "accepted", lastAttemptAt: seconds(10) }),
			at: 70,
			step: { do: "call-unproven", reason: "proof-deadline-passed" },
		},
	] as const)("$name", ({ it, at, step }) => {
		expect(nextStep(incident({ tier: 1, pages: [it] }), policy, seconds(at))).toMatchObject(step);
	});

	test("a wait that the settings do not name is none", () => {
		const it = page({ ...own, state: "failed", attempts: 2 });
		const short = { ...policy, waitsSeconds: [30] };
		expect(nextStep(incident({ tier: 1, pages: [it] }), short, seconds(0))).toMatchObject({ do: "send", reason: "next-attempt" });
	});

	test("a step names the place, the page or the tier that it is about", () => {
		const [primary, secondary] = policy.tiers;
		const unproven = page({ ...own, state: "accepted", acceptedAt: seconds(0) });
		const used = page({ ...own, state: "failed", attempts: 3 });
		expect(nextStep(incident(), policy, seconds(0))).toMatchObject({ place: { tier: 1, channel: primary?.channels[0] } });
		expect(nextStep(incident({ tier: 2 }), policy, seconds(0))).toMatchObject({ place: { tier: 2, channel: secondary?.channels[0] } });
		expect(nextStep(incident({ tier: 1, pages: [unproven] }), policy, seconds(60))).toMatchObject({ page: unproven });
		expect(nextStep(incident({ tier: 1, pages: [used] }), policy, seconds(0))).toMatchObject({ page: used });
	});

	test("people wait while a remedy has its chance", () => {
		const remedy = { reason: "x", mode: "auto", remedy: { kind: "webhook", url: "https://customer.example" }, by: "overseer" } as const;
		const run = { ...remedy, state: "in-effect", verifyBy: seconds(180), undoAttempts: 0 } as const;
		expect(nextStep(incident({ remedy: run }), policy, seconds(60))).toEqual({ do: "wait", reason: "for-remedy" });
	});

	test("after the last tier there is nothing left, for the named reason", () => {
		const proven = page({ tier: 2, state: "proven", provenAt: seconds(0) });
		expect(nextStep(incident({ tier: 2, pages: [proven] }), policy, seconds(300))).toEqual({
			do: "exhaust",
			reason: "last-tier-not-acknowledged",
		});
		expect(nextStep(incident({ tier: 2, pages: [page({ tier: 2, state: "given-up" })] }), policy, seconds(0))).toEqual({
			do: "exhaust",
			reason: "last-tier-unreachable",
		});
		expect(nextStep(incident({ tier: 3 }), policy, seconds(0))).toEqual({ do: "exhaust", reason: "last-tier-unreachable" });
		expect(nextStep(incident({ tier: 2, exhausted: seconds(0) }), policy, seconds(0))).toEqual({ do: "wait", reason: "exhausted" });
	});

	test.each([
		{ name: "acknowledged", change: { acknowledged: { at: seconds(1), by: "Ada", tier: 1, channel: "pagerduty" } } },
		{ name: "recovered", change: { state: "recovered" as const } },
	])("$name: nobody is paged any more", ({ change }) => {
		expect(nextStep(incident(change), policy, seconds(9999))).toEqual({ do: "wait", reason: "answered" });
	});
});

/** Whatever the vendors do, walking the policy ends, pages each place at most as often as allowed, and never skips a tier. */
describe("walking the policy", () => {
	const answers = fc.array(fc.constantFrom("accepted", "failed", "proven"), { minLength: 1, maxLength: 12 });
	const policies = fc.record({
		attemptsPerChannel: fc.integer({ min: 1, max: 3 }),
		tiers: fc.array(fc.array(fc.constantFrom("pagerduty", "sms"), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 4 }),
	});
	const policyOf = (made: { readonly attemptsPerChannel: number; readonly tiers: readonly (readonly string[])[] }): EscalationPolicy => ({
		...policy,
		attemptsPerChannel: made.attemptsPerChannel,
		waitsSeconds: [30, 60].slice(0, made.attemptsPerChannel - 1),
		tiers: made.tiers.map((kinds, tier) => ({
			name: `tier ${tier}`,
			channels: kinds.map((kind, index) =>
				kind === "sms"
					? { kind: "sms", name: `${kind}-${index}`, to: "+15555550101" }
					: { kind: "pagerduty", name: `${kind}-${index}`, service: `s${tier}`, serviceId: `P${tier}` },
			),
		})),
	});

	test("ends, within its bounds, in order", () => {
		fc.assert(
			fc.property(policies, answers, (made, given) => {
				const walked = policyOf(made);
				const sent = new Map<string, number>();
				const tiers: number[] = [];
				let current: Incident = incident();
				let now = seconds(0);
				let turn = 0;
				for (let steps = 0; steps < 2000; steps += 1) {
					const step = nextStep(current, walked, now);
					if (step.do === "wait") {
						if (step.reason === "exhausted") break;
						now += 10_000;
						continue;
					}
					if (step.do === "send") {
						const place = `${step.place.tier}/${step.place.channel.name}`;
						sent.set(place, (sent.get(place) ?? 0) + 1);
						const intent = intend(current, step.place, "overseer", now);
						expect(intent.granted).toBe(true);
						if (intent.page === undefined) throw new Error("granted without a page");
						const answer = given[turn % given.length];
						turn += 1;
						const news =
							answer === "failed" ? ({ what: "failed", failure: "unavailable" } as const) : ({ what: "accepted", receipt: "r" } as const);
						current = withPageNews(intent.incident, intent.page, news, now);
						if (answer === "proven") current = withPageNews(current, intent.page, { what: "proven", receipt: "r" }, now);
					}
					if (step.do === "give-up") current = withPageNews(current, step.page, { what: "given-up", failure: "unavailable" }, now);
					if (step.do === "call-unproven") current = withPageNews(current, step.page, { what: "unproven" }, now);
					if (step.do === "escalate") {
						tiers.push(step.tier);
						current = { ...current, tier: step.tier };
					}
					if (step.do === "exhaust") current = { ...current, exhausted: now };
				}
				expect(current.exhausted).toBeDefined();
				expect(Math.max(...sent.values())).toBeLessThanOrEqual(made.attemptsPerChannel);
				expect(tiers).toEqual(made.tiers.slice(1).map((_, index) => index + 2));
				expect(made.tiers.every((_, index) => [...sent.keys()].some((place) => place.startsWith(`${index + 1}/`)))).toBe(true);
			}),
		);
	});
});

test.each([
	{ name: "the default", change: {}, silence: 190 },
	{ name: "a long wait between attempts", change: { waitsSeconds: [60, 300] }, silence: 420 },
	{ name: "a long proof", change: { proofSeconds: 240, readBackSeconds: 30 }, silence: 390 },
	{ name: "everything short", change: { waitsSeconds: [], proofSeconds: 5, readBackSeconds: 1 }, silence: 180 },
])("a workflow may be silent for as long as its policy lets it wait: $name → $silence s", ({ change, silence }) => {
	expect(longestSilenceSeconds({ ...policy, ...change })).toBe(silence);
});
