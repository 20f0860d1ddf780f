import { type Random, seeded } from "../world/random.ts";

/** Draws of one seed, in their order. */
export class Dice {
	readonly #random: Random;

	constructor(seed: number) {
		this.#random = seeded(seed);
		// Seeds that are close begin alike.
		for (let drawn = 0; drawn < 3; drawn += 1) this.#random();
	}

	chance(probability: number): boolean {
		return this.#random() < probability;
	}

	/** A whole number, both ends included. */
	whole(from: number, to: number): number {
		return from + Math.floor(this.#random() * (to - from + 1));
	}

	/** Mostly near `from`. */
	small(from: number, to: number): number {
		return from + Math.floor(this.#random() ** 3 * (to - from + 1));
	}

	pick<const T>(all: readonly [T, ...T[]]): T {
		return all[this.whole(0, all.length - 1)] ?? all[0];
	}

	/** One of several that are not equally likely. */
	weighted<T>(all: readonly [readonly [number, T], ...(readonly [number, T])[]]): T {
		let left = this.#random() * all.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, value] of all) {
			left -= weight;
			if (left < 0) return value;
		}
		return all[0][1];
	}

	/** So many draws of something. */
	several<T>(count: number, draw: (index: number) => T): T[] {
		return Array.from({ length: count }, (_, index) => draw(index));
	}
}
