import type { Entry } from "../../functions/pipeline/ports.ts";
import { causeIn, EventIndex } from "./causes.ts";
import { type Actor, actors, happenings, type NewEvent, type TimelineEvent } from "./timelineEvent.ts";

/** Whose events have no cause: they begin a chain. */
const beginners: readonly Actor[] = ["scenario", "schedule"];

/** The record of one rehearsal: events in order, each with the event that caused it. */
export class Timeline {
	readonly #events: TimelineEvent[] = [];
	readonly #index = new EventIndex();
	readonly #now: () => number;
	readonly #start: number;
	readonly #listener: ((event: TimelineEvent) => void) | undefined;

	/** `start` is the instant that counts as 0; now, when absent. */
	constructor(now: () => number, listener?: (event: TimelineEvent) => void, start = now()) {
		this.#now = now;
		this.#start = start;
		this.#listener = listener;
	}

	get events(): readonly TimelineEvent[] {
		return this.#events;
	}

	log(news: NewEvent): TimelineEvent {
		const { because, ...rest } = news;
		const cause = beginners.includes(news.who) || news.what === "deployed" ? undefined : (because ?? causeIn(news, this.#index));
		const event: TimelineEvent = {
			id: this.#events.length + 1,
			atSeconds: (this.#now() - this.#start) / 1000,
			...rest,
			...(cause === undefined ? {} : { because: cause }),
		};
		this.#events.push(event);
		this.#index.add(event);
		this.#listener?.(event);
		return event;
	}

	/** Joins what a function says to the timeline; a word that is not in the closed sets is a fault of ours. */
	logEntry(entry: Entry, teller: Actor): TimelineEvent {
		const { what, who, raw, ...rest } = entry;
		return this.log({ ...rest, who: known(actors, who ?? teller), what: known(happenings, what) });
	}
}

function known<T extends string>(all: readonly T[], word: string): T {
	const found = all.find((each) => each === word);
	if (found === undefined) throw new Error(`Expected one of ${all.join(", ")}, got ${word}`);
	return found;
}
