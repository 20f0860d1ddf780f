import type { EmulatorClock } from "./clock.ts";

/** A vendor's own clock: as fast as everybody's, and off by so many milliseconds while somebody says so. */
export class SkewedClock implements EmulatorClock {
	readonly #true: EmulatorClock;
	readonly #offsets = new Set<{ readonly milliseconds: number }>();

	constructor(trueClock: EmulatorClock) {
		this.#true = trueClock;
	}

	/** Puts the clock off; returns the function that ends it. Several add up. */
	skew(milliseconds: number): () => void {
		const offset = { milliseconds };
		this.#offsets.add(offset);
		return () => this.#offsets.delete(offset);
	}

	now(): number {
		let now = this.#true.now();
		for (const { milliseconds } of this.#offsets) now += milliseconds;
		return now;
	}

	sleep(milliseconds: number): Promise<void> {
		return this.#true.sleep(milliseconds);
	}

	spawn(work: () => Promise<void>): void {
		this.#true.spawn(work);
	}
}
