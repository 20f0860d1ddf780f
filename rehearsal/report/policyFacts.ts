import * as z from "zod";
import type { Channel, EscalationPolicy } from "../../functions/pipeline/settings.ts";
import { channelText } from "./ladder.ts";

const channel = z.strictObject({
	name: z.string().describe("As events name it."),
	reaches: z.string().describe("Its kind, and whom it reaches."),
});

const toldPolicy = z.strictObject({
	proofSeconds: z.number().describe("How long after acceptance a page may stay unproven before the next channel is used."),
	acknowledgeSeconds: z.number().describe("How long after a tier counts as told the next tier is paged."),
	staleSeconds: z.number().describe("An incident this old and unacknowledged is escalated whatever happens."),
	repeatSeconds: z.number().describe("How long after the last tier nobody answered everybody is asked anew."),
	repeatsADay: z.number(),
	tiers: z.array(
		z.strictObject({
			name: z.string(),
			channels: z.array(channel).describe("In order of preference."),
			informs: z.array(channel).optional().describe("Told beside the pages, never waited for."),
		}),
	),
});

export const toldPolicies = z.record(z.string(), toldPolicy);
/** What a report tells of the policies. */
export type ToldPolicies = z.output<typeof toldPolicies>;
export type ToldPolicy = ToldPolicies[string];

/** What a report tells of a stack's policies. */
export const toldOf = (policies: Readonly<Record<string, EscalationPolicy>>): ToldPolicies =>
	Object.fromEntries(Object.entries(policies).map(([name, policy]) => [name, toldPolicyOf(policy)]));

const toldPolicyOf = ({
	proofSeconds,
	acknowledgeSeconds,
	staleSeconds,
	repeatSeconds,
	repeatsADay,
	tiers,
}: EscalationPolicy): ToldPolicy => ({
	proofSeconds,
	acknowledgeSeconds,
	staleSeconds,
	repeatSeconds,
	repeatsADay,
	tiers: tiers.map(({ name, channels, informs = [] }) => ({
		name,
		channels: channels.map(toldChannel),
		...(informs.length === 0 ? {} : { informs: informs.map(toldChannel) }),
	})),
});

const toldChannel = (each: Channel): z.output<typeof channel> => ({ name: each.name, reaches: channelText(each) });
