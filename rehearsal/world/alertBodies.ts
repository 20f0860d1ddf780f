/** What another system tells of an entity: that it fails, or that it does no more. */
export interface Alert {
	readonly id: string;
	readonly name: string;
	readonly of: "trunk" | "queue";
	readonly fires: boolean;
	readonly now: number;
}

const iso = (at: number): string => new Date(at).toISOString();

/** Prometheus Alertmanager's webhook body, version 4. */
export function alertmanagerBody({ id, name, fires, now }: Alert): unknown {
	const status = fires ? "firing" : "resolved";
	const labels = { alertname: "SipTrunkDown", condition: "trunk-down", entity_id: id, entity_name: name, severity: "error" };
	const annotations = { summary: "no answer to SIP OPTIONS from outside" };
	const times = { startsAt: iso(now), endsAt: fires ? "0001-01-01T00:00:00Z" : iso(now) };
	return {
		version: "4",
		groupKey: "{}:{}",
		truncatedAlerts: 0,
		status,
		receiver: "runbooks",
		groupLabels: {},
		commonLabels: labels,
		commonAnnotations: annotations,
		externalURL: "http://alertmanager.example",
		alerts: [{ status, labels, annotations, ...times, generatorURL: "", fingerprint: "c6eadffa33fcdf37" }],
	};
}

/** The message of a CloudWatch alarm, which is called after what it watches: `<name>-down`. */
export function cloudWatchMessage({ name, fires, now }: Alert): unknown {
	return {
		AlarmName: `${name}-down`,
		AlarmDescription: null,
		AWSAccountId: "123456789012",
		NewStateValue: fires ? "ALARM" : "OK",
		NewStateReason: fires
			? "Threshold Crossed: 3 datapoints were less than the threshold (1.0)."
			: "Threshold Crossed: 1 datapoint was not less than the threshold (1.0).",
		StateChangeTime: iso(now).replace("Z", "+0000"),
		Region: "EU (Frankfurt)",
		OldStateValue: fires ? "OK" : "ALARM",
		Trigger: { MetricName: "ProbeSuccess", Namespace: "Sbc", Statistic: "MINIMUM", Period: 60, EvaluationPeriods: 3, Threshold: 1 },
	};
}

/** An alert of Genesys Cloud's own alerting: about one queue, or of a rule that is called after a trunk. */
export function genesysAlertBody({ id, name, of, fires, now }: Alert): unknown {
	const queue = { id, name };
	const waiting = { metric: "oWaiting", comparisonOperator: "GREATER_THAN", value: 20, entity: { entityType: "QUEUE", queue } };
	const rule = of === "queue" ? "Too many wait" : name;
	return {
		id: "alert-1",
		name: rule,
		rule: { id: "rule-1", name: rule, type: "CONVERSATION_METRICS" },
		notifications: [],
		dateStart: iso(now),
		...(fires ? {} : { dateEnd: iso(now) }),
		active: fires,
		unread: true,
		muted: false,
		snoozed: false,
		conditions: { type: "and", predicates: of === "queue" ? [waiting] : [] },
	};
}

/** A monitor's own JSON, whose fields the README's mapping `probe` points at. */
export function probeBody({ id, name, fires, now }: Alert): unknown {
	const state = fires ? "failed" : "passed";
	return { checks: [{ kind: "sip", target: { id, name }, state, level: 2, message: "no answer to SIP OPTIONS", since: iso(now) }] };
}
