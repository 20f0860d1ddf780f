import type { Instant } from "../../pipeline/incident.ts";
import type { Clock, Ledger, LedgerWrite, Stored } from "../../pipeline/ports.ts";
import { refuseUnstorable } from "../storable.ts";

/** An item as the table would hold it. */
export interface MemoryItem {
	readonly key: string;
	readonly version: number;
	/** The value as JSON text: nothing that a caller keeps can change it. */
	readonly json: string;
	readonly dueAt: Instant | undefined;
	/** Epoch seconds, as the TTL attribute. */
	readonly exp: number | undefined;
}

export interface MemoryLedger extends Ledger {
	/** Every item that is not expired, by key: for assertions. */
	items(): readonly MemoryItem[];
}

/** The ledger without a table: same promises as `dynamoLedger` (one contract suite runs on both), kept in memory. */
export function memoryLedger(clock: Clock): MemoryLedger {
	const items = new Map<string, MemoryItem>();
	const live = (key: string): MemoryItem | undefined => {
		const item = items.get(key);
		return item === undefined || (item.exp !== undefined && item.exp <= Math.floor(clock.now() / 1000)) ? undefined : item;
	};
	const put = (key: string, value: unknown, expectedVersion: number, { dueAt, exp }: LedgerWrite["options"] = {}): void => {
		const seconds = exp === undefined ? undefined : Math.ceil(exp / 1000);
		items.set(key, { key, version: expectedVersion + 1, json: JSON.stringify(value), dueAt, exp: seconds });
	};
	return {
		async read(key): Promise<Stored | undefined> {
			const item = live(key);
			return item && { version: item.version, value: JSON.parse(item.json) };
		},
		async write(key, value, expectedVersion, options) {
			refuseUnstorable(key, value);
			if ((live(key)?.version ?? 0) !== expectedVersion) return "conflict";
			put(key, value, expectedVersion, options);
			return "written";
		},
		async transact(writes) {
			for (const { key, value } of writes) refuseUnstorable(key, value);
			if (writes.some(({ key, expectedVersion }) => (live(key)?.version ?? 0) !== expectedVersion)) return "conflict";
			for (const { key, value, expectedVersion, options } of writes) put(key, value, expectedVersion, options);
			return "written";
		},
		async due(now, limit) {
			return [...items.values()]
				.flatMap(({ key, dueAt }) => (dueAt !== undefined && dueAt <= now ? [{ key, dueAt }] : []))
				.sort((a, b) => a.dueAt - b.dueAt || (a.key < b.key ? -1 : 1))
				.slice(0, limit)
				.map(({ key }) => key);
		},
		items: () => [...items.keys()].toSorted().flatMap((key) => live(key) ?? []),
	};
}
