import type { Inbound } from "../inbound.ts";
import { opsgenieInbound } from "./opsgenie.ts";

/** The webhook integration of its operations, which tells the actions of an alert as Opsgenie does. */
export const jsmInbound = {
	...opsgenieInbound,
	source: 'support.atlassian.com/jira-service-management-cloud, "Alert action data"',
} as const satisfies Inbound;
