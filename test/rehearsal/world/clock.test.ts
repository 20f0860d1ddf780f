import { readFile } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { SkewedClock } from "../../../rehearsal/world/skewedClock.ts";

describe("virtual time", () => {
	test("lets one fiber sleep several times at once", async () => {
		const clock = new VirtualClock(1000);
		const woken: string[] = [];
		clock.spawn(async () => {
			await Promise.all([300, 100, 200].map((milliseconds) => clock.sleep(milliseconds).then(() => woken.push(`${clock.now()}`))));
			woken.push(`all at ${clock.now()}`);
		});
		await clock.run(5000);
		expect(woken).toEqual(["1100", "1200", "1300", "all at 1300"]);
		expect(clock.now()).toBe(5000);
	});

	test("starts what is due at one instant by turn, then by the order of its adding, and finishes it before the next", async () => {
		const clock = new VirtualClock(0);
		const order: string[] = [];
		for (const turn of ["overseer", "work", "poller", "scenario"] as const)
			for (const number of [1, 2])
				clock.at(10, turn, async () => {
					for (let step = 0; step < 50; step += 1) await Promise.resolve();
					order.push(`${turn} ${number}`);
				});
		await clock.run(10);
		expect(order).toEqual(["scenario 1", "scenario 2", "poller 1", "poller 2", "work 1", "work 2", "overseer 1", "overseer 2"]);
	});

	test("keeps a thousand instants in order, whatever order they were added in", async () => {
		const clock = new VirtualClock(0);
		const seen: number[] = [];
		for (let index = 0; index < 1000; index += 1) clock.at((index * 7919) % 1000, "work", async () => void seen.push(clock.now()));
		await clock.run(1000);
		expect(seen).toEqual(Array.from({ length: 1000 }, (_, index) => index));
	});

	test("is in whole milliseconds", async () => {
		const clock = new VirtualClock(0);
		let woken = 0;
		clock.spawn(async () => {
			await clock.sleep(0.2);
			woken = clock.now();
		});
		await clock.run(10);
		expect(woken).toBe(1);
	});

	test("does not do what was called off", async () => {
		const clock = new VirtualClock(0);
		const done: string[] = [];
		const callOff = clock.after(10, () => done.push("called off"));
		clock.after(20, () => done.push("done"));
		callOff();
		await clock.run(30);
		expect(done).toEqual(["done"]);
	});

	test("waits for real work that was announced", async () => {
		const clock = new VirtualClock(0);
		const order: string[] = [];
		clock.spawn(async () => {
			await clock.busy(readFile(import.meta.filename));
			order.push(`real work at ${clock.now()}`);
		});
		clock.at(1, "work", async () => void order.push("later"));
		await clock.run(10);
		expect(order).toEqual(["real work at 0", "later"]);
	});

	test("ends with the first error of its work", async () => {
		const clock = new VirtualClock(0);
		clock.at(5, "work", () => Promise.reject(new Error("broken")));
		await expect(clock.run(10)).rejects.toThrow("broken");
	});

	test("aborts a signal as AbortSignal.timeout does, at its instant", async () => {
		const clock = new VirtualClock(0);
		const signal = clock.signalAfter(50);
		let abortedAt = -1;
		signal.addEventListener("abort", () => {
			abortedAt = clock.now();
		});
		await clock.run(49);
		expect(signal.aborted).toBe(false);
		await clock.run(100);
		expect(abortedAt).toBe(50);
		expect(signal.reason).toMatchObject({ name: "TimeoutError" });
	});
});

test("a vendor's clock is off while somebody says so; several add up", async () => {
	const clock = new VirtualClock(1000);
	const vendor = new SkewedClock(clock);
	const endFirst = vendor.skew(-300);
	const endSecond = vendor.skew(50);
	expect(vendor.now()).toBe(750);
	endFirst();
	expect(vendor.now()).toBe(1050);
	endSecond();
	expect(vendor.now()).toBe(1000);
});
