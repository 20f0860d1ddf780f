import type { MemoryLedger } from "../../functions/edges/memory/ledger.ts";
import { drillsKey, silencesKey } from "../../functions/pipeline/model/keys.ts";
import type { Ledger } from "../../functions/pipeline/ports.ts";

/** Carries what is written on one side of a served ledger to the other. */
export interface Carrier {
	/** What operators wrote, by their commands, to the ledger that the functions use. */
	inward(): Promise<void>;
	/** What the functions wrote, to the ledger that the commands read. */
	outward(): Promise<void>;
}

/** The versions of one item on both sides when they were last equal. */
interface Equal {
	readonly inner: number;
	readonly outer: number;
}

/**
 * `inner` is the ledger of a world, `outer` a served one. Where both sides wrote the same item between two turns, the operator's word stands: the
 * flows make up for what is lost, as for a function that died.
 */
export function carrier(inner: MemoryLedger, outer: Ledger, environment: string): Carrier {
	const equal = new Map<string, Equal>();
	/** What operators write. */
	const isTheirs = (key: string): boolean => key.startsWith("inc:");
	const theirs = (): readonly string[] => [drillsKey(environment), silencesKey(environment), ...[...equal.keys()].filter(isTheirs)];
	return {
		async inward() {
			for (const key of theirs()) {
				const stored = await outer.read(key);
				if (stored === undefined || stored.version === equal.get(key)?.outer) continue;
				const item = inner.items().find((each) => each.key === key);
				const before = item?.version ?? 0;
				await inner.write(key, stored.value, before, optionsOf(item));
				equal.set(key, { inner: before + 1, outer: stored.version });
			}
		},
		async outward() {
			for (const { key, version, value, ...times } of inner.items()) {
				const last = equal.get(key);
				if (last?.inner === version) continue;
				const before = last?.outer ?? 0;
				const written = await outer.write(key, value, before, optionsOf(times));
				if (written === "written") equal.set(key, { inner: version, outer: before + 1 });
			}
		},
	};
}

type Times = { readonly dueAt: number | undefined; readonly exp: number | undefined };

/** An item tells its expiry in seconds, a write in milliseconds. */
const optionsOf = ({ dueAt, exp }: Times = { dueAt: undefined, exp: undefined }): { dueAt?: number; exp?: number } => ({
	...(dueAt === undefined ? {} : { dueAt }),
	...(exp === undefined ? {} : { exp: exp * 1000 }),
});
