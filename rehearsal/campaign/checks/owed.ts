import { endsByMessage } from "../../../functions/pipeline/page/link.ts";
import { endPauseMilliseconds } from "../../../functions/pipeline/resolve/rules.ts";
import type { Channel, EscalationPolicy } from "../../../functions/pipeline/settings.ts";
import type { TimelineEvent } from "../../report/timelineEvent.ts";
import { pageBound, roundSeconds, stormSeconds, tickSeconds } from "../bounds.ts";
import type { Facts, Story } from "../facts.ts";
import { secondsOf } from "../facts.ts";
import { policyOfStory } from "../policies.ts";
import type { Violation } from "../violation.ts";
import { isOwnAnswer, nameOf, storySettles } from "./story.ts";

/** What an attempt was for, as the journal tells its failure. */
type Purpose = "page" | "recovery" | "acknowledgement";

const purposeOf = ({ detail = "" }: TimelineEvent): Purpose =>
	detail.startsWith("recovery: ") ? "recovery" : detail.startsWith("acknowledgement: ") ? "acknowledgement" : "page";

/**
 * Whatever a vendor did not take is tried again: a page within the policy's bound, an end within its growing step, until somebody has it, nobody
 * needs it any more, or a channel's attempts are used up. What is not closed at the end has its next visit.
 */
export const forgotten = (facts: Facts): readonly Violation[] =>
	facts.stories.flatMap((story) => [...untried(facts, story), ...givenUp(facts, story), ...unvisited(facts, story)]);

function untried(facts: Facts, story: Story): readonly Violation[] {
	return story.events.flatMap((event, index) => {
		const { what, atSeconds, tier, channel } = event;
		if (what !== "page-failed" || isUsedUp(facts, story, event)) return [];
		const limit = facts.cover.after(atSeconds, stepSeconds(facts, story, event));
		const later = story.events.slice(index + 1).find((other) => isTry(event, other) || isNeedless(event, other));
		if ((later?.atSeconds ?? Infinity) <= limit || limit > storySettles(facts)) return [];
		return [
			{
				atSeconds: limit,
				what: `${nameOf(story)}: the ${purposeOf(event)} to tier ${tier} by ${channel} failed at ${atSeconds.toFixed(0)} s, and was not tried again`,
			},
		];
	});
}

/** The next attempt at the same place, or news of it. */
const isTry = (failed: TimelineEvent, { what, tier, channel }: TimelineEvent): boolean =>
	tries.has(what) && tier === failed.tier && channel === failed.channel;

const tries: ReadonlySet<string> = new Set([
	"page-sent",
	"page-failed",
	"page-proven",
	"page-presumed",
	"page-unproven",
	"page-updated",
	"recovery-sent",
	"acknowledged",
]);

/** Nobody needs it any more. The end of an earlier round is needed whatever happens. */
function isNeedless(failed: TimelineEvent, other: TimelineEvent): boolean {
	if (other.what === "incident-resolved") return true;
	if (purposeOf(failed) === "recovery") return false;
	return other.what === "recovered" || pauses.has(other.what) || isOwnAnswer(other);
}

const pauses: ReadonlySet<string> = new Set(["held", "grouped", "repeated", "unacknowledged"]);

/** A text that its vendor may have taken costs somebody's sleep: its attempts are counted. What was never sent is owed by every channel. */
function isUsedUp(facts: Facts, story: Story, event: TimelineEvent): boolean {
	const { outcome = "", attempt = 0 } = event;
	const policy = policyOfStory(facts, story, event.atSeconds);
	const channel = channelOf(policy, event);
	if (channel === undefined || !endsByMessage(channel.kind)) return false;
	if (purposeOf(event) === "page") return outcome !== "budget-spent" && outcome !== "circuit-open";
	return attempt >= policy.attemptsPerChannel;
}

const channelOf = ({ tiers }: EscalationPolicy, { tier = 0, channel }: Pick<TimelineEvent, "tier" | "channel">): Channel | undefined =>
	tiers[tier - 1]?.channels.find(({ name }) => name === channel);

function stepSeconds(facts: Facts, story: Story, event: TimelineEvent): number {
	if (purposeOf(event) === "page") return pageBound(facts, story);
	const pause = endPauseMilliseconds({ attempts: event.attempt ?? 0, state: "failed" }) / 1000;
	return pause + 2 * (tickSeconds + roundSeconds) + stormSeconds(facts, story);
}

/** Closed although a vendor that ends a page by its key never took the end, and not by the named error of a week. */
function givenUp(facts: Facts, story: Story): readonly Violation[] {
	const closing = story.events.find(({ what }) => what === "incident-resolved");
	if (closing?.outcome !== "recovery-unproven") return [];
	const failed = story.events.filter((event) => event.what === "page-failed" && purposeOf(event) === "recovery");
	const places = Map.groupBy(failed, ({ tier, channel }) => `${tier} ${channel}`);
	return [...places.values()].flatMap(([first]) => {
		const channel = first && channelOf(policyOfStory(facts, story, first.atSeconds), first);
		if (first === undefined || (channel !== undefined && endsByMessage(channel.kind))) return [];
		const wasTried = story.events.some((event) => endTries.has(event.what) && event.atSeconds > first.atSeconds && isTry(first, event));
		if (wasTried) return [];
		return [
			{ atSeconds: closing.atSeconds, what: `${nameOf(story)}: closed, and tier ${first.tier} was never told its end by ${first.channel}` },
		];
	});
}

const endTries: ReadonlySet<string> = new Set(["recovery-sent", "page-proven", "page-unproven"]);

/** Nothing that is open waits for a visit that does not come. */
function unvisited(facts: Facts, story: Story): readonly Violation[] {
	const { item } = story;
	if (item === undefined || item.state === "closed") return [];
	const visited = secondsOf(facts, item.dueAt ?? item.openedAt);
	const limit = facts.cover.after(visited, 3 * (tickSeconds + roundSeconds) + stormSeconds(facts, story));
	if (limit > storySettles(facts)) return [];
	return [{ atSeconds: limit, what: `${nameOf(story)}: ${item.state}, and not visited since ${visited.toFixed(0)} s` }];
}
