import type { Verdict } from "./incident.ts";
import type { TrunkInstance } from "./ports.ts";

/** Why a trunk got its verdict. */
export type TrunkReason =
	| "connected"
	| "not-connected"
	| "options-failing"
	| "registration-failing"
	/** Its trunk base is disabled on purpose: nobody is paged, and an open incident ends. */
	| "disabled"
	/** No edge that carries it is in service: the trunk itself cannot be judged. */
	| "edge-out-of-service"
	/** The API gave no connection, OPTIONS or registration state. */
	| "no-state";

/** What one poll says of one logical trunk: a trunk base with all its instances. */
export interface TrunkObservation {
	/** The trunk base's id: one logical trunk appears once for each edge or edge group. */
	readonly id: string;
	readonly name: string;
	readonly verdict: Verdict;
	readonly reason: TrunkReason;
	readonly metrics: Readonly<Record<string, number>>;
	readonly instances: readonly TrunkInstance[];
}

/** Groups trunk instances by their base and judges each base; deterministic order (by base id). */
export function detectTrunks(instances: readonly TrunkInstance[]): readonly TrunkObservation[] {
	const bases = Map.groupBy(
		instances.filter((instance) => instance.state !== "deleted"),
		(instance) => instance.trunkBase.id,
	);
	return [...bases.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([id, group]) => observe(id, group));
}

function observe(id: string, group: readonly TrunkInstance[]): TrunkObservation {
	return { id, name: group[0]?.trunkBase.name ?? id, ...judge(group), metrics: measure(group), instances: group };
}

/** Down only when every instance that can be judged is down: one edge that still carries calls is not an outage. */
function judge(group: readonly TrunkInstance[]): { readonly verdict: Verdict; readonly reason: TrunkReason } {
	const wanted = group.filter((instance) => instance.inService !== false && instance.state !== "inactive");
	if (wanted.length === 0) return { verdict: "clear", reason: "disabled" };
	const carried = wanted.filter((instance) => instance.enabled !== false);
	if (carried.length === 0) return { verdict: "no-data", reason: "edge-out-of-service" };
	const reasons = carried.map(judgeInstance).filter((reason) => reason !== "no-state");
	const [first] = reasons;
	if (first === undefined) return { verdict: "no-data", reason: "no-state" };
	return reasons.includes("connected") ? { verdict: "clear", reason: "connected" } : { verdict: "breach", reason: first };
}

function judgeInstance(instance: TrunkInstance): TrunkReason {
	const { connected, options = [], registers = [] } = instance;
	if (connected === false) return "not-connected";
	if (options.length > 0 && !options.includes(true)) return "options-failing";
	if (registers.length > 0 && !registers.includes(true)) return "registration-failing";
	return connected === undefined && options.length === 0 && registers.length === 0 ? "no-state" : "connected";
}

function measure(group: readonly TrunkInstance[]): Readonly<Record<string, number>> {
	const sum = (count: (instance: TrunkInstance) => number): number => group.reduce((total, instance) => total + count(instance), 0);
	return {
		instances: group.length,
		instancesUp: sum((instance) => (judgeInstance(instance) === "connected" ? 1 : 0)),
		optionsTotal: sum(({ options = [] }) => options.length),
		optionsUp: sum(({ options = [] }) => options.filter(Boolean).length),
		registersTotal: sum(({ registers = [] }) => registers.length),
		registersUp: sum(({ registers = [] }) => registers.filter(Boolean).length),
		calls: sum(({ calls = 0 }) => calls),
		qosMismatches: sum(({ qosMismatches = 0 }) => qosMismatches),
	};
}
