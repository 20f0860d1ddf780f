import type { Ports } from "../../functions/edges/ports.ts";
import type { WebhookSettings } from "../../functions/pipeline/normalize/settings.ts";
import { settings } from "./pipeline/fixtures.ts";
import { setUp } from "./webhookWorld.ts";

export const topicArn = "arn:aws:sns:eu-central-1:123456789012:alarms";

export const webhook: WebhookSettings = {
	alertmanager: {
		conditionLabel: "condition",
		entityLabel: "trunk",
		entityNameLabel: "trunk_name",
		severityLabel: "severity",
		conditions: {},
		severities: { p1: "critical" },
		entities: { "Frankfurt carrier": { id: "base-1", name: "Frankfurt-1" } },
	},
	cloudwatch: {
		topicArns: [topicArn],
		alarms: {
			"sbc-frankfurt-down": { condition: "trunk-down", entityId: "sbc-frankfurt" },
			"sbc-frankfurt-deaf": { condition: "trunk-down", entityId: "sbc-frankfurt" },
		},
	},
};

export const world = (change: Partial<Ports> = {}) => setUp({ settings: { ...settings, webhook }, ...change });
