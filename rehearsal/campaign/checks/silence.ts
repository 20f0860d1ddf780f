import type { TimelineEvent } from "../../report/timelineEvent.ts";
import { channelSeconds, pageBound, roundSeconds, stormSeconds, tickSeconds } from "../bounds.ts";
import type { Facts, Story } from "../facts.ts";
import { arrivalsOf } from "../places.ts";
import { policiesOfStory, policyOfStory } from "../policies.ts";
import type { Violation } from "../violation.ts";
import { isConfirmedBreach, isOwnAnswer, nameOf, storySettles } from "./story.ts";

/** Something after which the next page may take so long; undefined: nobody has to be paged from here on. */
interface Mark {
	readonly at: number;
	readonly what: string;
	readonly within: number | undefined;
	/** The page is a consequence that is sent at once, so that a vendor's clock that is behind dates it before this. */
	readonly isPagedAtOnce?: true;
}

/**
 * While a confirmed failure is unacknowledged, the next page comes within the walk through the policy that is left and `repeatSeconds`; after the last tier
 * within `repeatSeconds` and the time to answer, after an answer that expired at once, each with the time of the executors, of faults and of our own budgets. Recorded
 * reasons: it is answered, held while it is well, over, a member of a group, or asked as often as `repeatsADay` allows.
 */
export function leftAlone(facts: Facts): readonly Violation[] {
	return facts.stories.flatMap((story) => {
		const marks = marksOf(facts, story);
		const pages = arrivalsOf(facts, story).filter(({ kind }) => kind === "page");
		return marks.flatMap(({ at, what, within, isPagedAtOnce }, index): readonly Violation[] => {
			if (within === undefined) return [];
			const allowed = facts.cover.after(allowedAgain(facts, story, at + within), firstPage(facts, story));
			const limit = Math.max(facts.cover.after(at, within), allowed);
			const isPaged = isPagedAtOnce === true && pages.some((page) => page.at >= at - facts.skew && page.at < at);
			if (isPaged || (marks[index + 1]?.at ?? Infinity) <= limit || limit > storySettles(facts)) return [];
			return [{ atSeconds: limit, what: `${nameOf(story)}: ${what} at ${at.toFixed(0)} s, and nobody was paged by ${limit.toFixed(0)} s` }];
		});
	});
}

/** A new round is the overseer's: its first page takes the walk through one tier. */
function firstPage(facts: Facts, story: Story): number {
	const walks = policiesOfStory(facts, story).map(
		(policy) => Math.max(...policy.tiers.map(({ channels }) => channels.length)) * channelSeconds(policy),
	);
	return Math.max(...walks) + 4 * (tickSeconds + roundSeconds) + stormSeconds(facts, story) + facts.skew;
}

/** The walk through all tiers, whoever makes it, to the end of the last wait for an answer. */
function wholeWalk(facts: Facts, story: Story): number {
	const walks = policiesOfStory(facts, story).map((policy) =>
		policy.tiers
			.map(({ channels }) => policy.acknowledgeSeconds + channels.length * channelSeconds(policy) + tickSeconds + roundSeconds)
			.reduce((sum, each) => sum + each, 0),
	);
	return Math.max(...walks) + pageBound(facts, story) + facts.skew;
}

/** When a round may begin again at the earliest, asked at an instant: from that instant on, or when an earlier round is a day old. */
function allowedAgain(facts: Facts, story: Story, at: number): number {
	const { events } = story;
	const { repeatsADay } = policyOfStory(facts, story, at);
	const rounds = events.filter(({ what, atSeconds }) => what === "repeated" && atSeconds <= at).map(({ atSeconds }) => atSeconds);
	if (repeatsADay === 0) return Infinity;
	const oldest = rounds.at(-repeatsADay);
	return oldest === undefined ? at : Math.max(at, oldest + 86_400);
}

function marksOf(facts: Facts, story: Story): readonly Mark[] {
	const walk = wholeWalk(facts, story);
	const pages = arrivalsOf(facts, story)
		.filter(({ kind }) => kind === "page")
		.map(({ at, where }): Mark => ({ at, what: `paged ${where}`, within: walk + policyOfStory(facts, story, at).repeatSeconds }));
	const happened = story.events.flatMap((event) => markOf(facts, story, event, walk) ?? []);
	// A page that is sent at once comes after what brought it about.
	const all = [...happened, ...resumed(facts, story, walk), ...expired(facts, story), ...pages].toSorted((one, other) => one.at - other.at);
	// Silence counts from the first end of the policy, however often that is told.
	return withStops(all.filter(({ what }, index) => what !== "exhausted" || all[index - 1]?.what !== what));
}

/** What is told in a time in which nobody has to be paged changes nothing, but for what ends that time. A group pages for its members. */
function withStops(marks: readonly Mark[]): readonly Mark[] {
	let isOff = false;
	let isMember = false;
	let isSilent = false;
	return marks.map((mark) => {
		if (mark.what === "silenced" || mark.what === "silence-ended") {
			isSilent = mark.what === "silenced";
			return mark;
		}
		if (mark.what === "grouped") isMember = true;
		if (mark.what === "ungrouped") isMember = false;
		if (mark.within === undefined) isOff = true;
		else if (restarts.has(mark.what)) isOff = false;
		return isOff || isMember || isSilent ? { ...mark, within: undefined } : mark;
	});
}

/** What ends a time in which nobody has to be paged. */
const restarts: ReadonlySet<string> = new Set(["unacknowledged", "repeated", "ungrouped", "failing again while held", "answer expired"]);

function markOf(facts: Facts, story: Story, event: TimelineEvent, walk: number): Mark | undefined {
	const { what, atSeconds: at } = event;
	const { repeatSeconds, acknowledgeSeconds } = policyOfStory(facts, story, at);
	switch (what) {
		case "acknowledged":
			return isOwnAnswer(event) ? { at, what, within: undefined } : undefined;
		case "held":
		case "silenced":
		case "silence-ended":
		case "recovered":
		case "incident-resolved":
		case "grouped":
			return { at, what, within: undefined };
		case "exhausted":
			// Whoever was told last, and perhaps late, has their time to answer first.
			return { at, what, within: acknowledgeSeconds + repeatSeconds + firstPage(facts, story) };
		case "repeated":
			return { at, what, within: firstPage(facts, story), isPagedAtOnce: true };
		case "unacknowledged":
		case "ungrouped":
			return event.who === "person" ? undefined : { at, what, within: walk + repeatSeconds, isPagedAtOnce: true };
		default:
			return undefined;
	}
}

/** It fails again, confirmed, after it was held while it was well. */
function resumed(facts: Facts, story: Story, walk: number): readonly Mark[] {
	const { incident, events } = story;
	const holds = events.filter(({ what }) => what === "held").map(({ atSeconds }) => atSeconds);
	const over = events.find(({ what }) => what === "recovered")?.atSeconds ?? Infinity;
	return holds.flatMap((held): readonly Mark[] => {
		// What breaches once it is over is of the next occurrence.
		const again = facts.events.find((event) => event.atSeconds > held && event.atSeconds < over && isConfirmedBreach(event, incident));
		if (again === undefined) return [];
		const within = walk + policyOfStory(facts, story, again.atSeconds).repeatSeconds;
		return [{ at: again.atSeconds, what: "failing again while held", within, isPagedAtOnce: true }];
	});
}

/** An answer holds so long; then whoever gave it is asked first. */
function expired(facts: Facts, story: Story): readonly Mark[] {
	const within = firstPage(facts, story);
	return story.events
		.filter(isOwnAnswer)
		.map((answer) => ({ answered: answer.atSeconds, at: answer.atSeconds + holdsSeconds(facts, story, answer) }))
		.filter(
			({ answered, at }) =>
				!story.events.some((event) => endsAnswer.has(event.what) && event.atSeconds > answered && event.atSeconds <= at),
		)
		.map(({ at }): Mark => ({ at, what: "answer expired", within, isPagedAtOnce: true }));
}

/** How long an answer holds: one by which somebody ended a page by hand for as long as the failure may go on without being told again. */
function holdsSeconds(facts: Facts, story: Story, { atSeconds, outcome }: TimelineEvent): number {
	const { acknowledgedForSeconds, reopenSeconds } = policyOfStory(facts, story, atSeconds);
	return outcome === "resolved" ? Math.min(acknowledgedForSeconds, reopenSeconds) : acknowledgedForSeconds;
}

const endsAnswer: ReadonlySet<string> = new Set(["unacknowledged", "repeated", "recovered", "incident-resolved", "grouped", "held"]);
