import * as z from "zod";
import type { EscalationPolicy } from "../../functions/pipeline/settings.ts";
import { givenName } from "../../vendors/patterns.ts";
import { section, text, whole } from "./builders.ts";
import { channelSchema } from "./vendors.ts";

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

const waitsError = "a list of waits in seconds";

export const policySchema = section({
	attemptsPerChannel: whole(1, 3, "attempts").default(3).describe("Per executor, channel and tier."),
	waitsSeconds: z
		.array(whole(1, 900, "seconds"), { error: waitsError })
		.default([30, 60])
		.describe("Between attempts, growing; one fewer than the attempts."),
	proofSeconds: whole(5, 900, "seconds")
		.default(60)
		.describe("How long an accepted page may stay unproven before the next channel is used."),
	readBackSeconds: whole(1, 300, "seconds").default(10).describe("Between two reads while a page is unproven."),
	acknowledgeSeconds: whole(60, 86_400, "seconds").default(300).describe("From a tier's first proven page to the next tier."),
	staleSeconds: whole(120, 172_800, "seconds")
		.default(900)
		.describe("An incident this old and unacknowledged is escalated whatever the workflow is doing."),
	repeatSeconds: whole(300, 86_400, "seconds")
		.default(3600)
		.describe("How long after the last tier nobody answered everybody is asked anew."),
	repeatsADay: whole(0, 288, "rounds").default(24).describe("How often in a day; 0 asks once only."),
	acknowledgedForSeconds: whole(600, 604_800, "seconds")
		.default(14_400)
		.describe("How long an acknowledgement holds while the failure goes on; whoever gave it is then asked first."),
	acknowledgeLinks: z
		.boolean({ error: "true or false" })
		.default(true)
		.describe("Whether a text ends in a link by which its incident is acknowledged: an SMS takes no other answer."),
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
export function resolvedPolicies(policies: z.infer<typeof policiesSchema>): Readonly<Record<string, EscalationPolicy>> {
	return Object.fromEntries(
		Object.entries(policies).map(([name, policy]) => {
			const tiers = policy.tiers.map((tier) => ({
				name: tier.name,
				channels: tier.channels.map((channel) => ({ ...channel, name: channel.name ?? channel.kind })),
			}));
			return [name, { ...policy, tiers }];
		}),
	);
}
