import type { Instant } from "./incident.ts";
import type { EscalationPolicy } from "./settings.ts";

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
export function takeLease(
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

/** Gives a lease back; a lease that is not held is no error, since two may give it back. */
export function releaseLease(leases: Leases | undefined, launchId: string): { readonly leases: Leases; readonly released: boolean } {
	const held = leases?.held ?? [];
	const kept = held.filter((lease) => lease.launchId !== launchId);
	return { leases: { held: kept }, released: kept.length < held.length };
}

export const leasesInUse = (leases: Leases | undefined, now: Instant): number =>
	(leases?.held ?? []).filter((lease) => lease.until > now).length;

/** One data action call of the workflow, at its longest. */
const callSeconds = 60;

/** An upper bound of the response workflow's run, so that a lost lease comes back by itself and never while its workflow runs. */
export function longestResponseSeconds(policy: EscalationPolicy): number {
	const waits = policy.waitsSeconds.reduce((sum, wait) => sum + wait, 0);
	const reads = Math.ceil(policy.proofSeconds / policy.readBackSeconds);
	const channel = policy.attemptsPerChannel * 3 * callSeconds + waits + policy.proofSeconds + reads * callSeconds + 2 * callSeconds;
	const polls = Math.ceil(policy.acknowledgeSeconds / 60);
	const tier = (channels: number): number => channels * channel + policy.acknowledgeSeconds + polls * callSeconds + 2 * callSeconds;
	return policy.tiers.reduce((sum, { channels }) => sum + tier(channels.length), 10 * callSeconds);
}
