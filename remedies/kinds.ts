import * as listed from "./index.ts";
import type { Fields, Needs, RemedyKind, Statement, Values } from "./remedy.ts";

type Listed = (typeof listed)[keyof typeof listed];

export type RemedyName = Listed["kind"];

/** What may repair a failure by itself, as it stands in the settings. */
export type Remedy = { [L in Listed as L["kind"]]: { readonly kind: L["kind"] } & Values<L["settings"]> }[RemedyName];

/** Every permission that some remedy needs. */
export type RemedyPermission = NonNullable<Listed["needs"]["permissions"]>[number];

/** A kind of remedy, whichever it is. */
export type AnyRemedyKind = RemedyKind<RemedyName, Fields, RemedyPermission>;

const all: readonly AnyRemedyKind[] = Object.values<AnyRemedyKind>(listed);

/** Every kind, by name. */
export const remedyKinds: readonly AnyRemedyKind[] = all.toSorted(({ kind }, { kind: other }) => (kind < other ? -1 : 1));

const byName = new Map(all.map((described) => [described.kind, described]));

/** The description of this kind. Throws RangeError for a name that no line of the list has. */
export function remedyKindOf(kind: RemedyName): AnyRemedyKind {
	const found = byName.get(kind);
	if (found !== undefined) return found;
	throw new RangeError(`Expected a kind of remedy, one of ${[...byName.keys()].join(", ")}, got ${kind}`);
}

/** What a remedy acts on, as one text: equal for two runbooks that share it. */
export const remedyId = (remedy: Remedy): string => `${remedy.kind}:${remedyKindOf(remedy.kind).identity(valuesOf(remedy))}`;

export const needsOf = ({ kind }: Pick<Remedy, "kind">): Needs<Values<Fields>, RemedyPermission> => remedyKindOf(kind).needs;

/** What these remedies need of AWS, each statement once. */
export function statementsOf(remedies: readonly Remedy[]): readonly Statement[] {
	const needed = remedies.flatMap((remedy) => needsOf(remedy).aws?.(valuesOf(remedy)) ?? []);
	return [...Map.groupBy(needed, ({ sid }) => sid)].map(([sid, same]) => ({
		sid,
		actions: [...new Set(same.flatMap(({ actions }) => actions))],
		resources: distinct(same.flatMap(({ resources }) => resources)),
		...whereOf(same),
	}));
}

/** Statements of one id are of one remedy: they have one condition. */
const whereOf = (same: readonly Statement[]): Pick<Statement, "where"> => {
	const where = same.find((each) => each.where !== undefined)?.where;
	return where === undefined ? {} : { where };
};

function distinct<T>(values: readonly T[]): readonly T[] {
	return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

/** The settings of a remedy, beside its kind, for a description of whatever kind. */
export const valuesOf = (remedy: Remedy): Values<Fields> => ({ ...remedy }) as Values<Fields>;
