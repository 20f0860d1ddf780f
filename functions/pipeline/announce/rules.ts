import { type ActiveIncidentRow, anyIncidentKey } from "../../../contracts/activeIncidents.ts";
import { isGroupKey } from "../group/rules.ts";
import { type Incident, type Instant, type Reading, severities, type WatchedCondition, watchedConditions } from "../model/incident.ts";
import { parseIncidentKey } from "../model/keys.ts";
import { policyNameOf } from "../route/policy.ts";
import type { RuntimeSettings } from "../settings.ts";

export type AnnounceSettings = Pick<RuntimeSettings, "environment" | "runbooks" | "policies" | "routes">;

/** Why an incident has a row and callers may be told, why it has one and they may not, or why it has none. */
export type AnnounceReason = "active" | "silenced" | "held" | "over" | "group" | "internal" | "no-failure";

/** Who tells of real failures of what callers use. Anything else, such as a drill, is left out here, and nowhere else. */
const realSources: readonly Reading["source"][] = ["poller", "webhook", "event-bus"];

/** What an incident is to callers. A group has no row: each of its members has one. What is wrong with this system itself is nothing to them. */
export function whyAnnounce(incident: Incident): AnnounceReason {
	const { state, condition, key, reading, silenced, heldSince } = incident;
	if (state !== "open") return "over";
	if (watchedOf(condition) === undefined) return "internal";
	if (!realSources.includes(reading.source)) return "no-failure";
	if (isGroupKey(key)) return "group";
	if (silenced !== undefined) return "silenced";
	return heldSince === undefined ? "active" : "held";
}

const watchedOf = (condition: string): WatchedCondition | undefined => watchedConditions.find((name) => name === condition);

/** How long a row counts without being renewed: a dead overseer leaves rows behind. */
const validMilliseconds = 900_000;
/** A row is renewed when it counts no longer than this: one tick in five, and not each. */
const renewBelowMilliseconds = 600_000;
/** Of the 5,000 rows that a table may have. What is left out still counts in the rows of its condition and of all. */
const mostEntityRows = 1000;

type Content = Omit<ActiveIncidentRow, "updated" | "until">;

export const writerOf = ({ environment }: Pick<AnnounceSettings, "environment">): string => `genesyscloud-runbooks ${environment}`;

/** The rows that there should be, without their times: the one of all first, then one a condition, then one an entity, the worst first. */
export function wantedRows(settings: AnnounceSettings, incidents: readonly Incident[]): readonly Content[] {
	// Brought first: an incident of its own takes its place.
	const rows = [...incidents.flatMap((incident) => broughtBy(settings, incident)), ...incidents.flatMap((each) => own(settings, each))];
	const byKey = new Map(rows.map((row) => [row.key, row]));
	const failures = [...byKey.values()].toSorted(worstFirst);
	const byCondition = Map.groupBy(failures, ({ condition }) => condition);
	const summary = (key: string, rows: readonly Content[]): readonly Content[] => {
		const [worst] = rows;
		return worst === undefined ? [] : [{ ...worst, key, incidents: rows.length }];
	};
	return [
		...summary(anyIncidentKey, failures),
		...[...byCondition].flatMap(([condition, rows]) => summary(condition, rows)),
		...failures.slice(0, mostEntityRows),
	];
}

/** What an incident brought with it: a queue that overflows because its trunk is down is looked up as a queue. */
function broughtBy(settings: AnnounceSettings, incident: Incident): readonly Content[] {
	const shared = sharedBy(settings, incident);
	if (shared === undefined) return [];
	return (incident.children ?? []).flatMap(({ key, condition, name, since }) => {
		const parts = parseIncidentKey(key);
		if (parts === undefined) return [];
		const entity = { condition, entityId: parts.entityId, entityName: name, since: isoSeconds(since) };
		return [{ ...shared, ...entity, key: entityKey(entity), severity: settings.runbooks[condition]?.severity ?? incident.severity }];
	});
}

function own(settings: AnnounceSettings, incident: Incident): readonly Content[] {
	const shared = sharedBy(settings, incident);
	if (shared === undefined) return [];
	const { condition, entityId, entityName, severity, openedAt } = incident;
	const entity = { condition, entityId, entityName, since: isoSeconds(openedAt) };
	return [{ ...shared, ...entity, key: entityKey(entity), severity }];
}

/** What its rows have in common; undefined where it has none. */
function sharedBy(
	settings: AnnounceSettings,
	incident: Incident,
): Pick<Content, "announce" | "policy" | "incidents" | "writtenBy"> | undefined {
	const reason = whyAnnounce(incident);
	if (reason !== "active" && reason !== "silenced" && reason !== "held") return undefined;
	return { announce: reason === "active", policy: policyNameOf(settings, incident), incidents: 1, writtenBy: writerOf(settings) };
}

const entityKey = ({ condition, entityId }: Pick<Content, "condition" | "entityId">): string => `${condition}:${entityId}`;

const order: readonly string[] = severities;
const rank = ({ severity }: Content): number => order.indexOf(severity);

/** What callers may be told before what they may not, the worst, then the oldest. The key last, so that two ticks say the same. */
function worstFirst(one: Content, other: Content): number {
	if (one.announce !== other.announce) return one.announce ? -1 : 1;
	if (rank(one) !== rank(other)) return rank(one) - rank(other);
	return one.since === other.since ? compare(one.key, other.key) : compare(one.since, other.since);
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

/** As `ToString` of Architect writes an instant, so that `ToDateTime` reads it. */
export const isoSeconds = (at: Instant): string => new Date(at).toISOString().replace(/\.\d{3}Z$/, "Z");

/** The row with its times: it counts from now on for a quarter of an hour. */
export const timed = (content: Content, now: Instant): ActiveIncidentRow => ({
	...content,
	updated: isoSeconds(now),
	until: isoSeconds(now + validMilliseconds),
});

/** Whether a row counts so shortly that it is renewed; one whose `until` cannot be read does. */
export function isRenewed(until: unknown, now: Instant): boolean {
	const at = typeof until === "string" ? Date.parse(until) : Number.NaN;
	// A row that counts for longer than any of ours was written by a clock that was ahead.
	return !(at > now + renewBelowMilliseconds && at <= now + 2 * validMilliseconds);
}
