import { enqueue } from "../dispatch/enqueue.ts";
import { type GroupPorts, groupReleased } from "../group/flow.ts";
import { changeIncident, decideIncident } from "../ledger/incidents.ts";
import { freeLease } from "../ledger/leases.ts";
import type { Incident } from "../model/incident.ts";
import { about, troubleOf } from "../page/flow.ts";
import { EdgeError } from "../ports.ts";
import { logRouted } from "../route/flow.ts";
import { isOverseersAlone } from "../route/policy.ts";
import { routeIncident } from "../route/rules.ts";
import { logSilenced } from "./flow.ts";
import { afterSilence, nextSilenceStep, type SilenceStep, type Silences, silencedBy, withLateSilence } from "./rules.ts";

/** Whether nobody may be told of an incident now. */
export const isSilent = ({ state, silenced }: Incident): boolean => state === "open" && silenced !== undefined;

interface Followed {
	readonly step: SilenceStep;
	readonly incident?: Incident;
}

/**
 * Follows the silences at one tick: what began, was changed or has ended since the incident was written. One that ends is queued for its response
 * as if it opened now, by the routes of this moment. Returns the incident as it then stands. Throws EdgeError.
 */
export async function followSilence(ports: GroupPorts, read: Incident, silences: Silences): Promise<Incident> {
	const { clock } = ports;
	if (nextSilenceStep(read, silences, clock.now()).do === "nothing") return read;
	const { step, incident } = await decideIncident<Followed>(ports, read, (item) => {
		if (item === undefined) return { result: { step: { do: "nothing", reason: "not-open" } } };
		const step = nextSilenceStep(item, silences, clock.now());
		const write = afterStep(ports, item, step);
		return { write, result: { step, incident: write ?? item } };
	});
	if (incident === undefined) return read;
	if (step.do === "begin" || step.do === "follow") logSilenced(ports, incident);
	if (step.do === "begin" && incident.launch !== undefined && (await freeLease(ports, incident.launch.id)))
		ports.journal.log({ what: "lease-released", ...about(incident), outcome: "by-overseer" });
	return step.do === "end" ? respondAnew(ports, read, incident, step.reason) : incident;
}

function afterStep({ settings, clock }: GroupPorts, incident: Incident, step: SilenceStep): Incident | undefined {
	const now = clock.now();
	switch (step.do) {
		case "nothing":
			return undefined;
		case "begin":
			return withLateSilence(incident, step.silence, now);
		case "follow":
			return silencedBy(incident, step.silence, now);
		case "end":
			return routeIncident(settings, afterSilence(incident, now), now);
	}
}

/** It fails still, and nobody was told: what was the end of a silence is the beginning of a response. */
async function respondAnew(ports: GroupPorts, read: Incident, incident: Incident, reason: string): Promise<Incident> {
	const { journal } = ports;
	const detail = `${read.silenced?.name ?? "a silence"}: ${incident.heldSince === undefined ? "it fails still, and its policy begins" : "it is well, and held open"}`;
	journal.log({ what: "silence-ended", ...about(incident), outcome: reason, detail });
	logRouted(ports, incident);
	// Whom the overseer cares for already is nobody's news.
	if (incident.takenOver !== undefined || isOverseersAlone(ports.settings, incident)) return incident;
	const grouped = await joinCrowd(ports, incident);
	if (grouped !== undefined) return grouped;
	try {
		await enqueue(ports, incident);
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
		const { outcome, detail: trouble } = troubleOf(error);
		// What was not queued is taken over once patience with its launch is at an end.
		journal.log({ what: "error", ...about(incident), outcome, detail: `it was not queued: ${trouble}` });
	}
	return incident;
}

/** A window over a whole site ends for all at once: more than a person can act on one by one are one page. */
async function joinCrowd(ports: GroupPorts, incident: Incident): Promise<Incident | undefined> {
	if (incident.members !== undefined) return undefined;
	const memberOf = await groupReleased(ports, incident);
	if (memberOf === undefined) return undefined;
	const member = await changeIncident(ports, incident, (item) => (item.state === "open" ? { ...item, memberOf } : undefined));
	if (member?.memberOf === undefined) return undefined;
	ports.journal.log({ what: "grouped", ...about(member), outcome: "member", detail: memberOf.key });
	return member;
}
