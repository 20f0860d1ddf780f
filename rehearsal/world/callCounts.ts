/** How often each host and service was called, in each minute since the epoch. */
export class CallCounts {
	readonly #minutes = new Map<string, Map<number, number>>();

	count(place: string, now: number): void {
		const minutes = this.#minutes.get(place) ?? new Map<number, number>();
		this.#minutes.set(place, minutes);
		const minute = Math.floor(now / 60_000);
		minutes.set(minute, (minutes.get(minute) ?? 0) + 1);
	}

	/** Calls of one place by minute. */
	of(place: string): ReadonlyMap<number, number> {
		return this.#minutes.get(place) ?? new Map();
	}

	places(): readonly string[] {
		return [...this.#minutes.keys()];
	}
}
