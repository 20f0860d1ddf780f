import { describe, expect, test } from "vitest";
import { countReadings, readStreak } from "../../../../functions/pipeline/ledger/streaks.ts";
import type { Clock, Ledger } from "../../../../functions/pipeline/ports.ts";
import { reading, settings } from "../../pipeline/fixtures.ts";
import { calm } from "../../pipeline/pollWorld.ts";
import { standingClock } from "./ledgerContract.ts";

/** What the streaks of everything that is not at rest need of every ledger. `make` gives an empty one on the clock that it is handed. */
export function streakContract(name: string, make: (clock: Clock) => Promise<Ledger>): void {
	const fails = (error: unknown): never => {
		throw error;
	};
	const counter = async () => {
		const clock = standingClock();
		const plain = await make(clock);
		let writes = 0;
		const ledger: Ledger = {
			...plain,
			write: (...write) => {
				writes += 1;
				return plain.write(...write);
			},
		};
		const count = (verdict: "breach" | "clear", ...ids: readonly string[]) =>
			countReadings(
				{ ledger, clock, settings },
				ids.map((id) => ({
					reading: reading({ entity: { id, name: id }, verdict, observedAt: clock.now() }),
					runbook: calm,
					hasIncident: false,
				})),
				fails,
			);
		const streak = (entityId: string) => readStreak(ledger, { environment: "dev", condition: "trunk-down", entityId });
		return { clock, count, streak, writes: () => writes };
	};
	const ids = Array.from({ length: 300 }, (_, id) => `base-${id}`);

	describe(`${name}: streaks`, () => {
		test("are read as they were written, of three hundred entities at once", async () => {
			const { clock, count, streak } = await counter();
			await count("breach", ...ids);
			clock.move(60_000);
			const counted = await count("breach", ...ids);
			expect(new Set(counted.map(({ step }) => step?.signal))).toEqual(new Set(["open"]));
			for (const id of ["base-0", "base-17", "base-299"])
				expect(await streak(id)).toEqual({
					breaches: 2,
					clears: 0,
					countedAt: clock.now(),
					flaps: { open: true, closings: [] },
					troubled: true,
				});
		});

		test("of those who meet at one item are all counted, each once", async () => {
			const { count, streak } = await counter();
			const [first, ...others] = ids.slice(0, 8);
			await Promise.all([count("breach", ...others), ...others.map((id) => count("breach", id)), count("clear", String(first))]);
			for (const id of others) expect(await streak(id)).toMatchObject({ breaches: 1 });
			expect(await streak(String(first))).toBeUndefined();
		});

		test("leave an item that nothing changes as it is, whatever order its names come back in", async () => {
			const { clock, count, writes } = await counter();
			for (let turn = 0; turn < 3; turn += 1) {
				await count("clear", ...ids);
				clock.move(60_000);
			}
			const before = writes();
			await count("clear", ...ids);
			expect(writes() - before).toBe(0);
		});
	});
}
