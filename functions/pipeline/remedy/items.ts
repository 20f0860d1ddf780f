import { type Remedy, remedyId } from "../../../remedies/kinds.ts";
import { changeIncident, decideIncident, readIncident } from "../ledger/incidents.ts";
import { change } from "../ledger/store.ts";
import { claimFlight, endFlight, type Flight, type FlightReason } from "../limits/flight.ts";
import type { Incident } from "../model/incident.ts";
import { flightKey } from "../model/keys.ts";
import type { Ports, RemedyRequest } from "../ports.ts";
import { alive, whyOwner } from "../respond/rules.ts";
import type { Remediation } from "../settings.ts";
import { advanceRemedy, lostAfterMilliseconds, type RemedyNews } from "./rules.ts";

type ItemPorts = Pick<Ports, "settings" | "clock" | "ledger">;

/** The occurrence that is meant, also where it moved aside for the next one. */
export const occurrenceOf = (
	ports: Pick<Ports, "ledger">,
	{ incidentKey, occurrence }: Pick<RemedyRequest, "incidentKey" | "occurrence">,
): Promise<Incident | undefined> => readIncident(ports, { key: incidentKey, occurrence });

/** The incident, where it is the asker's: the workflow must own it, the overseer and a person only name the right occurrence. */
export async function owned(ports: ItemPorts, request: RemedyRequest): Promise<Incident | undefined> {
	const incident = await occurrenceOf(ports, request);
	if (incident === undefined || request.by !== "workflow") return incident;
	const seen = await changeIncident(ports, incident, (item) =>
		isOwned(item, request) && item.launch !== undefined ? { ...item, launch: alive(item.launch, ports.clock.now()) } : undefined,
	);
	return seen !== undefined && isOwned(seen, request) ? seen : undefined;
}

/** A workflow whose incident recovered is still heard: it learns that its remedy helped. */
function isOwned(incident: Incident, request: RemedyRequest): boolean {
	const reason = whyOwner(incident, request);
	return reason === "owner" || reason === "not-open";
}

/** Writes one piece of news; undefined where somebody was faster. */
export async function recordRemedy(ports: ItemPorts, incident: Incident, news: RemedyNews): Promise<Incident | undefined> {
	return decideIncident<Incident | undefined>(ports, incident, (item) => {
		if (item === undefined) return { result: undefined };
		const { run, reason } = advanceRemedy(item.remedy, news, ports.clock.now());
		if (reason !== "advanced" || run === undefined) return { result: undefined };
		const write: Incident = { ...item, remedy: run };
		return { write, result: write };
	});
}

/** Takes the flight for longer than the remedy can need it: a lost one is free again by itself. */
export async function reserveFlight(ports: ItemPorts, { key, occurrence }: Incident, remediation: Remediation): Promise<FlightReason> {
	const { settings, clock, ledger } = ports;
	const { remedy, windowSeconds, cooldownSeconds } = remediation;
	const now = clock.now();
	const holder = { incidentKey: key, occurrence, until: now + windowSeconds * 1000 + 10 * lostAfterMilliseconds };
	return change<Flight, FlightReason>(ledger, flightKey(settings.environment, remedyId(remedy)), (flight) => {
		const taken = claimFlight(flight, holder, cooldownSeconds, now);
		return taken.reason === "granted" ? { write: taken.flight, result: taken.reason } : { result: taken.reason };
	});
}

/** Gives the flight back; `acted` says whether its cooldown counts. */
export async function returnFlight(
	ports: Pick<Ports, "settings" | "ledger">,
	{ key, occurrence }: Incident,
	remedy: Remedy,
	acted: boolean,
): Promise<void> {
	await change<Flight, undefined>(ports.ledger, flightKey(ports.settings.environment, remedyId(remedy)), (flight) => ({
		write: endFlight(flight, { incidentKey: key, occurrence }, acted),
		result: undefined,
	}));
}
