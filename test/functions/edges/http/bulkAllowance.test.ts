import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bulkAllowance } from "../../../../functions/edges/http/bulkAllowance.ts";
import { ledgerBudget } from "../../../../functions/edges/http/ledgerBudget.ts";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { acquireTokens, type Bucket, type Bulk } from "../../../../functions/pipeline/limits/budget.ts";
import type { Ledger } from "../../../../functions/pipeline/ports.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";

const start = Date.UTC(2026, 10, 24, 10);

/** An allowance of 240 a minute over a ledger that counts its writes; `left` is what its function has. */
function allowance({ left = 30_000, fails = false } = {}) {
	const clock = new VirtualClock(start);
	const inner = memoryLedger(clock);
	const used: number[] = [];
	let writes = 0;
	const ledger: Ledger = {
		...inner,
		write: async (...write) => {
			writes += 1;
			if (fails) throw new Error("no answer");
			return inner.write(...write);
		},
	};
	const timers = { sleep: (milliseconds: number) => clock.sleep(milliseconds), random: () => 0.5 };
	const made = bulkAllowance(ledgerBudget(ledger, clock, timers), { clock, timers, deadline: { remainingMilliseconds: () => left } });
	const take = async (count: number): Promise<void> => {
		const one = async () => {
			await made.take("genesys-detector", 240);
			used.push(clock.now());
		};
		await Promise.all(Array.from({ length: count }, one));
	};
	const at = (second: number, work: () => Promise<void>) => clock.at(start + second * 1000, "work", work);
	return { clock, take, at, used, writes: () => writes };
}

describe("an allowance in bulk", () => {
	test("takes as many tokens at once as were used the last time: one write for a whole poll", async () => {
		const { clock, take, at, used, writes } = allowance();
		const perPoll: number[] = [];
		for (let minute = 0; minute < 5; minute += 1)
			at(minute * 60, async () => {
				const before = writes();
				await take(112);
				perPoll.push(writes() - before);
			});
		await clock.run(start + 300_000);
		expect(used).toHaveLength(560);
		expect(perPoll).toEqual([2, 1, 1, 1, 1]);
	});

	test("gives out more than the bucket has to nobody: the rest waits until tokens are back", async () => {
		const { clock, take, at, used } = allowance();
		at(0, () => take(200));
		at(60, () => take(200));
		await clock.run(start + 120_000);
		expect(used).toHaveLength(400);
		for (const from of used) expect(used.filter((each) => each >= from && each < from + 60_000).length).toBeLessThanOrEqual(240);
		expect(Math.max(...used) - start).toBeLessThan(90_000);
	});

	test("of a slow API is not spent by tokens that were taken and not used in time", async () => {
		const { clock, take, at, used, writes } = allowance();
		for (let minute = 0; minute < 5; minute += 1)
			at(minute * 60, async () => {
				for (let turn = 0; turn < 14; turn += 1) {
					await take(8);
					await clock.sleep(1000);
				}
			});
		await clock.run(start + 300_000);
		expect(used).toHaveLength(560);
		// Nobody waited: every poll was over in its 14 s.
		expect(used.every((at) => (at - start) % 60_000 < 14_000)).toBe(true);
		expect(writes()).toBeLessThanOrEqual(15);
	});

	test("does not wait longer than its function has", async () => {
		const { clock, take, at } = allowance({ left: 5000 });
		const answers: string[] = [];
		at(0, () => take(240));
		at(1, () => take(1).catch((error: { reason: string }) => void answers.push(error.reason)));
		await clock.run(start + 2000);
		expect(answers).toEqual(["budget-spent"]);
	});

	test("throws on what is no spent budget", async () => {
		const { take } = allowance({ fails: true });
		await expect(take(3)).rejects.toThrow("no answer");
	});

	test("whenever the tokens are used within their time, no minute sees more than the bucket has", () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.record({ pause: fc.nat(40_000), wanted: fc.integer({ min: 1, max: 120 }), needed: fc.nat(120), usedAfter: fc.nat(9_999) }),
					{
						maxLength: 40,
					},
				),
				(takings) => {
					let now = start;
					let bucket: Bucket | undefined;
					let back: Pick<Bulk, "unused"> = {};
					const used: number[] = [];
					for (const { pause, wanted, needed, usedAfter } of takings) {
						now += pause;
						const answer = acquireTokens(bucket, now, 240, { wanted, usedBy: now + 10_000, ...back });
						expect(answer.tokens).toBeLessThanOrEqual(wanted);
						if (!answer.granted) continue;
						bucket = answer.bucket;
						const tokens = Math.min(answer.tokens, needed);
						used.push(...Array.from({ length: tokens }, () => now + usedAfter));
						back = { unused: { usedBy: now + 10_000, tokens: answer.tokens - tokens } };
					}
					for (const from of used) expect(used.filter((each) => each >= from && each < from + 60_000).length).toBeLessThanOrEqual(240);
				},
			),
		);
	});
});
