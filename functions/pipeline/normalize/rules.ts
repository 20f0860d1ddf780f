import { watchedRunbook } from "../../../conditions/runbooks.ts";
import { frequency } from "../confirm/intermittent.ts";
import type { Observation } from "../detect/observation.ts";
import { boundedMetrics } from "../model/bounds.ts";
import type { Instant, Reading, Severity } from "../model/incident.ts";

/** Turns what a detector saw of an entity into the one document that every later stage reads, what was read attached. */
export function normalize(observation: Observation, severity: Severity, observedAt: Instant): Reading {
	return {
		schema: "genesyscloud-runbooks/reading/1",
		condition: observation.condition,
		entity: { id: observation.id, name: observation.name.toWellFormed() },
		severity,
		verdict: observation.verdict,
		reason: observation.reason,
		...(observation.place === undefined ? {} : { place: observation.place.toWellFormed() }),
		...(observation.location === undefined ? {} : { location: observation.location }),
		observedAt,
		metrics: boundedMetrics(observation.metrics),
		source: "poller",
		raw: observation.raw,
	};
}

/** One line for a person who has just been woken: what, where, how much of it. */
export function summarize(reading: Reading): string {
	const line = watchedRunbook(reading.condition)?.say(reading) ?? `${reading.entity.name}: ${reading.reason}`;
	const said = `${line}${frequency(reading.metrics)}`;
	// Another system's alert has no metrics of ours: its own words say what is known.
	return reading.confirmed !== true || said.includes(reading.reason) ? said : `${said}: ${reading.reason}`;
}
