import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { pauseAfterLostRace } from "../../../../functions/edges/timers.ts";
import { shardOf, type ToCount } from "../../../../functions/pipeline/confirm/streakShard.ts";
import { countReadings, readStreak } from "../../../../functions/pipeline/ledger/streaks.ts";
import type { Ledger } from "../../../../functions/pipeline/ports.ts";
import { receive } from "../../../../functions/pipeline/run.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { seeded } from "../../../../rehearsal/world/random.ts";
import { reading, seconds, settings } from "../fixtures.ts";
import { calm } from "../pollWorld.ts";

const parts = (entityId: string) => ({ environment: "dev", condition: "trunk-down", entityId }) as const;
const breach = (entityId: string, observedAt: number): ToCount => ({
	reading: reading({ entity: { id: entityId, name: entityId }, observedAt }),
	runbook: calm,
	hasIncident: false,
});
const fails = (error: unknown): never => {
	throw error;
};

describe("pollers and webhooks at the same items", () => {
	test("in any order of their calls: every reading is counted, once", async () => {
		const ids = ["a", "b", "c"];
		await fc.assert(
			fc.asyncProperty(fc.scheduler(), async (scheduler) => {
				const clock = { now: () => seconds(0) };
				const plain = memoryLedger(clock);
				const ledger: Ledger = {
					...plain,
					read: (key) => scheduler.schedule(plain.read(key), "read"),
					write: async (...write) => {
						await scheduler.schedule(Promise.resolve(), "before write");
						return plain.write(...write);
					},
				};
				const count = (...readings: readonly ToCount[]) => countReadings({ ledger, clock, settings }, readings, fails);
				const all = [
					count(...ids.map((id) => breach(id, seconds(0)))),
					...ids.map((id) => count(breach(id, seconds(5)))),
					count(breach("d", seconds(0))),
				];
				const steps = (await scheduler.waitFor(Promise.all(all))).flat().map(({ step }) => step?.reason);
				expect(steps.filter((reason) => reason === "breach-counted")).toHaveLength(4);
				expect(steps.filter((reason) => reason === "already-counted")).toHaveLength(3);
				for (const id of [...ids, "d"]) expect(await readStreak(plain, parts(id))).toMatchObject({ breaches: 1, clears: 0 });
			}),
			{ numRuns: 200 },
		);
	});

	test("sixty webhooks of as many entities at one item, at once: all are counted", async () => {
		const clock = new VirtualClock(seconds(0));
		const random = seeded(1);
		const plain = memoryLedger(clock);
		const late = <T>(work: () => Promise<T>): Promise<T> => clock.sleep(Math.floor(3 + random() * 9)).then(work);
		const ledger: Ledger = {
			...plain,
			read: (key) => late(() => plain.read(key)),
			write: (...write) => late(() => plain.write(...write)),
			pause: (tried) => pauseAfterLostRace({ sleep: (milliseconds) => clock.sleep(milliseconds), random }, tried),
		};
		const ports = { settings, clock, ledger, queue: { send: async () => undefined }, journal: { log: () => undefined } };
		const ids = Array.from({ length: 1000 }, (_, id) => `base-${id}`).filter((id) => shardOf("trunk-down", id) === 0);
		const taken: string[] = [];
		for (const id of ids.slice(0, 60))
			clock.spawn(async () => {
				await receive(ports, reading({ entity: { id, name: id }, observedAt: clock.now(), source: "webhook" }));
				taken.push(id);
			});
		await clock.run(seconds(10));
		expect(taken).toHaveLength(60);
		for (const id of taken) expect(await readStreak(plain, parts(id))).toMatchObject({ breaches: 1 });
	});
});

test("readings are given back in their order, without those of an item that could not be changed", async () => {
	const clock = { now: () => seconds(0) };
	const plain = memoryLedger(clock);
	const ids = Array.from({ length: 40 }, (_, id) => `base-${id}`);
	const lost = (id: string): boolean => shardOf("trunk-down", id) === 5;
	const ledger: Ledger = {
		...plain,
		write: async (key, ...rest) => (key.endsWith(":5") ? fails(new Error("no write")) : plain.write(key, ...rest)),
	};
	const failed: string[] = [];
	const readings = ids.map((id) => breach(id, seconds(0)));
	const counted = await countReadings({ ledger, clock, settings }, readings, (error, own) =>
		failed.push(...own.map(({ reading: { entity } }) => `${entity.id} ${error}`)),
	);
	expect(counted.map(({ reading: { entity } }) => entity.id)).toEqual(ids.filter((id) => !lost(id)));
	expect(failed).toEqual(ids.filter(lost).map((id) => `${id} Error: no write`));
});

test("readings that change nothing write nothing: a flood of duplicates costs one write", async () => {
	const clock = { now: () => seconds(0) };
	const ledger = memoryLedger(clock);
	for (let second = 0; second < 15; second += 1) await countReadings({ ledger, clock, settings }, [breach("a", seconds(second))], fails);
	expect(ledger.items().map(({ version }) => version)).toEqual([1]);
});
