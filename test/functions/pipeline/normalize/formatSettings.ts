import { readingsOf } from "../../../../functions/pipeline/normalize/alert.ts";
import { formatsOf } from "../../../../functions/pipeline/normalize/formats.ts";
import type { WebhookSettings } from "../../../../functions/pipeline/normalize/settings.ts";
import type { RunbookTable } from "../../../../functions/pipeline/settings.ts";
import { seconds } from "../fixtures.ts";

const runbook = { enabled: true, severity: "medium", breachesToOpen: 2, clearsToClose: 3, remediation: "observe" } as const;

export const runbooks: RunbookTable = {
	"trunk-down": { ...runbook, severity: "high" },
	"edge-offline": { ...runbook, enabled: false },
	"queue-overflow": { ...runbook, waitingOver: 1, longestWaitSecondsOver: 1, queues: [] },
};

const noWords = { conditions: {}, severities: {}, entities: {} };

const webhook: WebhookSettings = {
	alertmanager: {
		conditionLabel: "alertname",
		entityLabel: "trunk",
		entityNameLabel: "trunk_name",
		severityLabel: "severity",
		conditions: { SipTrunkDown: "trunk-down", EdgeGone: "edge-offline" },
		severities: { p1: "critical" },
		entities: { "Frankfurt carrier": { id: "base-1", name: "Frankfurt-1" } },
	},
	cloudwatch: {
		topicArns: ["arn:aws:sns:eu-central-1:123456789012:alarms"],
		alarms: { "sbc-frankfurt-down": { condition: "trunk-down", entityId: "sbc-frankfurt", severity: "critical" } },
	},
	"genesys-alerting": { rules: { "Trunk of Frankfurt": { condition: "trunk-down", entityId: "base-1" } } },
	json: {
		monitoring: {
			...noWords,
			alerts: "$.events[*]",
			condition: "$.check.kind",
			entityId: "$['what is it'][0]",
			entityName: "$.name",
			severity: "$.level",
			verdict: "$.up",
			verdicts: { false: "breach", true: "clear" },
			reason: "$.text",
			changedAt: "$.since",
			alert: "$.check.name",
			conditions: { sip: "trunk-down" },
			severities: { 1: "critical" },
		},
	},
};

export const formats = formatsOf(webhook);

export function read(name: string, body: unknown) {
	const format = formats.get(name);
	if (format === undefined) throw new Error(`Expected a format ${name}`);
	return readingsOf(format.read(body), format.words, { environment: "dev", runbooks }, seconds(0));
}
