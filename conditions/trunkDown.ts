import { trunkLocations } from "../functions/pipeline/detect/location.ts";
import type { Judged, Snapshot } from "../functions/pipeline/detect/snapshot.ts";
import type { TrunkInstance } from "../functions/pipeline/detect/sources.ts";
import { bases, carried, type InstanceReason, judgeInstance } from "../functions/pipeline/detect/trunks.ts";
import { pollerRunbook } from "./condition.ts";
import { edgeOffline } from "./edgeOffline.ts";
import { countOf, partOf } from "./numbers.ts";

/** Why a trunk got its verdict. */
type TrunkReason =
	| InstanceReason
	/** Its trunk base is disabled on purpose: nobody is paged, and an open incident ends. */
	| "disabled"
	/** No edge that carries it is in service: the trunk itself cannot be judged. */
	| "edge-out-of-service";

const saying: Readonly<Record<TrunkReason, string>> = {
	connected: "is connected",
	"not-connected": "is down: not connected",
	"options-failing": "is down: no proxy answers SIP OPTIONS",
	"registration-failing": "is down: no registration succeeds",
	disabled: "is disabled",
	"edge-out-of-service": "has no edge in service",
	"no-state": "reports no state",
};

/** A SIP trunk that carries nothing, on any of its edges. */
export const trunkDown = pollerRunbook({
	name: "trunk-down",
	why: "Calls of the numbers behind this trunk neither arrive nor leave until it is up again, or until they are routed elsewhere.",
	detects:
		"The trunk is enabled and in service, and its connection, its OPTIONS probes or its registration say that it is not up. Metrics that are missing or old are no data: neither down nor healthy.",
	severity: "high",
	tells: "Which trunk, on how many of its edges it is still connected, since when, and under which key it is tracked.",
	enabled: true,
	breachesToOpen: 2,
	momentary: true,
	logsFirstReadings: true,
	settings: {},
	sources: ["trunks"],
	permissions: ["telephony:plugin:all"],
	explainedBy: [
		{
			by: edgeOffline.name,
			reason: "carried-by-offline-edges",
			// Where it sits on several edges, one that works should carry it.
			when: "all",
			entities: ({ carriedBy = [] }) => carriedBy,
		},
	],
	observe,
	many: { nouns: "SIP trunks", fail: "are down", failStill: "are still down" },
	say: ({ entity, reason, metrics }) => {
		const known = Object.entries(saying).find(([word]) => word === reason);
		const { instances = 0, instancesUp = 0 } = metrics;
		const extent = instances > 0 ? ` (up on ${instancesUp} of ${instances} edges)` : "";
		return `SIP trunk ${entity.name} ${known?.[1] ?? `is down: ${reason}`}${extent}`;
	},
	measures: ({ instances, instancesUp, optionsTotal, optionsUp, registersTotal, registersUp, calls }) => [
		...partOf(instancesUp, instances, "edges carry it"),
		...partOf(optionsUp, optionsTotal, "proxies answer OPTIONS"),
		...partOf(registersUp, registersTotal, "registrations hold"),
		...countOf(calls, "calls under way", "call under way"),
	],
});

/** Groups trunk instances by their base and judges each base. */
function observe({ trunks = [], edges: listed = [] }: Snapshot): readonly Judged[] {
	const locationOf = trunkLocations({ edges: listed });
	return bases(trunks).map(({ id, name, group }) => {
		const edges = carried(group).judged.map(({ edge }) => edge?.id);
		const known = edges.flatMap((edge) => edge ?? []);
		const place = onlyPlace(group);
		return {
			id,
			name,
			...judge(group),
			metrics: measure(group),
			raw: group,
			...(place === undefined ? {} : { place }),
			...locationOf(group),
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
function judge(group: readonly TrunkInstance[]): Pick<Judged, "verdict"> & { readonly reason: TrunkReason } {
	const { wanted, judged } = carried(group);
	if (wanted.length === 0) return { verdict: "clear", reason: "disabled" };
	if (judged.length === 0) return { verdict: "no-data", reason: "edge-out-of-service" };
	const reasons = judged.map(judgeInstance).filter((reason) => reason !== "no-state");
	const [first] = reasons;
	if (first === undefined) return { verdict: "no-data", reason: "no-state" };
	return reasons.includes("connected") ? { verdict: "clear", reason: "connected" } : { verdict: "breach", reason: first };
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
