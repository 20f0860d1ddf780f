import type { WatchedCondition } from "./incident.ts";
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

/** The incidents whose standing decides about this poll: the possible explanations of what breaches. Nothing breaches, nothing is asked. */
export function possibleParents(observations: readonly Observation[]): readonly Place[] {
	const asked = new Map<string, Place>();
	const ask = (observation: Observation): void => {
		for (const { place } of explanations(observation, observations)) {
			if (asked.has(placeKey(place))) continue;
			asked.set(placeKey(place), place);
			const above = observations.find((other) => placeKey(other) === placeKey(place));
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
	const found = new Map<Observation, Inhibition>();
	const fails = (place: Place): boolean =>
		observations.some((other) => other.verdict === "breach" && placeKey(other) === placeKey(place)) || isOpen(place);
	const explain = (observation: Observation): Inhibition | undefined => {
		const holding = explanations(observation, observations).filter(({ place }) => fails(place));
		const [first] = holding;
		if (first === undefined) return undefined;
		// Where it sits on several edges, one that works should carry it: all of them must fail. Nothing else is carried by anything.
		if (holding.length < (observation.carriedBy?.length ?? 0)) return undefined;
		const above = observations.find((other) => placeKey(other) === placeKey(first.place));
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
function explanations(observation: Observation, all: readonly Observation[]): readonly Explanation[] {
	switch (observation.condition) {
		case "edge-offline":
			return [];
		case "trunk-down":
			return (observation.carriedBy ?? []).map((id) => ({ reason: "carried-by-offline-edges", place: { condition: "edge-offline", id } }));
		case "trunk-degraded":
			return [{ reason: "the-same-trunk-is-down", place: { condition: "trunk-down", id: observation.id } }];
		case "queue-overflow": {
			const feeds = all.filter(({ condition, name }) => condition === "trunk-down" && observation.fedBy?.includes(name) === true);
			return feeds.map(({ id }) => ({ reason: "fed-by-a-trunk-that-is-down", place: { condition: "trunk-down", id } }));
		}
	}
}
