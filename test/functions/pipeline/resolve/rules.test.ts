import { describe, expect, test } from "vitest";
import type { Incident, Page } from "../../../../functions/pipeline/model/incident.ts";
import { close, closes, mirrorsDue, recoveriesDue, supersededDue, whyClose } from "../../../../functions/pipeline/resolve/rules.ts";
import { incident, page, policy, seconds } from "../fixtures.ts";

const recovered = { state: "recovered", recoveredAt: seconds(100) } as const;
const logged = page({ state: "proven", acceptedAt: seconds(1), provenAt: seconds(2), receipt: "r" });
const recovery = (state: "accepted" | "proven" | "cancelled" | "failed" | "unproven") =>
	page({ purpose: "recovery", state, by: "overseer" });

describe("recoveriesDue", () => {
	test.each([
		{ name: "proven", pages: [logged], due: 1 },
		{ name: "accepted, unproven", pages: [page({ state: "unproven", acceptedAt: seconds(1) })], due: 1 },
		{ name: "perhaps sent", pages: [page({ state: "sending" })], due: 1 },
		{ name: "timed out", pages: [page({ state: "given-up", failure: "timeout" })], due: 1 },
		{ name: "lost connection", pages: [page({ state: "failed", failure: "unreachable" })], due: 1 },
		{ name: "refused", pages: [page({ state: "given-up", failure: "rejected" })], due: 0 },
		{ name: "told before", pages: [logged, recovery("accepted")], due: 0 },
		{ name: "nobody was paged", pages: [], due: 0 },
	])("$name: $due", ({ pages, due }) => {
		expect(recoveriesDue(incident({ ...recovered, pages }), policy, seconds(100))).toHaveLength(due);
	});

	test("PagerDuty is told under the page's own key, an SMS under one of its own", () => {
		const text = page({ channel: "sms", kind: "sms", state: "proven", acceptedAt: seconds(1), receipt: "SM1" });
		const keys = recoveriesDue(incident({ ...recovered, pages: [logged, text] }), policy, seconds(100)).map(
			({ dedupKey, receipt, state, by, intendedAt }) => ({ dedupKey, receipt, state, by, intendedAt }),
		);
		const fresh = { receipt: undefined, state: "sending", by: "overseer", intendedAt: seconds(100) };
		expect(keys).toEqual([
			{ dedupKey: logged.dedupKey, ...fresh },
			{ dedupKey: `${text.dedupKey}:recovery`, ...fresh },
		]);
	});

	test("a phone that was texted in two rounds is told the end once, by the earlier text where the latest never arrived", () => {
		const first = page({ channel: "sms", kind: "sms", state: "proven", acceptedAt: seconds(1), receipt: "SM1" });
		const second = { ...first, round: 2, dedupKey: `${first.dedupKey}:2`, state: "unproven", receipt: "SM2" } as const;
		const dueFor = (pages: readonly Page[]) =>
			recoveriesDue(incident({ ...recovered, round: 2, pages }), policy, seconds(100)).map(({ round }) => round ?? 1);
		const { acceptedAt: _never, ...notTaken } = second;
		const unsent = { ...notTaken, purpose: "recovery", state: "failed" } as const;
		expect(dueFor([first, second])).toEqual([2]);
		expect(dueFor([first, second, unsent])).toEqual([]);
		expect(dueFor([first, { ...second, state: "cancelled" }, { ...unsent, state: "cancelled" }])).toEqual([1]);
		expect(dueFor([first, { ...second, state: "cancelled" }, { ...unsent, state: "proven", acceptedAt: seconds(90) }])).toEqual([]);
	});

	test("a recovery is an intent of its own: nothing of the page's fate goes with it", () => {
		const before = page({ ...logged, attempts: 2, failure: "timeout", acceptances: 1 });
		expect(recoveriesDue(incident({ ...recovered, pages: [before] }), policy, seconds(100))).toEqual([
			page({ purpose: "recovery", by: "overseer", attempts: 0, intendedAt: seconds(100), lastAttemptAt: seconds(100) }),
		]);
	});

	test("each place is told for itself, and a mirror is no place", () => {
		const pages = [
			logged,
			page({ tier: 2, state: "proven", acceptedAt: seconds(1) }),
			page({ channel: "sms", kind: "sms", state: "proven", acceptedAt: seconds(1) }),
			page({ purpose: "acknowledgement", tier: 2, state: "accepted", acceptedAt: seconds(1) }),
			recovery("accepted"),
		];
		const due = recoveriesDue(incident({ ...recovered, pages }), policy, seconds(100));
		expect(due.map(({ tier, channel }) => `${tier} ${channel}`)).toEqual(["2 pagerduty", "1 sms"]);
	});

	const launch = { id: "l", at: seconds(0), claimedAt: seconds(1) };
	test.each([
		{
			name: "a workflow whose last word came",
			change: { launch: { ...launch, endedAt: seconds(9), outcome: "acknowledged" } },
			due: ["1"],
		},
		{
			name: "one that ended without a last word",
			change: { launch: { ...launch, endedAt: seconds(9), outcome: "completed" } },
			due: ["1", "2"],
		},
		{ name: "one that died", change: { launch: { ...launch, endedAt: seconds(9), outcome: "failed" } }, due: ["1", "2"] },
		{ name: "one that is silent", change: { launch, takenOver: { at: seconds(9), reason: "workflow-silent" } }, due: ["1", "2"] },
		{ name: "one that goes on", change: { launch }, due: ["1"] },
		{ name: "one that told the next tier, and not its page", change: { launch, tier: 2 }, due: ["1", "2"] },
		{
			name: "one that never claimed",
			change: { launch: { id: "l", at: seconds(0) }, takenOver: { at: seconds(9), reason: "not-claimed" } },
			due: ["1", "2"],
		},
	])("what $name may have paged and could not write down is resolved: $due", ({ change, due }) => {
		const found = recoveriesDue(incident({ ...recovered, ...change, pages: [logged] }), policy, seconds(100));
		expect(found.map(({ tier, kind }) => [String(tier), kind])).toEqual(due.map((tier) => [tier, "pagerduty"]));
	});

	test("what another executor surely did not send may have been sent by a workflow that never claimed", () => {
		const refused = page({ state: "failed", failure: "rate-limited", by: "overseer" });
		const silent = { launch: { id: "l", at: seconds(0) }, takenOver: { at: seconds(9), reason: "not-launched" } };
		const keys = (change: Partial<Incident>) =>
			recoveriesDue(incident({ ...recovered, pages: [refused], ...change }), policy, seconds(100)).map(({ dedupKey }) => dedupKey);
		const first = refused.dedupKey;
		expect(keys(silent)).toEqual([first, first.replace(/1$/, "2")]);
		// A later round has them in writing.
		expect(keys({ ...silent, round: 2 })).toEqual([]);
		expect(keys({})).toEqual([]);
	});

	test("a phone is told the end once, however many rounds there were, also at later ticks", () => {
		const text = page({ channel: "sms", kind: "sms", state: "proven", acceptedAt: seconds(1) });
		const later = { ...text, round: 2, dedupKey: `${text.dedupKey}r2` };
		const [end, ...more] = recoveriesDue(incident({ ...recovered, round: 2, pages: [text, later] }), policy, seconds(100));
		expect([end?.dedupKey, more]).toEqual([`${later.dedupKey}:recovery`, []]);
		const pages = [text, later, ...(end === undefined ? [] : [{ ...end, state: "proven" as const }])];
		expect(recoveriesDue(incident({ ...recovered, round: 2, pages }), policy, seconds(160))).toEqual([]);
		expect(whyClose(incident({ ...recovered, round: 2, pages }), policy, seconds(160))).toBe("everybody-told");
	});

	test("while it is open nobody hears of a recovery", () => {
		expect(recoveriesDue(incident({ pages: [logged] }), policy, seconds(100))).toEqual([]);
	});
});

describe("supersededDue", () => {
	const old = (change: Partial<Page> = {}): Page => page({ state: "proven", acceptedAt: seconds(1), provenAt: seconds(2), ...change });
	const newer = (tier: number): Page =>
		page({ tier, round: 2, dedupKey: `new-${tier}`, state: "proven", acceptedAt: seconds(100), provenAt: seconds(110) });
	const second = old({ tier: 2, dedupKey: "old-2" });
	const hour = 3600;
	test.each([
		{ name: "once its tier has a newer page, and it was read", pages: [old(), newer(1)], isRead: true, at: 110, ended: [1] },
		{ name: "not unread: it may have been answered", pages: [old(), newer(1)], isRead: false, at: 109 + hour, ended: [] },
		{
			name: "unread for an hour, so that its vendor does not page on",
			pages: [old(), newer(1)],
			isRead: false,
			at: 110 + hour,
			ended: [1],
		},
		{ name: "not while its own tier has nothing newer", pages: [old(), second, newer(1)], isRead: true, at: 2 * hour, ended: [1] },
		{
			name: "not while the newer one is not proven",
			pages: [old(), { ...newer(1), state: "accepted" as const }],
			isRead: true,
			at: hour,
			ended: [],
		},
	])("$name", ({ pages, isRead, at, ended }) => {
		const item = incident({ round: 2, pages });
		expect(supersededDue(item, () => isRead, seconds(at)).map(({ tier }) => tier)).toEqual(ended);
	});

	test("at once in every tier where somebody has answered, and unread where the answer of the round before has expired", () => {
		const item = incident({ round: 2, pages: [old(), second, newer(1)] });
		const ended = (change: Partial<Incident>) => supersededDue({ ...item, ...change }, () => false, seconds(111)).map(({ tier }) => tier);
		expect(ended({ acknowledged: { at: seconds(111), by: "Ada", tier: 1, channel: "pagerduty" } })).toEqual([1, 2]);
		expect(ended({ answerExpired: true })).toEqual([1]);
		expect(ended({ state: "recovered" })).toEqual([]);
	});
});

describe("mirrorsDue", () => {
	const second = page({ tier: 2, state: "proven", acceptedAt: seconds(1) });
	const acknowledged = { at: seconds(9), by: "Ada", tier: 2, channel: "pagerduty" };

	test("every other accepted PagerDuty page, once", () => {
		const pages = [
			logged,
			second,
			page({ channel: "sms", kind: "sms", state: "proven", acceptedAt: seconds(1) }),
			page({ tier: 3, state: "given-up" }),
		];
		expect(
			mirrorsDue(incident({ acknowledged, pages }), seconds(10)).map(({ tier, channel, purpose }) => `${purpose} ${tier} ${channel}`),
		).toEqual(["acknowledgement 1 pagerduty"]);
		const mirrored = page({ purpose: "acknowledgement", state: "accepted" });
		expect(mirrorsDue(incident({ acknowledged, pages: [...pages, mirrored] }), seconds(10))).toEqual([]);
	});

	test("the acknowledged page alone is left out: the same name on another tier, and another name on the same tier, are told", () => {
		const pages = [logged, second, page({ tier: 2, channel: "other", state: "proven", acceptedAt: seconds(1) })];
		const due = mirrorsDue(incident({ acknowledged, pages }), seconds(10));
		expect(due.map(({ tier, channel, dedupKey }) => `${tier} ${channel} ${dedupKey}`)).toEqual([
			`1 pagerduty ${logged.dedupKey}`,
			`2 other ${logged.dedupKey}`,
		]);
	});

	test("a recovery is no page that somebody could acknowledge", () => {
		const pages = [page({ purpose: "recovery", state: "accepted", acceptedAt: seconds(1) })];
		expect(mirrorsDue(incident({ acknowledged, pages }), seconds(10))).toEqual([]);
	});

	test("none before an acknowledgement, none after the recovery", () => {
		expect(mirrorsDue(incident({ pages: [logged, second] }), seconds(10))).toEqual([]);
		expect(mirrorsDue(incident({ ...recovered, acknowledged, pages: [logged, second] }), seconds(10))).toEqual([]);
	});
});

describe("whyClose", () => {
	test.each([
		{ name: "open", change: { state: "open" as const }, pages: [logged], at: 100, reason: "not-recovered" },
		{
			name: "nobody was told",
			change: {},
			pages: [page({ state: "given-up", failure: "rejected" })],
			at: 100,
			reason: "nobody-was-told",
		},
		{ name: "not told yet", change: {}, pages: [logged], at: 100, reason: "recovery-pending" },
		{ name: "told, not proven", change: {}, pages: [logged, recovery("accepted")], at: 160, reason: "recovery-pending" },
		{ name: "proven", change: {}, pages: [logged, recovery("proven")], at: 160, reason: "everybody-told" },
		{
			name: "nothing there to resolve",
			change: {},
			pages: [page({ state: "unproven", acceptedAt: seconds(1) }), recovery("cancelled")],
			at: 160,
			reason: "everybody-told",
		},
		{
			name: "one place of two is told",
			change: {},
			pages: [logged, page({ tier: 2, state: "proven", acceptedAt: seconds(1) }), recovery("proven")],
			at: 160,
			reason: "recovery-pending",
		},
		{
			name: "one of two is proven",
			change: {},
			pages: [logged, recovery("proven"), page({ purpose: "recovery", tier: 2, state: "accepted" })],
			at: 160,
			reason: "recovery-pending",
		},
		{
			name: "a mirror is no recovery",
			change: {},
			pages: [page({ purpose: "acknowledgement", state: "accepted" })],
			at: 160,
			reason: "nobody-was-told",
		},
		{ name: "an hour in which the place could not be told", change: {}, pages: [logged], at: 3700, reason: "recovery-unproven" },
		{ name: "an hour of silence", change: {}, pages: [logged, recovery("unproven")], at: 3700, reason: "recovery-unproven" },
		{ name: "a second before that", change: {}, pages: [logged, recovery("unproven")], at: 3699, reason: "recovery-pending" },
		{ name: "a vendor that was never told", change: {}, pages: [logged, recovery("failed")], at: 604_899, reason: "recovery-pending" },
		{ name: "a week later", change: {}, pages: [logged, recovery("failed")], at: 604_900, reason: "recovery-untold" },
	])("$name → $reason", ({ change, pages, at, reason }) => {
		const why = whyClose(incident({ ...recovered, ...change, pages }), policy, seconds(at));
		expect(why).toBe(reason);
		expect(closes(why)).toBe(["everybody-told", "nobody-was-told", "recovery-unproven", "recovery-untold"].includes(reason));
	});
});

test("closing cancels what nobody needs any more and keeps the receipts", () => {
	const closed = close(
		incident({ ...recovered, pages: [logged, page({ tier: 2, state: "given-up" }), page({ tier: 3, state: "failed" })] }),
		seconds(200),
	);
	expect(closed).toMatchObject({ state: "closed", closedAt: seconds(200) });
	expect(closed.pages.map(({ state }) => state)).toEqual(["proven", "cancelled", "cancelled"]);
});
