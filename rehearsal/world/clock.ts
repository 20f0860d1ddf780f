import { getEventListeners } from "node:events";
import { type Due, DueQueue } from "./dueQueue.ts";

/** Milliseconds since the epoch, and a wait: all that an emulator may know of time. */
export interface EmulatorClock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
	/** Starts work that nobody awaits (a workflow execution, an event processed later). It may sleep. */
	spawn(work: () => Promise<void>): void;
}

/** At one instant, in this order: what the scenario injects, the poller, whatever was under way, the overseer, who watches them. */
export const turns = { scenario: 0, poller: 1, work: 2, overseer: 3, watcher: 4 } as const;
export type Turn = keyof typeof turns;

/**
 * Virtual time. It moves only when nothing is left to do at this instant, so a rehearsal of hours takes the time of its work and two runs
 * are equal. Any number of fibers may sleep at once. Work that waits for something real (a file) must be announced with `busy`.
 */
export class VirtualClock implements EmulatorClock {
	#now: number;
	#failure: unknown;
	readonly #queue = new DueQueue();
	readonly #busy = new Set<Promise<unknown>>();

	constructor(start: number) {
		this.#now = start;
	}

	now(): number {
		return this.#now;
	}

	at(instant: number, turn: Turn, work: () => Promise<void>): void {
		this.#add(instant, turn, () => {
			work().catch((error: unknown) => {
				this.#failure ??= error;
			});
		});
	}

	spawn(work: () => Promise<void>): void {
		this.at(this.#now, "work", work);
	}

	sleep(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			this.#add(this.#now + milliseconds, "work", resolve);
		});
	}

	/** Calls `work` after so many milliseconds, unless the function that it returns was called before. */
	after(milliseconds: number, work: () => void): () => void {
		const due = this.#add(this.#now + milliseconds, "work", work);
		return () => {
			due.cancelled = true;
		};
	}

	/** A signal that aborts with a TimeoutError after so many milliseconds of virtual time, as `AbortSignal.timeout` does in real time. */
	signalAfter(milliseconds: number): AbortSignal {
		const controller = new AbortController();
		this.#add(this.#now + milliseconds, "work", () => {
			const isAwaited = getEventListeners(controller.signal, "abort").length > 0;
			controller.abort(timedOut);
			return isAwaited;
		});
		return controller.signal;
	}

	/** Holds the clock until a promise of real time is settled. */
	busy<T>(work: Promise<T>): Promise<T> {
		const settled = Promise.allSettled([work]);
		this.#busy.add(settled);
		settled.then(() => this.#busy.delete(settled));
		return work;
	}

	/** Runs everything that is due up to and including `until`, then sets the clock there. Throws what fiber work threw. */
	async run(until: number): Promise<void> {
		for (let next = this.#queue.take(until); next !== undefined; next = this.#queue.take(until)) {
			if (next.cancelled) continue;
			this.#now = next.at;
			if (next.start() === false) continue;
			await this.#quiet();
			if (this.#failure !== undefined) throw this.#failure;
		}
		this.#now = until;
	}

	/** Resolves once no microtask is left and nothing real is under way. */
	async #quiet(): Promise<void> {
		await immediate();
		while (this.#busy.size > 0) {
			await Promise.all(this.#busy);
			await immediate();
		}
	}

	/** Instants are whole milliseconds, as those of `Date.now`. */
	#add(at: number, turn: Turn, start: Due["start"]): Due {
		return this.#queue.add(Math.max(Math.ceil(at), this.#now), turns[turn], start);
	}
}

/** Most requests are answered before, and nobody hears of this one: one for all is cheaper than one for each. */
const timedOut = new DOMException("The operation was aborted due to timeout", "TimeoutError");

const immediate = (): Promise<void> =>
	new Promise((resolve) => {
		setImmediate(resolve);
	});

/** Real time, for the served world. */
export const realClock: EmulatorClock = {
	now: () => Date.now(),
	sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref()),
	spawn: (work) => {
		work().catch((error: unknown) => console.error(error));
	},
};
