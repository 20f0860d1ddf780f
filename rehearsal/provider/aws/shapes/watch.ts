import * as z from "zod";
import { arn, document, type Shape, texts } from "./shape.ts";

/** CloudWatch keeps a log for one of these numbers of days; 0: for ever. */
const retentionDays = [0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;

const metric = z.strictObject({
	namespace: z.string().optional(),
	metricName: z.string(),
	dimensions: texts.optional(),
	stat: z.string(),
	period: z.number(),
});

const metricAlarm = z.strictObject({
	name: z.string().max(255).optional(),
	alarmDescription: z.string().max(1024).optional(),
	comparisonOperator: z
		.enum([
			"GreaterThanOrEqualToThreshold",
			"GreaterThanThreshold",
			"GreaterThanUpperThreshold",
			"LessThanLowerOrGreaterThanUpperThreshold",
			"LessThanLowerThreshold",
			"LessThanOrEqualToThreshold",
			"LessThanThreshold",
		])
		.optional(),
	evaluationPeriods: z.number().min(1).optional(),
	datapointsToAlarm: z.number().min(1).optional(),
	threshold: z.number().optional(),
	treatMissingData: z.enum(["breaching", "ignore", "missing", "notBreaching"]).optional(),
	namespace: z.string().optional(),
	metricName: z.string().optional(),
	dimensions: texts.optional(),
	statistic: z.enum(["Average", "Maximum", "Minimum", "SampleCount", "Sum"]).optional(),
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
	alarmActions: z.array(arn).max(5).optional(),
	okActions: z.array(arn).max(5).optional(),
	tags: texts.optional(),
});

/** What watches the account, and what tells of it. */
export const watchShapes: Readonly<Record<string, Shape>> = {
	"aws:cloudwatch/logGroup:LogGroup": {
		inputs: z.strictObject({
			name: z.string().max(512).optional(),
			retentionInDays: z.literal([...retentionDays]).optional(),
			tags: texts.optional(),
		}),
		nameKey: "name",
		replacing: ["name"],
		computed: ["arn"],
	},
	"aws:cloudwatch/metricAlarm:MetricAlarm": { inputs: metricAlarm, nameKey: "name", replacing: ["name"], computed: ["arn"] },
	"aws:cloudwatch/dashboard:Dashboard": {
		inputs: z.strictObject({ dashboardName: z.string().max(255), dashboardBody: document }),
		nameKey: "dashboardName",
		replacing: ["dashboardName"],
		computed: ["dashboardArn"],
	},
	"aws:sns/topic:Topic": {
		inputs: z.strictObject({ name: z.string().max(256).optional(), kmsMasterKeyId: z.string().optional(), tags: texts.optional() }),
		nameKey: "name",
		replacing: ["name"],
		computed: ["arn"],
	},
	"aws:sns/topicPolicy:TopicPolicy": {
		inputs: z.strictObject({ arn, policy: document }),
		replacing: ["arn"],
		computed: [],
	},
	"aws:sns/topicSubscription:TopicSubscription": {
		inputs: z.strictObject({
			topic: arn,
			protocol: z.enum(["application", "email", "email-json", "firehose", "http", "https", "lambda", "sms", "sqs"]),
			endpoint: z.string(),
			endpointAutoConfirms: z.boolean().optional(),
		}),
		replacing: ["endpoint", "protocol", "topic"],
		computed: ["arn"],
	},
};
