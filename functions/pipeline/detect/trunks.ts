import type { TrunkInstance } from "./sources.ts";

/** What one instance says by itself. */
export type InstanceReason =
	| "connected"
	| "not-connected"
	| "options-failing"
	| "registration-failing"
	/** The API gave no connection, OPTIONS or registration state. */
	| "no-state";

interface LogicalTrunk {
	readonly id: string;
	readonly name: string;
	readonly group: readonly TrunkInstance[];
}

/** Trunk instances by their base, deleted ones left out, ordered by the base's id. */
export function bases(instances: readonly TrunkInstance[]): readonly LogicalTrunk[] {
	const groups = Map.groupBy(
		instances.filter((instance) => instance.state !== "deleted"),
		(instance) => instance.trunkBase.id,
	);
	return [...groups.entries()]
		.toSorted(([one], [other]) => (one < other ? -1 : 1))
		.map(([id, group]) => ({ id, name: group[0]?.trunkBase.name ?? id, group }));
}

/** The instances that are meant to be up, and those of them whose edge is in service: only these can be judged. */
export function carried(group: readonly TrunkInstance[]): {
	readonly wanted: readonly TrunkInstance[];
	readonly judged: readonly TrunkInstance[];
} {
	const wanted = group.filter((instance) => instance.inService !== false && instance.state !== "inactive");
	return { wanted, judged: wanted.filter((instance) => instance.enabled !== false) };
}

/** What one instance says by itself. */
export function judgeInstance(instance: TrunkInstance): InstanceReason {
	const { connected, options = [], registers = [] } = instance;
	if (connected === false) return "not-connected";
	if (options.length > 0 && !options.includes(true)) return "options-failing";
	if (registers.length > 0 && !registers.includes(true)) return "registration-failing";
	return connected === undefined && options.length === 0 && registers.length === 0 ? "no-state" : "connected";
}
