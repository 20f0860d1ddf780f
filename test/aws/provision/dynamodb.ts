import * as z from "zod";
import { provision, tagList, textOf } from "./provision.ts";

const flag = z.strictObject({ enabled: z.boolean() });

const table = provision(
	z.strictObject({
		name: z.string(),
		billingMode: z.string(),
		hashKey: z.string(),
		attributes: z.array(z.strictObject({ name: z.string(), type: z.string() })),
		globalSecondaryIndexes: z.array(
			z.strictObject({
				name: z.string(),
				keySchemas: z.array(z.strictObject({ attributeName: z.string(), keyType: z.string() })),
				projectionType: z.string(),
			}),
		),
		ttl: z.strictObject({ attributeName: z.string(), enabled: z.boolean() }),
		pointInTimeRecovery: flag,
		serverSideEncryption: flag,
		deletionProtectionEnabled: z.boolean(),
		tags: z.record(z.string(), z.string()),
	}),
	async ({ call }, inputs) => {
		const { name, ttl, pointInTimeRecovery } = inputs;
		const made = await call("dynamodb", "CreateTable", {
			TableName: name,
			BillingMode: inputs.billingMode,
			KeySchema: [{ AttributeName: inputs.hashKey, KeyType: "HASH" }],
			AttributeDefinitions: inputs.attributes.map((each) => ({ AttributeName: each.name, AttributeType: each.type })),
			GlobalSecondaryIndexes: inputs.globalSecondaryIndexes.map((index) => ({
				IndexName: index.name,
				KeySchema: index.keySchemas.map((key) => ({ AttributeName: key.attributeName, KeyType: key.keyType })),
				Projection: { ProjectionType: index.projectionType },
			})),
			SSESpecification: { Enabled: inputs.serverSideEncryption.enabled },
			DeletionProtectionEnabled: inputs.deletionProtectionEnabled,
			Tags: tagList(inputs.tags),
		});
		const TimeToLiveSpecification = { AttributeName: ttl.attributeName, Enabled: ttl.enabled };
		await call("dynamodb", "UpdateTimeToLive", { TableName: name, TimeToLiveSpecification });
		const PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: pointInTimeRecovery.enabled };
		await call("dynamodb", "UpdateContinuousBackups", { TableName: name, PointInTimeRecoverySpecification });
		return { id: name, outputs: { arn: textOf(made, "TableDescription", "TableArn") } };
	},
);

export const dynamodbTypes = { "aws:dynamodb/table:Table": table };
