import type { Route } from "./emulator.ts";

/**
 * Topics that an on-call system may want, of the vendor's `notificationMappings.json`. That all of them come by both ways is an assumption, and so
 * is how the ways are written.
 */
const topics = [
	"v2.telephony.providers.edges.trunks.{id}",
	"v2.telephony.providers.edges.trunks.{id}.metrics",
	"v2.telephony.providers.edges.{id}",
	"v2.analytics.queues.{id}.observations",
	"v2.operations.events.{id}",
];

/** `GET /api/v2/notifications/availabletopics`: needs no permission; `transports` only where it is asked for. */
export function notificationRoutes(): Route[] {
	return [
		{
			method: "GET",
			path: "/api/v2/notifications/availabletopics",
			permissions: [],
			handle: ({ query }) => {
				const isExpanded = query.getAll("expand").includes("transports");
				const entities = topics.map((id) => ({ id, ...(isExpanded ? { transports: ["Websocket", "EventBridge"] } : {}) }));
				return { body: { entities } };
			},
		},
	];
}
