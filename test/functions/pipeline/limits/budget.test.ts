import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	acquireTokens,
	type Breaker,
	type Bucket,
	breakerAfter,
	breakerAllows,
	type CallOutcome,
} from "../../../../functions/pipeline/limits/budget.ts";

const start = Date.UTC(2026, 10, 24, 10);
const acquireToken = (bucket: Bucket | undefined, now: number, perMinute: number) => acquireTokens(bucket, now, perMinute, { wanted: 1 });

describe("a token bucket", () => {
	test("that is full grants its whole minute at once, then says when the next token is back", () => {
		let bucket: Bucket | undefined;
		for (let taken = 0; taken < 3; taken += 1) {
			const answer = acquireToken(bucket, start, 3);
			expect(answer).toMatchObject({ granted: true, reason: "token-taken", retryAfterSeconds: 0 });
			bucket = answer.bucket;
		}
		expect(acquireToken(bucket, start, 3)).toEqual({ bucket, granted: false, reason: "bucket-empty", retryAfterSeconds: 65, tokens: 0 });
		expect(acquireToken(bucket, start + 64_999, 3)).toMatchObject({ granted: false, retryAfterSeconds: 1 });
		expect(acquireToken(bucket, start + 65_000, 3)).toMatchObject({ granted: true });
	});

	test("shrinks at once with its allowance", () => {
		const full = { taken: [{ slot: start, count: 10 }] };
		expect(acquireToken(full, start, 5)).toMatchObject({ granted: false, reason: "bucket-empty" });
	});

	test("never grants for an allowance below 1", () => {
		expect(acquireToken(undefined, start, 0)).toMatchObject({ granted: false, retryAfterSeconds: 65 });
	});

	test("counts each token in the five seconds in which it was taken, and forgets what has come back", () => {
		const first = acquireToken(undefined, start + 1234, 10).bucket;
		expect(first).toEqual({ taken: [{ slot: start, count: 1 }] });
		const second = acquireToken(first, start + 4999, 10).bucket;
		expect(second).toEqual({ taken: [{ slot: start, count: 2 }] });
		const third = acquireToken(second, start + 5000, 10).bucket;
		expect(third).toEqual({
			taken: [
				{ slot: start, count: 2 },
				{ slot: start + 5000, count: 1 },
			],
		});
		expect(acquireToken(third, start + 65_000, 10).bucket).toEqual({
			taken: [
				{ slot: start + 5000, count: 1 },
				{ slot: start + 65_000, count: 1 },
			],
		});
	});

	test("that is empty says when the earliest of its tokens comes back", () => {
		const bucket = {
			taken: [
				{ slot: start + 10_000, count: 1 },
				{ slot: start, count: 1 },
			],
		};
		expect(acquireToken(bucket, start + 20_000, 2)).toEqual({
			bucket,
			granted: false,
			reason: "bucket-empty",
			retryAfterSeconds: 45,
			tokens: 0,
		});
	});

	const arrivals = fc.array(fc.integer({ min: 0, max: 20_000 }), { maxLength: 200 });

	test("grants no more than its allowance in any 60 seconds, wherever they start", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 20 }), arrivals, (perMinute, gaps) => {
				const granted = grants(gaps, perMinute);
				for (const from of granted) expect(granted.filter((at) => at >= from && at < from + 60_000).length).toBeLessThanOrEqual(perMinute);
			}),
		);
	});

	test("refuses only when its allowance was used in the last 65 seconds, and keeps its promise of a retry", () => {
		fc.assert(
			fc.property(fc.integer({ min: 1, max: 20 }), arrivals, (perMinute, gaps) => {
				let bucket: Bucket | undefined;
				let now = start;
				const granted: number[] = [];
				for (const gap of gaps) {
					now += gap;
					const answer = acquireToken(bucket, now, perMinute);
					const recent = granted.filter((at) => at > now - 65_000).length;
					if (answer.granted) granted.push(now);
					else {
						expect(recent).toBeGreaterThanOrEqual(perMinute);
						expect(acquireToken(answer.bucket, now + answer.retryAfterSeconds * 1000, perMinute).granted).toBe(true);
					}
					bucket = answer.bucket;
				}
			}),
		);
	});

	test("stays small and is plain JSON", () => {
		fc.assert(
			fc.property(arrivals, (gaps) => {
				let bucket: Bucket | undefined;
				let now = start;
				for (const gap of gaps) {
					now += gap;
					bucket = acquireToken(bucket, now, 240).bucket;
					expect(bucket.taken.length).toBeLessThanOrEqual(14);
					expect(JSON.parse(JSON.stringify(bucket))).toEqual(bucket);
				}
			}),
		);
	});
});

function grants(gaps: readonly number[], perMinute: number): readonly number[] {
	let bucket: Bucket | undefined;
	let now = start;
	const granted: number[] = [];
	for (const gap of gaps) {
		now += gap;
		const answer = acquireToken(bucket, now, perMinute);
		bucket = answer.bucket;
		if (answer.granted) granted.push(now);
	}
	return granted;
}

describe("a circuit breaker", () => {
	const breakerOf = (outcomes: readonly CallOutcome[], at = start) =>
		outcomes.reduce<Breaker | undefined>((breaker, outcome) => breakerAfter(breaker, outcome, at), undefined);
	const failures = (count: number) => Array.from({ length: count }, () => "retryable-failure" as const);

	test.each([
		{ name: "nothing yet", outcomes: [], reason: "closed" },
		{ name: "four failures", outcomes: failures(4), reason: "closed" },
		{ name: "four failures, a success, four failures", outcomes: [...failures(4), "success" as const, ...failures(4)], reason: "closed" },
		{ name: "four failures, a refusal, a failure", outcomes: [...failures(4), "refused" as const, ...failures(1)], reason: "closed" },
		{ name: "five failures in a row", outcomes: failures(5), reason: "open" },
	])("is $reason after $name", ({ outcomes, reason }) => {
		expect(breakerAllows(breakerOf(outcomes), start)).toMatchObject({ allowed: reason === "closed", reason });
	});

	test("lets one probe through 30 s after it opened, and no second one beside it", () => {
		const open = breakerOf(failures(5));
		expect(breakerAllows(open, start + 29_999)).toMatchObject({ allowed: false, reason: "open", retryAfterSeconds: 1 });
		const probe = breakerAllows(open, start + 30_000);
		expect(probe).toMatchObject({ allowed: true, reason: "probe" });
		expect(breakerAllows(probe.breaker, start + 30_001)).toMatchObject({
			allowed: false,
			reason: "probe-under-way",
			retryAfterSeconds: 30,
		});
	});

	test("closes after a probe that succeeded, opens again after one that failed, and does not wait for one that never reported", () => {
		const probing = breakerAllows(breakerOf(failures(5)), start + 30_000).breaker;
		expect(breakerAfter(probing, "success", start + 31_000)).toBeUndefined();
		const again = breakerAfter(probing, "retryable-failure", start + 31_000);
		expect(breakerAllows(again, start + 60_999)).toMatchObject({ allowed: false, reason: "open" });
		expect(breakerAllows(again, start + 61_000)).toMatchObject({ allowed: true, reason: "probe" });
		expect(breakerAllows(probing, start + 60_000)).toMatchObject({ allowed: true, reason: "probe" });
	});

	test("is plain JSON: its failures in a row, when it opened and when it was probed", () => {
		expect(breakerOf(failures(4))).toEqual({ failures: 4 });
		expect(breakerOf(failures(5))).toEqual({ failures: 5, openedAt: start });
		const probe = breakerAllows(breakerOf(failures(5)), start + 30_000);
		expect(probe).toEqual({
			breaker: { failures: 5, openedAt: start, probeAt: start + 30_000 },
			allowed: true,
			reason: "probe",
			retryAfterSeconds: 0,
		});
		expect(breakerAfter(probe.breaker, "retryable-failure", start + 31_000)).toEqual({ failures: 6, openedAt: start + 31_000 });
		expect(breakerAllows(undefined, start)).toEqual({ breaker: undefined, allowed: true, reason: "closed", retryAfterSeconds: 0 });
		expect(breakerAllows({ failures: 4 }, start)).toEqual({
			breaker: { failures: 4 },
			allowed: true,
			reason: "closed",
			retryAfterSeconds: 0,
		});
	});

	test("a vendor that asked us to wait is left alone for so long, and then asked", () => {
		const paused = breakerAfter(undefined, "retryable-failure", start, 45);
		expect(paused).toEqual({ failures: 1, pausedUntil: start + 45_000 });
		expect(breakerAllows(paused, start + 1000)).toEqual({ breaker: paused, allowed: false, reason: "told-to-wait", retryAfterSeconds: 44 });
		expect(breakerAllows(paused, start + 45_000)).toMatchObject({ allowed: true, reason: "closed" });
		expect(breakerAfter(paused, "success", start + 46_000)).toBeUndefined();
	});

	test("that refuses leaves the breaker as it was, and says how long", () => {
		const open = breakerOf(failures(5));
		expect(breakerAllows(open, start + 500)).toEqual({ breaker: open, allowed: false, reason: "open", retryAfterSeconds: 30 });
	});

	test("always lets a caller through that comes once a minute, however often the vendor fails", () => {
		fc.assert(
			fc.property(fc.array(fc.constantFrom<CallOutcome>("success", "refused", "retryable-failure"), { maxLength: 60 }), (outcomes) => {
				let breaker = breakerOf(failures(5));
				outcomes.forEach((outcome, index) => {
					const now = start + (index + 1) * 60_000;
					const answer = breakerAllows(breaker, now);
					expect(answer.allowed).toBe(true);
					breaker = breakerAfter(answer.breaker, outcome, now);
				});
			}),
		);
	});
});
