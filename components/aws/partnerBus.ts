import * as cloudwatch from "@pulumi/aws/cloudwatch/index.js";
import * as sqs from "@pulumi/aws/sqs/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings.ts";
import type { EventBuffer } from "./eventBuffer.ts";
import { eventQueueName } from "./names.ts";

export interface PartnerBusArgs {
	readonly settings: Settings;
	/** The name of the partner's event source, and so of the bus. */
	readonly source: string;
	/** The topics that are taken, by their names. */
	readonly topics: readonly string[];
	readonly buffer: EventBuffer;
	/** What makes the partner offer the event source. */
	readonly offeredBy: pulumi.Resource;
}

/** An event that could not be delivered for five minutes is no news. */
const deliverySeconds = 300;

/** The bus of a partner's event source: it must be there first, and is active once the bus of its name is. Its events go to the buffer queue. */
export class PartnerBus extends pulumi.ComponentResource {
	readonly ruleArn: pulumi.Output<string>;

	constructor(name: string, args: PartnerBusArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:PartnerBus", name, {}, opts);
		const { settings, source, topics, buffer, offeredBy } = args;
		const { base, tags } = settings;
		const bus = new cloudwatch.EventBus(
			`${name}-bus`,
			{ name: source, eventSourceName: source, tags },
			{ parent: this, dependsOn: [offeredBy] },
		);
		const rule = new cloudwatch.EventRule(
			`${name}-rule`,
			{
				name: eventQueueName({ base }),
				description: "The topics of Genesys Cloud that the listener takes.",
				eventBusName: bus.name,
				eventPattern: JSON.stringify({ source: [{ prefix: "aws.partner/genesys.com" }], "detail-type": topics }),
				tags,
			},
			{ parent: this },
		);
		const policies = Object.entries({ queue: buffer.queue, dead: buffer.dead }).map(
			([key, queue]) =>
				new sqs.QueuePolicy(`${name}-${key}-policy`, { queueUrl: queue.url, policy: mayBeSentBy(queue.arn, rule.arn) }, { parent: this }),
		);
		new cloudwatch.EventTarget(
			`${name}-target`,
			{
				rule: rule.name,
				eventBusName: bus.name,
				targetId: "buffer",
				arn: buffer.queue.arn,
				retryPolicy: { maximumEventAgeInSeconds: deliverySeconds, maximumRetryAttempts: 10 },
				deadLetterConfig: { arn: buffer.dead.arn },
			},
			{ parent: this, dependsOn: policies },
		);
		this.ruleArn = rule.arn;
		this.registerOutputs({ ruleArn: this.ruleArn });
	}
}

/** This rule and nobody else. */
const mayBeSentBy = (queueArn: pulumi.Input<string>, ruleArn: pulumi.Input<string>): pulumi.Output<string> =>
	pulumi.jsonStringify({
		Version: "2012-10-17",
		Statement: [
			{
				Sid: "TakeEvents",
				Effect: "Allow",
				Principal: { Service: "events.amazonaws.com" },
				Action: "sqs:SendMessage",
				Resource: queueArn,
				Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
			},
		],
	});
