import { type AnyWatched, watchedRunbook } from "../../../conditions/runbooks.ts";
import type { DeduplicatePlan } from "../deduplicate/plan.ts";
import { held as holdOpen, unheld } from "../deduplicate/relapse.ts";
import { deduplicate } from "../deduplicate/rules.ts";
import {
	type Condition,
	type Incident,
	type Instant,
	type Member,
	type Members,
	type Reading,
	type Severity,
	severities,
} from "../model/incident.ts";
import { incidentKey, parseIncidentKey } from "../model/keys.ts";
import type { GroupingSettings, Limits, RuntimeSettings } from "../settings.ts";

/** What was opened lately, by condition, the latest last: no more of each than it takes to see a crowd. */
export type Openings = Readonly<Partial<Record<Condition, readonly { readonly id: string; readonly at: Instant }[]>>>;

/** The most that a crowd may be before one page names it, where each failure is to page by itself. */
const mostAlone = 100;

/**
 * What is a crowd. Where each failure is to page by itself: more in a minute than half of what a vendor takes in it, because their first pages would
 * come too late.
 */
export function crowdOf({
	grouping,
	limits,
}: Pick<RuntimeSettings, "grouping"> & { readonly limits: Pick<Limits, "vendorRequestsPerMinute"> }): GroupingSettings {
	if (grouping !== false) return grouping;
	return { over: Math.min(mostAlone, Math.max(1, Math.floor(limits.vendorRequestsPerMinute / 2))), withinSeconds: 60 };
}

/** Adds entities that open now. `crowded`: the conditions under which more of them opened within the window than a person can act on one by one. */
export function countOpenings(
	before: Openings | undefined,
	opening: ReadonlyMap<Condition, readonly string[]>,
	{ over, withinSeconds }: GroupingSettings,
	now: Instant,
): { readonly openings: Openings; readonly crowded: ReadonlySet<Condition> } {
	const crowded = new Set<Condition>();
	const openings: Record<string, readonly { id: string; at: Instant }[]> = { ...before };
	for (const [condition, ids] of opening) {
		const recent = (before?.[condition] ?? []).filter(({ id, at }) => at >= now - withinSeconds * 1000 && !ids.includes(id));
		const all = [...recent, ...ids.map((id) => ({ id, at: now }))];
		if (all.length > over) crowded.add(condition);
		openings[condition] = all.slice(-(over + 1));
	}
	return { openings, crowded };
}

/** Which of these conditions are crowds already: as many opened within the window that any more is too many. */
export function crowdsIn(
	openings: Openings | undefined,
	conditions: readonly Condition[],
	{ over, withinSeconds }: GroupingSettings,
	now: Instant,
): ReadonlySet<Condition> {
	const recent = (condition: Condition) => (openings?.[condition] ?? []).filter(({ at }) => at >= now - withinSeconds * 1000);
	return new Set(conditions.filter((condition) => recent(condition).length > over));
}

/** The entity of a group incident; a condition may have several at once, each later one because nobody should join the earlier ones any more. */
export const groupEntity = (ordinal: number): string => (ordinal === 1 ? "group" : `group-${ordinal}`);

/** Whether a key is that of a group incident. */
export const isGroupKey = (key: string): boolean => /^group(-\d+)?$/.test(parseIncidentKey(key)?.entityId ?? "");

export const groupKey = (environment: string, condition: Condition, ordinal: number): string =>
	incidentKey({ environment, condition, entityId: groupEntity(ordinal) });

/** A group takes late members for so long after its last one: a failure of tomorrow is news, whatever somebody acknowledged today. */
const joinMilliseconds = 600_000;

export type GroupReason =
	/** It is open and still growing. */
	| "join"
	/** Nothing is open under its key: a new one can begin there. */
	| "begin"
	/** It is open, and long complete. */
	| "complete";

/** What may become of one more failure at a group's key. */
export function whyJoin(group: Incident | undefined, now: Instant): GroupReason {
	if (group?.state !== "open") return "begin";
	return now <= (group.members?.lastJoinedAt ?? group.openedAt) + joinMilliseconds ? "join" : "complete";
}

/** More members than this are counted and not listed: an item stays small, and a page names ten. */
const listedMembers = 100;

/** Takes failures of one condition into the incident under a group's key, open or new. */
export function joinGroup(
	existing: Incident | undefined,
	readings: readonly Reading[],
	entity: { readonly environment: string; readonly id: string },
	now: Instant,
): DeduplicatePlan {
	const known = existing?.state === "open" ? existing.members : undefined;
	const added = readings.filter(({ entity: { id } }) => !known?.listed.some((member) => member.id === id && member.endedAt === undefined));
	if (known !== undefined && added.length === 0) return { reason: "seen-again" };
	const [first] = readings;
	if (first === undefined) return { reason: "nothing-open" };
	const severity = mostSevere([...readings.map((reading) => reading.severity), ...(known && existing ? [existing.reading.severity] : [])]);
	const { location: _each, ...common } = first;
	const synthetic: Reading = {
		...common,
		entity: { id: entity.id, name: entity.id },
		severity,
		reason: "many-at-once",
		metrics: {},
		raw: null,
	};
	const plan = deduplicate(existing && unheld(existing), synthetic, "open", entity.environment, now);
	if (plan.incident === undefined) return plan;
	const members = withMembers(known, added.map(memberOf(now)), now);
	// What its route says that it counts as stands, whoever joins.
	const counts = existing?.state === "open" ? (existing.routed?.severity ?? severity) : severity;
	// The worst of all that ever joined: its reading is kept where its text stays the same.
	const grown: Incident = { ...plan.incident, severity: counts, reading: { ...plan.incident.reading, severity } };
	return { ...plan, incident: withText(grown, members) };
}

const mostSevere = (all: readonly Severity[]): Severity => severities.find((severity) => all.includes(severity)) ?? "high";

const memberOf =
	(now: Instant) =>
	({ entity: { id, name }, place, location }: Reading): Member => ({
		id,
		name,
		since: now,
		...(place === undefined ? {} : { place }),
		...(location === undefined ? {} : { location }),
	});

function withMembers(known: Members | undefined, added: readonly Member[], now: Instant): Members {
	const listed = [...(known?.listed ?? []).filter(({ id }) => !added.some((member) => member.id === id)), ...added];
	return {
		listed: listed.slice(0, listedMembers),
		joined: (known?.joined ?? 0) + added.length,
		failing: (known?.failing ?? 0) + added.length,
		lastJoinedAt: now,
		announced: known?.announced ?? announcementOf({ joined: added.length, failing: added.length }),
	};
}

/** What a page says of the members' numbers: it is updated when this changes. */
export const announcementOf = ({ joined, failing }: Pick<Members, "joined" | "failing">): string => `${failing} of ${joined}`;

/** The group with these members, and with the texts that tell of them. */
function withText(incident: Incident, members: Members): Incident {
	const { nouns } = wordsOf(incident.condition);
	return { ...incident, members, entityName: `${members.joined} ${nouns}`, summary: summaryOf(incident.condition, members) };
}

const wordsOf = (condition: Condition): AnyWatched["many"] =>
	watchedRunbook(condition)?.many ?? { nouns: "entities", fail: `fail (${condition})`, failStill: `still fail (${condition})` };

/** More names than this make no page more useful. */
const namedMembers = 10;

function summaryOf(condition: Condition, { listed, joined, failing }: Members): string {
	const { nouns, fail, failStill } = wordsOf(condition);
	const extent = failing === joined ? `${joined} ${nouns} ${fail}` : `${failing} of ${joined} ${nouns} ${failStill}`;
	const left = listed.filter(({ endedAt }) => endedAt === undefined);
	const named = left.slice(0, namedMembers).map(({ name }) => name);
	const more = failing - named.length;
	return `${extent}${placesText(left)}: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** Where they are, where that is known of each that is listed. */
function placesText(left: readonly Member[]): string {
	const places = Map.groupBy(left, ({ place }) => place);
	if (places.has(undefined) || places.size === 0 || places.size > 5) return "";
	return ` (${[...places].map(([place, members]) => `${members.length} at ${place}`).join(", ")})`;
}

/** A member whose own incident is not there yet is still being written; one that has none for so long has ended. */
const writingMilliseconds = 120_000;

/** What a look at the members' own incidents found, by entity. */
export interface MembersRead {
	readonly failing: ReadonlySet<string>;
	/** Those of the failing that are well, and held open by flap damping. */
	readonly held: ReadonlySet<string>;
	readonly ended: ReadonlySet<string>;
}

/** The group after a look at its members; with the last of them it ends. */
export function afterRead(before: Incident, { failing, held, ended }: MembersRead, now: Instant): Incident {
	const { members } = before;
	if (members === undefined || before.state !== "open") return before;
	const isIn = ({ id, since, endedAt }: Member): boolean =>
		failing.has(id) || (endedAt === undefined && !ended.has(id) && now < since + writingMilliseconds);
	const listed = members.listed.map((member) => (isIn(member) || member.endedAt !== undefined ? member : { ...member, endedAt: now }));
	const ids = new Set([...failing, ...listed.flatMap(({ id, endedAt }) => (endedAt === undefined ? [id] : []))]);
	const group = heldWith(before, ids.size > 0 && [...ids].every((id) => held.has(id)), now);
	if (ids.size === members.failing && listed.every((member, index) => member === members.listed[index])) return group;
	// Of those that could not be counted as they joined, their own incidents tell.
	const joined = Math.max(members.joined, ids.size);
	const updated = withText(group, { ...members, listed, joined, failing: ids.size });
	return ids.size === 0 ? { ...updated, state: "recovered", recoveredAt: now } : updated;
}

/** A group is held while each member that has not ended is. */
function heldWith(group: Incident, allHeld: boolean, now: Instant): Incident {
	if (allHeld) return group.heldSince === undefined ? holdOpen(group, now) : group;
	return group.heldSince === undefined ? group : unheld(group);
}
