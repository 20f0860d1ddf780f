import { describe, expect, test } from "vitest";
import { nextRound, whyRepeat } from "../../../../functions/pipeline/escalate/rounds.ts";
import type { Incident, Page } from "../../../../functions/pipeline/model/incident.ts";
import { pageSummary } from "../../../../functions/pipeline/page/words.ts";
import { incident, page, policy, seconds } from "../fixtures.ts";
import { world } from "../world.ts";

const ada = { at: seconds(100), by: "Ada", tier: 2, channel: "pagerduty" };
const byHand = { ...ada, resolvedAt: seconds(300) };
const lateByHand = { ...ada, resolvedAt: seconds(14_400) };
const hour = 3600;

describe("when everybody is asked anew", () => {
	test.each([
		{ name: "a second before", change: { exhausted: seconds(0) }, at: hour - 1, reason: "not-yet" },
		{ name: "an hour after the last tier", change: { exhausted: seconds(0) }, at: hour, reason: "nobody-answered" },
		{ name: "while tiers are left", change: {}, at: 10 * hour, reason: "not-yet" },
		{ name: "within an answer's time", change: { exhausted: seconds(0), acknowledged: ada }, at: 4 * hour + 99, reason: "not-yet" },
		{
			name: "once an answer is old",
			change: { exhausted: seconds(0), acknowledged: ada },
			at: 4 * hour + 100,
			reason: "acknowledgement-expired",
		},
		{ name: "after a page was ended by hand", change: { acknowledged: byHand }, at: 300 + policy.reopenSeconds - 1, reason: "not-yet" },
		{ name: "later", change: { acknowledged: byHand }, at: 300 + policy.reopenSeconds, reason: "resolved-by-hand" },
		{ name: "ended by hand, as an answer expires", change: { acknowledged: lateByHand }, at: 4 * hour + 100, reason: "resolved-by-hand" },
		{ name: "ended by hand, and held", change: { acknowledged: byHand, heldSince: seconds(400) }, at: 4 * hour, reason: "not-yet" },
		{ name: "once it is over", change: { exhausted: seconds(0), state: "recovered" }, at: 2 * hour, reason: "not-yet" },
		{
			name: "for a member of a group",
			change: { exhausted: seconds(0), memberOf: { key: "g", occurrence: 1 } },
			at: 2 * hour,
			reason: "not-yet",
		},
	] as const)("$name: $reason", ({ change, at, reason }) => {
		expect(whyRepeat(incident(change as Partial<Incident>), policy, seconds(at))).toBe(reason);
	});

	test("where the last tier was told at last, an hour after its time to answer", () => {
		const tier = policy.tiers.length;
		const item = incident({
			exhausted: seconds(0),
			pages: [page({ tier, state: "proven", acceptedAt: seconds(hour), provenAt: seconds(hour) })],
		});
		const due = 2 * hour + policy.acknowledgeSeconds;
		expect(whyRepeat(item, policy, seconds(due - 1))).toBe("not-yet");
		expect(whyRepeat(item, policy, seconds(due))).toBe("nobody-answered");
	});

	const text = (change: Partial<Page> = {}): Page =>
		page({ channel: "sms", kind: "sms", state: "unproven", acceptedAt: seconds(0), acceptances: 1, ...change });
	const { staleSeconds } = policy;
	test.each([
		{ name: "texts of which nothing is known", pages: [text(), text({ tier: 2 })], exhausted: 60, pause: staleSeconds },
		{ name: "the same in the last round that is early", pages: [text({ round: 3 })], round: 3, exhausted: 60, pause: staleSeconds },
		{ name: "the same in a late round", pages: [text({ round: 4 })], round: 4, exhausted: 60, pause: hour },
		{ name: "a text that is there", pages: [text(), text({ state: "presumed" })], exhausted: 60, pause: hour },
		{
			name: "a text that was refused, and is sent again",
			pages: [text({ state: "given-up", acceptances: 0 })],
			exhausted: 60,
			pause: hour,
		},
		{ name: "a page that PagerDuty is offered until it has it", pages: [text(), page({ state: "unproven" })], exhausted: 60, pause: hour },
		{ name: "nothing", pages: [], exhausted: 60, pause: hour },
	] as const)("after $name: $pause s", ({ pages, exhausted, pause, ...round }) => {
		const item = incident({ exhausted: seconds(exhausted), pages: [...pages], ...round });
		expect(whyRepeat(item, policy, seconds(exhausted + pause - 1))).toBe("not-yet");
		expect(whyRepeat(item, policy, seconds(exhausted + pause))).toBe("nobody-answered");
	});

	test("not more often than a day may see, and again when the day is over", () => {
		const item = incident({ exhausted: seconds(0), repeatedAt: Array.from({ length: 24 }, (_, index) => seconds(index * hour)) });
		expect(whyRepeat(item, policy, seconds(24 * hour - 1))).toBe("enough-for-today");
		expect(whyRepeat(item, policy, seconds(24 * hour))).toBe("nobody-answered");
		expect(whyRepeat(incident({ exhausted: seconds(0) }), { ...policy, repeatsADay: 0 }, seconds(24 * hour))).toBe("enough-for-today");
	});
});

describe("a round", () => {
	const proven = (change: Partial<Page> = {}): Page => page({ state: "proven", acceptedAt: seconds(0), provenAt: seconds(5), ...change });

	test("is the overseer's, begins at the first tier, and forgets that the last one was reached", () => {
		const next = nextRound(incident({ tier: 2, exhausted: seconds(0), pages: [proven()] }), policy, "nobody-answered", seconds(hour));
		expect(next).toMatchObject({ round: 2, tier: 1, takenOver: { reason: "nobody-answered" }, repeatedAt: [seconds(hour)] });
		expect(next.exhausted).toBeUndefined();
		expect(pageSummary(next)).toContain("still failing, open since 2026-");
		expect(pageSummary({ ...next, state: "recovered" })).toBe(next.summary);
	});

	test("takes over what a workflow may have sent and could not write down: its end is told with the others'", () => {
		const launch = { id: "l", at: seconds(0), claimedAt: seconds(0), endedAt: seconds(9), outcome: "failed" };
		const next = nextRound(
			incident({ tier: 1, launch, exhausted: seconds(0), pages: [proven()] }),
			policy,
			"nobody-answered",
			seconds(hour),
		);
		expect(next.pages.map(({ tier, state, dedupKey }) => [tier, state, dedupKey])).toEqual([
			[1, "proven", `${incident().key}:1:1`],
			[2, "sending", `${incident().key}:1:2`],
		]);
	});

	test("takes over what a workflow may have paged that never claimed, phones left out", () => {
		const refused = page({ state: "failed", failure: "rate-limited", by: "overseer" });
		const silent = incident({ launch: { id: "l", at: seconds(0) }, exhausted: seconds(0), pages: [refused] });
		const { pages } = nextRound(silent, policy, "nobody-answered", seconds(hour));
		expect(pages.map(({ tier, kind, state, by }) => [tier, kind, state, by])).toEqual([
			[1, "pagerduty", "sending", "workflow"],
			[2, "pagerduty", "sending", "workflow"],
		]);
	});

	test("after an answer begins with whoever gave it", () => {
		const next = nextRound(incident({ tier: 2, acknowledged: ada }), policy, "acknowledgement-expired", seconds(5 * hour));
		expect(next).toMatchObject({ tier: 2 });
		expect(next.acknowledged).toBeUndefined();
	});

	test("keeps of earlier rounds only what has not been ended: a year of them is small", () => {
		let item = incident({ exhausted: seconds(0), pages: [proven(), proven({ channel: "sms", kind: "sms" })] });
		for (let round = 2; round <= 400; round += 1) {
			item = nextRound(item, policy, "nobody-answered", seconds(round * hour));
			const own = { round, dedupKey: `${item.key}:1:1r${round}` };
			const ended = item.pages
				.filter(({ purpose, kind }) => purpose === "page" && kind === "pagerduty")
				.map((old) => ({ ...old, purpose: "recovery" as const }));
			item = { ...item, pages: [...item.pages, ...ended, proven(own), proven({ channel: "sms", kind: "sms", ...own })] };
		}
		expect(item.pages.length).toBeLessThan(8);
		expect(JSON.stringify(item).length).toBeLessThan(8192);
	});

	const sms = (state: Page["state"], change: Partial<Page> = {}): Page =>
		page({ channel: "sms", kind: "sms", state, acceptedAt: seconds(0), acceptances: 1, ...change });
	test.each([
		{ name: "a page that may have arrived", pages: [page({ state: "accepted", acceptances: 1 })], kept: [0] },
		{ name: "a page that never left", pages: [page({ state: "given-up" })], kept: [] },
		{ name: "a page whose end is told", pages: [proven(), proven({ purpose: "recovery" })], kept: [] },
		{ name: "a page whose end is on its way", pages: [proven(), page({ purpose: "recovery", state: "accepted" })], kept: [0, 1] },
		{
			name: "a page whose end was told to another place only",
			pages: [proven(), proven({ purpose: "recovery", channel: "other" })],
			kept: [0],
		},
		{
			name: "an end that is told, or never will be",
			pages: [proven({ purpose: "recovery" }), page({ purpose: "recovery", state: "cancelled" })],
			kept: [],
		},
		{ name: "texts that arrived: the latest", pages: [sms("proven"), sms("presumed", { round: 2 })], kept: [1] },
		{ name: "a text that arrived, and a later one that may not have", pages: [sms("proven"), sms("unproven", { round: 2 })], kept: [0, 1] },
		{ name: "texts of which nothing is known: the latest", pages: [sms("unproven"), sms("unproven", { round: 2 })], kept: [1] },
		{ name: "texts to two phones", pages: [sms("proven"), sms("proven", { round: 2, channel: "sms-2" })], kept: [0, 1] },
		{ name: "texts to one phone in two tiers", pages: [sms("proven"), sms("proven", { round: 2, tier: 2 })], kept: [0, 1] },
	])("keeps what is still needed of $name", ({ pages, kept }) => {
		const next = nextRound(incident({ exhausted: seconds(0), pages }), policy, "nobody-answered", seconds(hour));
		expect(next.pages).toEqual(kept.map((index) => pages[index]));
	});

	const key = `${incident().key}:1:1`;
	const exhausted = (): Incident =>
		incident({ tier: 2, stale: seconds(0), exhausted: seconds(0), takenOver: { at: seconds(0), reason: "x" }, pages: [proven()] });
	const words = ({ logged }: { readonly logged: readonly { readonly what: string; readonly tier?: number }[] }): readonly string[] =>
		logged.map(({ what, tier }) => `${what} ${tier ?? ""}`);

	test("pages under a key of its own, and once that is there the page before is ended at its vendor", async () => {
		const { open, tick, answer } = await world({ answers: { "1 pagerduty": { read: "delivered" } } });
		await open(exhausted());
		const first = await tick(hour);
		expect(words(first)).toEqual(["repeated ", "routed ", "page-sent 1"]);
		expect(first.items[0]?.pages.map(({ dedupKey, state }) => [dedupKey, state])).toEqual([
			[key, "proven"],
			[`${key}r2`, "accepted"],
		]);
		const second = await tick(hour + 60);
		expect(words(second)).toEqual(["page-proven 1", "recovery-sent 1"]);
		expect(second.items[0]?.pages[2]).toMatchObject({ purpose: "recovery", dedupKey: key, state: "accepted" });
		answer("1 pagerduty", { read: "acknowledged", by: "Ada" });
		expect((await tick(hour + 120)).items[0]?.acknowledged).toMatchObject({ by: "Ada", tier: 1, round: 2 });
	});

	test("an answer to the page before counts, for as long as people may have no newer one", async () => {
		const { open, tick, answer } = await world({ answers: { "1 pagerduty": { read: "delivered" } } });
		await open(exhausted());
		await tick(hour);
		answer("1 pagerduty", { read: "acknowledged", by: "Ada" });
		const { items, logged } = await tick(hour + 60);
		expect(items[0]?.acknowledged).toEqual({ at: seconds(hour + 60), by: "Ada", tier: 1, channel: "pagerduty" });
		expect(logged.map(({ what, outcome }) => [what, outcome])).toEqual([
			["acknowledged", "acknowledged"],
			["page-proven", "page"],
			["acknowledged", "mirrored"],
			["recovery-sent", "accepted"],
		]);
	});

	test("the expired answer that a round began with is no answer to it", async () => {
		const { open, tick } = await world({ answers: { "1 pagerduty": { read: "acknowledged", by: "Ada" } } });
		const acknowledged = { at: seconds(0), by: "Ada", tier: 1, channel: "pagerduty" };
		await open(incident({ tier: 1, acknowledged, takenOver: { at: seconds(0), reason: "x" }, pages: [proven()] }));
		const { items, logged } = await tick(policy.acknowledgedForSeconds);
		expect(logged.map(({ what, outcome }) => [what, outcome])).toContainEqual(["repeated", "acknowledgement-expired"]);
		expect(items[0]?.acknowledged).toBeUndefined();
		expect(items[0]).toMatchObject({ round: 2, answerExpired: true });
	});
});

describe("an answer that was taken notice of", () => {
	const answered = (): Incident =>
		incident({
			tier: 1,
			stale: seconds(0),
			acknowledged: { at: seconds(100), by: "Ada", tier: 1, channel: "pagerduty" },
			takenOver: { at: seconds(0), reason: "x" },
			pages: [page({ state: "proven", acceptedAt: seconds(0), provenAt: seconds(5) })],
		});

	test("is looked after every ten minutes, and no oftener", async () => {
		const { open, tick } = await world({ answers: { "1 pagerduty": { read: "acknowledged" } } });
		await open(answered());
		expect((await tick(699)).asked).toEqual([]);
		expect((await tick(700)).asked).toEqual(["read 1 pagerduty"]);
		expect((await tick(760)).asked).toEqual([]);
		expect((await tick(1300)).asked).toEqual(["read 1 pagerduty"]);
	});

	test("that was withdrawn at the vendor waits for another one from then on, and is then escalated", async () => {
		const { open, tick } = await world({ answers: { "1 pagerduty": { read: "delivered" } } });
		await open(answered());
		const { logged, items } = await tick(700);
		expect(logged.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual(["unacknowledged withdrawn"]);
		expect(items[0]).toMatchObject({ waitsFrom: seconds(700) });
		expect((await tick(899)).logged).toEqual([]);
		expect((await tick(1000)).logged.map(({ what, tier }) => `${what} ${tier}`)).toContain("escalated 2");
	});

	test("whose page was resolved by hand while the failure goes on is told again after reopenSeconds, to whoever gave it first", async () => {
		const { open, tick } = await world({ answers: { "1 pagerduty": { read: "resolved", by: "Ada" } } });
		await open(answered());
		const { logged, items } = await tick(700);
		expect(logged.map(({ what, outcome, detail }) => `${what} ${outcome} ${detail}`)).toEqual(["acknowledged resolved by Ada"]);
		expect(items[0]?.acknowledged).toMatchObject({ resolvedAt: seconds(700), checkedAt: seconds(700) });
		expect((await tick(700 + policy.reopenSeconds - 1)).logged).toEqual([]);
		const told = await tick(700 + policy.reopenSeconds);
		expect(told.logged.map(({ what, outcome }) => `${what} ${outcome}`)).toContain("repeated resolved-by-hand");
		expect(told.items[0]).toMatchObject({ round: 2, answerExpired: true, tier: 1 });
	});
});
