/** Time that passes, for code that waits or gives up: real time on Lambda, virtual time in a rehearsal. */
export interface Timers {
	/** A signal that aborts with a TimeoutError after so many milliseconds. */
	signalAfter(milliseconds: number): AbortSignal;
	sleep(milliseconds: number): Promise<void>;
	/** A number from 0 up to but not including 1: for jitter, never for a secret. */
	random(): number;
}

export const realTimers: Timers = {
	signalAfter: (milliseconds) => AbortSignal.timeout(milliseconds),
	sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
	random: () => Math.random(),
};
