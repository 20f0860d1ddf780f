import type { Snapshot } from "../detect/snapshot.ts";
import { callsAtOnce, sideBySide } from "../limits/sideBySide.ts";
import type { SeenWorld } from "../listen/rules.ts";
import { afterLook, edgesIn, type Looked, lookIn, queuesIn, type SeenItem, seenShards, trunksIn } from "../listen/seen.ts";
import { lookedKey, seenKey } from "../model/keys.ts";
import type { Ports } from "../ports.ts";
import { change, readItem } from "./store.ts";

type SeenPorts = Pick<Ports, "ledger" | "settings">;

const shards = Array.from({ length: seenShards }, (_, shard) => shard);

/** Writes down what a poll saw, where it is not what is written already, and then when it began to look. Throws EdgeError. */
export async function writeSeen({ ledger, settings: { environment } }: SeenPorts, snapshot: Snapshot): Promise<void> {
	await sideBySide(shards, callsAtOnce, async (shard) => {
		const look = lookIn(snapshot, shard);
		await change<SeenItem, undefined>(ledger, seenKey(environment, shard), (before) => ({
			write: afterLook(before, look, snapshot.now),
			result: undefined,
		}));
	});
	const { now, trunks, edges, queues } = snapshot;
	const looked: Looked = {
		...(trunks === undefined ? {} : { trunks: now }),
		...(edges === undefined ? {} : { edges: now }),
		...(queues === undefined ? {} : { queues: now }),
	};
	await change<Looked, undefined>(ledger, lookedKey(environment), (before) => ({ write: { ...before, ...looked }, result: undefined }));
}

/** All that was seen. Throws EdgeError. */
export async function readSeen({ ledger, settings: { environment } }: SeenPorts): Promise<SeenWorld> {
	// First: what is written meanwhile is newer than this says, never older.
	const looked = (await readItem<Looked>(ledger, lookedKey(environment))) ?? {};
	const items: (SeenItem | undefined)[] = [];
	await sideBySide(shards, callsAtOnce, async (shard) => {
		items[shard] = await readItem<SeenItem>(ledger, seenKey(environment, shard));
	});
	return { trunks: items.flatMap(trunksIn), edges: items.flatMap(edgesIn), queues: items.flatMap(queuesIn), looked };
}
