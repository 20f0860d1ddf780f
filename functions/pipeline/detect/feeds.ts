import type { RuntimeSettings } from "../settings.ts";
import type { Sight } from "./sight.ts";

/**
 * What `fedBy` names and no trunk has, neither as its id nor as its name: a trunk that was renamed or deleted, or a slip. Empty where the trunks
 * were not read. Nothing is failing; but a queue's trouble is no longer explained by that trunk's.
 */
export function unknownFeeds({ trunks }: Sight, runbooks: RuntimeSettings["runbooks"]): readonly string[] {
	const overflow = runbooks["queue-overflow"];
	if (trunks === undefined || overflow?.enabled !== true) return [];
	const there = trunks.filter(({ state }) => state !== "deleted").flatMap(({ trunkBase: { id, name } }) => [id, name]);
	const known = new Set(there);
	return [...new Set(overflow.queues.flatMap(({ fedBy = [] }) => fedBy))].filter((feed) => !known.has(feed));
}
