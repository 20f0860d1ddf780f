import type { Happening, TimelineEvent } from "../../../rehearsal/report/timelineEvent.ts";

export const key = "inc:1:dev:trunk-down:base-1";

/** Events in order, numbered from 1; a key and an occurrence are those of one incident where nothing else is said. */
export const events = (...news: readonly (Partial<TimelineEvent> & { readonly what: Happening })[]): readonly TimelineEvent[] =>
	news.map((each, index) => ({ id: index + 1, atSeconds: index * 60, who: "overseer", ...each }));

export const own = (what: Happening, atSeconds: number, more: Partial<TimelineEvent> = {}) => ({
	what,
	atSeconds,
	incident: key,
	occurrence: 1,
	...more,
});
