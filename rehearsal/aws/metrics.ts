/** One metric by all that CloudWatch finds it by. */
export interface MetricName {
	readonly namespace: string;
	readonly name: string;
	readonly dimensions: Readonly<Record<string, string>>;
}

export type Statistic = "Sum" | "Maximum";

interface Bucket {
	sum: number;
	maximum: number;
}

const bucketMilliseconds = 60_000;

/** What CloudWatch holds of an account: every value, by metric and minute. */
export class Metrics {
	readonly #series = new Map<string, Map<number, Bucket>>();

	record(metric: MetricName, value: number, at: number): void {
		const key = keyOf(metric);
		const series = this.#series.get(key) ?? new Map<number, Bucket>();
		this.#series.set(key, series);
		const minute = Math.floor(at / bucketMilliseconds);
		const bucket = series.get(minute) ?? { sum: 0, maximum: Number.NEGATIVE_INFINITY };
		series.set(minute, { sum: bucket.sum + value, maximum: Math.max(bucket.maximum, value) });
	}

	/** Of the whole minutes from `from` until before `until`; undefined where there is no value. */
	read(metric: MetricName, statistic: Statistic, from: number, until: number): number | undefined {
		const series = this.#series.get(keyOf(metric));
		if (series === undefined) return undefined;
		const buckets: Bucket[] = [];
		for (let at = from; at < until; at += bucketMilliseconds) {
			const bucket = series.get(Math.floor(at / bucketMilliseconds));
			if (bucket !== undefined) buckets.push(bucket);
		}
		if (buckets.length === 0) return undefined;
		if (statistic === "Maximum") return Math.max(...buckets.map(({ maximum }) => maximum));
		return buckets.reduce((total, { sum }) => total + sum, 0);
	}
}

const keyOf = ({ namespace, name, dimensions }: MetricName): string =>
	JSON.stringify([namespace, name, Object.entries(dimensions).toSorted(([a], [b]) => (a < b ? -1 : 1))]);
