import type { WatchedCondition } from "./incident.ts";
import { type IncidentKeyParts, parseIncidentKey } from "./keys.ts";
import type { Sight } from "./observation.ts";
import type { RuntimeSettings } from "./settings.ts";

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
function listed(condition: WatchedCondition, { trunks, edges, queues }: Sight): readonly string[] | undefined {
	switch (condition) {
		case "trunk-down":
		case "trunk-degraded":
			return trunks?.filter(({ state }) => state !== "deleted").map(({ trunkBase }) => trunkBase.id);
		case "edge-offline":
			return edges?.map(({ id }) => id);
		case "queue-overflow":
			return queues?.map(({ id }) => id);
	}
}

/** The open incidents, among `keys`, whose entity or runbook is gone. The overseer's own conditions are no entity of a listing. */
export function vanished(
	keys: readonly string[],
	sight: Sight,
	runbooks: RuntimeSettings["runbooks"],
	watched: readonly WatchedCondition[],
): readonly Vanished[] {
	return keys.flatMap((key): readonly Vanished[] => {
		const parts = parseIncidentKey(key);
		const condition = watched.find((each) => each === parts?.condition);
		if (parts === undefined || condition === undefined) return [];
		if (runbooks[condition]?.enabled !== true) return [{ key, reason: "runbook-disabled" }];
		return isListed(condition, parts, sight) ? [] : [{ key, reason: "no-longer-listed" }];
	});
}

const isListed = (condition: WatchedCondition, { entityId }: IncidentKeyParts, sight: Sight): boolean =>
	listed(condition, sight)?.includes(entityId) ?? true;
