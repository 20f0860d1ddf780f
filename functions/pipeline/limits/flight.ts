import type { Instant } from "../model/incident.ts";

/** Who has a remedy in effect, or is about to. */
export interface FlightHolder {
	readonly incidentKey: string;
	readonly occurrence: number;
	/** It is free again from here on, whatever became of its holder. */
	readonly until: Instant;
}

/** The single flight and the cooldown of one remedy, all incidents together. */
export interface Flight {
	readonly holder?: FlightHolder;
	/** When it was last begun: the cooldown counts from here. */
	readonly begunAt?: Instant;
	/** The same of the flight before, for a beginning that came to nothing. */
	readonly begunBefore?: Instant;
}

export type FlightReason = "granted" | "already-held" | "in-flight" | "cooldown";

const isHolder = (holder: FlightHolder, who: Omit<FlightHolder, "until">): boolean =>
	holder.incidentKey === who.incidentKey && holder.occurrence === who.occurrence;

/** Whether a remedy may be begun for an incident now: never twice at once, and not within `cooldownSeconds` of the last beginning. */
export function whyFlight(
	flight: Flight | undefined,
	who: Omit<FlightHolder, "until">,
	cooldownSeconds: number,
	now: Instant,
): FlightReason {
	const { holder, begunAt } = flight ?? {};
	if (holder !== undefined && holder.until > now) return isHolder(holder, who) ? "already-held" : "in-flight";
	return begunAt !== undefined && now < begunAt + cooldownSeconds * 1000 ? "cooldown" : "granted";
}

/** Takes the flight where it may be taken; otherwise it stays as it is. */
export function claimFlight(
	flight: Flight | undefined,
	wanted: FlightHolder,
	cooldownSeconds: number,
	now: Instant,
): { readonly flight: Flight; readonly reason: FlightReason } {
	const reason = whyFlight(flight, wanted, cooldownSeconds, now);
	if (reason !== "granted") return { flight: flight ?? {}, reason };
	const before = flight?.begunAt === undefined ? {} : { begunBefore: flight.begunAt };
	return { flight: { holder: wanted, begunAt: now, ...before }, reason };
}

/** Gives the flight back; `acted` says whether its cooldown counts. A flight of somebody else stays theirs. */
export function endFlight(flight: Flight | undefined, who: Omit<FlightHolder, "until">, acted: boolean): Flight | undefined {
	const { holder, begunAt, begunBefore } = flight ?? {};
	if (holder === undefined || !isHolder(holder, who)) return undefined;
	const counts = acted ? begunAt : begunBefore;
	return counts === undefined ? {} : { begunAt: counts };
}
