import { isGroupKey } from "../group/rules.ts";
import type { WatchedCondition } from "../model/incident.ts";
import { parseIncidentKey } from "../model/keys.ts";
import type { RuntimeSettings } from "../settings.ts";
import type { Sight } from "./observation.ts";

export type VanishedReason =
	/** A complete listing no longer has the entity: it was deleted, or the settings no longer name it. */
	| "no-longer-listed"
	/** Its runbook was switched off: nobody looks any more. */
	| "runbook-disabled";

/** An open incident that no look will ever close. */
export interface Vanished {
	readonly key: string;
	readonly reason: VanishedReason;
}

/** Who is in each complete listing, by condition; undefined where the source was not read. */
function listed(condition: WatchedCondition, { trunks, edges, queues }: Sight): ReadonlySet<string> | undefined {
	switch (condition) {
		case "trunk-down":
		case "trunk-degraded":
			return trunks && new Set(trunks.filter(({ state }) => state !== "deleted").map(({ trunkBase }) => trunkBase.id));
		case "edge-offline":
			return edges && new Set(edges.map(({ id }) => id));
		case "queue-overflow":
			return queues && new Set(queues.map(({ id }) => id));
	}
}

/** The open incidents, among `keys`, whose entity or runbook is gone. The overseer's own conditions are no entity of a listing. */
export function vanished(
	keys: readonly string[],
	sight: Sight,
	runbooks: RuntimeSettings["runbooks"],
	watched: readonly WatchedCondition[],
): readonly Vanished[] {
	const listings = new Map(watched.map((condition) => [condition, listed(condition, sight)] as const));
	return keys.flatMap((key): readonly Vanished[] => {
		const parts = parseIncidentKey(key);
		const condition = watched.find((each) => each === parts?.condition);
		// A group ends with its members.
		if (parts === undefined || condition === undefined || isGroupKey(key)) return [];
		if (runbooks[condition]?.enabled !== true) return [{ key, reason: "runbook-disabled" }];
		const isListed = listings.get(condition)?.has(parts.entityId) ?? true;
		return isListed ? [] : [{ key, reason: "no-longer-listed" }];
	});
}
