import type { WatchedCondition } from "../model/incident.ts";
import type { Observation } from "./observation.ts";

/** One entity under one condition. */
export interface Place {
	readonly condition: WatchedCondition;
	readonly id: string;
}

export type InhibitionReason =
	/** Every instance that could be judged sits on an edge that is offline. */
	| "carried-by-offline-edges"
	/** A trunk that is down has no degrees. */
	| "the-same-trunk-is-down"
	/** A trunk that the settings name as its feed is down. */
	| "fed-by-a-trunk-that-is-down";

/** Why a failure pages nobody of its own: another one explains it. */
export interface Inhibition {
	readonly reason: InhibitionReason;
	/** The failure at the top of the chain: the one that pages. */
	readonly parent: Place & { readonly name: string };
}

const placeKey = ({ condition, id }: Place): string => `${condition} ${id}`;

/** One poll's observations, to be found by what they are about. */
interface Index {
	readonly byPlace: ReadonlyMap<string, Observation>;
	/** The places of trunks by the trunk's name and by its id, in the order of the observations. */
	readonly trunksCalled: ReadonlyMap<string, readonly { readonly id: string; readonly position: number }[]>;
}

function indexOf(observations: readonly Observation[]): Index {
	const byPlace = new Map<string, Observation>();
	const trunks: { readonly id: string; readonly called: string; readonly position: number }[] = [];
	for (const [position, observation] of observations.entries()) {
		const key = placeKey(observation);
		if (!byPlace.has(key)) byPlace.set(key, observation);
		if (observation.condition !== "trunk-down") continue;
		const { id, name } = observation;
		for (const called of new Set([id, name])) trunks.push({ id, called, position });
	}
	return { byPlace, trunksCalled: Map.groupBy(trunks, ({ called }) => called) };
}

/** The incidents whose standing decides about this poll: the possible explanations of what breaches. Nothing breaches, nothing is asked. */
export function possibleParents(observations: readonly Observation[]): readonly Place[] {
	const index = indexOf(observations);
	const asked = new Map<string, Place>();
	const ask = (observation: Observation): void => {
		for (const { place } of explanations(observation, index)) {
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
		const holding = explanations(observation, index).filter(({ place }) => fails(place));
		const [first] = holding;
		if (first === undefined) return undefined;
		// Where it sits on several edges, one that works should carry it: all of them must fail. Nothing else is carried by anything.
		if (holding.length < (observation.carriedBy?.length ?? 0)) return undefined;
		const above = index.byPlace.get(placeKey(first.place));
		const higher = above?.verdict === "breach" ? explain(above) : undefined;
		return { reason: first.reason, parent: higher?.parent ?? { ...first.place, name: above?.name ?? first.place.id } };
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
	readonly reason: InhibitionReason;
	readonly place: Place;
}

/** Everything that could explain this failure, if it failed too. The levels are finite, hence so is every chain. */
function explanations(observation: Observation, { trunksCalled }: Index): readonly Explanation[] {
	switch (observation.condition) {
		case "edge-offline":
			return [];
		case "trunk-down":
			return (observation.carriedBy ?? []).map((id) => ({ reason: "carried-by-offline-edges", place: { condition: "edge-offline", id } }));
		case "trunk-degraded":
			return [{ reason: "the-same-trunk-is-down", place: { condition: "trunk-down", id: observation.id } }];
		case "queue-overflow": {
			const feeds = new Map(
				(observation.fedBy ?? []).flatMap((called) => trunksCalled.get(called) ?? []).map((feed) => [feed.id, feed] as const),
			);
			return [...feeds.values()]
				.toSorted((one, other) => one.position - other.position)
				.map(({ id }) => ({ reason: "fed-by-a-trunk-that-is-down", place: { condition: "trunk-down", id } }));
		}
	}
}
