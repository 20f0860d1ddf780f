import { describe, expect, test } from "vitest";
import { ledgerBudget } from "../../../../functions/edges/http/ledgerBudget.ts";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { acquireTokens, type Bucket } from "../../../../functions/pipeline/limits/budget.ts";
import { keptForOthers, type Urgency, urgencyOf } from "../../../../functions/pipeline/limits/shedding.ts";
import { page } from "../fixtures.ts";

const start = Date.UTC(2026, 10, 24, 10);

/** How many of each are granted at one moment, in the given order of asking. */
function grantedOf(asked: readonly Urgency[], perMinute: number): Readonly<Record<Urgency, number>> {
	let bucket: Bucket | undefined;
	const granted = { "first-page": 0, page: 0, news: 0 };
	for (const urgency of asked) {
		const answer = acquireTokens(bucket, start, perMinute, { wanted: 1, leaving: keptForOthers(urgency, perMinute) });
		bucket = answer.bucket;
		granted[urgency] += answer.tokens;
	}
	return granted;
}

const many = (urgency: Urgency, count: number): readonly Urgency[] => Array.from({ length: count }, () => urgency);

describe("what is shed where an allowance runs short", () => {
	test.each([
		{ name: "a first page", change: { tier: 1 }, urgency: "first-page" },
		{ name: "a first page that was refused", change: { tier: 1, state: "failed" }, urgency: "first-page" },
		{ name: "a page of a later tier", change: { tier: 2 }, urgency: "page" },
		{ name: "a page of a later round", change: { tier: 1, round: 2 }, urgency: "page" },
		{ name: "a page that was taken and is sent again", change: { tier: 1, acceptedAt: start }, urgency: "news" },
		{ name: "an end", change: { purpose: "recovery" }, urgency: "news" },
		{ name: "an answer that is passed on", change: { purpose: "acknowledgement" }, urgency: "news" },
	] as const)("$name is $urgency", ({ change, urgency }) => {
		expect(urgencyOf(page({ tier: 1, ...change }))).toBe(urgency);
	});

	test("news first, then other pages; never a first page", () => {
		const asked = [...many("news", 100), ...many("page", 100), ...many("first-page", 100)];
		expect(grantedOf(asked, 60)).toEqual({ news: 45, page: 9, "first-page": 6 });
		expect(grantedOf(many("first-page", 100), 60)).toEqual({ news: 0, page: 0, "first-page": 60 });
	});

	test.each([1, 2, 3, 10, 10_000])("of %i a minute each kind gets some where it is alone", (perMinute) => {
		for (const urgency of ["first-page", "page", "news"] as const) expect(grantedOf(many(urgency, 1), perMinute)[urgency]).toBe(1);
	});

	test("what is held back is told when to ask again, and is granted then", () => {
		const bucket = {
			taken: [
				{ slot: start, count: 5 },
				{ slot: start + 30_000, count: 5 },
			],
		};
		const asked = { wanted: 1, leaving: 5 };
		const refused = acquireTokens(bucket, start + 40_000, 10, asked);
		expect(refused).toMatchObject({ granted: false, retryAfterSeconds: 55 });
		expect(acquireTokens(refused.bucket, start + 94_999, 10, asked).granted).toBe(false);
		expect(acquireTokens(refused.bucket, start + 95_000, 10, asked).granted).toBe(true);
	});

	test("an error says that the rest is kept", async () => {
		const clock = { now: () => start };
		const budget = ledgerBudget(memoryLedger(clock), clock);
		await budget.take("twilio", 2);
		await expect(budget.take("twilio", 2, 1)).rejects.toThrow(
			"budget twilio: expected one of 2 requests a minute, got no more than the 1 that are kept for pages",
		);
		await budget.take("twilio", 2);
	});

	test("one client of Genesys Cloud that has spent its allowance takes none from another", async () => {
		const clock = { now: () => start };
		const budget = ledgerBudget(memoryLedger(clock), clock);
		for (let count = 0; count < 3; count += 1) await budget.take("genesys-detector", 3);
		await expect(budget.take("genesys-detector", 3)).rejects.toMatchObject({ reason: "budget-spent" });
		for (let count = 0; count < 3; count += 1) await budget.take("genesys-launcher", 3);
	});
});
