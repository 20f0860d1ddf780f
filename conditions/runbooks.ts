import { type Source, sources } from "../functions/pipeline/detect/sources.ts";
import type { OverseerRunbook, PollerRunbook, Runbook } from "./condition.ts";
import type { NoFields } from "./fields.ts";
import * as listed from "./index.ts";

type Listed = (typeof listed)[keyof typeof listed];
type Watched = Extract<Listed, { readonly decidedBy: "poller" }>;
type Overseen = Exclude<Listed, Watched>;

export type RunbookName = Listed["name"];
export type WatchedName = Watched["name"];
export type OverseerName = Overseen["name"];

/** The settings that a runbook has of its own. */
export type FieldsOf<Name extends RunbookName> = Name extends WatchedName
	? Extract<Watched, { readonly name: Name }>["settings"]
	: NoFields;

/** Every permission that some runbook of the poller needs. */
export type WatchedPermission = Watched["permissions"][number];

/** A runbook of the poller, whichever it is. */
export type AnyWatched = PollerRunbook<WatchedName, NoFields, WatchedPermission>;

const all: readonly Listed[] = Object.values(listed);
const isWatched = (runbook: Listed): runbook is Watched => runbook.decidedBy === "poller";

/**
 * What the poller looks for, from the top of the topology down: by what it looks at, then what explains before what is explained, then by
 * name. The order of the lines in the list means nothing.
 */
export const watchedRunbooks: readonly AnyWatched[] = all
	.filter(isWatched)
	.toSorted((one, other) => level(one) - level(other) || depth(one) - depth(other) || byName(one, other));

/** What only the overseer can know, by name. */
export const overseerRunbooks: readonly OverseerRunbook<OverseerName>[] = all
	.filter((runbook): runbook is Overseen => !isWatched(runbook))
	.toSorted(byName);

/** The set of runbooks: the poller's, which a stack can enable and tune, and the overseer's own, which are always on. */
export const runbooks: readonly Runbook<RunbookName>[] = [...watchedRunbooks, ...overseerRunbooks];

const watchedByName: ReadonlyMap<string, AnyWatched> = new Map(watchedRunbooks.map((runbook) => [runbook.name, runbook]));

/** The poller's runbook of this name; undefined for one that only the overseer can know. */
export const watchedRunbook = (name: string): AnyWatched | undefined => watchedByName.get(name);

/** The runbook of this name, whoever decides it; undefined for a name that none has. */
export const runbookOf = (name: string): AnyWatched | OverseerRunbook | undefined =>
	watchedRunbook(name) ?? overseerRunbooks.find((runbook) => runbook.name === name);

/** The conditions whose entities this source lists. */
export const conditionsOf = (source: Source): readonly WatchedName[] =>
	watchedRunbooks.filter(({ sources: [first] }) => first === source).map(({ name }) => name);

function level({ sources: [first] }: AnyWatched): number {
	return sources.indexOf(first);
}

/** How many failures stand above it. */
function depth({ explainedBy }: AnyWatched): number {
	const above = all.filter(isWatched).filter(({ name }) => explainedBy.some(({ by }) => by === name));
	return above.reduce((deepest, runbook) => Math.max(deepest, 1 + depth(runbook)), 0);
}

function byName(one: Runbook, other: Runbook): number {
	return one.name < other.name ? -1 : 1;
}
