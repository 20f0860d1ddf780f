import type { EdgeState } from "../ports.ts";
import type { Detector, Observation } from "./observation.ts";

/** Why an edge got its verdict. */
export type EdgeReason =
	| "online"
	| "offline"
	/** Not paired, not active or taken out of service on purpose: nobody is paged, and an open incident ends. */
	| "out-of-service"
	/** The API does not say whether it is online. */
	| "no-state";

/** Judges each edge by itself: an edge that is in service and offline is a breach, however many others still work. */
export function detectEdges(edges: readonly EdgeState[]): readonly Observation[] {
	return edges
		.filter(({ state }) => state !== "deleted")
		.toSorted((one, other) => (one.id < other.id ? -1 : 1))
		.map((edge) => ({
			condition: "edge-offline",
			id: edge.id,
			name: edge.name,
			...judge(edge),
			metrics: edge.online === undefined ? {} : { online: edge.online ? 1 : 0 },
			raw: edge,
		}));
}

function judge({ state, statusCode, online }: EdgeState): Pick<Observation, "verdict"> & { readonly reason: EdgeReason } {
	if (state === "inactive" || (statusCode !== undefined && statusCode.toUpperCase() !== "ACTIVE"))
		return { verdict: "clear", reason: "out-of-service" };
	if (online === undefined) return { verdict: "no-data", reason: "no-state" };
	return online ? { verdict: "clear", reason: "online" } : { verdict: "breach", reason: "offline" };
}

export const edgeDetector: Detector = {
	needs: ["edges"],
	observe: ({ edges = [] }) => detectEdges(edges),
	many: { nouns: "edges", fail: "are offline", failStill: "are still offline" },
	say: ({ entity, reason }) => `Edge ${entity.name} is offline${reason === "offline" ? "" : ` (${reason})`}: it carries no calls`,
};
