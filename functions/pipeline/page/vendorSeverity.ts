import type { Severity } from "../model/incident.ts";

/** PagerDuty's severities (Events API v2): it rejects every other word. */
export type PagerDutySeverity = "critical" | "error" | "warning" | "info";

/** Our severity as PagerDuty's, for the adapter and for the data action alike. */
export const pagerDutySeverity: Readonly<Record<Severity, PagerDutySeverity>> = {
	critical: "critical",
	high: "error",
	medium: "warning",
	low: "info",
};
