/** Alerts of other systems, of the shapes that their vendors document. */

type Labels = Readonly<Record<string, string | undefined>>;

/** One alert of Alertmanager. */
export const prometheusAlert = (change: object = {}, labels: Labels = {}) => ({
	status: "firing",
	labels: { alertname: "SipTrunkDown", trunk: "Frankfurt carrier", severity: "p1", job: "blackbox", ...labels },
	annotations: { summary: "No answer to SIP OPTIONS for 5 minutes", description: "The carrier does not answer." },
	startsAt: "2026-01-05T07:55:00.123Z",
	endsAt: "0001-01-01T00:00:00Z",
	generatorURL: "http://prometheus.example:9090/graph?g0.expr=probe_success",
	fingerprint: "1f0a2b3c4d5e6f70",
	...change,
});

/** The body in which Alertmanager sends them: a group. */
export const prometheusGroup = (alerts: readonly unknown[]) => ({
	version: "4",
	groupKey: '{}:{alertname="SipTrunkDown"}',
	truncatedAlerts: 0,
	status: "firing",
	receiver: "runbooks",
	groupLabels: { alertname: "SipTrunkDown" },
	commonLabels: { alertname: "SipTrunkDown" },
	commonAnnotations: {},
	externalURL: "http://alertmanager.example:9093",
	alerts,
});

/** A CloudWatch alarm in the envelope of Amazon SNS, not signed yet. */
export const cloudWatchAlarm = (change: object = {}, envelope: Readonly<Record<string, string>> = {}) => ({
	Type: "Notification",
	MessageId: "5c1b1c1e-0000-5000-8000-000000000001",
	TopicArn: "arn:aws:sns:eu-central-1:123456789012:alarms",
	Subject: 'ALARM: "sbc-frankfurt-down" in EU (Frankfurt)',
	Message: JSON.stringify({
		AlarmName: "sbc-frankfurt-down",
		AlarmDescription: null,
		AWSAccountId: "123456789012",
		NewStateValue: "ALARM",
		NewStateReason: "Threshold Crossed: 3 datapoints were less than the threshold (1.0).",
		StateChangeTime: "2026-01-05T07:59:30.000+0000",
		Region: "EU (Frankfurt)",
		OldStateValue: "OK",
		Trigger: { MetricName: "ProbeSuccess", Namespace: "Sbc", Statistic: "MINIMUM", Period: 60, EvaluationPeriods: 3, Threshold: 1.0 },
		...change,
	}),
	Timestamp: "2026-01-05T07:59:31.000Z",
	SignatureVersion: "2",
	SigningCertURL: "https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem",
	UnsubscribeURL: "https://sns.eu-central-1.amazonaws.com/?Action=Unsubscribe",
	...envelope,
});

/** An alert of Genesys Cloud's alerting: the SDK's model CommonAlert. */
export const genesysAlert = (change: object = {}) => ({
	id: "a-1",
	name: "Too many wait",
	user: { id: "u-1" },
	rule: { id: "r-1", name: "Too many wait", type: "CONVERSATION_METRICS" },
	notifications: [],
	dateStart: "2026-01-05T07:30:00.000Z",
	active: true,
	unread: true,
	muted: false,
	snoozed: false,
	conditions: {
		type: "and",
		predicates: [
			{
				metric: "oWaiting",
				comparisonOperator: "GREATER_THAN",
				value: 20,
				entity: { entityType: "QUEUE", queue: { id: "queue-7", name: "Support" } },
			},
		],
	},
	...change,
});
