import * as z from "zod";
import { conditionsOf } from "../../conditions/runbooks.ts";
import { sources } from "../../functions/pipeline/detect/sources.ts";
import { overseerConditions, type WatchedCondition, watchedConditions } from "../../functions/pipeline/model/incident.ts";
import { actors, happenings } from "../report/timelineEvent.ts";
import { credentialWords, span } from "./parts.ts";

const matcher = {
	what: z.enum(happenings),
	who: z.enum(actors).optional(),
	trunk: z.string().optional().describe("Only events of the incident of this trunk."),
	condition: z
		.enum(watchedConditions)
		.optional()
		.describe("Which incident of the trunk, the edge or the queue; trunk-down, edge-offline or queue-overflow when absent."),
	edge: z.string().optional().describe("Only events of the incident of this edge."),
	queue: z.string().optional().describe("Only events of the incident of this queue."),
	group: z.enum(watchedConditions).optional().describe("Only events of the first group incident of this condition."),
	self: z.enum(overseerConditions).optional().describe("Only events of the overseer's own incidents of this condition."),
	credential: z
		.string()
		.optional()
		.describe(`Only events of the incident of this credential: a client's name, ${credentialWords.join(", or ")}.`),
	drill: z.string().optional().describe("Only events of the drill of this policy."),
	channel: z.string().optional(),
	tier: z.number().int().positive().optional(),
	attempt: z.number().int().positive().optional(),
	outcome: z.string().optional(),
	policy: z.string().optional().describe("Only events of an incident that is paged by this policy at that time."),
};

interface NamedEntity {
	readonly condition?: WatchedCondition | undefined;
	readonly trunk?: string | undefined;
	readonly edge?: string | undefined;
	readonly queue?: string | undefined;
}

const conditionError = { path: ["condition"], error: "expected a condition of the trunk, the edge or the queue that is named beside it" };

/** Otherwise it would be another incident's, or none's. */
function isOfItsEntity({ condition, trunk, edge, queue }: NamedEntity): boolean {
	if (condition === undefined) return true;
	const named = { trunks: trunk, edges: edge, queues: queue };
	return sources.some((source) => named[source] !== undefined && conditionsOf(source).includes(condition));
}

/** What must follow. `by` is the deadline; `from` the earliest time that counts; `times` the exact number in the whole rehearsal. */
export const must = z
	.strictObject({ ...matcher, by: span, from: span.optional(), times: z.number().int().positive().optional() })
	.refine(isOfItsEntity, conditionError);
export type Must = z.output<typeof must>;

/** What must not happen at all. */
export const never = z.strictObject(matcher).refine(isOfItsEntity, conditionError);
export type Never = z.output<typeof never>;
