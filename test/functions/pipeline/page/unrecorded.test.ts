import { describe, expect, test } from "vitest";
import { unrecordedPages, unseenPages } from "../../../../functions/pipeline/page/unrecorded.ts";
import { incident, page, policy, seconds } from "../fixtures.ts";

const tiersOf = (pages: ReturnType<typeof unseenPages>): readonly number[] => [...new Set(pages.map(({ tier }) => tier))];

const logged = page({ state: "proven", acceptedAt: seconds(1), provenAt: seconds(2), receipt: "r" });
const claimed = { id: "l", at: seconds(0), claimedAt: seconds(0), seenAt: seconds(100) };

describe("unseenPages", () => {
	test.each([
		{ name: "one that spoke a minute ago", change: { launch: claimed }, at: 160, tiers: [] },
		{ name: "one that has said nothing for two minutes", change: { launch: claimed }, at: 220, tiers: [2] },
		{ name: "one that says that it is at the next tier", change: { launch: claimed, tier: 2 }, at: 160, tiers: [2] },
		{ name: "one that was taken over", change: { launch: claimed, takenOver: { at: seconds(9), reason: "r" } }, at: 101, tiers: [2] },
		{
			name: "one whose last word came",
			change: { launch: { ...claimed, endedAt: seconds(150), outcome: "exhausted" } },
			at: 900,
			tiers: [],
		},
		{
			name: "one that ended without a last word",
			change: { launch: { ...claimed, endedAt: seconds(150), outcome: "failed" } },
			at: 160,
			tiers: [2],
		},
		{ name: "one that never claimed", change: { launch: { id: "l", at: seconds(0) } }, at: 900, tiers: [] },
		{ name: "one of an earlier round", change: { launch: claimed, round: 2 }, at: 900, tiers: [] },
	])("what $name may have sent is looked for in the tiers $tiers", ({ change, at, tiers }) => {
		expect(tiersOf(unseenPages(incident({ tier: 1, pages: [logged], ...change }), policy, seconds(at)))).toEqual(tiers);
	});

	test("every channel of such a tier is looked at, under the key that the workflow uses", () => {
		const pages = unseenPages(incident({ tier: 2, pages: [logged], launch: claimed }), policy, seconds(110));
		expect(pages.map(({ channel }) => channel)).toEqual(policy.tiers[1]?.channels.map(({ name }) => name));
		expect(new Set(pages.map(({ dedupKey }) => dedupKey)).size).toBe(1);
		expect(pages[0]?.dedupKey).toMatch(/:1:2$/);
	});

	test("what is only owed was sent by nobody who could write it down: it is looked for as well", () => {
		const owed = page({ tier: 2, state: "owed", failure: "circuit-open" });
		expect(tiersOf(unseenPages(incident({ tier: 2, pages: [logged, owed], launch: claimed }), policy, seconds(110)))).toEqual([2]);
	});

	test("after a gap every other channel of a tier that has a page is looked at, too", () => {
		const gap = { ...claimed, gap: true } as const;
		const pages = unseenPages(incident({ tier: 1, pages: [logged], launch: gap }), policy, seconds(110));
		expect(pages.map(({ tier, channel }) => [tier, channel])).toEqual([[1, "sms"]]);
		const over = incident({ state: "recovered", tier: 1, pages: [logged], launch: gap });
		expect(unrecordedPages(over, policy, seconds(110)).map(({ tier, channel }) => [tier, channel])).toEqual([[1, "sms"]]);
	});
});
