import type { FunctionKind } from "../aws/state.ts";

/** What is counted beside the functions. Units are DynamoDB's request units; metric hours are one time series that told something within one hour. */
export const counted = [
	"read-units",
	"write-units",
	"queue-calls",
	"queue-messages",
	"secret-reads",
	"log-bytes",
	"metric-hours",
	"notices",
	"https-requests",
	"genesys-requests",
	"data-actions",
	"workflow-runs",
	"workflow-minutes",
] as const;

export type Counted = (typeof counted)[number];
/** `runs` and `calls` are counts, `milliseconds` the time of the runs, of which nearly all is waiting. */
export type OfFunction = `${"runs" | "calls" | "milliseconds"}:${FunctionKind}`;
export type Item = Counted | OfFunction | `messages:${string}`;

/** How much of each item was used; what is absent was not. */
export type Usage = ReadonlyMap<Item, number>;

export const usedOf = (usage: Usage, item: Item): number => usage.get(item) ?? 0;

/** `factor` times as much. */
export const times = (usage: Usage, factor: number): Usage => new Map([...usage].map(([item, much]) => [item, much * factor]));

/** Both together. */
export function plus(one: Usage, other: Usage): Usage {
	const items = new Set([...one.keys(), ...other.keys()]);
	return new Map([...items].map((item) => [item, usedOf(one, item) + usedOf(other, item)]));
}

/** What is more in `whole` than in `part`: never less than nothing, since a figure of the idle time varies by itself. */
export const beyond = (whole: Usage, part: Usage): Usage =>
	new Map([...whole].map(([item, much]) => [item, Math.max(0, much - usedOf(part, item))]));
