import type { EmulatorClock } from "../clock.ts";

/** How often an answer that does not come at once is looked for. */
const longestPauseMs = 250;

/**
 * The result of `work`, or `"timeout"` once `seconds` have passed on the clock. The work goes on by itself then, as a vendor's call does.
 * It looks again and again, because on the virtual clock a fiber can only wait by sleeping.
 */
export async function withDeadline<Result>(
	clock: EmulatorClock,
	seconds: number,
	work: () => Promise<Result>,
): Promise<Result | "timeout"> {
	const settled: { value?: { readonly is: Result }; failure?: { readonly is: unknown } } = {};
	clock.spawn(async () => {
		try {
			settled.value = { is: await work() };
		} catch (error) {
			settled.failure = { is: error };
		}
	});
	const end = clock.now() + seconds * 1000;
	for (let pause = 0; ; pause = Math.min(longestPauseMs, pause * 2 + 1)) {
		await clock.sleep(Math.min(pause, end - clock.now()));
		if (settled.value !== undefined) return settled.value.is;
		if (settled.failure !== undefined) throw settled.failure.is;
		if (clock.now() >= end) return "timeout";
	}
}
