import type { Instant, Location, Named } from "./words.ts";

/** The group incident that pages for a failure. */
export interface GroupRef {
	readonly key: string;
	readonly occurrence: number;
}

/** One failure that a group incident pages for. */
export interface Member extends Named {
	readonly place?: string;
	readonly location?: Location;
	readonly since: Instant;
	readonly endedAt?: Instant;
}

/** What a group incident knows of its members; each has an incident of its own, which pages nobody. */
export interface Members {
	/** The first of them, at most 100. */
	readonly listed: readonly Member[];
	/** How many there ever were. */
	readonly joined: number;
	/** How many have not ended. */
	readonly failing: number;
	readonly lastJoinedAt: Instant;
	/** The numbers that the pages told last. */
	readonly announced: string;
}
