import * as z from "zod";
import { accountId } from "../judge.ts";
import { provision, tagList, textOf } from "./provision.ts";

const texts = z.record(z.string(), z.string());

const eventBus = provision(
	z.strictObject({ name: z.string(), eventSourceName: z.string(), tags: texts }),
	async ({ call }, { name, eventSourceName, tags }) => {
		// The partner does this, once its integration is enabled.
		await call("events", "CreatePartnerEventSource", { Name: eventSourceName, Account: accountId });
		// moto finds the bus of a rule by the last part of its name.
		await call("events", "CreateEventBus", { Name: name.split("/").at(-1) ?? name });
		const made = await call("events", "CreateEventBus", { Name: name, EventSourceName: eventSourceName, Tags: tagList(tags) });
		return { id: name, outputs: { arn: textOf(made, "EventBusArn") } };
	},
);

const eventRule = provision(
	z.strictObject({ name: z.string(), description: z.string(), eventBusName: z.string(), eventPattern: z.string(), tags: texts }),
	async ({ call }, { name, description, eventBusName, eventPattern, tags }) => {
		const made = await call("events", "PutRule", {
			Name: name,
			Description: description,
			EventBusName: eventBusName,
			EventPattern: eventPattern,
			Tags: tagList(tags),
		});
		return { id: `${eventBusName}/${name}`, outputs: { arn: textOf(made, "RuleArn") } };
	},
);

const eventTarget = provision(
	z.strictObject({
		rule: z.string(),
		eventBusName: z.string(),
		targetId: z.string(),
		arn: z.string(),
		retryPolicy: z.strictObject({ maximumEventAgeInSeconds: z.number(), maximumRetryAttempts: z.number() }),
		deadLetterConfig: z.strictObject({ arn: z.string() }),
	}),
	async ({ call }, { rule, eventBusName, targetId, arn, retryPolicy, deadLetterConfig }) => {
		const target = {
			Id: targetId,
			Arn: arn,
			RetryPolicy: {
				MaximumEventAgeInSeconds: retryPolicy.maximumEventAgeInSeconds,
				MaximumRetryAttempts: retryPolicy.maximumRetryAttempts,
			},
			DeadLetterConfig: { Arn: deadLetterConfig.arn },
		};
		const { FailedEntryCount: failed } = await call("events", "PutTargets", { Rule: rule, EventBusName: eventBusName, Targets: [target] });
		if (failed !== 0) throw new Error(`expected the target ${targetId} to be taken, got ${String(failed)} failures`);
		return { id: `${eventBusName}-${rule}-${targetId}`, outputs: {} };
	},
);

export const eventTypes = {
	"aws:cloudwatch/eventBus:EventBus": eventBus,
	"aws:cloudwatch/eventRule:EventRule": eventRule,
	"aws:cloudwatch/eventTarget:EventTarget": eventTarget,
};
