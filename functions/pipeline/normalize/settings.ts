import type { Condition, Severity, Verdict } from "../model/incident.ts";

/** What the words of another system are in ours. Our own words need no entry. */
export interface AlertWords {
	readonly conditions: Readonly<Record<string, Condition>>;
	readonly severities: Readonly<Record<string, Severity>>;
	/** What it calls an entity → the id of that in Genesys Cloud, or an id of your own for what Genesys Cloud does not see. */
	readonly entities: Readonly<Record<string, { readonly id: string; readonly name?: string }>>;
}

/** Prometheus Alertmanager: which labels say what. */
export interface AlertmanagerSettings extends AlertWords {
	readonly conditionLabel: string;
	readonly entityLabel: string;
	readonly entityNameLabel: string;
	readonly severityLabel: string;
}

/** CloudWatch alarms by Amazon SNS: what each alarm stands for, by its name. */
export interface CloudWatchSettings {
	/** Only messages of these topics are believed, and only their subscriptions are confirmed. */
	readonly topicArns: readonly string[];
	readonly alarms: Readonly<
		Record<string, { readonly condition: Condition; readonly entityId: string; readonly entityName?: string; readonly severity?: Severity }>
	>;
}

/** Alerts of Genesys Cloud's own alerting: what each rule stands for, by its name. A rule about one queue needs no entry. */
export interface GenesysAlertingSettings {
	readonly rules: Readonly<Record<string, { readonly condition: Condition; readonly entityId?: string; readonly severity?: Severity }>>;
}

/** Any other JSON: where each field stands, as a JSON path. */
export interface JsonAlertSettings extends AlertWords {
	/** The alerts in a body; `$` where the body is one. The other paths begin at an alert. */
	readonly alerts: string;
	readonly condition: string;
	readonly entityId: string;
	readonly entityName?: string;
	readonly severity?: string;
	readonly verdict: string;
	readonly verdicts: Readonly<Record<string, Verdict>>;
	readonly reason?: string;
	/** When it became so: ISO 8601, or a Unix time in seconds or milliseconds. */
	readonly changedAt?: string;
	/** What the other system calls an alert, the same while it fires and at its end. */
	readonly alert?: string;
}

/** The formats that the webhook takes beside its own document, below `/webhook/<name>`. */
export interface WebhookSettings {
	readonly alertmanager?: AlertmanagerSettings;
	readonly cloudwatch?: CloudWatchSettings;
	readonly "genesys-alerting"?: GenesysAlertingSettings;
	/** By a name of your own. */
	readonly json?: Readonly<Record<string, JsonAlertSettings>>;
}
