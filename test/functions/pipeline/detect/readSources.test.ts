import { describe, expect, test } from "vitest";
import type { Incident, Page } from "../../../../functions/pipeline/model/incident.ts";
import { incident, page, seconds } from "../fixtures.ts";
import { type Answers, world } from "../world.ts";

/** The workflow runs and speaks: whatever is sent here is only sent again. */
const responding = (pages: readonly Page[]): Incident =>
	incident({
		tier: 1,
		launch: { id: "launch-1", at: seconds(0), executionId: "execution-1", claimedAt: seconds(1), seenAt: seconds(50) },
		pages,
	});
const accepted = { acceptedAt: seconds(0), acceptances: 1, receipt: "r" } as const;
const sms = (change: Partial<Page>): Page => page({ channel: "sms", kind: "sms", ...change });

/** One tick at the first minute, with the vendors' answers; what the workflow's state was asked is left out. */
async function minute(pages: readonly Page[], answers: Answers) {
	const { open, tick } = await world({ answers: { "1 pagerduty": answers, "1 sms": answers } });
	await open(responding(pages));
	const { asked, logged, items } = await tick(60);
	return { asked: asked.filter((line) => !line.startsWith("status")), logged, pages: items[0]?.pages };
}

describe("before a page is sent again, a look whether the vendor has it after all", () => {
	test.each([
		{
			name: "refused for certain: no look is needed",
			it: page({ state: "given-up", failure: "rate-limited" }),
			read: "absent",
			asked: ["send"],
		},
		{
			name: "timed out, and not there",
			it: page({ state: "given-up", failure: "timeout" }),
			read: "absent",
			asked: ["read", "send"],
		},
		{
			name: "a gateway said that it is unavailable, and not there",
			it: page({ state: "given-up", failure: "unavailable" }),
			read: "absent",
			asked: ["read", "send"],
		},
		{ name: "the same, and there", it: page({ state: "given-up", failure: "unavailable" }), read: "pending", asked: ["read"] },
		{
			name: "refused for certain, after an attempt that timed out",
			it: page({ state: "given-up", failure: "rate-limited", doubtfulAt: seconds(1) }),
			read: "pending",
			asked: ["read"],
		},
		{
			name: "connection lost, and there",
			it: page({ state: "given-up", failure: "unreachable" }),
			read: "pending",
			asked: ["read"],
		},
		{ name: "timed out, and there", it: page({ state: "given-up", failure: "timeout" }), read: "pending", asked: ["read"] },
		{
			name: "taken before it was given up, and still on its way",
			it: page({ state: "given-up", failure: "unavailable", ...accepted }),
			read: "pending",
			asked: ["read"],
		},
		{
			name: "taken before it was given up, and lost",
			it: page({ state: "given-up", failure: "unavailable", ...accepted }),
			read: "absent",
			asked: ["read", "send"],
		},
		{ name: "unproven, and still on its way", it: page({ state: "unproven", ...accepted }), read: "pending", asked: ["read"] },
		{ name: "unproven, and never known to be accepted", it: page({ state: "unproven" }), read: "pending", asked: ["read"] },
		{ name: "unproven, and lost", it: page({ state: "unproven", ...accepted }), read: "absent", asked: ["read", "send"] },
		{ name: "unproven, and there", it: page({ state: "unproven", ...accepted }), read: "delivered", asked: ["read"] },
		{
			name: "a text that could not be delivered",
			it: sms({ state: "unproven", ...accepted }),
			read: "failed",
			asked: ["read", "send"],
		},
		{ name: "a text on its way", it: sms({ state: "unproven", ...accepted }), read: "pending", asked: ["read"] },
		{
			name: "it cannot be read: PagerDuty joins a repeat to what it has",
			it: page({ state: "unproven", ...accepted }),
			read: "unavailable",
			asked: ["read", "send"],
		},
		{
			name: "it cannot be read: a text may ring twice",
			it: sms({ state: "unproven", ...accepted }),
			read: "unavailable",
			asked: ["read"],
		},
	] as const)("$name", async ({ it, read, asked }) => {
		expect((await minute([it], { read })).asked).toEqual(asked.map((what) => `${what} 1 ${it.channel}`));
	});

	test("a repeat is the overseer's, counts no attempt, keeps its key, and no channel waits for its proof", async () => {
		const it = page({ state: "given-up", attempts: 3, failure: "rate-limited" });
		const { logged, pages } = await minute([it], {});
		expect(logged).toEqual([
			{
				what: "page-sent",
				incident: incident().key,
				occurrence: 1,
				channel: "pagerduty",
				tier: 1,
				outcome: "accepted",
				detail: "sent again under the same key",
			},
		]);
		expect(pages).toEqual([
			{ ...it, state: "unproven", by: "overseer", lastAttemptAt: seconds(60), acceptedAt: seconds(60), acceptances: 1, receipt: "sent-2" },
		]);
	});

	test("a repeat that is refused stays given up, with the newest reason", async () => {
		const { logged, pages } = await minute([page({ state: "unproven", ...accepted })], { read: "absent", send: "rate-limited" });
		expect(logged.map(({ what, outcome, attempt }) => ({ what, outcome, attempt }))).toEqual([
			{ what: "page-failed", outcome: "rate-limited" },
		]);
		expect(pages?.[0]).toMatchObject({ state: "given-up", failure: "rate-limited" });
	});

	test("what cannot be read is an error that names the page", async () => {
		const { logged } = await minute([sms({ state: "unproven", ...accepted })], { read: "forbidden" });
		expect(logged[0]).toEqual({
			what: "error",
			incident: incident().key,
			occurrence: 1,
			channel: "sms",
			tier: 1,
			outcome: "forbidden",
			detail: "the page could not be read back: the vendor is forbidden",
		});
	});

	test("that a vendor which refused a page cannot be read for the same reason is no news", async () => {
		const refused = page({ state: "given-up", failure: "unavailable" });
		const { logged } = await minute([refused], { read: "unavailable", send: "unavailable" });
		expect(logged.map(({ what }) => what)).toEqual(["page-failed"]);
		expect((await minute([refused], { read: "timeout", send: "unavailable" })).logged.map(({ what }) => what)).toEqual([
			"error",
			"page-failed",
		]);
	});

	test("a page on a channel that the settings no longer have is passed over, and holds up none of the others", async () => {
		const gone = page({ channel: "fax", state: "unproven", ...accepted });
		const { asked, pages } = await minute([gone, sms({ state: "given-up", failure: "rate-limited" })], {});
		expect(asked).toEqual(["send 1 sms"]);
		expect(pages?.[0]).toEqual(gone);
	});
});
