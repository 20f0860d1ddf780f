import { describe, expect, test } from "vitest";
import { longestSilenceSeconds } from "../../../../functions/pipeline/escalate/rules.ts";
import { mostPolls, mostReads, pollEverySeconds, readEverySeconds } from "../../../../functions/pipeline/limits/pace.ts";
import { policy } from "../fixtures.ts";

const channel = { kind: "sms", name: "sms", to: "+15555550101" } as const;
const tiersOf = (tiers: number, channels: number) =>
	Array.from({ length: tiers }, (_, tier) => ({ name: `tier-${tier}`, channels: Array.from({ length: channels }, () => channel) }));

describe("the pace of the workflow", () => {
	test("is that of the settings, and a minute, where one run can keep it", () => {
		expect([readEverySeconds(policy), pollEverySeconds(policy)]).toEqual([10, 60]);
		expect(longestSilenceSeconds(policy)).toBe(190);
		const largest = { ...policy, tiers: tiersOf(9, 5) };
		expect([readEverySeconds(largest), pollEverySeconds(largest)]).toEqual([10, 60]);
	});

	test.each([
		{ tiers: 1, channels: 1, read: 3, poll: 192 },
		{ tiers: 2, channels: 2, read: 9, poll: 384 },
		{ tiers: 9, channels: 5, read: 113, poll: 1728 },
	])(
		"is slower for $tiers tiers of $channels with the longest waits: never more than one run may do",
		({ tiers, channels, read, poll }) => {
			const slow = { ...policy, proofSeconds: 900, readBackSeconds: 1, acknowledgeSeconds: 86_400, tiers: tiersOf(tiers, channels) };
			expect([readEverySeconds(slow), pollEverySeconds(slow)]).toEqual([read, poll]);
			expect(tiers * channels * Math.ceil(slow.proofSeconds / read)).toBeLessThanOrEqual(mostReads);
			expect(tiers * Math.floor(slow.acknowledgeSeconds / poll)).toBeLessThanOrEqual(mostPolls);
			// A workflow that asks so seldom is not taken for a dead one.
			expect(longestSilenceSeconds(slow)).toBeGreaterThanOrEqual(poll + 120);
			expect(longestSilenceSeconds(slow)).toBeGreaterThanOrEqual(900 + read + 120);
		},
	);
});
