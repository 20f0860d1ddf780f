import { type Condition, type Incident, type Page, watchedConditions } from "../model/incident.ts";
import type { Channel, EscalationPolicy, RuntimeSettings } from "../settings.ts";

/** What decides who is paged. */
export type RoutingSettings = Pick<RuntimeSettings, "policies" | "hours" | "routes" | "drills">;
type PolicySettings = Pick<RuntimeSettings, "policies" | "routes">;
type Named = Pick<Incident, "policy">;

/** The name of an incident's policy: the default's where it has none, or one that a later deployment took away. */
export function policyNameOf({ policies, routes }: PolicySettings, { policy }: Named): string {
	return policy !== undefined && Object.hasOwn(policies, policy) ? policy : (routes.at(-1)?.policy ?? "");
}

/** The policy that an incident is paged by; every step of its occurrence asks this. Throws RangeError where the settings have none at all. */
export function policyOf(settings: PolicySettings, named: Named): EscalationPolicy {
	const name = policyNameOf(settings, named);
	const policy = settings.policies[name];
	if (policy === undefined) throw new RangeError(`Expected a policy "${name}" for the default route, got none`);
	return policy;
}

/** The policy that a page was sent by. */
export const policyOfPage = (settings: PolicySettings, incident: Named, page: Pick<Page, "policy">): EscalationPolicy =>
	policyOf(settings, page.policy === undefined ? incident : { policy: page.policy });

/** Where a page went; undefined for a channel that the settings no longer have. */
export const channelOf = (
	settings: PolicySettings,
	incident: Named,
	page: Pick<Page, "policy" | "tier" | "channel">,
): Channel | undefined => policyOfPage(settings, incident, page).tiers[page.tier - 1]?.channels.find(({ name }) => name === page.channel);

/** The policies of what a workflow may be launched for: what only the overseer can know is never dispatched. */
export const launchedPolicies = ({ policies, routes }: PolicySettings): readonly EscalationPolicy[] => {
	const names = launchedNames({ routes });
	return Object.entries(policies).flatMap(([name, policy]) => (names.includes(name) ? [policy] : []));
};

const launchedNames = ({ routes }: Pick<PolicySettings, "routes">): readonly string[] =>
	routes.filter(({ match }) => (match?.condition ?? watchedConditions).some(isWatched)).map(({ policy }) => policy);

/**
 * Whether the overseer alone carries out the policy of an incident: what only it can know, and a drill of a policy that no workflow is launched for.
 */
export const isOverseersAlone = (settings: PolicySettings, incident: Pick<Incident, "reading" | "policy">): boolean => {
	const { source } = incident.reading;
	return source === "overseer" || (source === "drill" && !launchedNames(settings).includes(policyNameOf(settings, incident)));
};

const isWatched = (condition: Condition): boolean => watchedConditions.some((each) => each === condition);

export const everyPolicy = ({ policies }: Pick<RuntimeSettings, "policies">): readonly EscalationPolicy[] => Object.values(policies);

/** Every channel of every policy, in the order of the settings; those that inform behind those that page. */
export const everyChannel = (settings: Pick<RuntimeSettings, "policies">): readonly Channel[] =>
	everyPolicy(settings).flatMap(({ tiers }) => tiers.flatMap(({ channels, informs = [] }) => [...channels, ...informs]));

/** The channels that page. */
export const pagingChannels = (settings: Pick<RuntimeSettings, "policies">): readonly Channel[] =>
	everyPolicy(settings).flatMap(({ tiers }) => tiers.flatMap(({ channels }) => channels));
