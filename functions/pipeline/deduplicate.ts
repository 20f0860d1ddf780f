import type { Child, GroupRef, Incident, Instant, KeptReading, Reading } from "./incident.ts";
import { archiveKey, incidentKey } from "./keys.ts";
import { summarize } from "./normalize.ts";
import type { Signal } from "./streak.ts";

export type DeduplicateReason =
	| "first"
	| "next-occurrence"
	| "seen-again"
	| "recovered"
	| "nothing-open"
	/** The end of what another system's alert opened is told by such an alert, and of nothing else: two witnesses may differ. */
	| "not-its-witness";

export interface DeduplicatePlan {
	readonly reason: DeduplicateReason;
	/** The item as it must be written; absent where nothing changes. */
	readonly incident?: Incident;
	/** The occurrence before, which moves aside before its key is used again: closed, or with a recovery that is still being told. */
	readonly archive?: Incident;
}

/** Whether somebody has to hear of it. */
export const newOccurrence = ({ reason }: DeduplicatePlan): boolean => reason === "first" || reason === "next-occurrence";

/** One open incident per key, however often it is detected. Pure: the caller writes on the version that it read. */
export function deduplicate(
	existing: Incident | undefined,
	reading: Reading,
	signal: Exclude<Signal, "none">,
	environment: string,
	now: Instant,
	children: readonly Child[] = [],
	memberOf?: GroupRef,
): DeduplicatePlan {
	const opened = (occurrence: number): Incident => ({
		...open(reading, environment, occurrence, now, children),
		...(memberOf === undefined ? {} : { memberOf }),
	});
	if (signal === "close") {
		if (existing?.state !== "open") return { reason: "nothing-open" };
		if ((existing.reading.confirmed === true) !== (reading.confirmed === true)) return { reason: "not-its-witness" };
		return { reason: "recovered", incident: { ...existing, state: "recovered", recoveredAt: now } };
	}
	if (existing === undefined) return { reason: "first", incident: opened(1) };
	if (existing.state === "open") {
		const incident = withChildren({ ...existing, lastSeenAt: now, seen: existing.seen + 1 }, children);
		return { reason: "seen-again", incident };
	}
	const archive = { ...existing, storedAs: archiveKey(existing.key, existing.occurrence) };
	return { reason: "next-occurrence", incident: opened(existing.occurrence + 1), archive };
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
		reading: keptOf(reading),
	};
}

function keptOf({ raw, ...kept }: Reading): KeptReading {
	return kept;
}
