import { tagOf } from "../model/fingerprint.ts";
import type { Instant } from "../model/words.ts";
import type { TrunkInstance } from "./sources.ts";

/** What the last poll read of a gauge whose change matters: the QoS mismatches of each trunk, by its base. */
export interface Gauges {
	readonly at: Instant;
	/** A trunk of which one instance did not report is left out: its sum would seem to fall, and to rise again at the next poll. */
	readonly mismatches: Readonly<Record<string, number>>;
}

/** The levels as the ledger keeps them: for five thousand trunks one item of 60 KB. */
export interface StoredGauges {
	readonly at: Instant;
	/** The tag of each trunk's base with its level in base 36, one after the other. */
	readonly levels: string;
}

/** A level read longer ago than this says nothing of the last minute. */
const longestGapMilliseconds = 180_000;

/** The levels of this poll, to be compared with at the next one. */
export function readGauges(instances: readonly TrunkInstance[], now: Instant): Gauges {
	const bases = Map.groupBy(instances, ({ trunkBase }) => trunkBase.id);
	const known = [...bases].flatMap(([id, group]) => {
		const levels = group.flatMap(({ qosMismatches }) => qosMismatches ?? []);
		return levels.length < group.length ? [] : [[id, levels.reduce((sum, level) => sum + level, 0)] as const];
	});
	return { at: now, mismatches: Object.fromEntries(known) };
}

/** The change of a trunk's mismatches since the poll before, negative where more have left the vendor's window than are new; undefined after a gap. */
export function mismatchesDelta(before: Gauges | undefined, now: Gauges | undefined, baseId: string): number | undefined {
	if (before === undefined || now === undefined || now.at - before.at > longestGapMilliseconds) return undefined;
	const [earlier, later] = [before.mismatches[baseId], now.mismatches[baseId]];
	return earlier === undefined || later === undefined ? undefined : later - earlier;
}

/** Levels as the ledger keeps them. A level that is no whole number is rounded: the vendor counts mismatches. */
export const storeGauges = ({ at, mismatches }: Gauges): StoredGauges => ({
	at,
	levels: Object.entries(mismatches)
		.map(([id, level]) => `${tagOf(id)}${Math.round(level).toString(36)}`)
		.join(" "),
});

/** The stored levels of these trunks. */
export function restoreGauges(stored: StoredGauges | undefined, ids: readonly string[]): Gauges | undefined {
	if (stored === undefined) return undefined;
	const tagLength = tagOf("").length;
	const levels = new Map(
		stored.levels.split(" ").map((text) => [text.slice(0, tagLength), Number.parseInt(text.slice(tagLength), 36)] as const),
	);
	const known = ids.flatMap((id) => {
		const level = levels.get(tagOf(id));
		return level === undefined || Number.isNaN(level) ? [] : [[id, level] as const];
	});
	return { at: stored.at, mismatches: Object.fromEntries(known) };
}
