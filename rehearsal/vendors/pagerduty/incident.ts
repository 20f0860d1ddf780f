/** An incident as the account keeps it. */
export interface PagerDutyIncident {
	readonly id: string;
	readonly number: number;
	readonly serviceId: string;
	readonly serviceName: string;
	/** The event's dedup key, which is its alert's: the incident itself has none. */
	readonly incidentKey: string;
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
	readonly changedBy: { readonly summary: string; readonly person: boolean };
	/** When a person answered it first; absent once that was taken back. */
	readonly answeredAt?: number;
	readonly resolvedAt?: number;
	/** Trigger events that this incident took in; each but the first is a log entry and pages nobody. */
	readonly triggers: number;
}
