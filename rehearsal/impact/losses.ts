import { counted } from "../../architect/names.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { stepsOf } from "../report/ladder.ts";
import type { Shown } from "./compareStories.ts";
import type { PolicyChange } from "./policies.ts";
import type { Routing } from "./routing.ts";
import { named, own, type Said, say } from "./said.ts";

/** Somebody or something that was covered, and is no more. */
export interface Loss {
	/** By which it is accepted: `dev:tier:telephony/secondary`. */
	readonly id: string;
	readonly reason: Said;
}

interface Compared {
	readonly stack: string;
	readonly from: RuntimeSettings;
	readonly to: RuntimeSettings;
	readonly policies: readonly PolicyChange[];
	/** The conditions that are looked for no longer. */
	readonly unwatched: readonly string[];
	readonly routing: Routing;
	readonly shown: readonly Shown[];
}

/** Every loss of cover, in a fixed order: what the settings take away, then what the rehearsals show. */
export const lossesOf = (compared: Compared): readonly Loss[] => [
	...lostConditions(compared),
	...lostPolicies(compared),
	...compared.policies.flatMap((change) => lostBy(change, compared)),
	...unpaged(compared),
];

const lostConditions = ({ stack, unwatched }: Compared): readonly Loss[] =>
	unwatched.map((condition) => ({ id: `${stack}:condition:${condition}`, reason: say`nobody looks for ${condition} any more` }));

/** A policy to which nothing is routed any more, and with it whom no other one pages. */
function lostPolicies({ stack, from, to, routing: { reached } }: Compared): readonly Loss[] {
	const pagedBy = (settings: RuntimeSettings, policies: Iterable<string>): readonly string[] =>
		[...policies].flatMap((name) => {
			const policy = settings.policies[name];
			return policy === undefined ? [] : stepsOf(policy).flatMap(({ channels }) => channels);
		});
	const still = new Set(pagedBy(to, reached.to));
	return [...reached.from]
		.filter((policy) => !reached.to.has(policy))
		.toSorted()
		.flatMap((policy): readonly Loss[] => {
			const lost = [...new Set(pagedBy(from, [policy]))].filter((target) => !still.has(target));
			if (lost.length === 0) return [];
			const reason = say`no route leads to policy ${policy} any more: nothing pages ${named(lost)} any more`;
			return [{ id: `${stack}:policy:${policy}`, reason }];
		});
}

/** Of a policy that is routed to on both sides: a whole level, or one way to reach it. */
function lostBy(change: PolicyChange, { stack, routing: { reached } }: Compared): readonly Loss[] {
	if (!reached.from.has(change.policy) || !reached.to.has(change.policy)) return [];
	if (change.what === "tier-removed") {
		const { policy, tier, targets } = change;
		return [{ id: `${stack}:tier:${policy}/${tier}`, reason: say`policy ${policy} no longer escalates to ${tier} (${named(targets)})` }];
	}
	if (change.what === "channel-removed") {
		const { policy, tier, channel, target } = change;
		return [
			{
				id: `${stack}:channel:${policy}/${tier}/${channel}`,
				reason: say`policy ${policy} no longer reaches ${tier} by ${target}, and by nothing instead`,
			},
		];
	}
	return [];
}

/** One for each condition: incidents of rehearsals that somebody was paged for. */
function unpaged({ stack, shown }: Compared): readonly Loss[] {
	const lost = shown.flatMap((each) => (each.kind === "nobody-paged" ? [each] : []));
	const byCondition = [...Map.groupBy(lost, ({ condition }) => condition)].toSorted(([one], [other]) => (one < other ? -1 : 1));
	return byCondition.map(([condition, each]) => {
		const [first] = each;
		const such = say`such as ${first?.entity ?? ""} in ${first?.scenario ?? ""}: ${first?.because ?? ""}`;
		const reason = say`nobody is paged any more for ${own(counted(each.length, "incident"))} of ${condition}, ${such}`;
		return { id: `${stack}:unpaged:${condition}`, reason };
	});
}
