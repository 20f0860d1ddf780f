import type { Verdict } from "../model/incident.ts";
import type { AlertFormat, Claim, ParsedAlerts } from "./alert.ts";
import { momentOf, oneOf, property, textAt } from "./fields.ts";
import type { CloudWatchSettings } from "./settings.ts";

const verdicts: Readonly<Record<string, Verdict>> = { ALARM: "breach", OK: "clear", INSUFFICIENT_DATA: "no-data" };

const nothing = (...problems: readonly string[]): ParsedAlerts => ({ claims: [], problems });

/**
 * A CloudWatch alarm, as Amazon SNS delivers it: the alarm is JSON text in the envelope's `Message`
 * (https://docs.aws.amazon.com/sns/latest/dg/http-notification-json.html).
 */
export function cloudwatch({ alarms, topicArns }: CloudWatchSettings): AlertFormat {
	return {
		sender: "sns",
		topicArns,
		words: { conditions: {}, severities: {}, entities: {} },
		read: (body) => {
			const message = parsed(property(body, "Message"));
			if (typeof message !== "object" || message === null) return nothing("Message: expected the JSON text of a CloudWatch alarm");
			return readAlarm(message, alarms);
		},
	};
}

function readAlarm(message: object, alarms: CloudWatchSettings["alarms"]): ParsedAlerts {
	const name = textAt(message, "AlarmName") ?? "";
	const known = Object.hasOwn(alarms, name) ? alarms[name] : undefined;
	const state = textAt(message, "NewStateValue") ?? "";
	const verdict = Object.hasOwn(verdicts, state) ? verdicts[state] : undefined;
	const changedAt = momentOf(property(message, "StateChangeTime"));
	if (known === undefined || verdict === undefined || changedAt === undefined)
		return nothing(
			...(known === undefined ? [`Message.AlarmName: expected ${oneOf(Object.keys(alarms))} (webhook.cloudwatch.alarms)`] : []),
			...(verdict === undefined ? [`Message.NewStateValue: expected ${oneOf(Object.keys(verdicts))}`] : []),
			...(changedAt === undefined ? ["Message.StateChangeTime: expected a time such as 2026-11-27T10:00:00.000+0000"] : []),
		);
	const claim: Claim = {
		condition: { at: "webhook.cloudwatch.alarms: condition", text: known.condition },
		entity: { at: "webhook.cloudwatch.alarms: entityId", text: known.entityId },
		entityName: known.entityName ?? name,
		severity: { at: "webhook.cloudwatch.alarms: severity", text: known.severity },
		verdict,
		reason: textAt(message, "NewStateReason"),
		changedAt,
		alert: textAt(message, "AlarmArn") ?? name,
		raw: message,
	};
	return { claims: [claim], problems: [] };
}

function parsed(text: unknown): unknown {
	try {
		return typeof text === "string" ? JSON.parse(text) : undefined;
	} catch {
		return undefined;
	}
}
