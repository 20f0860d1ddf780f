/** A vendor's rate limit: so many requests in each minute of the clock, for each key. */
export class Allowance {
	readonly #perMinute: number;
	readonly #used = new Map<string, { minute: number; count: number }>();

	constructor(perMinute: number) {
		this.#perMinute = perMinute;
	}

	/** Counts one request; `resetSeconds` until the next minute. */
	take(
		key: string,
		now: number,
	): { readonly granted: boolean; readonly limit: number; readonly remaining: number; readonly resetSeconds: number } {
		const minute = Math.floor(now / 60_000);
		const before = this.#used.get(key);
		const count = (before?.minute === minute ? before.count : 0) + 1;
		this.#used.set(key, { minute, count });
		const resetSeconds = Math.ceil(((minute + 1) * 60_000 - now) / 1000);
		return { granted: count <= this.#perMinute, limit: this.#perMinute, remaining: Math.max(0, this.#perMinute - count), resetSeconds };
	}
}
