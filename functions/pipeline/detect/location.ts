import type { Location, Named } from "../model/words.ts";
import type { Snapshot } from "./snapshot.ts";
import type { TrunkInstance } from "./sources.ts";

interface Located {
	readonly location?: Location;
}

/** Where something is in the organization, as far as that is known. */
export function locationOf(site: Named | undefined, division: Named | undefined): Located {
	if (site === undefined && division === undefined) return {};
	return { location: { ...(site === undefined ? {} : { site }), ...(division === undefined ? {} : { division }) } };
}

/** Says of a trunk where it is: at the one site of all its edges, where this poll read them, and in the one division of its instances. */
export function trunkLocations({ edges = [] }: Pick<Snapshot, "edges">): (group: readonly TrunkInstance[]) => Located {
	const sites = new Map(edges.map(({ id, site }) => [id, site] as const));
	return (group) => locationOf(onlyOne(group.map(({ edge }) => sites.get(edge?.id ?? ""))), onlyOne(group.map(({ division }) => division)));
}

/** What all of them have in common; one that is unknown may be another one. */
function onlyOne(all: readonly (Named | undefined)[]): Named | undefined {
	const [first] = all;
	return all.every((each) => each?.id === first?.id) ? first : undefined;
}
