import * as z from "zod";
import { accountId, region } from "../judge.ts";
import { provision, tagList } from "./provision.ts";

const texts = z.record(z.string(), z.string());
const dimensionList = (dimensions: Readonly<Record<string, string>>) =>
	Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
const arnOf = (service: string, resource: string): string => `arn:aws:${service}:${region}:${accountId}:${resource}`;

const logGroup = provision(
	z.strictObject({ name: z.string(), retentionInDays: z.number(), tags: texts }),
	async ({ call, state }, { name, retentionInDays, tags }) => {
		await call("logs", "CreateLogGroup", { logGroupName: name, tags });
		await call("logs", "PutRetentionPolicy", { logGroupName: name, retentionInDays });
		const arn = arnOf("logs", `log-group:${name}`);
		state.logGroups.set(name, arn);
		return { id: name, outputs: { arn } };
	},
);

const metric = z.strictObject({ namespace: z.string(), metricName: z.string(), dimensions: texts, stat: z.string(), period: z.number() });

const metricAlarm = provision(
	z.strictObject({
		name: z.string(),
		alarmDescription: z.string(),
		evaluationPeriods: z.number(),
		datapointsToAlarm: z.number(),
		comparisonOperator: z.string(),
		threshold: z.number(),
		treatMissingData: z.string(),
		namespace: z.string().optional(),
		metricName: z.string().optional(),
		dimensions: texts.optional(),
		statistic: z.string().optional(),
		period: z.number().optional(),
		metricQueries: z
			.array(
				z.strictObject({
					id: z.string(),
					expression: z.string().optional(),
					label: z.string().optional(),
					returnData: z.boolean().optional(),
					metric: metric.optional(),
				}),
			)
			.optional(),
		alarmActions: z.array(z.string()),
		okActions: z.array(z.string()),
		tags: texts,
	}),
	async ({ call }, { name, metricQueries, ...inputs }) => {
		await call("cloudwatch", "PutMetricAlarm", {
			AlarmName: name,
			AlarmDescription: inputs.alarmDescription,
			EvaluationPeriods: inputs.evaluationPeriods,
			DatapointsToAlarm: inputs.datapointsToAlarm,
			ComparisonOperator: inputs.comparisonOperator,
			Threshold: inputs.threshold,
			TreatMissingData: inputs.treatMissingData,
			AlarmActions: inputs.alarmActions,
			OKActions: inputs.okActions,
			Tags: tagList(inputs.tags),
			...(metricQueries === undefined ? oneMetric(inputs) : { Metrics: metricQueries.map(queryOf) }),
		});
		return { id: name, outputs: { arn: arnOf("cloudwatch", `alarm:${name}`) } };
	},
);

interface OneMetric {
	readonly namespace?: string | undefined;
	readonly metricName?: string | undefined;
	readonly dimensions?: Readonly<Record<string, string>> | undefined;
	readonly statistic?: string | undefined;
	readonly period?: number | undefined;
}

const oneMetric = ({ namespace, metricName, dimensions = {}, statistic, period }: OneMetric) => ({
	Namespace: namespace,
	MetricName: metricName,
	Dimensions: dimensionList(dimensions),
	Statistic: statistic,
	Period: period,
});

interface Query {
	readonly id: string;
	readonly expression?: string | undefined;
	readonly label?: string | undefined;
	readonly returnData?: boolean | undefined;
	readonly metric?: z.output<typeof metric> | undefined;
}

const queryOf = ({ id, expression, label, returnData = false, metric: of }: Query) => ({
	Id: id,
	ReturnData: returnData,
	...(expression === undefined ? {} : { Expression: expression }),
	...(label === undefined ? {} : { Label: label }),
	...(of === undefined
		? {}
		: {
				MetricStat: {
					Metric: { Namespace: of.namespace, MetricName: of.metricName, Dimensions: dimensionList(of.dimensions) },
					Stat: of.stat,
					Period: of.period,
				},
			}),
});

const dashboard = provision(
	z.strictObject({ dashboardName: z.string(), dashboardBody: z.string() }),
	async ({ call }, { dashboardName, dashboardBody }) => {
		await call("cloudwatch", "PutDashboard", { DashboardName: dashboardName, DashboardBody: dashboardBody });
		return { id: dashboardName, outputs: {} };
	},
);

export const cloudwatchTypes = {
	"aws:cloudwatch/logGroup:LogGroup": logGroup,
	"aws:cloudwatch/metricAlarm:MetricAlarm": metricAlarm,
	"aws:cloudwatch/dashboard:Dashboard": dashboard,
};
