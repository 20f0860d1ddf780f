/** Milliseconds since the epoch, and a wait: all that an emulator may know of time. */
export interface EmulatorClock {
	now(): number;
	sleep(milliseconds: number): Promise<void>;
	/** Starts work that nobody awaits (a workflow execution, an event processed later). It may sleep. */
	spawn(work: () => Promise<void>): void;
}

/** At one instant, in this order: what the scenario injects, the poller, whatever was under way, the overseer. */
export const turns = { scenario: 0, poller: 1, work: 2, overseer: 3 } as const;
export type Turn = keyof typeof turns;

interface Due {
	readonly at: number;
	readonly turn: number;
	readonly order: number;
	readonly start: () => void;
}

/**
 * Virtual time. It moves only when everything that was started has ended or sleeps, so a rehearsal of hours takes the time of its work
 * and two runs are equal. One fiber may not sleep twice at once (no `Promise.all` over sleeps): start another with `spawn`.
 */
export class VirtualClock implements EmulatorClock {
	#now: number;
	#order = 0;
	#active = 0;
	#idle: (() => void) | undefined;
	#failure: unknown;
	readonly #queue: Due[] = [];

	constructor(start: number) {
		this.#now = start;
	}

	now(): number {
		return this.#now;
	}

	at(instant: number, turn: Turn, work: () => Promise<void>): void {
		this.#insert(Math.max(instant, this.#now), turns[turn], () => this.#run(work));
	}

	spawn(work: () => Promise<void>): void {
		this.at(this.#now, "work", work);
	}

	sleep(milliseconds: number): Promise<void> {
		return new Promise((resolve) => {
			this.#insert(this.#now + Math.max(0, milliseconds), turns.work, () => {
				this.#active += 1;
				resolve();
			});
			this.#rest();
		});
	}

	/** Runs everything that is due up to and including `until`, then sets the clock there. */
	async run(until: number): Promise<void> {
		for (;;) {
			const next = this.#queue[0];
			if (next === undefined || next.at > until) break;
			this.#queue.shift();
			this.#now = next.at;
			const idle = new Promise<void>((resolve) => {
				this.#idle = resolve;
			});
			next.start();
			await idle;
			if (this.#failure !== undefined) throw this.#failure;
		}
		this.#now = until;
	}

	#run(work: () => Promise<void>): void {
		this.#active += 1;
		work()
			.catch((error: unknown) => {
				this.#failure ??= error;
			})
			.finally(() => this.#rest());
	}

	#rest(): void {
		this.#active -= 1;
		if (this.#active === 0) this.#idle?.();
	}

	#insert(at: number, turn: number, start: () => void): void {
		const due: Due = { at, turn, order: this.#order, start };
		this.#order += 1;
		const index = this.#queue.findIndex((other) => other.at > at || (other.at === at && other.turn > turn));
		this.#queue.splice(index === -1 ? this.#queue.length : index, 0, due);
	}
}

/** Real time, for the served world. */
export const realClock: EmulatorClock = {
	now: () => Date.now(),
	sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref()),
	spawn: (work) => {
		work().catch((error: unknown) => console.error(error));
	},
};
