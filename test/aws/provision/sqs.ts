import * as z from "zod";
import { MemoryQueue } from "../../../functions/edges/memory/queue.ts";
import { provision, textOf } from "./provision.ts";

const queue = provision(
	z.strictObject({
		name: z.string(),
		visibilityTimeoutSeconds: z.number().optional(),
		messageRetentionSeconds: z.number(),
		redrivePolicy: z.string().optional(),
		sqsManagedSseEnabled: z.boolean(),
		tags: z.record(z.string(), z.string()),
	}),
	async ({ call, state }, { name, visibilityTimeoutSeconds: hidden, messageRetentionSeconds, redrivePolicy, ...others }) => {
		const Attributes = {
			MessageRetentionPeriod: String(messageRetentionSeconds),
			SqsManagedSseEnabled: String(others.sqsManagedSseEnabled),
			...(hidden === undefined ? {} : { VisibilityTimeout: String(hidden) }),
			...(redrivePolicy === undefined ? {} : { RedrivePolicy: redrivePolicy }),
		};
		const url = textOf(await call("sqs", "CreateQueue", { QueueName: name, Attributes, tags: others.tags }), "QueueUrl");
		const told = await call("sqs", "GetQueueAttributes", { QueueUrl: url, AttributeNames: ["QueueArn"] });
		const arn = textOf(told, "Attributes", "QueueArn");
		// The messages are moto's.
		state.queues.push({ name, arn, url, queue: new MemoryQueue({ clock: { now: Date.now }, visibilityTimeoutSeconds: hidden ?? 30 }) });
		return { id: url, outputs: { arn, url } };
	},
);

const queuePolicy = provision(z.strictObject({ queueUrl: z.string(), policy: z.string() }), async ({ call }, { queueUrl, policy }) => {
	await call("sqs", "SetQueueAttributes", { QueueUrl: queueUrl, Attributes: { Policy: policy } });
	return { id: queueUrl, outputs: {} };
});

export const sqsTypes = { "aws:sqs/queue:Queue": queue, "aws:sqs/queuePolicy:QueuePolicy": queuePolicy };
