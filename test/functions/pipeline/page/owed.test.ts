import { describe, expect, test } from "vitest";
import { isDueAgain, nextStep, whyTakeOver } from "../../../../functions/pipeline/escalate/rules.ts";
import type { Page } from "../../../../functions/pipeline/model/incident.ts";
import { incident, page, policy, seconds, settings } from "../fixtures.ts";
import { world } from "../world.ts";

const owed = (change: Partial<Page> = {}): Page => page({ state: "owed", by: "overseer", failure: "budget-spent", ...change });
const taken = { takenOver: { at: seconds(0), reason: "not-launched" } } as const;

describe("a page for which our own allowance had no room", () => {
	test("waits its turn, and goes out at the first tick that has room", async () => {
		const { open, tick, answer } = await world({ answers: { "1 pagerduty": { send: "budget-spent" } } });
		await open(incident(taken));
		expect(await tick(0)).toMatchObject({
			asked: ["send 1 pagerduty"],
			logged: [{ what: "page-failed", outcome: "budget-spent", detail: "nothing was sent: it waits its turn" }],
			items: [{ pages: [{ state: "owed", attempts: 0 }] }],
		});
		answer("1 pagerduty", {});
		expect(await tick(59)).toMatchObject({
			asked: ["send 1 pagerduty"],
			logged: [{ what: "page-sent", attempt: 1, outcome: "accepted" }],
			items: [{ pages: [{ state: "accepted", attempts: 1 }] }],
		});
	});

	test("does not hold up its fallback for longer than a proof may take, and is sent all the same", async () => {
		const { open, tick, answer } = await world({ answers: { "1 pagerduty": { send: "budget-spent" } } });
		await open(incident(taken));
		await tick(0);
		expect((await tick(60)).asked).toEqual(["send 1 pagerduty", "send 1 sms"]);
		answer("1 pagerduty", {});
		expect((await tick(120)).asked).toEqual(["read 1 sms", "send 1 pagerduty"]);
	});

	test("is owed still when the incident is stale and another page of it is proven", () => {
		const item = incident({ pages: [page({ state: "proven", provenAt: seconds(5) }), owed({ channel: "sms", kind: "sms" })] });
		const late = seconds(policy.staleSeconds * 10);
		expect(isDueAgain(item, owed({ channel: "sms", kind: "sms" }), policy, late)).toBe(true);
		expect(isDueAgain(item, owed({ channel: "sms", kind: "sms", acceptances: 1 }), policy, late)).toBe(false);
		expect(isDueAgain({ ...item, state: "recovered" }, owed(), policy, late)).toBe(false);
	});

	test("is taken over from the dispatcher", () => {
		const item = incident({ waitingSince: seconds(0), pages: [owed({ by: "dispatcher" })] });
		expect(whyTakeOver(item, undefined, policy, settings.limits, seconds(60))).toBe("first-page-failed");
	});
});

describe("a message whose answer was lost", () => {
	const lost = { state: "given-up", failure: "unreachable", doubtfulAt: seconds(0), lastAttemptAt: seconds(90) } as const;
	const again = (kind: "email" | "voice" | "sms", change: Partial<Page>, at: number): boolean => {
		const sent = page({ channel: kind, kind, ...lost, ...change });
		return isDueAgain(incident({ pages: [sent] }), sent, policy, seconds(at));
	};

	test.each(["email", "voice"] as const)("of kind %s, which nobody can look for, is sent again after threefold pauses", (kind) => {
		expect([again(kind, {}, 100), again(kind, {}, 269), again(kind, {}, 270)]).toEqual([false, false, true]);
		expect([again(kind, { lastAttemptAt: seconds(270) }, 809), again(kind, { lastAttemptAt: seconds(270) }, 810)]).toEqual([false, true]);
	});

	test("is sent again at the next tick where it can be looked for, or was surely not taken", () => {
		expect(again("sms", {}, 100)).toBe(true);
		expect(again("email", { receipt: "m-1" }, 100)).toBe(true);
		const refused = page({ channel: "email", kind: "email", state: "given-up", failure: "rate-limited", lastAttemptAt: seconds(90) });
		expect(isDueAgain(incident({ pages: [refused] }), refused, policy, seconds(100))).toBe(true);
	});
});

test("where the vendor is known to fail, the next channel is used at once", () => {
	const item = incident({ ...taken, tier: 1, pages: [owed({ failure: "circuit-open" })] });
	expect(nextStep(item, policy, seconds(0))).toMatchObject({ do: "send", place: { channel: { name: "sms" } }, reason: "fallback" });
	expect(nextStep({ ...item, pages: [owed()] }, policy, seconds(0))).toEqual({ do: "wait", reason: "for-its-turn" });
});

test("what the workflow's incident needs at stale and a vendor refuses is sent again by the next ticks, though another page is proven", async () => {
	const launch = { id: "l", at: seconds(0), executionId: "e", claimedAt: seconds(1), seenAt: seconds(890) };
	const made = await world({ answers: { "1 pagerduty": { read: "delivered" }, "1 sms": { send: "rate-limited" } } });
	await made.open(incident({ tier: 1, launch, pages: [page({ state: "proven", provenAt: seconds(5), acceptedAt: seconds(0) })] }));
	expect((await made.tick(900)).items[0]?.pages[1]).toMatchObject({ channel: "sms", state: "given-up" });
	made.answer("1 sms", {});
	await made.rewrite(incident().key, (item) => ({ ...item, launch: { ...launch, seenAt: seconds(950) } }));
	expect((await made.tick(960)).asked).toContain("send 1 sms");
});
