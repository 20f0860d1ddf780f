import type { AskedSignal } from "../confirm/rules.ts";
import type { Child, GroupRef, Incident, Instant, KeptReading, Reading } from "../model/incident.ts";
import { archiveKey, incidentKey } from "../model/keys.ts";
import { summarize } from "../normalize/rules.ts";
import type { DeduplicatePlan } from "./plan.ts";
import { hold, relapse, resume, unheld, whyRelapse } from "./relapse.ts";

/** Whether somebody has to hear of it. */
export const newOccurrence = ({ reason }: DeduplicatePlan): boolean =>
	reason === "first" || reason === "next-occurrence" || reason === "relapsed";

/** One open incident per key, however often it is detected. Pure: the caller writes on the version that it read. */
export function deduplicate(
	existing: Incident | undefined,
	reading: Reading,
	signal: AskedSignal,
	environment: string,
	now: Instant,
	children: readonly Child[] = [],
	memberOf?: GroupRef,
	roundSeconds = Number.POSITIVE_INFINITY,
): DeduplicatePlan {
	const opened = (occurrence: number): Incident => ({
		...open(reading, environment, occurrence, now, children),
		...(memberOf === undefined ? {} : { memberOf }),
	});
	const refused = signal !== "open" && existing?.state === "open" ? otherWitness(existing, reading, now) : undefined;
	if (refused !== undefined) return refused;
	if (signal === "close") {
		if (existing?.state !== "open") return { reason: "nothing-open" };
		return { reason: "recovered", incident: { ...existing, state: "recovered", recoveredAt: now } };
	}
	if (signal === "hold" || signal === "calm") return hold(existing, signal, now);
	if (signal === "resume") return resume(existing);
	if (existing === undefined) return { reason: "first", incident: opened(1) };
	if (existing.state === "open") {
		const why = whyRelapse(existing, roundSeconds, now);
		if (why === "relapsed") return { reason: why, ...relapse(existing, opened(existing.occurrence + 1), now) };
		return { reason: why, incident: withChildren(seenAgain(unheld(existing), reading, now), children) };
	}
	const archive = { ...existing, storedAs: archiveKey(existing.key, existing.occurrence) };
	return { reason: "next-occurrence", incident: opened(existing.occurrence + 1), archive };
}

/** A poll that is two minutes old is no news any more. */
const polledMilliseconds = 150_000;

/** What keeps one witness from telling the end of what another one still sees. */
function otherWitness(existing: Incident, reading: Reading, now: Instant): DeduplicatePlan | undefined {
	const isConfirmed = existing.reading.confirmed === true;
	if (isConfirmed !== (reading.confirmed === true)) return { reason: "not-its-witness" };
	const { polledAt } = existing;
	if (!isConfirmed || polledAt === undefined || now >= polledAt + polledMilliseconds) return undefined;
	const { confirmed: _satisfied, ...seen } = existing.reading;
	return { reason: "left-to-the-polls", incident: { ...existing, reading: seen } };
}

function seenAgain(incident: Incident, reading: Reading, now: Instant): Incident {
	const seen = { ...incident, ...polled(reading, now), lastSeenAt: now, seen: incident.seen + 1 };
	const summary = summarize(reading);
	const { confirmed } = incident.reading;
	const kept = { ...keptOf(reading), ...(confirmed === undefined ? {} : { confirmed }) };
	// Pages that are sent later tell of the latest reading that says something else; whoever confirmed it still tells its end.
	return summary === summarize({ ...incident.reading, raw: null }) ? seen : { ...seen, summary, reading: kept };
}

const polled = ({ source }: Reading, now: Instant): Pick<Incident, "polledAt"> => (source === "poller" ? { polledAt: now } : {});

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
		...polled(reading, now),
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
