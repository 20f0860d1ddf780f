import type { EmulatorClock } from "../clock.ts";

/**
 * The result of `work`, or `"timeout"` once `seconds` have passed on the clock. The work goes on by itself then, as a vendor's call does.
 * A slow vendor must sleep on the clock: work that waits for anything else holds virtual time.
 */
export function withDeadline<Result>(clock: EmulatorClock, seconds: number, work: () => Promise<Result>): Promise<Result | "timeout"> {
	return new Promise((resolve, reject) => {
		let over = false;
		const once = (end: () => void): void => {
			if (!over) end();
			over = true;
		};
		const call = work().then(
			(result) => once(() => resolve(result)),
			(error: unknown) => once(() => reject(error)),
		);
		clock.spawn(async () => {
			await clock.sleep(seconds * 1000);
			if (over) return;
			once(() => resolve("timeout"));
			// The caller goes on in this fiber's place, and the call that was left behind gives its own place back when it ends:
			// so the virtual clock counts as many as are under way.
			await call;
		});
	});
}
