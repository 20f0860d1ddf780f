/** A span of the story, in seconds from its start. */
export interface Window {
	readonly from: number;
	readonly until: number;
}

/** The time that faults cover: nobody can keep a bound while what it needs is broken. */
export class Cover {
	/** Merged, in order. */
	readonly #windows: readonly Window[];

	/** `grace` is what is granted after each fault: one more round of everything that waits. */
	constructor(windows: readonly Window[], grace: number) {
		const merged: { from: number; until: number }[] = [];
		for (const { from, until } of windows.toSorted((a, b) => a.from - b.from)) {
			const last = merged.at(-1);
			if (last !== undefined && from <= last.until) last.until = Math.max(last.until, until + grace);
			else merged.push({ from, until: until + grace });
		}
		this.#windows = merged;
	}

	/** Whether any fault touches that span. */
	touches(from: number, until: number): boolean {
		return this.#windows.some((window) => window.from <= until && window.until >= from);
	}

	/** The instant by which `seconds` without a fault have passed since `from`. */
	after(from: number, seconds: number): number {
		let at = from;
		let left = seconds;
		for (const window of this.#windows) {
			if (window.until <= at) continue;
			const free = window.from - at;
			if (free >= left) return at + left;
			left -= Math.max(0, free);
			at = window.until;
		}
		return at + left;
	}
}
