import { longestSilenceSeconds } from "../../functions/pipeline/escalate/rules.ts";
import { readEverySeconds } from "../../functions/pipeline/limits/pace.ts";
import { parseIncidentKey } from "../../functions/pipeline/model/keys.ts";
import { activeRemediation } from "../../functions/pipeline/remedy/rules.ts";
import { everyPolicy } from "../../functions/pipeline/route/policy.ts";
import type { EscalationPolicy } from "../../functions/pipeline/settings.ts";
import type { Facts, Story } from "./facts.ts";
import { policiesOfStory } from "./policies.ts";

/** One round of the poller or the overseer. */
export const tickSeconds = 60;
/** How long a round may take at most: the longest declared time of a function. */
export const roundSeconds = 60;

/** A story goes on for so long once everything is settled, or patience is over, so that what was sent arrives and leases come back. */
export const afterwardsSeconds = 300;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, each) => total + each, 0);

/** How long a channel may take from its first attempt to the next channel. */
export function channelSeconds(policy: EscalationPolicy): number {
	const { waitsSeconds, proofSeconds, attemptsPerChannel } = policy;
	return sum(waitsSeconds) + attemptsPerChannel * 10 + proofSeconds + readEverySeconds(policy);
}

/**
 * The policy's bound for the first proven page: the overseer's patience with a workflow that says nothing, then its own walk through the first
 * tier, and a few of its ticks. A remedy may hold the page for its window.
 */
export function pageBound(facts: Facts, story: Story): number {
	const { limits, runbooks } = facts.settings;
	const policies = policiesOfStory(facts, story);
	const condition = parseIncidentKey(story.incident)?.condition;
	const remedy = condition === undefined ? undefined : activeRemediation(runbooks[condition]);
	return (
		limits.takeOverSeconds +
		Math.max(...policies.map(walkSeconds)) +
		(remedy?.windowSeconds ?? 0) +
		4 * (tickSeconds + roundSeconds) +
		stormSeconds(facts, story)
	);
}

/** The longest silence of a workflow, and the walk through the first tier. */
const walkSeconds = (policy: EscalationPolicy): number =>
	longestSilenceSeconds(policy) + (policy.tiers[0]?.channels.length ?? 1) * channelSeconds(policy);

/** Incidents that stand beside one at its beginning. */
export function companions({ stories }: Facts, { openedAt }: Story): number {
	return stories.filter((other) => other.openedAt <= openedAt + tickSeconds && endOf(other) > openedAt).length;
}

/** When an occurrence was closed; never where it was not. */
export const endOf = ({ events }: Story): number => events.find(({ what }) => what === "incident-resolved")?.atSeconds ?? Infinity;

/** How many rounds of the policy there were by then: the pages of earlier ones are read beside the newest. */
export const roundsBy = ({ events }: Story, at: number): number =>
	1 + events.filter(({ what, atSeconds }) => what === "repeated" && atSeconds <= at).length;

/** The places of the policy that has the most. */
export const mostPlaces = ({ settings }: Pick<Facts, "settings">): number =>
	Math.max(...everyPolicy(settings).map(({ tiers }) => sum(tiers.map(({ channels }) => channels.length))));

/** What a storm costs: our own budget for a vendor serves so many requests a minute, and each incident wants some for each of its places and rounds. */
export function stormSeconds(facts: Facts, story: Story, rounds = 1): number {
	const { limits } = facts.settings;
	const places = mostPlaces(facts);
	const requests = companions(facts, story) * places * 4 * rounds;
	const launches = companions(facts, story) * 3;
	const genesys = limits.genesysRequestsPerMinute * limits.genesysShare;
	return Math.floor(requests / limits.vendorRequestsPerMinute + launches / genesys) * 60;
}
