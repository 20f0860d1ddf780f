import type { StoredStreak } from "../confirm/rules.ts";
import { type Counted, countInto, type ShardItem, shardCount, shardOf, streakIn, type ToCount } from "../confirm/streakShard.ts";
import { sideBySide } from "../limits/sideBySide.ts";
import { type IncidentKeyParts, streaksKey } from "../model/keys.ts";
import type { Ports } from "../ports.ts";
import { change, readItem } from "./store.ts";

/** Entities that have nothing to do with each other meet at one item: a storm of webhooks is given more tries than two executors. */
const maximumTries = 16;

type StreakPorts = Pick<Ports, "ledger" | "clock" | "settings">;

/**
 * Counts readings in the few items that hold what is not at rest: each item is read once and written where it changed. Somebody who was
 * faster at an item is counted first, and then it is decided anew: a webhook beside a poll is one look. `failed` is told of the readings of
 * an item that could not be changed. Returns what was counted, in the order of the readings.
 */
export async function countReadings(
	{ ledger, clock, settings }: StreakPorts,
	readings: readonly ToCount[],
	failed: (error: unknown, readings: readonly ToCount[]) => void,
): Promise<readonly Counted[]> {
	const shards = [...Map.groupBy(readings, ({ reading }) => shardOf(reading.condition, reading.entity.id))];
	const counted = new Map<ToCount["reading"], Counted>();
	await sideBySide(shards, shardCount, async ([shard, own]) => {
		try {
			const decide = (item: ShardItem | undefined) => {
				const { write, counted: result } = countInto(item, own, clock.now());
				return { write, result };
			};
			const done = await change<ShardItem, readonly Counted[]>(ledger, streaksKey(settings.environment, shard), decide, maximumTries);
			for (const each of done) counted.set(each.reading, each);
		} catch (error) {
			failed(error, own);
		}
	});
	return readings.flatMap(({ reading }) => counted.get(reading) ?? []);
}

/** The streak of one entity; undefined where it is at rest. */
export async function readStreak(
	ledger: Ports["ledger"],
	{ environment, condition, entityId }: IncidentKeyParts,
): Promise<StoredStreak | undefined> {
	return streakIn(await readItem<ShardItem>(ledger, streaksKey(environment, shardOf(condition, entityId))), condition, entityId);
}
