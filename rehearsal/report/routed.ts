import type { TimelineEvent } from "./timelineEvent.ts";

/**
 * The policy that an event's occurrence was paged by then, as the decision record says; undefined where nothing says it. That an incident opened is
 * told just before its first decision.
 */
export function policyAt(events: readonly TimelineEvent[], { incident, occurrence, id }: TimelineEvent): string | undefined {
	if (incident === undefined) return undefined;
	const routed = events.filter(
		(event) => event.what === "routed" && event.incident === incident && (occurrence === undefined || event.occurrence === occurrence),
	);
	return (routed.findLast((event) => event.id <= id) ?? routed[0])?.outcome;
}
