import * as z from "zod";
import { provision, tagList, textOf } from "./provision.ts";

const key = provision(
	z.strictObject({
		description: z.string(),
		enableKeyRotation: z.boolean(),
		// How long it is kept once it is deleted: nothing is, here.
		deletionWindowInDays: z.number().min(7).max(30),
		policy: z.string(),
		tags: z.record(z.string(), z.string()),
	}),
	async ({ call }, { description, enableKeyRotation, policy, tags }) => {
		const Tags = tagList(tags).map(({ Key: TagKey, Value: TagValue }) => ({ TagKey, TagValue }));
		const made = await call("kms", "CreateKey", { Description: description, Policy: policy, Tags });
		const keyId = textOf(made, "KeyMetadata", "KeyId");
		if (enableKeyRotation) await call("kms", "EnableKeyRotation", { KeyId: keyId });
		return { id: keyId, outputs: { keyId, arn: textOf(made, "KeyMetadata", "Arn") } };
	},
);

const topic = provision(
	z.strictObject({ name: z.string(), kmsMasterKeyId: z.string(), tags: z.record(z.string(), z.string()) }),
	async ({ call }, { name, kmsMasterKeyId, tags }) => {
		const made = await call("sns", "CreateTopic", { Name: name, Attributes: { KmsMasterKeyId: kmsMasterKeyId }, Tags: tagList(tags) });
		const arn = textOf(made, "TopicArn");
		return { id: arn, outputs: { arn } };
	},
);

const topicPolicy = provision(z.strictObject({ arn: z.string(), policy: z.string() }), async ({ call }, { arn, policy }) => {
	await call("sns", "SetTopicAttributes", { TopicArn: arn, AttributeName: "Policy", AttributeValue: policy });
	return { id: arn, outputs: {} };
});

const subscription = provision(
	z.strictObject({ topic: z.string(), protocol: z.string(), endpoint: z.string(), endpointAutoConfirms: z.boolean().optional() }),
	async ({ call }, { topic: topicArn, protocol, endpoint }) => {
		const wanted = { TopicArn: topicArn, Protocol: protocol, Endpoint: endpoint, ReturnSubscriptionArn: true };
		return { id: textOf(await call("sns", "Subscribe", wanted), "SubscriptionArn"), outputs: {} };
	},
);

/** Topics, and the keys that encrypt them. */
export const snsTypes = {
	"aws:kms/key:Key": key,
	"aws:sns/topic:Topic": topic,
	"aws:sns/topicPolicy:TopicPolicy": topicPolicy,
	"aws:sns/topicSubscription:TopicSubscription": subscription,
};
