/** One thing that is due at an instant. */
export interface Due {
	readonly at: number;
	readonly turn: number;
	readonly order: number;
	/** False says that nothing was set in motion. */
	readonly start: () => unknown;
	cancelled: boolean;
}

const isBefore = (a: Due, b: Due): boolean =>
	a.at < b.at || (a.at === b.at && (a.turn < b.turn || (a.turn === b.turn && a.order < b.order)));

/** What is due, by instant, then turn, then the order in which it was added: a binary heap. */
export class DueQueue {
	readonly #heap: Due[] = [];
	#order = 0;

	add(at: number, turn: number, start: Due["start"]): Due {
		const due: Due = { at, turn, order: this.#order, start, cancelled: false };
		this.#order += 1;
		this.#rise(due);
		return due;
	}

	/** Removes and returns the first that is due at or before `until`; undefined where there is none. */
	take(until: number): Due | undefined {
		const [first] = this.#heap;
		if (first === undefined || first.at > until) return undefined;
		const last = this.#heap.pop();
		if (last !== undefined && last !== first) this.#sink(last);
		return first;
	}

	#rise(due: Due): void {
		const heap = this.#heap;
		let index = heap.length;
		for (;;) {
			const above = (index - 1) >> 1;
			const parent = index === 0 ? undefined : heap[above];
			if (parent === undefined || isBefore(parent, due)) break;
			heap[index] = parent;
			index = above;
		}
		heap[index] = due;
	}

	/** Puts the last one where the first one was taken from. */
	#sink(due: Due): void {
		const heap = this.#heap;
		let index = 0;
		for (;;) {
			const left = heap[2 * index + 1];
			const right = heap[2 * index + 2];
			const isRight = left !== undefined && right !== undefined && isBefore(right, left);
			const below = isRight ? right : left;
			if (below === undefined || isBefore(due, below)) break;
			heap[index] = below;
			index = 2 * index + (isRight ? 2 : 1);
		}
		heap[index] = due;
	}
}
