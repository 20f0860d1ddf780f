import type { Seconds } from "./vendors.ts";

/** One thing that an executor did about its policy, or found out. */
export interface Step {
	readonly at: Seconds;
	readonly what:
		| "accepted"
		| "refused"
		| "proven"
		| "unproven"
		| "given-up"
		/** The incident grew too old: the rest of the policy is paged at once, whoever responds. */
		| "stale"
		/** The ends. */
		| "acknowledged"
		| "recovered"
		| "exhausted"
		| "failed";
	readonly place?: string;
	/** Of a send, from 1. */
	readonly attempt?: number;
	readonly detail?: string;
}

/** What one executor did, and what was true of the world that it acted in. */
export interface Story {
	readonly steps: readonly Step[];
	/** By place: from when the vendor could have shown the page. */
	readonly readableAt: Readonly<Record<string, Seconds>>;
	/** By place: how often the vendor took the page. */
	readonly taken: Readonly<Record<string, number>>;
	/** From when the ledger could say that somebody acknowledged: the overseer's first tick after it. */
	readonly acknowledgedAt?: Seconds;
	readonly recoveredAt?: Seconds;
}
