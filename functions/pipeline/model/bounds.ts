import { cutText } from "../page/text.ts";

/** The most metrics of one reading, and the longest name of one. */
export const maximumMetrics = 50;
export const maximumMetricName = 64;

/** The ledger holds no number beyond ±(2^53 - 1) and none nearer to 0 than 1e-130. */
const smallest = 1e-100;

/** The nearest number that the ledger can hold: too large ones count as the largest, too small ones as 0. */
export function boundedNumber(number: number): number {
	if (Math.abs(number) < smallest) return 0;
	return Math.min(Number.MAX_SAFE_INTEGER, Math.max(Number.MIN_SAFE_INTEGER, number));
}

/** The metrics that the ledger can hold, at most 50 of them; what is no number says nothing and is left out. */
export function boundedMetrics(metrics: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
	const numbers = Object.entries(metrics).filter(([, number]) => !Number.isNaN(number));
	return Object.fromEntries(numbers.slice(0, maximumMetrics).map(([name, number]) => [name, boundedNumber(number)]));
}

/** A log line ends at 256 KB; a person reads much less. */
const maximumRaw = 8192;

/** A raw reading as bounded text, for the log: a text as it is, anything else as JSON. */
export function rawText(raw: unknown): string {
	return cutText(typeof raw === "string" ? raw : (JSON.stringify(raw) ?? ""), maximumRaw);
}
