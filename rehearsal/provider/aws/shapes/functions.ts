import { Runtime } from "@pulumi/aws/types/enums/lambda/index.js";
import * as z from "zod";
import { arn, type Shape, texts } from "./shape.ts";

/** Functions, and what runs them. */
export const functionShapes: Readonly<Record<string, Shape>> = {
	"aws:lambda/function:Function": {
		inputs: z.strictObject({
			name: z.string().max(64).optional(),
			description: z.string().max(256).optional(),
			role: arn,
			runtime: z.enum(Runtime).optional(),
			architectures: z.array(z.enum(["arm64", "x86_64"])).optional(),
			handler: z.string().optional(),
			code: z.object({ hash: z.string() }).optional(),
			memorySize: z.number().min(128).max(10_240).optional(),
			timeout: z.number().min(1).max(900).optional(),
			reservedConcurrentExecutions: z.number().min(-1).optional(),
			environment: z.strictObject({ variables: texts }).optional(),
			loggingConfig: z.strictObject({ logFormat: z.enum(["JSON", "Text"]), logGroup: z.string().optional() }).optional(),
			tags: texts.optional(),
		}),
		nameKey: "name",
		replacing: ["name"],
		computed: ["arn", "invokeArn", "qualifiedArn", "version"],
	},
	"aws:lambda/functionUrl:FunctionUrl": {
		inputs: z.strictObject({
			functionName: z.string(),
			authorizationType: z.enum(["AWS_IAM", "NONE"]),
			invokeMode: z.enum(["BUFFERED", "RESPONSE_STREAM"]).optional(),
		}),
		replacing: ["functionName"],
		computed: ["functionArn", "functionUrl", "urlId"],
	},
	"aws:lambda/permission:Permission": {
		inputs: z.strictObject({
			function: z.string(),
			action: z.string().regex(/^(?:lambda:)?\*|lambda:[A-Za-z]+$/),
			principal: z.string(),
			functionUrlAuthType: z.enum(["AWS_IAM", "NONE"]).optional(),
			invokedViaFunctionUrl: z.boolean().optional(),
		}),
		replacing: ["action", "function", "functionUrlAuthType", "invokedViaFunctionUrl", "principal"],
		computed: ["statementId"],
	},
	"aws:lambda/eventSourceMapping:EventSourceMapping": {
		inputs: z.strictObject({
			functionName: z.string(),
			eventSourceArn: arn.optional(),
			batchSize: z.number().min(1).max(10_000).optional(),
			functionResponseTypes: z.array(z.enum(["ReportBatchItemFailures"])).optional(),
			scalingConfig: z.strictObject({ maximumConcurrency: z.number().min(2).max(1000).optional() }).optional(),
			tags: texts.optional(),
		}),
		replacing: ["eventSourceArn"],
		computed: ["arn", "state", "uuid"],
	},
	"aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
		inputs: z.strictObject({
			functionName: z.string(),
			maximumRetryAttempts: z.number().min(0).max(2).optional(),
			maximumEventAgeInSeconds: z.number().min(60).max(21_600).optional(),
		}),
		replacing: ["functionName"],
		computed: [],
	},
	"aws:scheduler/schedule:Schedule": {
		inputs: z.strictObject({
			name: z.string().max(64).optional(),
			description: z.string().max(512).optional(),
			scheduleExpression: z.string().regex(/^(?:rate|cron|at)\(.+\)$/),
			flexibleTimeWindow: z.strictObject({ mode: z.enum(["FLEXIBLE", "OFF"]) }),
			state: z.enum(["DISABLED", "ENABLED"]).optional(),
			target: z.strictObject({
				arn,
				roleArn: arn,
				retryPolicy: z.strictObject({ maximumRetryAttempts: z.number().min(0).max(185).optional() }).optional(),
			}),
		}),
		nameKey: "name",
		replacing: ["name"],
		computed: ["arn", "groupName"],
	},
};
