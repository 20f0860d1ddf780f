/** How long something took, over many incidents, in seconds. */
export interface Spread {
	/** Of how many it is known. */
	readonly count: number;
	readonly mean: number;
	readonly median: number;
	/** Nine of ten took no longer: the nearest rank. */
	readonly p90: number;
}

/** Undefined where there is nothing to measure. */
export function spreadOf(values: readonly number[]): Spread | undefined {
	const sorted = values.toSorted((one, other) => one - other);
	const count = sorted.length;
	const at = (index: number): number => sorted[index] ?? 0;
	if (count === 0) return undefined;
	return {
		count,
		mean: sorted.reduce((sum, value) => sum + value, 0) / count,
		median: (at(Math.floor((count - 1) / 2)) + at(Math.floor(count / 2))) / 2,
		p90: at(Math.ceil(count * 0.9) - 1),
	};
}
