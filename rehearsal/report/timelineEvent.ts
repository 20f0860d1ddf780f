import * as z from "zod";
import { vendorSystems } from "../vendors/emulators.ts";

/** Who can be behind an event: a closed set. */
export const actors = [
	"scenario",
	"schedule",
	"poller",
	"normalizer",
	"dispatcher",
	"ledger",
	"workflow",
	"overseer",
	"remediator",
	"messenger",
	"listener",
	"genesys",
	...vendorSystems,
	"customer",
	"cloudwatch",
	"sns",
	"deadmansswitch",
	"person",
] as const;
export type Actor = (typeof actors)[number];

/** What can happen: a closed set; a new scenario verb adds its own. */
export const happenings = [
	"trunk-down",
	"trunk-up",
	"trunk-disabled",
	"trunk-deleted",
	"trunk-degrades",
	"edge-offline",
	"edge-online",
	"queue-fills",
	"queue-drains",
	"event-repeats",
	"event-unknown",
	"fault-began",
	"fault-ended",
	"webhook-sent",
	"intruded",
	"topic-subscribed",
	"approved",
	"acted",
	"operated",
	"announced",
	"called",
	"informed",
	"inform-failed",
	"inform-proven",
	"inform-unproven",
	"link-followed",
	"silences",
	"ends-silence",
	"rotated",
	"asks-drill",
	"deployed",
	"killed",
	"polled",
	"observed",
	"incident-opened",
	"routed",
	"incident-seen-again",
	"held",
	"relapsed",
	"silenced",
	"silence-ended",
	"grouped",
	"ungrouped",
	"queued",
	"lease-taken",
	"lease-refused",
	"lease-released",
	"workflow-launched",
	"workflow-claimed",
	"workflow-refused",
	"workflow-ended",
	"credentials-checked",
	"credential-switched",
	"remediated",
	"remediation-skipped",
	"remediation-verified",
	"rolled-back",
	"page-sent",
	"page-failed",
	"page-proven",
	"page-unproven",
	"page-updated",
	"page-presumed",
	"acknowledged",
	"unacknowledged",
	"repeated",
	"escalated",
	"exhausted",
	"stale",
	"taken-over",
	"handed-back",
	"recovered",
	"recovery-sent",
	"incident-resolved",
	"drill-begun",
	"drill-passed",
	"drill-failed",
	"drill-missed",
	"drill-put-off",
	"error",
	"heartbeat-unsent",
	"alarm-raised",
	"alarm-ended",
	"alarm-sent",
	"heartbeat-missed",
	"heartbeat-resumed",
] as const;
export type Happening = (typeof happenings)[number];

export const timelineEvent = z.strictObject({
	id: z.number().int().positive().describe("Counts from 1, in order."),
	atSeconds: z.number().nonnegative().describe("Seconds from the start of the scenario."),
	who: z.enum(actors),
	what: z.enum(happenings),
	because: z
		.number()
		.int()
		.positive()
		.optional()
		.describe("The id of the event that caused this one; absent for what the scenario injects, the schedule and the program's start."),
	incident: z.string().optional().describe("The incident's key."),
	occurrence: z.number().int().positive().optional(),
	channel: z.string().optional().describe("The channel's name in its tier."),
	tier: z.number().int().positive().optional().describe("Counts from 1."),
	attempt: z.number().int().positive().optional().describe("Counts from 1 for each executor, channel and tier."),
	outcome: z.string().optional(),
	detail: z.string().optional(),
});
export type TimelineEvent = z.output<typeof timelineEvent>;

/** Everything of an event but what the timeline itself adds. */
export type NewEvent = Omit<TimelineEvent, "id" | "atSeconds" | "because"> & { readonly because?: number | undefined };

/** The occurrence that an event is about, for another event about the same. */
export function incidentOf(event: TimelineEvent | undefined): Pick<TimelineEvent, "incident" | "occurrence"> {
	const { incident, occurrence } = event ?? {};
	return { ...(incident === undefined ? {} : { incident }), ...(occurrence === undefined ? {} : { occurrence }) };
}
