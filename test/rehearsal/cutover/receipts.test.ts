import { expect, test } from "vitest";
import type { Page } from "../../../functions/pipeline/model/incident.ts";
import { comparedReceipts, isReady, receiptsText } from "../../../rehearsal/cutover/receipts.ts";
import { incident, page, seconds } from "../../functions/pipeline/fixtures.ts";

const mirrored = { from: "pagerduty", to: "signedWebhook" };
const notice = (change: Partial<Page> = {}) => page({ kind: "signedWebhook", channel: "own-pager", ...change });
const proven = { state: "proven", acceptedAt: seconds(5), provenAt: seconds(15) } as const;

test("each page is compared by its tier and purpose, and what is not in both stands out", () => {
	const pairs = comparedReceipts(
		[
			incident({
				pages: [
					page(proven),
					page({ ...proven, tier: 2 }),
					page({ ...proven, purpose: "recovery" }),
					page({ kind: "sms", channel: "sms" }),
				],
				notices: [
					notice(proven),
					notice({ tier: 2, state: "given-up" }),
					notice({ purpose: "recovery", state: "accepted", acceptedAt: seconds(90) }),
				],
			}),
		],
		mirrored,
	);
	expect(pairs.map(({ tier, purpose, verdict }) => `${tier} ${purpose}: ${verdict}`)).toEqual([
		"1 page: both",
		"1 recovery: both",
		"2 page: only-from",
	]);
	expect(isReady(pairs)).toBe(false);
	const text = receiptsText(pairs, mirrored);
	expect(text).toMatch(/inc:1:dev:trunk-down:base-1 \(1\) +2 +page +proven 15 s +given-up +only-from/);
	expect(text).toContain(
		"3 told: 2 in both, 1 only in pagerduty, 0 only in signedWebhook, 0 in neither. Do not switch before signedWebhook has",
	);
});

test("a system that has more than the old one is ready, and one of which nothing is known is not", () => {
	const pairs = comparedReceipts(
		[incident({ pages: [page(proven)], notices: [notice(proven), notice({ ...proven, tier: 2 })] })],
		mirrored,
	);
	expect(isReady(pairs)).toBe(true);
	expect(receiptsText(pairs, mirrored)).toContain("signedWebhook has all that pagerduty has.");
	expect(isReady(comparedReceipts([incident()], mirrored))).toBe(false);
	expect(receiptsText([], mirrored)).toContain("nothing can be compared");
});
