import { watchedRunbook } from "../../../conditions/runbooks.ts";
import type { WatchedCondition } from "../model/incident.ts";
import type { Observation } from "./observation.ts";

/** One entity under one condition. */
export interface Place {
	readonly condition: WatchedCondition;
	readonly id: string;
}

/** Why a failure pages nobody of its own: another one explains it. */
export interface Inhibition {
	/** That of the explanation, from its runbook. */
	readonly reason: string;
	/** The failure at the top of the chain: the one that pages. */
	readonly parent: Place & { readonly name: string };
}

const placeKey = ({ condition, id }: Place): string => `${condition} ${id}`;

/** One poll's observations, to be found by what they are about. */
interface Index {
	readonly byPlace: ReadonlyMap<string, Observation>;
	/** The entities under a condition by their names and by their ids. */
	called(condition: WatchedCondition, word: string): readonly Called[];
}

interface Called {
	readonly id: string;
	readonly position: number;
}

function indexOf(observations: readonly Observation[]): Index {
	const byPlace = new Map<string, Observation>();
	for (const observation of observations) {
		const key = placeKey(observation);
		if (!byPlace.has(key)) byPlace.set(key, observation);
	}
	// Most polls ask for nobody by name.
	const byCondition = new Map<WatchedCondition, ReadonlyMap<string, readonly Called[]>>();
	const called: Index["called"] = (condition, word) => {
		const words = byCondition.get(condition) ?? wordsOf(observations, condition);
		byCondition.set(condition, words);
		return words.get(word) ?? [];
	};
	return { byPlace, called };
}

function wordsOf(observations: readonly Observation[], wanted: WatchedCondition): ReadonlyMap<string, readonly Called[]> {
	const words = observations.flatMap(({ condition, id, name }, position) =>
		condition === wanted ? [...new Set([id, name])].map((word) => ({ word, id, position })) : [],
	);
	return Map.groupBy(words, ({ word }) => word);
}

/** The incidents whose standing decides about this poll: the possible explanations of what breaches. Nothing breaches, nothing is asked. */
export function possibleParents(observations: readonly Observation[]): readonly Place[] {
	const index = indexOf(observations);
	const asked = new Map<string, Place>();
	const ask = (observation: Observation): void => {
		for (const place of explanations(observation, index).flatMap(({ places }) => places)) {
			const key = placeKey(place);
			if (asked.has(key)) continue;
			asked.set(key, place);
			const above = index.byPlace.get(key);
			if (above !== undefined) ask(above);
		}
	};
	for (const observation of observations) if (observation.verdict === "breach") ask(observation);
	return [...asked.values()];
}

/**
 * Platform > edge > trunk > queue: what of this poll's breaches is explained by another failure, which breaches in this poll or has an open
 * incident. The whole is one page, with the children listed in it; a child's streak goes on, so it opens by itself at the first poll after
 * its parent ended. An unreachable platform inhibits everything by itself: there is no observation then. A failure without an
 * explanation that holds *now* is never withheld.
 */
export function inhibitions(observations: readonly Observation[], isOpen: (place: Place) => boolean): ReadonlyMap<Observation, Inhibition> {
	const index = indexOf(observations);
	const found = new Map<Observation, Inhibition>();
	const fails = (place: Place): boolean => index.byPlace.get(placeKey(place))?.verdict === "breach" || isOpen(place);
	const explain = (observation: Observation): Inhibition | undefined => {
		const holding = explanations(observation, index)
			.map(({ places, ...explanation }) => ({ ...explanation, asked: places.length, failing: places.filter(fails) }))
			.find(({ when, asked, failing }) => failing.length > 0 && (when === "any" || failing.length === asked));
		const [first] = holding?.failing ?? [];
		if (holding === undefined || first === undefined) return undefined;
		const above = index.byPlace.get(placeKey(first));
		const higher = above?.verdict === "breach" ? explain(above) : undefined;
		return { reason: holding.reason, parent: higher?.parent ?? { ...first, name: above?.name ?? first.id } };
	};
	for (const observation of observations) {
		// An incident that was open before its explanation came along keeps its own page.
		if (observation.verdict !== "breach" || isOpen(observation)) continue;
		const inhibition = explain(observation);
		if (inhibition !== undefined) found.set(observation, inhibition);
	}
	return found;
}

interface Explanation {
	readonly reason: string;
	readonly when: "any" | "all";
	readonly places: readonly Place[];
}

/** Everything that could explain this failure, if it failed too. A runbook names those above it only, hence every chain ends. */
function explanations(observation: Observation, { called }: Index): readonly Explanation[] {
	const { explainedBy = [] } = watchedRunbook(observation.condition) ?? {};
	return explainedBy.flatMap(({ by, reason, when, entities }) => {
		const condition = watchedRunbook(by)?.name;
		if (condition === undefined) return [];
		const ids = entities(observation, (words) => idsOf(words.flatMap((word) => called(condition, word))));
		return [{ reason, when, places: ids.map((id) => ({ condition, id })) }];
	});
}

/** Each id once, in the order of the observations. */
function idsOf(found: readonly Called[]): readonly string[] {
	const byId = new Map(found.map((each) => [each.id, each] as const));
	return [...byId.values()].toSorted((one, other) => one.position - other.position).map(({ id }) => id);
}
