import type { Instant } from "../../pipeline/model/incident.ts";
import type { Clock, Ledger, LedgerWrite, Stored } from "../../pipeline/ports.ts";
import { refuseUnstorable } from "../aws/storable.ts";

/** An item as the table would hold it. */
export interface MemoryItem {
	readonly key: string;
	readonly version: number;
	/** Frozen: whoever reads it often reads the same one, and nobody can change it. */
	readonly value: unknown;
	readonly dueAt: Instant | undefined;
	/** Epoch seconds, as the TTL attribute. */
	readonly exp: number | undefined;
}

export interface MemoryLedger extends Ledger {
	/** Every item that is not expired, by key: for assertions. */
	items(): readonly MemoryItem[];
}

/** What was copied before: what is written is mostly what was read, with a part of it changed. */
const copies = new WeakSet<object>();

/** What JSON would make of a storable value, frozen. */
function copied(value: unknown): unknown {
	// JSON knows no negative zero.
	if (typeof value === "number") return value + 0;
	if (typeof value !== "object" || value === null || copies.has(value)) return value;
	const copy = Object.freeze(Array.isArray(value) ? value.map(copied) : copiedMap(value));
	copies.add(copy);
	return copy;
}

function copiedMap(map: object): object {
	const copy: Record<string, unknown> = {};
	for (const name of Object.keys(map)) {
		const value: unknown = Reflect.get(map, name);
		if (value !== undefined) copy[name] = copied(value);
	}
	return copy;
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
		items.set(key, { key, version: expectedVersion + 1, value: copied(value), dueAt, exp: seconds });
	};
	return {
		async read(key): Promise<Stored | undefined> {
			const item = live(key);
			return item && { version: item.version, value: item.value };
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
