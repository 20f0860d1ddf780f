import type { Severity } from "../model/incident.ts";
import type { AlertFormat, Claim, ParsedAlerts } from "./alert.ts";
import { property, textAt } from "./fields.ts";
import type { AlertmanagerSettings } from "./settings.ts";

/** What people usually write into the label `severity`. */
const usual: Readonly<Record<string, Severity>> = { page: "critical", error: "high", warning: "medium", info: "low", none: "low" };

/**
 * Prometheus Alertmanager's webhook body, version 4 (https://prometheus.io/docs/alerting/latest/configuration/#webhook_config): a group of
 * alerts, those that are resolved among them. Nothing says when an alert is told: the request is the news.
 */
export function alertmanager(settings: AlertmanagerSettings): AlertFormat {
	return {
		sender: "ours",
		words: { ...settings, severities: { ...usual, ...settings.severities } },
		read: (body) => {
			const alerts = property(body, "alerts");
			const problems = [
				...(property(body, "version") === "4" ? [] : ['version: expected "4", of Alertmanager 0.4.0 or later']),
				...(Array.isArray(alerts) && alerts.length > 0 ? [] : ["alerts: expected a list of at least one alert"]),
				...(Number(property(body, "truncatedAlerts") ?? 0) === 0
					? []
					: ["truncatedAlerts: expected 0; set max_alerts of the receiver to 0"]),
			];
			const parsed = (Array.isArray(alerts) ? alerts : []).map((alert, index) => readAlert(alert, `alerts[${index}]`, settings));
			return { claims: parsed.flatMap(({ claims }) => claims), problems: [...problems, ...parsed.flatMap((each) => each.problems)] };
		},
	};
}

function readAlert(alert: unknown, at: string, settings: AlertmanagerSettings): ParsedAlerts {
	const status = property(alert, "status");
	if (status !== "firing" && status !== "resolved") return { claims: [], problems: [`${at}.status: expected one of firing, resolved`] };
	const labels = property(alert, "labels");
	const label = (name: string) => ({ at: `${at}.labels.${name}`, text: textAt(labels, name) });
	const annotations = property(alert, "annotations");
	const summary = textAt(annotations, "summary") ?? textAt(annotations, "description") ?? textAt(labels, "alertname");
	const claim: Claim = {
		condition: label(settings.conditionLabel),
		entity: label(settings.entityLabel),
		entityName: label(settings.entityNameLabel).text,
		severity: label(settings.severityLabel),
		verdict: status === "firing" ? "breach" : "clear",
		reason: status === "firing" ? summary : `resolved: ${summary ?? "the alert"}`,
		alert: textAt(alert, "fingerprint"),
		raw: alert,
	};
	return { claims: [claim], problems: [] };
}
