import type { Value } from "../../architect/model.ts";
import type { ActionRef, PlannedChannel, ResponsePlan } from "../../response/plan.ts";

const exp = (text: string): Value => ({ kind: "exp", exp: text });

export function action(category: string, name: string, timeoutSeconds: number): ActionRef {
	return { category, name, timeoutSeconds };
}

const fresh =
	'ToDateTime(If(IsNotSetOrEmpty(State.readCreatedAt), "1970-01-01T00:00:00Z", State.readCreatedAt)) >= AddSeconds(State.intendedAt, -1)';

export function pagerDuty(service: string, serviceId: string): PlannedChannel {
	return {
		name: "pagerduty",
		send: action(`PagerDuty ${service}`, "Trigger 0a1b2c3d", 10),
		sendInputs: {
			dedupKey: exp("State.dedupKey"),
			summary: exp('Append(Flow.summary, " (", Flow.health, ")")'),
			source: exp("Flow.entityName"),
			severity: exp('If(Flow.severity == "critical", "critical", If(Flow.severity == "high", "error", "warning"))'),
			component: exp("Flow.entityId"),
			group: exp("Flow.environment"),
			details: exp("Flow.health"),
		},
		receiptOutput: "dedupKey",
		needsReceipt: false,
		looksUpFirst: false,
		readsByReceipt: false,
		read: action(`PagerDuty ${service}`, "Read 4e5f6a7b", 10),
		readInputs: { dedupKey: exp("State.dedupKey"), serviceId: { kind: "lit", lit: serviceId } },
		readOutputs: { incidentKey: "readKey", serviceId: "readService", status: "readStatus", createdAt: "readCreatedAt" },
		provenWhen: `If(State.readKey == State.dedupKey, If(State.readService == "${serviceId}", ${fresh}, false), false)`,
	};
}

function sms(to: string): PlannedChannel {
	return {
		name: "sms",
		send: action("Twilio", "Send 11223344", 10),
		sendInputs: { to: { kind: "lit", lit: to }, body: exp('Append(Flow.summary, " ref ", State.dedupKey)') },
		receiptOutput: "sid",
		needsReceipt: true,
		looksUpFirst: false,
		readsByReceipt: true,
		read: action("Twilio", "Read 55667788", 10),
		readInputs: { sid: exp("State.receipt") },
		readOutputs: { status: "State.smsStatus" },
		provenWhen: 'State.smsStatus == "delivered"',
		presumedWhen: 'State.smsStatus == "sent"',
	};
}

/** Tier 1: PagerDuty, then SMS; tier 2: another PagerDuty service. The default thresholds of the product. */
export const twoTiers: ResponsePlan = {
	flowName: "runbooks-test Response",
	description: "Pages people until somebody acknowledges.",
	division: "Home",
	attemptsPerChannel: 3,
	waitsSeconds: [30, 60],
	proofSeconds: 60,
	readBackSeconds: 10,
	acknowledgeSeconds: 300,
	acknowledgePollSeconds: 60,
	skipRemediationFromLeases: 8,
	actions: {
		claim: action("Ledger", "Claim 01", 5),
		record: action("Ledger", "Record 02", 5),
		read: action("Ledger", "Read 03", 5),
		release: action("Ledger", "Release 04", 5),
		checkCredentials: action("Genesys Cloud", "CheckCredentials 05", 10),
		healthCheck: action("Genesys Cloud", "HealthCheckTrigger 06", 10),
	},
	tiers: [
		{ name: "primary", channels: [pagerDuty("primary", "PPRIMARY"), sms("+15005550006")] },
		{ name: "backup", channels: [pagerDuty("backup", "PBACKUP")] },
	],
};
