import type { Verdict } from "../model/incident.ts";
import type { TrunkInstance } from "../ports.ts";
import type { Detector, Observation } from "./observation.ts";

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

/** Groups trunk instances by their base and judges each base. */
export function detectTrunks(instances: readonly TrunkInstance[]): readonly Observation[] {
	return bases(instances).map(({ id, name, group }) => {
		const edges = carried(group).judged.map(({ edge }) => edge?.id);
		const known = edges.flatMap((edge) => edge ?? []);
		const place = onlyPlace(group);
		return {
			condition: "trunk-down",
			id,
			name,
			...judge(group),
			metrics: measure(group),
			raw: group,
			...(place === undefined ? {} : { place }),
			...(known.length === edges.length ? { carriedBy: [...new Set(known)] } : {}),
		};
	});
}

/** The one edge that carries it, by name. */
function onlyPlace(group: readonly TrunkInstance[]): string | undefined {
	const names = new Set(carried(group).judged.map(({ edge }) => edge?.name));
	const [name] = names;
	return names.size === 1 ? name : undefined;
}

/** Down only when every instance that can be judged is down: one edge that still carries calls is not an outage. */
function judge(group: readonly TrunkInstance[]): { readonly verdict: Verdict; readonly reason: TrunkReason } {
	const { wanted, judged } = carried(group);
	if (wanted.length === 0) return { verdict: "clear", reason: "disabled" };
	if (judged.length === 0) return { verdict: "no-data", reason: "edge-out-of-service" };
	const reasons = judged.map(judgeInstance).filter((reason) => reason !== "no-state");
	const [first] = reasons;
	if (first === undefined) return { verdict: "no-data", reason: "no-state" };
	return reasons.includes("connected") ? { verdict: "clear", reason: "connected" } : { verdict: "breach", reason: first };
}

/** What one instance says by itself. */
export function judgeInstance(instance: TrunkInstance): TrunkReason {
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

const saying: Readonly<Record<TrunkReason, string>> = {
	connected: "is connected",
	"not-connected": "is down: not connected",
	"options-failing": "is down: no proxy answers SIP OPTIONS",
	"registration-failing": "is down: no registration succeeds",
	disabled: "is disabled",
	"edge-out-of-service": "has no edge in service",
	"no-state": "reports no state",
};

export const trunkDetector: Detector = {
	needs: ["trunks"],
	observe: ({ trunks = [] }) => detectTrunks(trunks),
	many: { nouns: "SIP trunks", fail: "are down", failStill: "are still down" },
	say: ({ entity, reason, metrics }) => {
		const known = Object.entries(saying).find(([word]) => word === reason);
		const { instances = 0, instancesUp = 0 } = metrics;
		const extent = instances > 0 ? ` (up on ${instancesUp} of ${instances} edges)` : "";
		return `SIP trunk ${entity.name} ${known?.[1] ?? `is down: ${reason}`}${extent}`;
	},
};
