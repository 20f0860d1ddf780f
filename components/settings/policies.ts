import * as z from "zod";
import type { Channel, EscalationPolicy, Tier } from "../../functions/pipeline/settings.ts";
import { section, text } from "../../functions/schemas/builders.ts";
import { policyFields } from "../../functions/schemas/policy.ts";
import { givenName } from "../../vendors/patterns.ts";
import { besideKind, type Mirror } from "./mirror.ts";
import { type ConfiguredChannel, channelSchema } from "./vendors.ts";

const tiersError = "1 to 9 tiers, each a name and its channels";
const channelsError = "1 to 5 channels, the next one the fallback of the one before";

const tierSchema = section({
	name: text(givenName.pattern, givenName.expected).describe("Unique among the tiers."),
	channels: z
		.array(channelSchema, { error: channelsError })
		.min(1, { error: channelsError })
		.max(5, { error: channelsError })
		.describe("In order of preference: the next one is used where the one before cannot be proven."),
});

export const policySchema = section({
	...policyFields,
	tiers: z
		.array(tierSchema, { error: tiersError })
		.min(1, { error: tiersError })
		.max(9, { error: tiersError })
		.describe("Whom to page, in order: the next one where nobody of the one before acknowledges."),
});

/** Each policy is a workflow, and the functions find all of them in one variable. */
const mostPolicies = 20;
const policiesError = `a section of 1 to ${mostPolicies} policies, each a name and what it holds`;

export const policiesSchema = z
	.record(text(givenName.pattern, givenName.expected), policySchema, { error: policiesError })
	.refine((policies) => Object.keys(policies).length >= 1 && Object.keys(policies).length <= mostPolicies, { error: policiesError })
	.describe("Who is paged, when and how, by name; each is a workflow of its own. The routes say which is for what.");

/** A policy as it travels to the functions: a channel without a name has that of its kind. */
export function resolvedPolicies(policies: z.infer<typeof policiesSchema>, mirror?: Mirror): Readonly<Record<string, EscalationPolicy>> {
	const beside = mirror === undefined ? undefined : besideKind(mirror);
	return Object.fromEntries(
		Object.entries(policies).map(([name, policy]) => {
			return [name, { ...policy, tiers: policy.tiers.map(({ name: tier, channels }) => ({ name: tier, ...byRole(channels, beside) })) }];
		}),
	);
}

/** Those that page, in their order, and those that inform: of a mirror the kind that does not count. */
function byRole(channels: readonly ConfiguredChannel[], besides: string | undefined): Omit<Tier, "name"> {
	const named = channels.map(({ informs = false, pages: _pages, ...channel }) => ({
		informs: informs || channel.kind === besides,
		channel: { ...channel, name: channel.name ?? channel.kind },
	}));
	const ofRole = (role: boolean): readonly Channel[] => named.flatMap(({ informs, channel }) => (informs === role ? [channel] : []));
	const beside = ofRole(true);
	return { channels: ofRole(false), ...(beside.length === 0 ? {} : { informs: beside }) };
}
