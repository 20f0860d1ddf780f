import { longestSilenceSeconds } from "../escalate/rules.ts";
import type { Instant } from "../model/incident.ts";
import type { EscalationPolicy } from "../settings.ts";

/** One running workflow. */
export interface Lease {
	readonly launchId: string;
	readonly incidentKey: string;
	/** It is free again from here on, whatever became of the workflow. */
	readonly until: Instant;
}

export interface Leases {
	readonly held: readonly Lease[];
}

export type LeaseReason = "granted" | "already-held" | "none-free";

/** Takes a lease for a launch where one is free; expired ones are free. At most `maximum` are ever held at one instant. */
export function acquireLease(
	leases: Leases | undefined,
	wanted: Lease,
	maximum: number,
	now: Instant,
): { readonly leases: Leases; readonly reason: LeaseReason } {
	const held = (leases?.held ?? []).filter((lease) => lease.until > now);
	if (held.some((lease) => lease.launchId === wanted.launchId)) return { leases: { held }, reason: "already-held" };
	if (held.length >= maximum) return { leases: { held }, reason: "none-free" };
	return { leases: { held: [...held, wanted] }, reason: "granted" };
}

/** Holds a lease for longer. A workflow that speaks and whose lease had ended takes one again where one is free: it is running, so it counts. */
export function renewLease(leases: Leases | undefined, wanted: Lease, maximum: number, now: Instant): Leases {
	const held = (leases?.held ?? []).filter((lease) => lease.until > now && lease.launchId !== wanted.launchId);
	return { held: held.length >= maximum ? held : [...held, wanted] };
}

/** Gives a lease back; a lease that is not held is no error, since two may give it back. */
export function releaseLease(leases: Leases | undefined, launchId: string): { readonly leases: Leases; readonly released: boolean } {
	const held = leases?.held ?? [];
	const kept = held.filter((lease) => lease.launchId !== launchId);
	return { leases: { held: kept }, released: kept.length < held.length };
}

export const leasesInUse = (leases: Leases | undefined, now: Instant): number =>
	(leases?.held ?? []).filter((lease) => lease.until > now).length;

/** A lease that its holder lost is free within ten minutes. */
const shortestLeaseSeconds = 600;

/**
 * How long a lease is held without a word of its workflow, which renews it while it runs: ten minutes, or the longest silence that the policy's own
 * waits make, where that is longer.
 */
export const leaseSeconds = (policy: EscalationPolicy): number => Math.max(shortestLeaseSeconds, longestSilenceSeconds(policy));
