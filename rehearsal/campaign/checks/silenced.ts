import type { Incident } from "../../../functions/pipeline/model/incident.ts";
import { factsOf } from "../../../functions/pipeline/route/rules.ts";
import { silencesAt, whySilent } from "../../../functions/pipeline/silence/rules.ts";
import type { TimelineEvent } from "../../report/timelineEvent.ts";
import { roundSeconds, stormSeconds, tickSeconds } from "../bounds.ts";
import type { Facts, Story } from "../facts.ts";
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
	const opener = events.find(({ what }) => what === "incident-opened")?.who;
	// Whoever opens it says so: what another one finds out later may be too late.
	const isRecorded = events.some(({ what, who }) => (what === "silenced" && who === opener) || what === "grouped");
	if (item === undefined || item.members !== undefined || isRecorded) return [];
	const isInside = [openedAt - marginSeconds, openedAt, openedAt + marginSeconds].every((at) => isSilentAt(facts, item, at));
	if (!isInside || facts.cover.touches(openedAt - marginSeconds, openedAt + marginSeconds)) return [];
	return [{ atSeconds: openedAt, what: `${nameOf(story)}: opened inside a silence, and is not silent` }];
}

/** Whether the settings, or somebody by hand, silence it at a time of the story. */
const isSilentAt = (facts: Facts, item: Incident, seconds: number): boolean =>
	whySilent(factsOf(item), {
		inEffect: silencesAt(facts.settings.windows ?? [], byHand(facts, seconds), facts.start + seconds * 1000),
	}) !== undefined;

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

/** What nothing silences any more is silent no longer than it takes to be visited. */
function neverEnded(facts: Facts, story: Story): readonly Violation[] {
	const { item, events } = story;
	const last = events.findLast(({ what }) => what === "silenced");
	if (last === undefined || item === undefined || item.members !== undefined) return [];
	const patience = 2 * (tickSeconds + roundSeconds) + stormSeconds(facts, story);
	const over = overAfter(facts, item, last.atSeconds, patience);
	const limit = facts.cover.after(over, patience);
	const isEnded = events.some((event) => isEnd(event) && event.id > last.id && event.atSeconds <= limit);
	if (isEnded || limit > storySettles(facts)) return [];
	return [{ atSeconds: limit, what: `${nameOf(story)}: nothing silences it since ${over.toFixed(0)} s, and it is still silent` }];
}

/** From when on nothing silences it for so long; never where that is not so before the end. */
function overAfter(facts: Facts, item: Incident, from: number, seconds: number): number {
	let since = from;
	for (let at = from; at < facts.end; at += stepSeconds) {
		if (isSilentAt(facts, item, at)) since = at + stepSeconds;
		else if (at - since >= seconds) return since;
	}
	return Infinity;
}

const stepSeconds = 30;
