import { type Condition, conditions, type Reading } from "./incident.ts";

/** ServiceNow's `correlation_id`, a Jira label and PagerDuty's `dedup_key` must all hold a key. */
export const maximumKeyLength = 100;

/** What a dedup key adds to it: an occurrence and a tier. */
const maximumIncidentKeyLength = maximumKeyLength - ":9999:99".length;

const part = /^[A-Za-z0-9._-]+$/;
const entityPart = /^[A-Za-z0-9:._-]+$/;

/** The parts of an incident key; none of them is a clock, so the same failure has the same key at every poll. */
export interface IncidentKeyParts {
	readonly environment: string;
	readonly condition: Condition;
	readonly entityId: string;
}

/** `inc:1:<environment>:<condition>:<entityId>`; throws RangeError for parts that a dedup key could not hold. */
export function incidentKey({ environment, condition, entityId }: IncidentKeyParts): string {
	const key = `inc:1:${environment}:${condition}:${entityId}`;
	if (!part.test(environment)) throw new RangeError(`Expected an environment of [A-Za-z0-9._-], got ${JSON.stringify(environment)}`);
	if (!entityPart.test(entityId)) throw new RangeError(`Expected an entity id of [A-Za-z0-9:._-], got ${JSON.stringify(entityId)}`);
	if (key.length > maximumIncidentKeyLength)
		throw new RangeError(`Expected an incident key of at most ${maximumIncidentKeyLength} characters, got ${key.length}: ${key}`);
	return key;
}

/** The most characters that the id of an entity may have, so that every dedup key holds it. */
export const longestEntityId = (environment: string, condition: Condition): number =>
	maximumIncidentKeyLength - `inc:1:${environment}:${condition}:`.length;

export const keyOfReading = ({ environment }: { readonly environment: string }, { condition, entity }: Reading): string =>
	incidentKey({ environment, condition, entityId: entity.id });

/** The inverse of `incidentKey`; undefined for anything that it cannot have made. */
export function parseIncidentKey(key: string): IncidentKeyParts | undefined {
	const [kind, version, environment = "", name = "", ...entity] = key.split(":");
	const condition = conditions.find((known) => known === name);
	const entityId = entity.join(":");
	if (kind !== "inc" || version !== "1" || condition === undefined || key.length > maximumIncidentKeyLength) return undefined;
	return part.test(environment) && entityPart.test(entityId) ? { environment, condition, entityId } : undefined;
}

/** Whether a key is that of a drill, also of one that moved aside. */
export const isDrillKey = (key: string): boolean => /^inc:1:[^:]+:drill:/.test(key);

/**
 * The key that a vendor deduplicates by: incident key, occurrence and tier, and from the second round on the round. A closed incident's next
 * occurrence is a new page, and so is a tier that is asked again. A key that has no room for the round goes without: its vendor joins the rounds.
 */
export function dedupKey(key: string, occurrence: number, tier: number, round = 1): string {
	const made = `${key}:${occurrence}:${tier}`;
	const again = `${made}r${round}`;
	if (round > 1 && again.length <= maximumKeyLength) return again;
	if (made.length > maximumKeyLength)
		throw new RangeError(`Expected a dedup key of at most ${maximumKeyLength} characters, got ${made.length}: ${made}`);
	return made;
}

/** The inverse of `dedupKey`. */
export function parseDedupKey(
	made: string,
): { readonly key: string; readonly occurrence: number; readonly tier: number; readonly round: number } | undefined {
	const match = /^(.+):([1-9]\d*):([1-9]\d*)(?:r([2-9]|[1-9]\d+))?$/.exec(made);
	if (match === null) return undefined;
	const [, key = "", occurrence, tier, round = "1"] = match;
	return parseIncidentKey(key) === undefined
		? undefined
		: { key, occurrence: Number(occurrence), tier: Number(tier), round: Number(round) };
}

/** Where a closed occurrence is kept once its key is used again. */
export const archiveKey = (key: string, occurrence: number): string => `${key}#${occurrence}`;

/** One of the few items that hold the streaks of everything that is not at rest. An item a streak, `streak:1:…`, was an earlier version's: it expires. */
export const streaksKey = (environment: string, shard: number): string => `streaks:1:${environment}:${shard}`;

/** The levels that the last poll read of gauges whose change matters. */
export const gaugesKey = (environment: string): string => `gauges:2:${environment}`;

/** One of the items that hold what was last seen of the organization, where events come by a bus. */
export const seenKey = (environment: string, shard: number): string => `seen:1:${environment}:${shard}`;

/** When the polls last began to look. */
export const lookedKey = (environment: string): string => `looked:1:${environment}`;

/** What was opened within the grouping window. */
export const openingsKey = (environment: string): string => `openings:1:${environment}`;

export const leasesKey = (environment: string): string => `leases:1:${environment}`;

/** The silences by hand. */
export const silencesKey = (environment: string): string => `silences:1:${environment}`;

/** The drills that were asked for, that run, and that ended. */
export const drillsKey = (environment: string): string => `drills:1:${environment}`;

/** What is known of every credential. */
export const credentialsKey = (environment: string): string => `credentials:1:${environment}`;

/** Who rotates which credential. */
export const rotationsKey = (environment: string): string => `rotations:1:${environment}`;

export const pollerKey = (environment: string): string => `poller:1:${environment}`;

/** What other systems have told of an entity. */
export const alertsKey = (environment: string, condition: Condition, entityId: string): string =>
	`alerts:1:${environment}:${condition}:${entityId}`;

/** The single flight and the cooldown of one remedy, by what it acts on: two conditions may share it. */
export const flightKey = (environment: string, remedyId: string): string => `flight:1:${environment}:${remedyId}`;

/** Who deleted a dead letter that has no incident. */
export const droppedKey = (environment: string, messageId: string): string => `dropped:1:${environment}:${messageId}`;
