import { parseIncidentKey } from "../../../functions/pipeline/model/keys.ts";
import { roundSeconds, stormSeconds, tickSeconds } from "../bounds.ts";
import type { Facts, Story } from "../facts.ts";
import { arrivalsOf } from "../places.ts";
import { policyOfStory } from "../policies.ts";
import type { Violation } from "../violation.ts";
import { isConfirmedBreach, isOfAnotherSystem, isOwnAnswer, nameOf, storySettles, tellableAt } from "./story.ts";

/** A confirmed failure of an entity that had been clear for its calm number while its incident was held open. */
interface Relapse {
	readonly calmAt: number;
	readonly at: number;
}

/**
 * Such a failure is the next occurrence, and its first page says that it failed again. Recorded reasons: nobody had answered and the round of pages
 * that was under way goes on; a group pages for it; it is over again; a fault kept the calm from being written.
 */
export function relapsesUnsent(facts: Facts): readonly Violation[] {
	return facts.stories.flatMap((story) =>
		relapsesOf(facts, story).flatMap(({ calmAt, at }): readonly Violation[] => {
			const limit = facts.cover.after(at, 2 * (tickSeconds + roundSeconds) + stormSeconds(facts, story));
			if (limit > storySettles(facts) || facts.cover.touches(calmAt - tickSeconds, at)) return [];
			const next = facts.stories.find(({ incident, occurrence }) => incident === story.incident && occurrence === story.occurrence + 1);
			if (next !== undefined && next.openedAt <= limit && isRelapsed(story)) return saidPlainly(facts, next);
			if (isGrouped(story, at) || goesOn(facts, story, at)) return [];
			const why = `well at ${calmAt.toFixed(0)} s, and failing again at ${at.toFixed(0)} s`;
			return [{ atSeconds: limit, what: `${nameOf(story)}: ${why}: no news of it` }];
		}),
	);
}

/** While it stood. */
function relapsesOf(facts: Facts, story: Story): readonly Relapse[] {
	const { incident, openedAt, events } = story;
	if (isOfAnotherSystem(facts, story)) return [];
	const condition = parseIncidentKey(incident)?.condition;
	const calm = condition === undefined ? undefined : facts.settings.runbooks[condition]?.clearsToClose;
	const over = events.find(({ what }) => what === "recovered" || what === "incident-resolved")?.atSeconds ?? Infinity;
	const found: Relapse[] = [];
	let clears = 0;
	let calmAt: number | undefined;
	for (const event of facts.events) {
		const { what, outcome, detail = "", atSeconds } = event;
		if (what !== "observed" || event.incident !== incident || atSeconds <= openedAt || atSeconds > over) continue;
		if (outcome === "clear" && !detail.includes("already-counted")) clears += 1;
		if (outcome === "breach" || outcome === "inhibited") clears = 0;
		if (outcome === "clear" && clears === calm) calmAt = atSeconds;
		if (calmAt === undefined || !isConfirmedBreach(event, incident)) continue;
		found.push({ calmAt, at: atSeconds });
		calmAt = undefined;
	}
	return found;
}

/** It ended as the next occurrence began: one that was well in between is followed by a failure of its own. */
const isRelapsed = ({ events }: Story): boolean => events.some(({ what, outcome }) => what === "recovered" && outcome === "relapsed");

/** The group pages for it. */
const isGrouped = ({ events }: Story, at: number): boolean =>
	events.findLast(({ what, atSeconds }) => (what === "grouped" || what === "ungrouped") && atSeconds <= at)?.what === "grouped";

/** Nobody had answered, and the round was not over: its pages go on. */
function goesOn(facts: Facts, story: Story, at: number): boolean {
	const { events } = story;
	const before = events.filter(({ atSeconds }) => atSeconds < at);
	const isOver = before.some((event) => isOwnAnswer(event) || event.what === "exhausted" || event.what === "stale");
	return !isOver && at < tellableAt(story) + policyOfStory(facts, story, at).staleSeconds + tickSeconds;
}

const saying = "failed again after";

/** The first page that anybody gets of it says so. */
function saidPlainly(facts: Facts, story: Story): readonly Violation[] {
	const pages = arrivalsOf(facts, story).filter(({ kind }) => kind === "page");
	const [first] = pages.toSorted((one, other) => one.at - other.at);
	if (first === undefined || first.text.includes(saying)) return [];
	return [{ atSeconds: first.at, what: `${nameOf(story)}: its page does not say that it failed again` }];
}
