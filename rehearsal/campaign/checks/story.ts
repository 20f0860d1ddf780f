import type { TimelineEvent } from "../../report/timelineEvent.ts";
import type { Happens } from "../../scenario/scenario.ts";
import { afterwardsSeconds } from "../bounds.ts";
import type { Facts, Story } from "../facts.ts";

export const nameOf = ({ incident, occurrence }: Story): string => `${incident} occurrence ${occurrence}`;

/** From when on people could be told of it: its opening, or the end of its silence. */
export function tellableAt({ openedAt, events }: Story): number {
	const last = events.findLastIndex(({ what }) => what === "silenced");
	return events.slice(last + 1).find(({ what }) => what === "silence-ended")?.atSeconds ?? openedAt;
}

/** The same story as if it had opened then. */
export const asTold = (story: Story): Story => ({ ...story, openedAt: tellableAt(story) });

/** Whether it is silent to its end. */
export const staysSilent = ({ events }: Story): boolean =>
	events.findLast(({ what }) => what === "silenced" || what === "silence-ended")?.what === "silenced";

/** That our side took notice of an answer; a person's own event, and the mirror of an answer elsewhere, are none. */
export const isOwnAnswer = ({ what, who, outcome }: TimelineEvent): boolean =>
	what === "acknowledged" && who !== "person" && outcome !== "mirrored";

/** A reading with which the failure of that incident is confirmed, and pages somebody. */
export const isConfirmedBreach = ({ what, incident, outcome, detail = "" }: TimelineEvent, key: string): boolean =>
	what === "observed" && incident === key && outcome === "breach" && detail.includes("-reached");

/** Until when what is owed must be done: in what comes after it there may be ticks, or none. */
export const storySettles = ({ end }: Facts): number => end - afterwardsSeconds;

/**
 * Whether alerts of another system are about its entity. Such a system may see what the polls do not, and only it tells the end of what it opened:
 * clear polls say nothing then.
 */
export const isOfAnotherSystem = ({ scenario, entities }: Facts, { incident }: Story): boolean =>
	scenario.happens.some((verb) => verb.do === "webhook" && verb.format !== "reading" && incident.endsWith(`:${idOf(entities, verb)}`));

const idOf = ({ trunk, queue }: Facts["entities"], verb: Extract<Happens, { do: "webhook" }>): string =>
	trunk.get(verb.trunk ?? "") ?? queue.get(verb.queue ?? "") ?? verb.trunk ?? verb.queue ?? "";
