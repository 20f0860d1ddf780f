import type { TimelineEvent } from "./timelineEvent.ts";

/** The policy that an event's occurrence was paged by then, as the decision record says; undefined where nothing says it. */
export function policyAt(events: readonly TimelineEvent[], { incident, occurrence, id }: TimelineEvent): string | undefined {
	if (incident === undefined) return undefined;
	return events.findLast(
		(event) =>
			event.what === "routed" &&
			event.incident === incident &&
			(occurrence === undefined || event.occurrence === occurrence) &&
			event.id <= id,
	)?.outcome;
}
