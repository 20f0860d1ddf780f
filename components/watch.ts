import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as pulumi from "@pulumi/pulumi";
import { watchSecretKeys } from "./settings/secrets.ts";
import type { Settings } from "./settings/settings.ts";
import type { Secrets } from "./settings/stackConfiguration.ts";
import { descriptionOf } from "./watch/alarmKinds.ts";
import { type Alarm, alarmsOf, type Watched } from "./watch/alarms.ts";
import { AlarmTopic } from "./watch/alarmTopic.ts";
import { dashboardBody } from "./watch/dashboard.ts";

export interface WatchArgs extends Watched {
	readonly settings: Settings;
	readonly secrets: Secrets;
	/** The ARN of something of the same account and region. */
	readonly ownArn: pulumi.Input<string>;
	/** What must be there before anything is missed: the schedules. */
	readonly after: readonly pulumi.Resource[];
}

/** Watches the watchers, without any function of ours: alarms, the topic by which they are told, and a dashboard. */
export class Watch extends pulumi.ComponentResource {
	readonly topicArn: pulumi.Output<string>;
	readonly dashboardName: pulumi.Output<string>;

	constructor(name: string, args: WatchArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:Watch", name, {}, opts);
		const { settings, secrets, ownArn, after } = args;
		const { base, tags, watch } = settings;
		const pagerUrl = watch.pager ? secrets(watchSecretKeys.pager) : undefined;
		const topic = new AlarmTopic(`${name}-alarms`, { settings, ownArn, pagerUrl }, { parent: this });
		for (const alarm of alarmsOf(args)) {
			const inputs = { name: `${base}-${alarm.key}`, ...inputsOf(alarm), alarmActions: [topic.arn], okActions: [topic.arn], tags };
			new cloudwatch.MetricAlarm(`${name}-${alarm.key}`, inputs, { parent: this, dependsOn: [...after] });
		}
		const dashboard = new cloudwatch.Dashboard(
			`${name}-dashboard`,
			{
				dashboardName: base,
				dashboardBody: pulumi.output(ownArn).apply((arn) => dashboardBody({ ...args, region: arn.split(":")[3] ?? "" })),
			},
			{ parent: this },
		);
		this.topicArn = topic.arn;
		this.dashboardName = dashboard.dashboardName;
		this.registerOutputs({ topicArn: this.topicArn, dashboardName: this.dashboardName });
	}
}

/** How CloudWatch is asked to judge it. One metric is watched as it is; several are added up. */
function inputsOf(alarm: Alarm): cloudwatch.MetricAlarmArgs {
	const { kind, metrics, statistic, periodSeconds, periods, comparison, threshold, missing } = alarm;
	const rule = {
		alarmDescription: descriptionOf(kind),
		evaluationPeriods: periods,
		datapointsToAlarm: periods,
		comparisonOperator: comparison,
		threshold,
		treatMissingData: missing,
	};
	const [only, ...others] = metrics;
	if (only !== undefined && others.length === 0) {
		const { namespace, name: metricName, dimensions } = only;
		return { ...rule, namespace, metricName, dimensions: { ...dimensions }, statistic, period: periodSeconds };
	}
	const sum = { id: "sum", expression: "SUM(METRICS())", label: alarm.key, returnData: true };
	const added = metrics.map(({ namespace, name: metricName, dimensions }, index) => ({
		id: `m${index + 1}`,
		metric: { namespace, metricName, dimensions: { ...dimensions }, stat: statistic, period: periodSeconds },
	}));
	return { ...rule, metricQueries: [sum, ...added] };
}
