import fc from "fast-check";
import type { Severity } from "../../functions/pipeline/model/incident.ts";
import type { EscalationPolicy } from "../../functions/pipeline/settings.ts";
import { always, type Case, channels, type Fate, placeOf, tierOf, within } from "./generators.ts";
import type { Trouble } from "./troubles.ts";

/** One policy in one world, and the troubles that either executor meets in it, each at calls of its own. */
export interface TroubledCase extends Case {
	readonly troubles: { readonly workflow: readonly Trouble[]; readonly overseer: readonly Trouble[] };
}

/** Every place has an attempt left when each trouble has cost one. */
export const mostTroubles = 3;
const attemptsPerChannel = mostTroubles + 1;

/** Waits that a call which hangs, or a run of the overseer that dies, does not use up. */
const policies: fc.Arbitrary<EscalationPolicy> = fc
	.record({
		proofSeconds: within(300, 420),
		readBackSeconds: within(5, 30),
		acknowledgeSeconds: within(500, 900),
		tiers: fc.array(channels, { minLength: 1, maxLength: 3 }),
	})
	.map(({ tiers, ...spans }) => ({
		...spans,
		staleSeconds: 100_000,
		repeatSeconds: 86_400,
		repeatsADay: 0,
		acknowledgedForSeconds: 604_800,
		reopenSeconds: 604_800,
		acknowledgeLinks: false,
		attemptsPerChannel,
		waitsSeconds: [30, 60, 90],
		tiers: tiers.map(tierOf),
	}));

/** A place works, or its vendor refuses everything, or loses it; somebody answers soon, or nobody does. */
const fates = (kind: string): fc.Arbitrary<Fate> =>
	fc
		.record({
			refuses: fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(always) }),
			failure: fc.constantFrom("unavailable" as const, "rejected" as const),
			readable: fc.oneof({ weight: 4, arbitrary: within(0, 20) }, { weight: 1, arbitrary: fc.constant(undefined) }),
			smsBefore: fc.constantFrom("pending" as const, "failed" as const),
			acknowledged: kind === "sms" ? fc.constant(undefined) : fc.option(within(1, 60), { nil: undefined }),
		})
		.map(({ refuses, failure, readable, smsBefore, acknowledged }) => ({
			refuses: { attempts: refuses },
			failure,
			smsBefore,
			...(readable === undefined ? {} : { readableAfter: readable }),
			...(acknowledged === undefined ? {} : { acknowledgedAfter: acknowledged }),
		}));

const troubles: fc.Arbitrary<readonly Trouble[]> = fc.uniqueArray(
	fc.record({ call: within(1, 30), kind: fc.constantFrom("hangs" as const, "drops-answer" as const, "kills" as const) }),
	{ maxLength: mostTroubles, selector: ({ call }) => call },
);

function caseOf(policy: EscalationPolicy): fc.Arbitrary<TroubledCase> {
	const places = policy.tiers.flatMap((tier, index) =>
		tier.channels.map(({ name, kind }) => [placeOf(index + 1, name), fates(kind)] as const),
	);
	return fc
		.record({
			fates: fc.record(Object.fromEntries(places)),
			severity: fc.constantFrom<Severity>("critical", "high"),
			phase: within(0, 59),
			troubles: fc.record({ workflow: troubles, overseer: troubles }),
		})
		.map((rest) => ({ policy, ...rest }));
}

export const troubledCases: fc.Arbitrary<TroubledCase> = policies.chain(caseOf);
