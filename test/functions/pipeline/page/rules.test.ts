import { describe, expect, test } from "vitest";
import { findPage, firstProof, intend, withPage, withPageNews } from "../../../../functions/pipeline/page/rules.ts";
import { incident, page, policy, seconds } from "../fixtures.ts";

const [first, second] = policy.tiers;
const channel = first?.channels[0];
const other = second?.channels[0];
if (channel === undefined || other === undefined) throw new Error("the fixture has two tiers");
const place = { tier: 1, channel };

describe("intend", () => {
	test.each([
		{ name: "recovered", change: { state: "recovered" }, by: "workflow", again: false, reason: "not-open" },
		{ name: "closed", change: { state: "closed" }, by: "workflow", again: true, reason: "not-open" },
		{
			name: "acknowledged",
			change: { acknowledged: { at: seconds(1), by: "Ada", tier: 1, channel: "sms" } },
			by: "workflow",
			again: false,
			reason: "acknowledged",
		},
		{ name: "proven", change: { pages: [page({ state: "proven" })] }, by: "workflow", again: false, reason: "already-proven" },
		{ name: "proven, asked again", change: { pages: [page({ state: "proven" })] }, by: "overseer", again: true, reason: "already-proven" },
		{ name: "accepted", change: { pages: [page({ state: "accepted" })] }, by: "workflow", again: false, reason: "already-accepted" },
		{ name: "unproven", change: { pages: [page({ state: "unproven" })] }, by: "workflow", again: false, reason: "already-accepted" },
		{ name: "another executor sends", change: { pages: [page({ state: "sending" })] }, by: "overseer", again: false, reason: "in-flight" },
	] as const)("$name → refused, $reason, and nothing is written", ({ change, by, again, reason }) => {
		const before = incident(change);
		expect(intend(before, place, by, seconds(59), again)).toEqual({ granted: false, reason, incident: before });
	});

	test("a first page has its key, its intent and its first attempt, and enters the tier", () => {
		const { granted, reason, incident: next, page: made } = intend(incident(), place, "dispatcher", seconds(5));
		expect({ granted, reason }).toEqual({ granted: true, reason: "first-attempt" });
		expect(made).toEqual(page({ by: "dispatcher", intendedAt: seconds(5), lastAttemptAt: seconds(5) }));
		expect(next).toEqual(incident({ tier: 1, pages: made === undefined ? [] : [made] }));
	});

	test.each([
		{
			name: "its own failed attempt",
			before: page({ state: "failed", attempts: 1 }),
			by: "workflow",
			again: false,
			attempts: 2,
			reason: "next-attempt",
		},
		{
			name: "another executor's failed attempts",
			before: page({ state: "failed", attempts: 3 }),
			by: "overseer",
			again: false,
			attempts: 1,
			reason: "first-attempt",
		},
		{
			name: "its own intent of a moment ago",
			before: page({ state: "sending", attempts: 1 }),
			by: "workflow",
			again: false,
			attempts: 2,
			reason: "next-attempt",
		},
		{
			name: "a repeat is no attempt",
			before: page({ state: "unproven", attempts: 3 }),
			by: "overseer",
			again: true,
			attempts: 3,
			reason: "sent-again",
		},
		{
			name: "a repeat of what was given up",
			before: page({ state: "given-up", attempts: 3 }),
			by: "overseer",
			again: true,
			attempts: 3,
			reason: "sent-again",
		},
	] as const)("$name: attempt $attempts, $reason", ({ before, by, again, attempts, reason }) => {
		const intent = intend(incident({ tier: 1, pages: [before] }), place, by, seconds(30), again);
		expect(intent).toMatchObject({
			granted: true,
			reason,
			page: { by, attempts, state: "sending", intendedAt: seconds(0), lastAttemptAt: seconds(30) },
		});
		expect(intent.incident).toMatchObject({ tier: 1 });
	});

	test("an intent of another executor is respected for a minute, also by a repeat", () => {
		const pages = [page({ lastAttemptAt: seconds(10) })];
		const at = (second: number) => intend(incident({ pages }), place, "overseer", seconds(second), true).reason;
		expect([at(69), at(70)]).toEqual(["in-flight", "sent-again"]);
	});

	test("only a send is in flight", () => {
		const failed = page({ state: "failed", attempts: 2 });
		expect(intend(incident({ pages: [failed] }), place, "overseer", seconds(1))).toMatchObject({ granted: true, reason: "first-attempt" });
	});

	test("a repeat of what was never sent counts no attempt", () => {
		expect(intend(incident(), place, "overseer", seconds(1), true).page).toMatchObject({ attempts: 0, state: "sending" });
	});

	test("each tier and channel is a place of its own, and a recovery is none", () => {
		const pages = [
			page({ purpose: "recovery", state: "proven" }),
			page({ tier: 2, state: "proven" }),
			page({ channel: "sms", state: "proven" }),
		];
		expect(intend(incident({ tier: 2, pages }), place, "overseer", seconds(1)).reason).toBe("first-attempt");
	});

	test("a higher tier is entered by its first intent", () => {
		const next = intend(incident({ tier: 1 }), { tier: 2, channel: other }, "overseer", seconds(9)).incident;
		expect(next).toMatchObject({ tier: 2, pages: [{ dedupKey: `${incident().key}:1:2` }] });
	});

	test("a lower tier is paged without leaving the higher one", () => {
		expect(intend(incident({ tier: 2 }), place, "overseer", seconds(9)).incident?.tier).toBe(2);
	});
});

describe("withPageNews", () => {
	const sent = page();
	const before = incident({ pages: [sent, page({ tier: 2 }), page({ purpose: "recovery" })] });

	test("changes the entry of its purpose, tier and channel alone", () => {
		const next = withPageNews(before, page({ tier: 2 }), { what: "failed", failure: "timeout" }, seconds(9));
		expect(next.pages.map(({ state }) => state)).toEqual(["sending", "failed", "sending"]);
		const logged = withPageNews(before, page({ purpose: "recovery" }), { what: "proven", receipt: "r" }, seconds(9));
		expect(logged.pages.map(({ state }) => state)).toEqual(["sending", "sending", "proven"]);
	});

	test("counts what the vendor took, and a repeat stays unproven", () => {
		const once = withPageNews(before, sent, { what: "accepted", receipt: "r1" }, seconds(1));
		const twice = withPageNews(once, sent, { what: "accepted", receipt: "r2", again: true }, seconds(61));
		expect(once.pages[0]).toMatchObject({ state: "accepted", acceptances: 1, acceptedAt: seconds(1), receipt: "r1" });
		expect(twice.pages[0]).toMatchObject({ state: "unproven", acceptances: 2, acceptedAt: seconds(61), receipt: "r2" });
	});

	test("a proof keeps the moment of acceptance, or stands for it", () => {
		const accepted = withPageNews(before, sent, { what: "accepted", receipt: "r" }, seconds(1));
		expect(withPageNews(accepted, sent, { what: "proven", receipt: "r" }, seconds(9)).pages[0]).toMatchObject({
			acceptedAt: seconds(1),
			provenAt: seconds(9),
		});
		expect(withPageNews(before, sent, { what: "proven", receipt: "r" }, seconds(9)).pages[0]).toMatchObject({
			acceptedAt: seconds(9),
			provenAt: seconds(9),
		});
	});

	test("a proven page is told nothing more: neither a refusal, nor a repeat, nor another proof", () => {
		const proven = incident({ pages: [page({ state: "proven", provenAt: seconds(1), receipt: "r" })] });
		const late = [
			{ what: "accepted", receipt: "other" },
			{ what: "failed", failure: "timeout" },
			{ what: "given-up", failure: "timeout" },
			{ what: "proven", receipt: "other" },
			{ what: "unproven" },
		] as const;
		for (const news of late) expect(withPageNews(proven, sent, news, seconds(9))).toBe(proven);
	});

	test("the outbox is told apart by purpose, tier and channel", () => {
		const pages = [
			page({ purpose: "recovery", state: "proven" }),
			page({ tier: 2, state: "proven" }),
			page({ channel: "sms", state: "proven" }),
		];
		const logged = withPageNews(incident({ pages }), sent, { what: "unproven" }, seconds(9));
		expect(logged.pages).toEqual([...pages, { ...sent, state: "unproven" }]);
	});

	test("an entry that was not there is added with what became of it", () => {
		expect(withPageNews(incident(), sent, { what: "unproven" }, seconds(9)).pages).toEqual([{ ...sent, state: "unproven" }]);
		expect(withPage(incident(), sent).pages).toEqual([sent]);
	});
});

test("the first proof of a tier is the earliest of its pages, not of its recoveries or other tiers", () => {
	const pages = [
		page({ state: "proven", provenAt: seconds(50) }),
		page({ channel: "sms", kind: "sms", state: "proven", provenAt: seconds(20) }),
		page({ purpose: "recovery", state: "proven", provenAt: seconds(1) }),
		page({ tier: 2, state: "proven", provenAt: seconds(2) }),
	];
	expect([firstProof(incident({ pages }), 1), firstProof(incident({ pages }), 2), firstProof(incident({ pages }), 3)]).toEqual([
		seconds(20),
		seconds(2),
		undefined,
	]);
	expect(findPage(incident({ pages: [page({ purpose: "recovery" })] }), 1, "pagerduty")).toBeUndefined();
	expect(findPage(incident({ pages }), 2, other.name)?.provenAt).toBe(seconds(2));
});
