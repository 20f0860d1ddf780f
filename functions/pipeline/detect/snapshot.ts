import type { Instant, Location, Verdict } from "../model/words.ts";
import type { Gauges } from "./gauges.ts";
import type { EdgeState, QueueActivity, TrunkInstance } from "./sources.ts";

/** What one poll saw. A source that nobody needs, or that could not be read, is absent: whatever needs it is not judged at all. */
export interface Snapshot {
	readonly now: Instant;
	readonly trunks?: readonly TrunkInstance[];
	readonly edges?: readonly EdgeState[];
	readonly queues?: readonly QueueActivity[];
	/** The levels of this poll and of the one before. */
	readonly gauges?: Gauges;
	readonly gaugesBefore?: Gauges | undefined;
}

/** What a rule says of one entity. */
export interface Judged {
	/** A trunk's is that of its base: one logical trunk appears once for each edge or edge group. */
	readonly id: string;
	readonly name: string;
	readonly verdict: Verdict;
	/** From the rule's closed set. */
	readonly reason: string;
	readonly metrics: Readonly<Record<string, number>>;
	/** What was read, for the person who doubts the summary. */
	readonly raw: unknown;
	/** Where it is, for people, where that is one place. */
	readonly place?: string;
	/** Where it is in the organization, for routes. */
	readonly location?: Location;
	/** The edges on which every judged instance sits, where each of them is known. */
	readonly carriedBy?: readonly string[];
	/** The names or ids of the trunks that feed this queue. */
	readonly fedBy?: readonly string[];
}

/** What a summary is made of. */
export interface SaidReading {
	readonly entity: { readonly name: string };
	readonly reason: string;
	readonly metrics: Readonly<Record<string, number>>;
}
