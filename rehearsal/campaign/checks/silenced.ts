import { factsOf } from "../../../functions/pipeline/route/rules.ts";
import { silencesAt, whySilent } from "../../../functions/pipeline/silence/rules.ts";
import type { TimelineEvent } from "../../report/timelineEvent.ts";
import { roundSeconds, stormSeconds, tickSeconds } from "../bounds.ts";
import { type Facts, type Story, secondsOf } from "../facts.ts";
import { arrivalsOf } from "../places.ts";
import type { Violation } from "../violation.ts";
import { nameOf, storySettles, tellableAt } from "./story.ts";

/** Nobody is paged inside a silence; what it silences is recorded when it opens; and one that is over is over for everybody. */
export const silencesBroken = (facts: Facts): readonly Violation[] =>
	facts.stories.flatMap((story) => [...pagedInside(facts, story), ...unrecorded(facts, story), ...neverEnded(facts, story)]);

const isEnd = ({ what }: TimelineEvent): boolean =>
	what === "silence-ended" || what === "recovered" || what === "incident-resolved" || what === "grouped";

/** A workflow that was launched before the silence began and cannot ask anybody pages all the same. */
function pagedInside(facts: Facts, story: Story): readonly Violation[] {
	const begins = story.events.find(({ what }) => what === "silenced");
	if (begins === undefined) return [];
	const ends = tellableAt(story) === story.openedAt ? Infinity : tellableAt(story);
	const wasLaunched = story.events.some(({ what, atSeconds }) => what === "workflow-launched" && atSeconds <= begins.atSeconds);
	if (wasLaunched && facts.cover.touches(story.openedAt, Math.min(ends, facts.end))) return [];
	return arrivalsOf(facts, story)
		.filter(({ kind, at }) => kind === "page" && at > begins.atSeconds + facts.skew && at < ends - facts.skew)
		.map(({ at, where }) => ({
			atSeconds: at,
			what: `${nameOf(story)}: ${where} paged at ${at.toFixed(0)} s, while ${begins.outcome} silenced it`,
		}));
}

/** How near to an instant a silence may begin or end and still be seen or not. */
const marginSeconds = roundSeconds + 5;

/** What opens well inside a silence that fits is silent from the first, where the ledger could be asked. */
function unrecorded(facts: Facts, story: Story): readonly Violation[] {
	const { item, openedAt, events } = story;
	if (item === undefined || item.members !== undefined || events.some(({ what }) => what === "silenced" || what === "grouped")) return [];
	const isSilentAt = (seconds: number): boolean =>
		whySilent(factsOf(item), {
			inEffect: silencesAt(facts.settings.windows ?? [], byHand(facts, seconds), facts.start + seconds * 1000),
		}) !== undefined;
	const isInside = isSilentAt(openedAt - marginSeconds) && isSilentAt(openedAt) && isSilentAt(openedAt + marginSeconds);
	if (!isInside || facts.cover.touches(openedAt - marginSeconds, openedAt + marginSeconds)) return [];
	return [{ atSeconds: openedAt, what: `${nameOf(story)}: opened inside a silence, and is not silent` }];
}

/** The silences by hand that stand at a time of the story. */
function byHand({ scenario, start }: Facts, seconds: number) {
	return scenario.happens.flatMap((verb) => {
		if (verb.do !== "silences" || verb.at > seconds) return [];
		const ended = scenario.happens.some(
			(other) => other.do === "ends-silence" && other.silence === verb.silence && other.at >= verb.at && other.at <= seconds,
		);
		const from = start + verb.at * 1000;
		return ended ? [] : [{ id: verb.silence, why: verb.why, who: verb.by, match: verb.match, from, until: from + verb.lasts * 1000 }];
	});
}

/** A silence that the ledger or a window no longer holds is followed at the next tick. */
function neverEnded(facts: Facts, story: Story): readonly Violation[] {
	const last = story.events.findLast(({ what }) => what === "silenced");
	const until = Date.parse(/^until (\S+Z)/.exec(last?.detail ?? "")?.[1] ?? "");
	if (last === undefined || Number.isNaN(until)) return [];
	const endedByHand = facts.scenario.happens.find(
		(verb) => verb.do === "ends-silence" && verb.silence === last.outcome && verb.at > last.atSeconds,
	);
	const over = Math.min(secondsOf(facts, until), endedByHand?.at ?? Infinity);
	const limit = facts.cover.after(Math.max(over, last.atSeconds), 2 * (tickSeconds + roundSeconds) + stormSeconds(facts, story));
	if (
		limit > storySettles(facts) ||
		story.events.some((event) => isEnd(event) && event.atSeconds > last.atSeconds - 1 && event.atSeconds <= limit)
	)
		return [];
	return [{ atSeconds: limit, what: `${nameOf(story)}: ${last.outcome} was over at ${over.toFixed(0)} s, and it is still silent` }];
}
