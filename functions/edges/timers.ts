/** Time that passes, for code that waits or gives up: real time on Lambda, virtual time in a rehearsal. */
export interface Timers {
	/** A signal that aborts with a TimeoutError after so many milliseconds. */
	signalAfter(milliseconds: number): AbortSignal;
	sleep(milliseconds: number): Promise<void>;
	/** A number from 0 up to but not including 1: for jitter, never for a secret. */
	random(): number;
}

/** The longest pause after the first lost race; it doubles with each, up to 64 times that. */
const firstPauseMilliseconds = 10;

/** Waits before another try after so many lost races (from 0): a random share of a time that grows, so that those who raced part. */
export const pauseAfterLostRace = ({ sleep, random }: Pick<Timers, "sleep" | "random">, tried: number): Promise<void> =>
	sleep(random() * firstPauseMilliseconds * 2 ** Math.min(tried, 6));

export const realTimers: Timers = {
	signalAfter: (milliseconds) => AbortSignal.timeout(milliseconds),
	sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
	random: () => Math.random(),
};
