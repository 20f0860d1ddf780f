import { type Budget, type Clock, type Deadline, EdgeError } from "../../pipeline/ports.ts";
import type { Timers } from "../timers.ts";

/** How long tokens that were taken together may be used. They count as used at its end, so the limit holds whenever they are. */
const heldMilliseconds = 10_000;
/** The most that one taking asks for, as a share of a minute's allowance: two minutes that overlap must both find some. */
const largestShare = 0.5;
/** What is taken before anybody knows how many are used. */
const firstShare = 0.25;
const fewest = 10;

/** After a pause like this another run begins. */
const pauseMilliseconds = 20_000;

/** The requests between two pauses. */
interface Run {
	readonly used: number;
	/** How many the run before had. */
	readonly before: number | undefined;
	readonly lastAt: number;
}

export interface AllowanceParts {
	readonly clock: Clock;
	readonly timers: Pick<Timers, "sleep">;
	/** While its user may still wait for tokens. */
	readonly deadline: Deadline;
}

/**
 * One allowance for a function that makes many requests at once: tokens are taken from the shared bucket in bulk, as many as were used the
 * last time, and are given out here. Those that are not used in time go back at the next taking. An empty bucket is waited for while there is time, then
 * EdgeError "budget-spent" is thrown.
 */
export function bulkAllowance(budget: Budget, { clock, timers, deadline }: AllowanceParts): Pick<Budget, "take"> {
	let held = { tokens: 0, until: 0 };
	let run: Run = { used: 0, before: undefined, lastAt: 0 };
	let taking: Promise<void> | undefined;

	const acquireMany = async (name: string, perMinute: number): Promise<void> => {
		if (clock.now() >= run.lastAt + pauseMilliseconds && run.used > 0) run = { used: 0, before: run.used, lastAt: clock.now() };
		const expected = run.before === undefined ? perMinute * firstShare : Math.max(fewest, run.before - run.used);
		const wanted = Math.max(1, Math.floor(Math.min(expected, perMinute * largestShare)));
		try {
			const usedBy = clock.now() + heldMilliseconds;
			const unused = held.tokens > 0 ? { unused: { usedBy: held.until, tokens: held.tokens } } : {};
			held = { tokens: await budget.acquireUpTo(name, perMinute, { wanted, usedBy, ...unused }), until: usedBy };
		} catch (error) {
			const pause = pauseFor(error);
			if (pause === undefined || pause >= deadline.remainingMilliseconds()) throw error;
			await timers.sleep(pause);
		}
	};

	return {
		take: async (name, perMinute) => {
			while (held.tokens < 1 || clock.now() >= held.until) {
				taking ??= acquireMany(name, perMinute).finally(() => {
					taking = undefined;
				});
				await taking;
			}
			held = { ...held, tokens: held.tokens - 1 };
			run = { ...run, used: run.used + 1, lastAt: clock.now() };
		},
	};
}

/** How long an empty bucket is waited for; undefined for any other trouble. */
function pauseFor(error: unknown): number | undefined {
	if (!(error instanceof EdgeError && error.reason === "budget-spent" && error.retryAfterSeconds !== undefined)) return undefined;
	return Math.max(1, error.retryAfterSeconds) * 1000;
}
