import { watchedRunbook } from "../../../conditions/runbooks.ts";
import { isGroupKey } from "../group/rules.ts";
import { parseIncidentKey } from "../model/keys.ts";
import type { RuntimeSettings } from "../settings.ts";
import type { Snapshot } from "./snapshot.ts";
import type { Source } from "./sources.ts";

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

/** Who is in each complete listing, by its source; undefined where it was not read. */
const listings: Readonly<Record<Source, (snapshot: Snapshot) => ReadonlySet<string> | undefined>> = {
	edges: ({ edges }) => edges && new Set(edges.map(({ id }) => id)),
	trunks: ({ trunks }) => trunks && new Set(trunks.filter(({ state }) => state !== "deleted").map(({ trunkBase }) => trunkBase.id)),
	queues: ({ queues }) => queues && new Set(queues.map(({ id }) => id)),
};

/** The open incidents, among `keys`, whose entity or runbook is gone. The overseer's own conditions are no entity of a listing. */
export function vanished(keys: readonly string[], snapshot: Snapshot, runbooks: RuntimeSettings["runbooks"]): readonly Vanished[] {
	const listed = { edges: listings.edges(snapshot), trunks: listings.trunks(snapshot), queues: listings.queues(snapshot) };
	return keys.flatMap((key): readonly Vanished[] => {
		const parts = parseIncidentKey(key);
		const runbook = parts && watchedRunbook(parts.condition);
		// A group ends with its members.
		if (parts === undefined || runbook === undefined || isGroupKey(key)) return [];
		if (runbooks[runbook.name]?.enabled !== true) return [{ key, reason: "runbook-disabled" }];
		const [source] = runbook.sources;
		const isListed = listed[source]?.has(parts.entityId) ?? true;
		return isListed ? [] : [{ key, reason: "no-longer-listed" }];
	});
}
