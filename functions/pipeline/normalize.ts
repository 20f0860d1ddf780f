import type { TrunkObservation, TrunkReason } from "./detect.ts";
import type { Instant, Reading, Severity } from "./incident.ts";

/** Turns what the detector saw of a trunk into the one document that every later stage reads, the raw instances attached. */
export function normalizeTrunk(observation: TrunkObservation, severity: Severity, observedAt: Instant): Reading {
	return {
		schema: "genesyscloud-runbooks/reading/1",
		condition: "trunk-down",
		entity: { id: observation.id, name: observation.name },
		severity,
		verdict: observation.verdict,
		reason: observation.reason,
		observedAt,
		metrics: observation.metrics,
		source: "poller",
		raw: observation.instances,
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

/** One line for a person who has just been woken: what, where, how much of it. */
export function summarize(reading: Reading): string {
	if (reading.condition !== "trunk-down") return `${reading.entity.name}: ${reading.reason}`;
	const known = Object.entries(saying).find(([reason]) => reason === reading.reason);
	const { instances = 0, instancesUp = 0 } = reading.metrics;
	const extent = instances > 0 ? ` (up on ${instancesUp} of ${instances} edges)` : "";
	return `SIP trunk ${reading.entity.name} ${known?.[1] ?? `is down: ${reading.reason}`}${extent}`;
}
