import * as z from "zod";
import { bodyOf } from "./bodies.ts";
import type { Emulator, Route } from "./emulator.ts";
import { page } from "./paging.ts";
import { homeDivision, isoTime, type Queue } from "./state.ts";

const metrics = [
	"oActiveUsers",
	"oAlerting",
	"oInteracting",
	"oMemberUsers",
	"oOffQueueUsers",
	"oOnQueueUsers",
	"oUserPresences",
	"oUserRoutingStatuses",
	"oWaiting",
] as const;

const predicate = z.object({ dimension: z.string(), value: z.string() });
const observationQuery = z.object({
	filter: z.object({
		type: z.enum(["and", "or"]),
		predicates: z.array(predicate).optional(),
		clauses: z.array(z.object({ type: z.enum(["and", "or"]), predicates: z.array(predicate) })).optional(),
	}),
	metrics: z.array(z.enum(metrics)).min(1),
	detailMetrics: z.array(z.enum(metrics)).optional(),
});

/** More observations than this are cut to the oldest and the newest half (assumed: the vendor names no number). */
const mostObservations = 100;

/** Queues, and the observation query: voice only, no row for a queue without activity; users have a row without a media type. */
export function queueRoutes({ state }: Emulator): Route[] {
	return [
		{
			method: "GET",
			path: "/api/v2/routing/queues",
			permissions: ["routing:queue:view"],
			handle: ({ query }) => {
				const name = query.get("name")?.toLowerCase();
				const named = [...state.queues.values()].filter(
					(queue) => name === undefined || queue.name.toLowerCase().includes(name.replaceAll("*", "")),
				);
				const entities = named.map(({ id, name, division = homeDivision(state) }) => ({ id, name, division }));
				return { body: page(entities, query, "/api/v2/routing/queues") };
			},
		},
		{
			method: "POST",
			path: "/api/v2/analytics/queues/observations/query",
			permissions: ["analytics:queueObservation:view"],
			handle: ({ body }) => {
				const query = bodyOf(observationQuery, body);
				const predicates = [...(query.filter.predicates ?? []), ...(query.filter.clauses ?? []).flatMap((clause) => clause.predicates)];
				const wanted = new Set(predicates.filter(({ dimension }) => dimension === "queueId").map(({ value }) => value));
				const busy = [...state.queues.values()].filter((queue) => wanted.has(queue.id));
				return { body: { systemToOrganizationMappings: {}, results: busy.flatMap((queue) => observe(queue, query)) } };
			},
		},
	];
}

type Query = z.infer<typeof observationQuery>;

function observe(queue: Queue, { metrics: wanted, detailMetrics = [] }: Query): Record<string, unknown>[] {
	const counts: Readonly<Record<string, number>> = { oWaiting: queue.waiting, oInteracting: queue.interacting };
	const ofCalls = wanted.filter((metric) => metric !== "oOnQueueUsers");
	const calls = {
		group: { queueId: queue.id, mediaType: "voice" },
		data: ofCalls.map((metric) => ({
			metric,
			stats: { count: counts[metric] ?? 0 },
			...(metric === "oWaiting" && detailMetrics.includes(metric) ? details(queue.waitingSince) : {}),
		})),
	};
	const users = {
		group: { queueId: queue.id },
		data: [{ metric: "oOnQueueUsers", qualifier: "IDLE", stats: { count: queue.onQueueUsers } }],
	};
	const busy = queue.waiting + queue.interacting > 0 && ofCalls.length > 0;
	return [...(busy ? [calls] : []), ...(wanted.includes("oOnQueueUsers") && queue.onQueueUsers > 0 ? [users] : [])];
}

function details(since: readonly number[]): Record<string, unknown> {
	const truncated = since.length > mostObservations;
	const kept = truncated ? [...since.slice(0, mostObservations / 2), ...since.slice(-mostObservations / 2)] : since;
	return { truncated, observations: kept.map((at) => ({ observationDate: isoTime(at) })) };
}
