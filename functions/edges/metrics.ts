import { watchedMetrics } from "../../contracts/metrics.ts";
import { eventLevels } from "../pipeline/model/events.ts";
import type { Entry } from "../pipeline/ports.ts";

/** One count of 1, with the dimensions that it has beside `service`, the function's name. */
export interface Metric {
	readonly name: string;
	/** By each of these sets it is found: the empty one is by the function alone. */
	readonly dimensionSets: readonly Readonly<Record<string, string>>[];
}

/**
 * What an entry counts as: the metric named for its `what`, by function and outcome. What an alarm watches is counted by the function alone, too: an
 * alarm names every dimension, and outcomes are many. A spent allowance is an outcome of several events, and one metric.
 */
export function metricsOf({ what, outcome = "none" }: Entry): readonly Metric[] {
	const isWatched = eventLevels[what] === "error" || eventLevels[what] === "debug";
	const own: Metric = { name: what, dimensionSets: [{ outcome }, ...(isWatched ? [{}] : [])] };
	return outcome === watchedMetrics.budgetSpent ? [own, { name: outcome, dimensionSets: [{}] }] : [own];
}
