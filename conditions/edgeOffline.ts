import { locationOf } from "../functions/pipeline/detect/location.ts";
import type { Judged, Snapshot } from "../functions/pipeline/detect/snapshot.ts";
import type { EdgeState } from "../functions/pipeline/detect/sources.ts";
import { pollerRunbook } from "./condition.ts";

/** Why an edge got its verdict. */
type EdgeReason =
	| "online"
	| "offline"
	/** Not paired, not active or taken out of service on purpose: nobody is paged, and an open incident ends. */
	| "out-of-service"
	/** The API does not say whether it is online. */
	| "no-state";

/** An edge that no longer talks to Genesys Cloud. */
export const edgeOffline = pollerRunbook({
	name: "edge-offline",
	why: "Every trunk and phone that only this edge carries is cut off at once, and the other edges have to take its calls.",
	detects:
		"The edge is active and in service, and its online status is offline. An edge that is out of service on purpose is no breach; one without an online status is no data.",
	severity: "high",
	tells: "Which edge, since when, and which trunks and queues went down with it, in one page.",
	enabled: false,
	breachesToOpen: 2,
	momentary: true,
	settings: {},
	sources: ["edges"],
	permissions: ["telephony:plugin:all"],
	explainedBy: [],
	observe,
	many: { nouns: "edges", fail: "are offline", failStill: "are still offline" },
	say: ({ entity, reason }) => `Edge ${entity.name} is offline${reason === "offline" ? "" : ` (${reason})`}: it carries no calls`,
	measures: ({ online }) => (online === 0 ? ["0 calls carried: it has no connection to Genesys Cloud"] : []),
});

/** Judges each edge by itself: an edge that is in service and offline is a breach, however many others still work. */
function observe({ edges = [] }: Snapshot): readonly Judged[] {
	return edges
		.filter(({ state }) => state !== "deleted")
		.toSorted((one, other) => (one.id < other.id ? -1 : 1))
		.map((edge) => ({
			id: edge.id,
			name: edge.name,
			...judge(edge),
			metrics: edge.online === undefined ? {} : { online: edge.online ? 1 : 0 },
			raw: edge,
			...locationOf(edge.site, edge.division),
		}));
}

function judge({ state, statusCode, online }: EdgeState): Pick<Judged, "verdict"> & { readonly reason: EdgeReason } {
	if (state === "inactive" || (statusCode !== undefined && statusCode.toUpperCase() !== "ACTIVE"))
		return { verdict: "clear", reason: "out-of-service" };
	if (online === undefined) return { verdict: "no-data", reason: "no-state" };
	return online ? { verdict: "clear", reason: "online" } : { verdict: "breach", reason: "offline" };
}
