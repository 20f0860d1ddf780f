import type { AlertFormat, Claim, Found, ParsedAlerts } from "./alert.ts";
import { momentOf, oneOf, textOf } from "./fields.ts";
import { select } from "./jsonPath.ts";
import type { JsonAlertSettings } from "./settings.ts";

/** Any JSON whose fields the settings can point at. */
export function jsonAlerts(settings: JsonAlertSettings): AlertFormat {
	return {
		sender: "ours",
		words: settings,
		read: (body) => {
			const alerts = select(body, settings.alerts);
			if (alerts.length === 0) return { claims: [], problems: [`${settings.alerts}: expected at least one alert, got nothing`] };
			const parsed = alerts.map((alert, index) => readAlert(alert, index, settings));
			return { claims: parsed.flatMap(({ claims }) => claims), problems: parsed.flatMap(({ problems }) => problems) };
		},
	};
}

function readAlert(alert: unknown, index: number, settings: JsonAlertSettings): ParsedAlerts {
	const found = (path: string): Found => ({ at: `alert ${index}, ${path}`, text: textOf(select(alert, path)[0]) });
	const optional = (path: string | undefined): Found | undefined => (path === undefined ? undefined : found(path));
	const { at, text } = found(settings.verdict);
	const verdict = text !== undefined && Object.hasOwn(settings.verdicts, text) ? settings.verdicts[text] : undefined;
	if (verdict === undefined) return { claims: [], problems: [`${at}: expected ${oneOf(Object.keys(settings.verdicts))}`] };
	const claim: Claim = {
		condition: found(settings.condition),
		entity: found(settings.entityId),
		entityName: optional(settings.entityName)?.text,
		severity: optional(settings.severity) ?? { at: "severity", text: undefined },
		verdict,
		reason: optional(settings.reason)?.text,
		changedAt: settings.changedAt === undefined ? undefined : momentOf(select(alert, settings.changedAt)[0]),
		alert: optional(settings.alert)?.text,
		raw: alert,
	};
	return { claims: [claim], problems: [] };
}
