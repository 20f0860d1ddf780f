import fc from "fast-check";
import type { Severity } from "../../functions/pipeline/model/incident.ts";
import type { FailureReason } from "../../functions/pipeline/ports.ts";
import type { Channel, EscalationPolicy, Tier } from "../../functions/pipeline/settings.ts";

/** What becomes of the pages to one channel of one tier. Seconds, whole. */
export interface Fate {
	/** The first attempts that the vendor refuses, or the second since the opening until which it refuses them all. */
	readonly refuses: { readonly attempts: number } | { readonly until: number };
	readonly failure: FailureReason;
	/** From the acceptance until the page can be read back; undefined: the vendor loses it. */
	readonly readableAfter?: number;
	/** What an SMS says of itself until then. */
	readonly smsBefore: "pending" | "failed";
	/** From the moment when it is readable until its person acknowledges; undefined: never. PagerDuty only. */
	readonly acknowledgedAfter?: number;
}

/** One policy and one course of the world, to be gone through by either executor. */
export interface Case {
	readonly policy: EscalationPolicy;
	/** By place. */
	readonly fates: Readonly<Record<string, Fate>>;
	readonly severity: Severity;
	/** The overseer ticks at this second after the opening, and every 60 s from there. */
	readonly phase: number;
	/** When the failure is over, in seconds after the opening. */
	readonly recoversAt?: number;
	/** From when on its entity is clear, and flap damping holds the incident open to the end. */
	readonly heldAt?: number;
}

/** More attempts than anybody makes: the vendor refuses for good. */
export const always = 1_000_000;

/** How a place is called in stories: `2/sms1` is the channel `sms1` of tier 2. */
export const placeOf = (tier: number, channel: string): string => `${tier}/${channel}`;

export const within = (min: number, max: number) => fc.integer({ min, max });

export const channels = fc.array(fc.constantFrom("pagerduty", "sms"), { minLength: 1, maxLength: 3 });

/** A service and a number of its own for each place: who is paged tells the place. */
export function tierOf(kinds: readonly string[], index: number): Tier {
	const tier = index + 1;
	return {
		name: `tier-${tier}`,
		channels: kinds.map((kind, at): Channel => {
			const name = `${kind}${at + 1}`;
			return kind === "sms"
				? { kind: "sms", name, to: `+1555555${tier}${at + 1}00` }
				: { kind: "pagerduty", name, service: `team-${tier}-${at + 1}`, serviceId: `PTEAM${tier}${at + 1}` };
		}),
	};
}

const acknowledgeSeconds = fc.oneof(
	within(1, 10).map((minutes) => minutes * 60),
	within(60, 600),
);
const staleSeconds = fc.oneof({ weight: 9, arbitrary: fc.constant(100_000) }, { weight: 1, arbitrary: within(700, 2400) });

export const policies: fc.Arbitrary<EscalationPolicy> = fc
	.record({
		waits: fc.uniqueArray(within(10, 120), { maxLength: 2 }),
		proofSeconds: within(30, 120),
		readBackSeconds: within(5, 30),
		acknowledgeSeconds,
		staleSeconds,
		tiers: fc.array(channels, { minLength: 1, maxLength: 3 }),
	})
	.map(({ waits, tiers, ...spans }) => ({
		...spans,
		// Later rounds are the overseer's alone: there is nothing to compare.
		repeatSeconds: 86_400,
		repeatsADay: 0,
		acknowledgedForSeconds: 604_800,
		reopenSeconds: 604_800,
		acknowledgeLinks: true,
		attemptsPerChannel: waits.length + 1,
		waitsSeconds: waits.toSorted((one, other) => one - other),
		tiers: tiers.map(tierOf),
	}));

function fateOf(policy: EscalationPolicy, channel: Channel): fc.Arbitrary<Fate> {
	const { attemptsPerChannel, proofSeconds } = policy;
	const refuses = fc.oneof(
		{ weight: 20, arbitrary: within(0, attemptsPerChannel - 1).map((attempts) => ({ attempts })) },
		{ weight: 10, arbitrary: fc.constant({ attempts: always }) },
		{ weight: 1, arbitrary: within(1, 600).map((until) => ({ until })) },
	);
	const readable = fc.oneof(
		{ weight: 12, arbitrary: within(0, proofSeconds) },
		{ weight: 10, arbitrary: fc.constant(undefined) },
		{ weight: 1, arbitrary: within(proofSeconds + 1, proofSeconds * 4) },
	);
	const acknowledged = fc.oneof(
		{ weight: 6, arbitrary: fc.constant(undefined) },
		{ weight: 3, arbitrary: within(1, 60) },
		{ weight: 1, arbitrary: within(61, 900) },
	);
	return fc
		.record({
			refuses,
			failure: fc.constantFrom<FailureReason>("unavailable", "rejected", "unauthorized", "timeout", "unreachable"),
			readable,
			smsBefore: fc.constantFrom("pending" as const, "failed" as const),
			acknowledged: channel.kind === "pagerduty" ? acknowledged : fc.constant(undefined),
		})
		.map(({ readable: readableAfter, acknowledged: acknowledgedAfter, ...fate }) => ({
			...fate,
			...(readableAfter === undefined ? {} : { readableAfter }),
			...(acknowledgedAfter === undefined ? {} : { acknowledgedAfter }),
		}));
}

function caseOf(policy: EscalationPolicy): fc.Arbitrary<Case> {
	const fates = policy.tiers.flatMap((tier, index) =>
		tier.channels.map((channel) => [placeOf(index + 1, channel.name), fateOf(policy, channel)] as const),
	);
	return fc
		.record({
			fates: fc.record(Object.fromEntries(fates)),
			severity: fc.constantFrom<Severity>("critical", "high"),
			phase: within(0, 59),
			recovers: fc.oneof({ weight: 7, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: within(1, 1500) }),
		})
		.map(({ recovers, ...rest }) => ({ policy, ...rest, ...(recovers === undefined ? {} : { recoversAt: recovers }) }));
}

/** Policies with a course of the world for each: refused, lost, late, answered and recovered in every mixture. */
export const cases: fc.Arbitrary<Case> = policies.chain(caseOf);
