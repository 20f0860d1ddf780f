import type { Instant, Verdict, WatchedCondition } from "../model/incident.ts";
import type { EdgeState, QueueActivity, TrunkInstance } from "../ports.ts";
import type { RuntimeSettings } from "../settings.ts";
import type { Gauges } from "./gauges.ts";

/** What can be looked at, each with one request or a few: a detector says which it needs. */
export type Source = "trunks" | "edges" | "queues";

/** What one poll saw. A source that nobody needs, or that could not be read, is absent: whatever needs it is not judged at all. */
export interface Sight {
	readonly now: Instant;
	readonly trunks?: readonly TrunkInstance[];
	readonly edges?: readonly EdgeState[];
	readonly queues?: readonly QueueActivity[];
	/** The levels of this poll and of the one before. */
	readonly gauges?: Gauges;
	readonly gaugesBefore?: Gauges | undefined;
}

/** What one poll says of one entity under one condition. */
export interface Observation {
	readonly condition: WatchedCondition;
	/** A trunk's is that of its base: one logical trunk appears once for each edge or edge group. */
	readonly id: string;
	readonly name: string;
	readonly verdict: Verdict;
	/** From the detector's closed set. */
	readonly reason: string;
	readonly metrics: Readonly<Record<string, number>>;
	/** What was read, for the person who doubts the summary. */
	readonly raw: unknown;
	/** Where it is, for people, where that is one place. */
	readonly place?: string;
	/** The edges on which every judged instance sits, where each of them is known. */
	readonly carriedBy?: readonly string[];
	/** The names or ids of the trunks that feed this queue. */
	readonly fedBy?: readonly string[];
}

/** How one condition is recognized and told: one file each, listed in `detection.ts`. */
export interface Detector {
	readonly needs: readonly Source[];
	/** Judges every entity that was seen, in a deterministic order. */
	readonly observe: (sight: Sight, runbooks: RuntimeSettings["runbooks"]) => readonly Observation[];
	/** One line for a person who has just been woken: what, where, how much of it. */
	readonly say: (reading: SaidReading) => string;
	/** How many of them at once are called: "<number> <nouns> <fail>", and once some have recovered "<number> of <number> <nouns> <failStill>". */
	readonly many: { readonly nouns: string; readonly fail: string; readonly failStill: string };
}

/** What a summary is made of. */
export interface SaidReading {
	readonly entity: { readonly name: string };
	readonly reason: string;
	readonly metrics: Readonly<Record<string, number>>;
}
