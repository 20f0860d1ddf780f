import type { TrunkInstance } from "../ports.ts";
import type { DegradedSettings } from "../settings.ts";
import { type Gauges, mismatchesDelta } from "./gauges.ts";
import { type HealthFacts, type HealthPart, healthScore } from "./healthScore.ts";
import type { Detector, Observation } from "./observation.ts";
import { bases, carried, judgeInstance } from "./trunks.ts";

/** Why a trunk got its verdict. */
export type DegradedReason =
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

/**
 * Scores each logical trunk over the instances that are up: how well it carries what it still carries. An edge that it lost is not part of
 * the score (edge-offline speaks of it), and a trunk of which nothing is up is not judged at all: trunk-down speaks of it.
 */
export function detectDegraded(
	instances: readonly TrunkInstance[],
	settings: Pick<DegradedSettings, "scoreBelow">,
	gauges: { readonly now: Gauges | undefined; readonly before: Gauges | undefined },
): readonly Observation[] {
	return bases(instances).flatMap(({ id, name, group }) => {
		const judgement = judge(group, settings, mismatchesDelta(gauges.before, gauges.now, id));
		return judgement === undefined ? [] : [{ condition: "trunk-degraded", id, name, ...judgement, raw: group } as const];
	});
}

type Judgement = Pick<Observation, "verdict" | "metrics"> & { readonly reason: DegradedReason };

function judge(
	group: readonly TrunkInstance[],
	{ scoreBelow }: Pick<DegradedSettings, "scoreBelow">,
	delta: number | undefined,
): Judgement | undefined {
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

export const degradedDetector: Detector = {
	needs: ["trunks"],
	observe: ({ trunks = [], gauges, gaugesBefore }, runbooks) => {
		const settings = runbooks["trunk-degraded"];
		return settings === undefined ? [] : detectDegraded(trunks, settings, { now: gauges, before: gaugesBefore });
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
};
