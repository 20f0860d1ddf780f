import { assumptions } from "./assumptions.ts";
import { lineRules, type Month } from "./lines.ts";
import type { IncidentUsage, Measured } from "./measure.ts";
import type { PriceList, PriceName } from "./prices.ts";
import { plus, times, type Usage, usedOf } from "./usage.ts";

/** What a busy month has. */
export interface Busy {
	readonly incidents: number;
	/** Places that are paged for each incident, in the mean. */
	readonly pages: number;
}

/** How much of something in a month, and what it costs in US dollars. */
export interface Amount {
	readonly quantity: number;
	readonly usd: number;
}

export interface Line {
	readonly service: string;
	readonly what: string;
	readonly unit: string;
	readonly price: PriceName;
	readonly idle: Amount;
	readonly busy: Amount;
}

/** What is used and has no price here: the account team of Genesys, the contract with a vendor, or who runs the VPC, knows it. */
export interface Unpriced {
	readonly of: "Genesys Cloud" | "vendors" | "your VPC";
	readonly what: string;
	readonly idle: number;
	readonly busy: number;
}

export interface Estimate {
	readonly lines: readonly Line[];
	readonly idleUsd: number;
	readonly busyUsd: number;
	readonly unpriced: readonly Unpriced[];
}

/** One month of a stack, idle and busy. Throws Error for incidents of a stack in which none was measured. */
export function estimate(measured: Measured, prices: PriceList, { incidents, pages }: Busy): Estimate {
	if (incidents > 0 && measured.incidents === undefined) throw new Error("Expected a stack that opens incidents, got one that opens none");
	const idle: Month = { ...measured, usage: times(measured.idleHour, assumptions.hoursAMonth), incidents: 0 };
	const more = measured.incidents === undefined ? new Map() : times(incidentUsage(measured.incidents, pages), incidents);
	const busy: Month = {
		...measured,
		usage: plus(idle.usage, more),
		incidents,
		incidentBytes: measured.incidents?.whole.bytes ?? 0,
	};
	const lines = lineRules(measured.declared).map(({ service, what, price, quantity }): Line => {
		const { usd, unit } = prices[price];
		const [quiet, full] = [quantity(idle), quantity(busy)];
		return { service, what, unit, price, idle: { quantity: quiet, usd: quiet * usd }, busy: { quantity: full, usd: full * usd } };
	});
	const sum = (of: "idle" | "busy"): number => lines.reduce((all, line) => all + line[of].usd, 0);
	return {
		lines,
		idleUsd: sum("idle"),
		busyUsd: sum("busy"),
		unpriced: [...unpricedOf(idle.usage, busy.usage), ...(measured.declared.inNetwork ? inVpc : [])],
	};
}

/** What an incident of so many pages uses: on the line through the two that were measured, and never less than nothing. */
export function incidentUsage({ first, whole }: NonNullable<Measured["incidents"]>, pages: number): Usage {
	const { usage, pages: fewest } = first;
	if (whole.pages === fewest) return times(usage, pages / Math.max(1, fewest));
	const share = (pages - fewest) / (whole.pages - fewest);
	const between = (one: IncidentUsage, part: number): Usage => times(one.usage, part);
	const mixed = plus(between(first, 1 - share), between(whole, share));
	return new Map([...mixed].map(([item, much]) => [item, Math.max(0, much)]));
}

/** What is there already is not declared: nobody knows its size. */
const inVpc: readonly Unpriced[] = ["Redis or Valkey server, hours", "NAT gateway, hours"].map((what) => ({
	of: "your VPC",
	what,
	idle: assumptions.hoursAMonth,
	busy: assumptions.hoursAMonth,
}));

const inGenesys = [
	["requests of its API", "genesys-requests"],
	["data action executions", "data-actions"],
	["workflow runs", "workflow-runs"],
	["workflow minutes", "workflow-minutes"],
] as const;

function unpricedOf(idle: Usage, busy: Usage): readonly Unpriced[] {
	const channels = [...busy.keys()].filter((item) => item.startsWith("messages:")).toSorted();
	return [
		...inGenesys.map(([what, item]): Unpriced => ({ of: "Genesys Cloud", what, idle: usedOf(idle, item), busy: usedOf(busy, item) })),
		...channels.map((item): Unpriced => {
			const what = `messages by ${item.slice("messages:".length)}`;
			return { of: "vendors", what, idle: usedOf(idle, item), busy: usedOf(busy, item) };
		}),
	];
}
