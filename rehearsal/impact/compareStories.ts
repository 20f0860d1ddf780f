import type { Outcome, Told } from "./told.ts";

/** What a change of settings does to somebody in one incident. */
export type Difference =
	| { readonly kind: "newly-paged"; readonly people: string; readonly target: string; readonly atSeconds: number }
	| { readonly kind: "no-longer-paged"; readonly people: string; readonly target: string; readonly because: string }
	| { readonly kind: "later" | "earlier"; readonly people: string; readonly target: string; readonly bySeconds: number }
	| {
			readonly kind: "other-channel";
			readonly people: string;
			readonly target: string;
			readonly instead: string;
			readonly bySeconds: number;
	  }
	| { readonly kind: "other-severity"; readonly from: string; readonly to: string }
	/** Somebody was paged for it, and nobody is. */
	| { readonly kind: "nobody-paged"; readonly because: string };

/** One difference, and the incident in which it shows. */
export type Shown = Difference & {
	readonly scenario: string;
	readonly incident: string;
	readonly occurrence: number;
	readonly condition: string;
	readonly entity: string;
};

export interface CompareOptions {
	readonly scenario: string;
	/** Pages that come so many seconds later or earlier, or fewer, are the same. */
	readonly toleratedSeconds: number;
}

/** Compares who was paged in one story under both settings, incident by incident. */
export function compareStories(from: readonly Outcome[], to: readonly Outcome[], options: CompareOptions): readonly Shown[] {
	const idOf = ({ key, occurrence }: Outcome): string => `${key} ${occurrence}`;
	const before = new Map(from.map((each) => [idOf(each), each]));
	const after = new Map(to.map((each) => [idOf(each), each]));
	return [...new Set([...before.keys(), ...after.keys()])].toSorted().flatMap((id) => {
		const [one, other] = [before.get(id), after.get(id)];
		const about = other ?? one;
		// What both only list is compared where it is listed.
		if ([one, other].every((each) => each === undefined || each.isListed)) return [];
		if (about === undefined || isPartOfEarlier(about, other === undefined ? to : one === undefined ? from : [])) return [];
		const { key: incident, occurrence, condition, entity } = about;
		const shown = { scenario: options.scenario, incident, occurrence, condition, entity };
		return differencesOf(one, other, options.toleratedSeconds).map((difference): Shown => ({ ...difference, ...shown }));
	});
}

/** A failure that comes and goes is one occurrence or several: what is none of its own there belongs to the one before, which told people. */
const isPartOfEarlier = ({ key, occurrence }: Outcome, others: readonly Outcome[]): boolean =>
	others.some((each) => each.key === key && each.occurrence < occurrence && each.told.length > 0);

function differencesOf(from: Outcome | undefined, to: Outcome | undefined, tolerated: number): readonly Difference[] {
	const [before, after] = [from?.told ?? [], to?.told ?? []];
	const because = to === undefined ? "it is not opened" : to.because;
	const gone = before.filter(({ target }) => !after.some((each) => each.target === target));
	const fresh = after.filter(({ target }) => !before.some((each) => each.target === target));
	const pairs = replaced(gone, fresh);
	const isPaired = (told: Told): boolean => pairs.some((pair) => pair.includes(told));
	const isOther = from !== undefined && to !== undefined && !from.isListed && !to.isListed && from.severity !== to.severity;
	return [
		...(before.length > 0 && after.length === 0 ? [{ kind: "nobody-paged" as const, because }] : []),
		...gone
			.filter((told) => !isPaired(told))
			.map(({ people, target }): Difference => ({ kind: "no-longer-paged", people, target, because: whyGone(after, because) })),
		...pairs.map(
			([old, now]): Difference => ({
				kind: "other-channel",
				people: now.people,
				target: old.target,
				instead: now.target,
				bySeconds: now.atSeconds - old.atSeconds,
			}),
		),
		...fresh
			.filter((told) => !isPaired(told))
			.map(({ people, target, atSeconds }): Difference => ({ kind: "newly-paged", people, target, atSeconds })),
		...before.flatMap((old) => moved(old, after, tolerated)),
		...(isOther ? [{ kind: "other-severity" as const, from: from.severity, to: to.severity }] : []),
	];
}

const whyGone = (after: readonly Told[], because: string): string =>
	after.length === 0 ? because : `paged instead: ${after.map(({ target }) => target).join(", ")}`;

/** The same people, told by another channel: what went and what came in one tier of one policy, in order. */
function replaced(gone: readonly Told[], fresh: readonly Told[]): readonly (readonly [Told, Told])[] {
	const free = [...fresh];
	return gone.flatMap((old): readonly (readonly [Told, Told])[] => {
		const index = free.findIndex(({ people }) => people === old.people);
		const [now] = index < 0 ? [] : free.splice(index, 1);
		return now === undefined ? [] : [[old, now]];
	});
}

function moved(old: Told, after: readonly Told[], tolerated: number): readonly Difference[] {
	const now = after.find(({ target }) => target === old.target);
	const bySeconds = now === undefined ? 0 : now.atSeconds - old.atSeconds;
	if (Math.abs(bySeconds) <= tolerated) return [];
	return [{ kind: bySeconds > 0 ? "later" : "earlier", people: old.people, target: old.target, bySeconds: Math.abs(bySeconds) }];
}
