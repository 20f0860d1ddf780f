import type { AlertFormat, Claim, ParsedAlerts } from "./alert.ts";
import { momentOf, property, textAt } from "./fields.ts";
import type { GenesysAlertingSettings } from "./settings.ts";

/**
 * An alert of Genesys Cloud's own alerting, as `GET /api/v2/alerting/alerts/{alertId}` answers it (the SDK's model `CommonAlert`), alone or in
 * the listing's `entities`. Assumption: Genesys Cloud sends these by screen, mail and SMS only, so something of yours reads them and posts them.
 * An alert that is not active any more has ended. A rule about exactly one queue is about its overflow, unless the settings say otherwise.
 */
export function genesysAlerting({ rules }: GenesysAlertingSettings): AlertFormat {
	return {
		sender: "ours",
		words: { conditions: {}, severities: {}, entities: {} },
		read: (body) => {
			const listed = property(body, "entities");
			const parsed = Array.isArray(listed)
				? listed.map((alert, index) => readAlert(alert, `entities[${index}].`, rules))
				: [readAlert(body, "", rules)];
			return { claims: parsed.flatMap(({ claims }) => claims), problems: parsed.flatMap(({ problems }) => problems) };
		},
	};
}

function readAlert(alert: unknown, at: string, rules: GenesysAlertingSettings["rules"]): ParsedAlerts {
	const active = property(alert, "active");
	const rule = textAt(property(alert, "rule"), "name") ?? textAt(alert, "name");
	const changedAt = momentOf(property(alert, active === false ? "dateEnd" : "dateStart"));
	if (typeof active !== "boolean" || rule === undefined)
		return {
			claims: [],
			problems: [
				...(typeof active === "boolean" ? [] : [`${at}active: expected true or false`]),
				...(rule === undefined ? [`${at}rule.name: expected the rule's name, got nothing`] : []),
			],
		};
	const known = Object.hasOwn(rules, rule) ? rules[rule] : undefined;
	const queue = onlyQueue(property(alert, "conditions"));
	const claim: Claim = {
		condition: { at: `${at}rule.name`, text: known?.condition ?? (queue === undefined ? undefined : "queue-overflow") },
		entity: { at: `${at}conditions.predicates: one queue`, text: known?.entityId ?? textAt(queue, "id") },
		entityName: textAt(queue, "name") ?? rule,
		severity: { at: "webhook.genesys-alerting.rules: severity", text: known?.severity },
		verdict: active ? "breach" : "clear",
		reason: active ? rule : `resolved: ${rule}`,
		changedAt,
		alert: textAt(property(alert, "rule"), "id") ?? rule,
		raw: alert,
	};
	return { claims: [claim], problems: [] };
}

/** The one queue that all predicates are about. */
function onlyQueue(given: unknown): unknown {
	const predicates = property(given, "predicates");
	const queues = (Array.isArray(predicates) ? predicates : []).map((predicate) => property(property(predicate, "entity"), "queue"));
	return new Set(queues.map((queue) => textAt(queue, "id"))).size === 1 ? queues[0] : undefined;
}
