import type { ToldPolicies } from "./policyFacts.ts";
import type { Report } from "./report.ts";
import type { TimelineEvent } from "./timelineEvent.ts";
import type { Expectation } from "./verdict.ts";

/** What a page tells: a rehearsal, which has a verdict, or what a ledger holds of incidents, which has none. */
export interface Story {
	readonly kind: "rehearsal" | "incident";
	/** The scenario's name, or what happened. */
	readonly title: string;
	readonly why?: string | undefined;
	readonly stack: string;
	readonly seed?: number;
	readonly verdict?: Report["verdict"];
	readonly expectations: readonly Expectation[];
	/** The instant from which seconds are counted. */
	readonly begins?: string | undefined;
	readonly policies: ToldPolicies;
	/** Entities by incident key, where no event names them. */
	readonly names?: ReadonlyMap<string, string>;
	/** In the order of their ids. */
	readonly events: readonly TimelineEvent[];
}

/** The story of a rehearsal, which may have been written by an earlier version. */
export const storyOf = ({ scenario, why, stack, seed, verdict, expectations, begins, policies = {}, events }: Report): Story => ({
	kind: "rehearsal",
	title: scenario,
	why,
	stack,
	seed,
	verdict,
	expectations,
	begins,
	policies,
	events,
});
