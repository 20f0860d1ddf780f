import type { EmulatorClock } from "../world/clock.ts";

/** The result of `work`, or `"timeout"` once `seconds` have passed on the clock. The work goes on by itself then, as a vendor's call does. */
export function withDeadline<Result>(clock: EmulatorClock, seconds: number, work: () => Promise<Result>): Promise<Result | "timeout"> {
	return Promise.race([work(), clock.sleep(seconds * 1000).then((): "timeout" => "timeout")]);
}
