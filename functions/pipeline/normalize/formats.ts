import type { AlertFormat } from "./alert.ts";
import { alertmanager } from "./alertmanager.ts";
import { cloudwatch } from "./cloudwatch.ts";
import { genesysAlerting } from "./genesysAlerting.ts";
import { jsonAlerts } from "./jsonAlerts.ts";
import type { WebhookSettings } from "./settings.ts";

/** The formats that a stack takes, by the last part of their path: one line each. Only those that the settings name. */
export function formatsOf(webhook: WebhookSettings = {}): ReadonlyMap<string, AlertFormat> {
	const { alertmanager: prometheus, cloudwatch: alarms, "genesys-alerting": genesys, json = {} } = webhook;
	return new Map([
		...(prometheus === undefined ? [] : [["alertmanager", alertmanager(prometheus)] as const]),
		...(alarms === undefined ? [] : [["cloudwatch", cloudwatch(alarms)] as const]),
		...(genesys === undefined ? [] : [["genesys-alerting", genesysAlerting(genesys)] as const]),
		...Object.entries(json).map(([name, mapping]) => [name, jsonAlerts(mapping)] as const),
	]);
}

/** Names that a format of your own cannot have. */
export const builtInFormats = ["alertmanager", "cloudwatch", "genesys-alerting"] as const;
