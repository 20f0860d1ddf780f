import type { StoredStreak } from "../../../functions/pipeline/confirm/rules.ts";
import { type ShardItem, shardOf } from "../../../functions/pipeline/confirm/streakShard.ts";
import { readStreak } from "../../../functions/pipeline/ledger/streaks.ts";
import { type IncidentKeyParts, streaksKey } from "../../../functions/pipeline/model/keys.ts";
import type { Ledger } from "../../../functions/pipeline/ports.ts";

/** One trunk's outage, as most tests have it. */
export const trunkDown: IncidentKeyParts = { environment: "dev", condition: "trunk-down", entityId: "base-1" };

/** The key of the item that holds this streak. */
export const itemOf = ({ environment, condition, entityId }: IncidentKeyParts): string =>
	streaksKey(environment, shardOf(condition, entityId));

/** An item that holds one streak, written out by hand. */
export function holding({ breaches, clears, countedAt, flaps, troubled }: StoredStreak, { condition, entityId } = trunkDown): ShardItem {
	const marks = `${flaps?.open === true ? "o" : ""}${troubled === true ? "t" : ""}` || "-";
	const line = [entityId, breaches, clears, countedAt.toString(36), marks, ...(flaps?.closings ?? []).map((at) => at.toString(36))];
	return { rest: {}, moving: { [condition]: line.join(" ") } };
}

/** What the ledger holds of one streak. */
export const streakOf = (ledger: Ledger, parts = trunkDown): Promise<StoredStreak | undefined> => readStreak(ledger, parts);
