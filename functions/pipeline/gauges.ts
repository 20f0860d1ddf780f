import type { Instant } from "./incident.ts";
import type { TrunkInstance } from "./ports.ts";

/** What the last poll read of a gauge whose change matters: the QoS mismatches of each trunk, by its base. */
export interface Gauges {
	readonly at: Instant;
	/** A trunk of which one instance did not report is left out: its sum would seem to fall, and to rise again at the next poll. */
	readonly mismatches: Readonly<Record<string, number>>;
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
