import type { PagerDutyEvent } from "./events.ts";

/** What an event with a key of its own makes; the state of its incident is another one. */
export interface PagerDutyAlert {
	readonly key: string;
	readonly summary: string;
	readonly createdAt: number;
	readonly isResolved: boolean;
}

/** An incident as the account keeps it. */
export interface PagerDutyIncident {
	readonly id: string;
	readonly number: number;
	readonly serviceId: string;
	readonly serviceName: string;
	/** The dedup key of the event that made it, which is its first alert's: the incident itself has none. "" where people made it. */
	readonly incidentKey: string;
	/** What is in it now: grouping and merging bring others in, and take its own away. */
	readonly alerts: readonly PagerDutyAlert[];
	readonly title: string;
	readonly severity: string;
	readonly source: string;
	readonly component: string;
	readonly group: string;
	readonly details: unknown;
	readonly status: "triggered" | "acknowledged" | "resolved";
	readonly createdAt: number;
	readonly changedAt: number;
	/** Who changed the status last: a person, or the service itself when an event did. */
	readonly changedBy: Agent;
	/** Whom it is assigned to by hand; absent while it is the escalation policy's. */
	readonly assignedTo?: string;
	/** When a person answered it first; absent once that was taken back. */
	readonly answeredAt?: number;
	readonly resolvedAt?: number;
	/** The id of the incident that has its alerts now. */
	readonly mergedInto?: string;
	/** Whether people or another tool made it. */
	readonly isOthers?: true;
	/** Trigger events that this incident took in; each but the first is a log entry and pages nobody. */
	readonly triggers: number;
}

export interface Agent {
	readonly summary: string;
	readonly person: boolean;
}

type Made = Pick<PagerDutyIncident, "number" | "serviceId" | "serviceName" | "createdAt">;

/** What a trigger event makes. */
export const incidentOf = (made: Made, event: PagerDutyEvent, key: string): PagerDutyIncident => ({
	...blank(made, event.summary),
	incidentKey: key,
	alerts: [alertOf(event, key, made.createdAt)],
	severity: event.severity,
	source: event.source,
	component: event.component,
	group: event.group,
	details: event.details,
	changedBy: { summary: made.serviceName, person: false },
});

/** What people, or another tool, made of something else. */
export const othersIncident = (made: Made, title: string, by: Agent): PagerDutyIncident => ({
	...blank(made, title),
	changedBy: by,
	isOthers: true,
});

export const alertOf = ({ summary }: PagerDutyEvent, key: string, createdAt: number): PagerDutyAlert => ({
	key,
	summary,
	createdAt,
	isResolved: false,
});

const blank = (made: Made, title: string) => ({
	...made,
	...{ incidentKey: "", alerts: [], title, severity: "", source: "", component: "", group: "", details: undefined },
	id: `Q${made.number.toString(36).toUpperCase().padStart(13, "0")}`,
	status: "triggered" as const,
	changedAt: made.createdAt,
	triggers: 1,
});

export const isOpen = ({ status }: PagerDutyIncident): boolean => status !== "resolved";

/** Whether an alert of this key is in it that is not over. */
export const holds = (incident: PagerDutyIncident, key: string): boolean =>
	isOpen(incident) && incident.alerts.some((alert) => alert.key === key && !alert.isResolved);

/** The one reason that there is, "merged", with the incident that has its alerts now; as the REST API and the webhooks say it. */
export const resolveReason = ({ mergedInto }: PagerDutyIncident) =>
	mergedInto === undefined ? null : { type: "merge_resolve_reason", incident: { id: mergedInto, type: "incident_reference" } };
