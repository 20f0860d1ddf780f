import { type Actor, actors, type NewEvent } from "../timelineEvent.ts";

/** An event with its instant, milliseconds since 1970; undefined where it did not happen. */
export interface Dated {
	readonly at: number;
	readonly news: Omit<NewEvent, "incident" | "occurrence">;
}

/** Who it was, where the timeline knows them; whoever else it is was the overseer's business. */
export const actorOf = (by: string): Actor => actors.find((actor) => actor === by) ?? "overseer";

/** One event, if its instant is known. */
export const dated = (at: number | undefined, news: Dated["news"]): readonly Dated[] => (at === undefined ? [] : [{ at, news }]);
