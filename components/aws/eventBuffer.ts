import * as sqs from "@pulumi/aws/sqs/index.js";
import * as pulumi from "@pulumi/pulumi";
import { eventVisibilitySeconds } from "../functions/functionTimeouts.ts";
import type { Settings } from "../settings/settings.ts";
import { eventDeadLetterQueueName, eventQueueName } from "./names.ts";

export interface EventBufferArgs {
	readonly settings: Settings;
}

/**
 * Events of the bus wait here, so that a storm of them is taken at the pace of the ledger. What fails three times is kept for two weeks, for somebody
 * to look at: what it told of the polls have found long before.
 */
export class EventBuffer extends pulumi.ComponentResource {
	readonly queue: sqs.Queue;
	readonly dead: sqs.Queue;

	constructor(name: string, args: EventBufferArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:EventBuffer", name, {}, opts);
		const { base, tags } = args.settings;
		this.dead = new sqs.Queue(
			`${name}-dead`,
			{ name: eventDeadLetterQueueName({ base }), messageRetentionSeconds: 14 * 86_400, sqsManagedSseEnabled: true, tags },
			{ parent: this },
		);
		this.queue = new sqs.Queue(
			`${name}-queue`,
			{
				name: eventQueueName({ base }),
				visibilityTimeoutSeconds: eventVisibilitySeconds,
				// Whatever is older than a few polls is no news.
				messageRetentionSeconds: 4 * 3600,
				redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: this.dead.arn, maxReceiveCount: 3 }),
				sqsManagedSseEnabled: true,
				tags,
			},
			{ parent: this },
		);
		this.registerOutputs({ queueUrl: this.queue.url });
	}
}
