import { expect, test } from "vitest";
import { withDeadline } from "../../../rehearsal/genesyscloud/deadline.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

interface Logged {
	readonly at: number;
	readonly what: string;
}

/** One call with a deadline of 10 s, then a wait of 5 s; beside it a fiber that ticks each second. */
async function played(callSeconds: number): Promise<{ logged: Logged[]; ticks: number; end: number }> {
	const clock = new VirtualClock(0);
	const logged: Logged[] = [];
	let ticks = 0;
	clock.at(0, "work", async () => {
		const result = await withDeadline(clock, 10, async () => {
			await clock.sleep(callSeconds * 1000);
			logged.push({ at: clock.now() / 1000, what: "answered" });
			return "result";
		});
		logged.push({ at: clock.now() / 1000, what: result });
		await clock.sleep(5000);
		logged.push({ at: clock.now() / 1000, what: "went on" });
	});
	clock.spawn(async () => {
		for (; ticks < 60; ticks += 1) await clock.sleep(1000);
	});
	await clock.run(100_000);
	return { logged, ticks, end: clock.now() / 1000 };
}

const cases = [
	{ name: "at once", callSeconds: 0, logged: ["0 answered", "0 result", "5 went on"] },
	{ name: "in time", callSeconds: 3, logged: ["3 answered", "3 result", "8 went on"] },
	{ name: "at the deadline", callSeconds: 10, logged: ["10 answered", "10 result", "15 went on"] },
	{ name: "too late, while the caller waits for something else", callSeconds: 12, logged: ["10 timeout", "12 answered", "15 went on"] },
	{ name: "too late, after the caller has ended", callSeconds: 40, logged: ["10 timeout", "15 went on", "40 answered"] },
];

test.each(cases)("an answer $name", async ({ callSeconds, logged }) => {
	const outcome = await played(callSeconds);
	expect(outcome.logged.map(({ at, what }) => `${at} ${what}`)).toEqual(logged);
	expect(outcome).toMatchObject({ ticks: 60, end: 100 });
});

test("an error in time is an error, one after the deadline is nobody's", async () => {
	const seen: string[] = [];
	const clock = new VirtualClock(0);
	clock.at(0, "work", async () => {
		for (const seconds of [3, 30]) {
			const failing = async (): Promise<string> => {
				await clock.sleep(seconds * 1000);
				throw new Error(`after ${seconds}`);
			};
			seen.push(await withDeadline(clock, 10, failing).catch((error: Error) => error.message));
		}
	});
	await clock.run(100_000);
	expect(seen).toEqual(["after 3", "timeout"]);
});
