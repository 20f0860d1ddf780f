import * as z from "zod";
import { arn, document, type Shape, texts } from "./shape.ts";

const switched = z.strictObject({ enabled: z.boolean() });

/** Queues and tables. */
export const storageShapes: Readonly<Record<string, Shape>> = {
	"aws:sqs/queue:Queue": {
		inputs: z.strictObject({
			name: z.string().max(80).optional(),
			visibilityTimeoutSeconds: z.number().min(0).max(43_200).optional(),
			messageRetentionSeconds: z.number().min(60).max(1_209_600).optional(),
			redrivePolicy: document.optional(),
			sqsManagedSseEnabled: z.boolean().optional(),
			tags: texts.optional(),
		}),
		nameKey: "name",
		replacing: ["name"],
		computed: ["arn", "url"],
	},
	"aws:sqs/queuePolicy:QueuePolicy": {
		inputs: z.strictObject({ queueUrl: z.string().startsWith("http"), policy: document }),
		replacing: ["queueUrl"],
		computed: [],
	},
	"aws:dynamodb/table:Table": {
		inputs: z.strictObject({
			name: z.string().min(3).max(255).optional(),
			billingMode: z.enum(["PAY_PER_REQUEST", "PROVISIONED"]).optional(),
			hashKey: z.string().optional(),
			attributes: z.array(z.strictObject({ name: z.string(), type: z.enum(["B", "N", "S"]) })).optional(),
			globalSecondaryIndexes: z
				.array(
					z.strictObject({
						name: z.string(),
						keySchemas: z.array(z.strictObject({ attributeName: z.string(), keyType: z.enum(["HASH", "RANGE"]) })).optional(),
						projectionType: z.enum(["ALL", "INCLUDE", "KEYS_ONLY"]),
					}),
				)
				.optional(),
			ttl: z.strictObject({ attributeName: z.string().optional(), enabled: z.boolean().optional() }).optional(),
			pointInTimeRecovery: switched.optional(),
			serverSideEncryption: switched.optional(),
			deletionProtectionEnabled: z.boolean().optional(),
			tags: texts.optional(),
		}),
		nameKey: "name",
		replacing: ["hashKey", "name"],
		computed: ["arn"],
	},
	"aws:cloudwatch/eventBus:EventBus": {
		inputs: z.strictObject({ name: z.string().max(256).optional(), eventSourceName: z.string().optional(), tags: texts.optional() }),
		nameKey: "name",
		replacing: ["eventSourceName", "name"],
		computed: ["arn"],
	},
	"aws:cloudwatch/eventRule:EventRule": {
		inputs: z.strictObject({
			name: z.string().max(64).optional(),
			description: z.string().max(512).optional(),
			eventBusName: z.string().optional(),
			eventPattern: document.optional(),
			tags: texts.optional(),
		}),
		nameKey: "name",
		replacing: ["eventBusName", "name"],
		computed: ["arn"],
	},
	"aws:cloudwatch/eventTarget:EventTarget": {
		inputs: z.strictObject({
			rule: z.string(),
			eventBusName: z.string().optional(),
			targetId: z.string().max(64).optional(),
			arn,
			retryPolicy: z
				.strictObject({
					maximumEventAgeInSeconds: z.number().min(60).max(86_400).optional(),
					maximumRetryAttempts: z.number().min(0).max(185).optional(),
				})
				.optional(),
			deadLetterConfig: z.strictObject({ arn: arn.optional() }).optional(),
		}),
		nameKey: "targetId",
		replacing: ["eventBusName", "rule", "targetId"],
		computed: [],
	},
};
