import type { Child, Incident, Instant, Reading } from "./incident.ts";
import { incidentKey } from "./keys.ts";
import { summarize } from "./normalize.ts";
import type { Signal } from "./streak.ts";

export type DeduplicateReason =
	| "first"
	| "next-occurrence"
	| "seen-again"
	/** It breaches again while its recovery is still being told: the next reading after the close opens the next occurrence. */
	| "still-recovering"
	| "recovered"
	| "nothing-open";

export interface DeduplicatePlan {
	readonly reason: DeduplicateReason;
	/** The item as it must be written; absent where nothing changes. */
	readonly incident?: Incident;
	/** The closed occurrence that must be copied before its key is used again. */
	readonly archive?: Incident;
}

/** One open incident per key, however often it is detected. Pure: the caller writes on the version that it read. */
export function deduplicate(
	existing: Incident | undefined,
	reading: Reading,
	signal: Exclude<Signal, "none">,
	environment: string,
	now: Instant,
	children: readonly Child[] = [],
): DeduplicatePlan {
	if (signal === "close") {
		if (existing?.state !== "open") return { reason: "nothing-open" };
		return { reason: "recovered", incident: { ...existing, state: "recovered", recoveredAt: now } };
	}
	if (existing === undefined) return { reason: "first", incident: open(reading, environment, 1, now, children) };
	if (existing.state === "open") {
		const incident = withChildren({ ...existing, lastSeenAt: now, seen: existing.seen + 1 }, children);
		return { reason: "seen-again", incident };
	}
	if (existing.state === "recovered") return { reason: "still-recovering" };
	return { reason: "next-occurrence", incident: open(reading, environment, existing.occurrence + 1, now, children), archive: existing };
}

/** Adds the children that are not listed yet; one that has ended stays, since it was part of this failure. */
function withChildren(incident: Incident, children: readonly Child[]): Incident {
	const { children: listed = [] } = incident;
	const added = children.filter(({ key }) => !listed.some((child) => child.key === key));
	return added.length === 0 ? incident : { ...incident, children: [...listed, ...added] };
}

function open(reading: Reading, environment: string, occurrence: number, now: Instant, children: readonly Child[]): Incident {
	const { condition, entity, severity } = reading;
	return {
		key: incidentKey({ environment, condition, entityId: entity.id }),
		environment,
		condition,
		entityId: entity.id,
		entityName: entity.name,
		severity,
		summary: summarize(reading),
		occurrence,
		state: "open",
		openedAt: now,
		lastSeenAt: now,
		seen: 1,
		tier: 0,
		pages: [],
		...(children.length === 0 ? {} : { children }),
		reading,
	};
}
