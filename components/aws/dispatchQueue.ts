import * as sqs from "@pulumi/aws/sqs/index.js";
import * as pulumi from "@pulumi/pulumi";
import { dispatchVisibilitySeconds } from "../functions/functionTimeouts.ts";
import type { Settings } from "../settings/settings.ts";

export interface DispatchQueueArgs {
	readonly settings: Settings;
}

/** Their names in AWS, known before they exist. */
export const queueNames = ({ base }: Pick<Settings, "base">) => ({ queue: `${base}-dispatch`, deadLetters: `${base}-dispatch-dead` });

/** Incidents that want a response wait here; what fails five times is kept for two weeks, for somebody to look at. */
export class DispatchQueue extends pulumi.ComponentResource {
	readonly queueUrl: pulumi.Output<string>;
	readonly queueArn: pulumi.Output<string>;

	constructor(name: string, args: DispatchQueueArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:DispatchQueue", name, {}, opts);
		const { tags } = args.settings;
		const names = queueNames(args.settings);
		const dead = new sqs.Queue(
			`${name}-dead`,
			{ name: names.deadLetters, messageRetentionSeconds: 14 * 86_400, sqsManagedSseEnabled: true, tags },
			{ parent: this },
		);
		const queue = new sqs.Queue(
			`${name}-queue`,
			{
				name: names.queue,
				visibilityTimeoutSeconds: dispatchVisibilitySeconds,
				messageRetentionSeconds: 4 * 86_400,
				redrivePolicy: pulumi.jsonStringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 5 }),
				sqsManagedSseEnabled: true,
				tags,
			},
			{ parent: this },
		);
		this.queueUrl = queue.url;
		this.queueArn = queue.arn;
		this.registerOutputs({ queueUrl: this.queueUrl, queueArn: this.queueArn });
	}
}
