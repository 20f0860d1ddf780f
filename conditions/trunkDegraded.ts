import { mismatchesDelta } from "../functions/pipeline/detect/gauges.ts";
import { type HealthFacts, type HealthPart, healthScore } from "../functions/pipeline/detect/healthScore.ts";
import { trunkLocations } from "../functions/pipeline/detect/location.ts";
import type { Judged } from "../functions/pipeline/detect/snapshot.ts";
import type { TrunkInstance } from "../functions/pipeline/detect/sources.ts";
import { bases, carried, judgeInstance } from "../functions/pipeline/detect/trunks.ts";
import { pollerRunbook } from "./condition.ts";
import { countOf, partOf } from "./numbers.ts";
import { trunkDown } from "./trunkDown.ts";

/** Why a trunk got its verdict. */
type DegradedReason =
	| "healthy"
	| "options-partly-failing"
	| "registration-partly-failing"
	| "qos-mismatches"
	/** Disabled on purpose. */
	| "disabled"
	/** Nothing is probed and nothing is measured, so there is nothing to score. */
	| "nothing-measured";

const weakness: Readonly<Record<HealthPart, DegradedReason>> = {
	options: "options-partly-failing",
	registers: "registration-partly-failing",
	qos: "qos-mismatches",
};

/** A SIP trunk that carries calls, and badly. */
export const trunkDegraded = pollerRunbook({
	name: "trunk-degraded",
	why: "Some calls of this trunk fail or sound bad while others pass, so agents and callers notice before any alarm that waits for an outage.",
	detects:
		"The health score of the trunk, our own from OPTIONS, registrations and new QoS mismatches, is below the threshold on the edges where it is up. Nothing probed and nothing measured is no data.",
	severity: "medium",
	tells: "Which trunk, its score, and the part of it that is worst: proxies that answer, registrations that hold, or new QoS mismatches.",
	enabled: false,
	breachesToOpen: 3,
	momentary: false,
	settings: {
		scoreBelow: {
			kind: "share",
			default: 0.85,
			about: "A health score below this is a breach; the score is our own, from 0 to 1.",
		},
	},
	comparesPolls: true,
	sources: ["trunks"],
	permissions: ["telephony:plugin:all"],
	explainedBy: [
		// A trunk that is down has no degrees.
		{ by: trunkDown.name, reason: "the-same-trunk-is-down", when: "any", entities: ({ id }) => [id] },
	],
	/**
	 * Scores each logical trunk over the instances that are up: how well it carries what it still carries. An edge that it lost is not part of
	 * the score (edge-offline speaks of it), and a trunk of which nothing is up is not judged at all: trunk-down speaks of it.
	 */
	observe: ({ trunks = [], edges = [], gauges, gaugesBefore }, { scoreBelow }) => {
		const locationOf = trunkLocations({ edges });
		return bases(trunks).flatMap(({ id, name, group }): readonly Judged[] => {
			const judgement = judge(group, scoreBelow, mismatchesDelta(gaugesBefore, gauges, id));
			return judgement === undefined ? [] : [{ id, name, ...judgement, raw: group, ...locationOf(group) }];
		});
	},
	many: { nouns: "SIP trunks", fail: "are degraded", failStill: "are still degraded" },
	say: ({ entity, reason, metrics }) => {
		const { score, optionsUp = 0, optionsTotal = 0, registersUp = 0, registersTotal = 0, mismatchesDelta: mismatches = 0 } = metrics;
		const extent: Readonly<Record<string, string>> = {
			"options-partly-failing": `${optionsUp} of ${optionsTotal} proxies answer OPTIONS`,
			"registration-partly-failing": `${registersUp} of ${registersTotal} registrations hold`,
			"qos-mismatches": `${mismatches} new QoS mismatches in a minute`,
		};
		const scored = score === undefined ? "" : `health score ${score.toFixed(2)}, `;
		return `SIP trunk ${entity.name} is degraded: ${scored}${extent[reason] ?? reason}`;
	},
	measures: ({ score, optionsUp, optionsTotal, registersUp, registersTotal, mismatchesDelta: mismatches, calls }, { scoreBelow }) => [
		...(score === undefined
			? []
			: [`health score ${score.toFixed(2)} of 1.00${scoreBelow === undefined ? "" : ` (a breach below ${scoreBelow})`}`]),
		...partOf(optionsUp, optionsTotal, "proxies answer OPTIONS"),
		...partOf(registersUp, registersTotal, "registrations hold"),
		...countOf(mismatches, "new QoS mismatches in a minute", "new QoS mismatch in a minute"),
		...countOf(calls, "calls under way", "call under way"),
	],
});

type Judgement = Pick<Judged, "verdict" | "metrics"> & { readonly reason: DegradedReason };

function judge(group: readonly TrunkInstance[], scoreBelow: number, delta: number | undefined): Judgement | undefined {
	const { wanted, judged } = carried(group);
	if (wanted.length === 0) return { verdict: "clear", reason: "disabled", metrics: {} };
	const up = judged.filter((instance) => judgeInstance(instance) === "connected");
	if (up.length === 0) return undefined;
	const facts = factsOf(up, delta);
	if (facts.optionsTotal === 0 && facts.registersTotal === 0 && delta === undefined)
		return { verdict: "no-data", reason: "nothing-measured", metrics: {} };
	const { score, parts, weakest } = healthScore(facts);
	const metrics = { score, optionsShare: parts.options, registersShare: parts.registers, qosPart: parts.qos, ...measured(facts) };
	return score < scoreBelow ? { verdict: "breach", reason: weakness[weakest], metrics } : { verdict: "clear", reason: "healthy", metrics };
}

function factsOf(up: readonly TrunkInstance[], mismatches: number | undefined): HealthFacts {
	const options = up.flatMap((instance) => instance.options ?? []);
	const registers = up.flatMap((instance) => instance.registers ?? []);
	return {
		optionsUp: options.filter(Boolean).length,
		optionsTotal: options.length,
		registersUp: registers.filter(Boolean).length,
		registersTotal: registers.length,
		mismatchesDelta: mismatches,
		calls: up.reduce((sum, { calls = 0 }) => sum + calls, 0),
	};
}

function measured({ mismatchesDelta: delta, ...facts }: HealthFacts): Readonly<Record<string, number>> {
	return { ...facts, ...(delta === undefined ? {} : { mismatchesDelta: delta }) };
}
