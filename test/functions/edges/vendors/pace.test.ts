import { expect, test } from "vitest";
import { keepPace } from "../../../../functions/edges/vendors/pace.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";

const second = { everyMilliseconds: 1000 };

function caller() {
	const clock = new VirtualClock(0);
	const waits: number[] = [];
	const timers = {
		sleep: async (milliseconds: number) => {
			waits.push(milliseconds);
		},
	};
	return { clock, timers, waits };
}

test("those who call at once take turns", async () => {
	const made = caller();
	for (let call = 0; call < 4; call += 1) await keepPace(made, second);
	expect(made.waits).toEqual([1000, 2000, 3000]);
});

test("a turn that is too far away is left to the next tick, and to others", async () => {
	const made = caller();
	for (let call = 0; call < 6; call += 1) await keepPace(made, second);
	await expect(keepPace(made, second)).rejects.toMatchObject({
		reason: "budget-spent",
		message: expect.stringContaining("got one in 6 s"),
	});
	await made.clock.run(1000);
	await keepPace(made, second);
	expect(made.waits).toEqual([1000, 2000, 3000, 4000, 5000, 5000]);
});

test("a call without a pace never waits", async () => {
	const made = caller();
	for (let call = 0; call < 9; call += 1) await keepPace(made, {});
	expect(made.waits).toEqual([]);
});
