import * as kms from "@pulumi/aws/kms/index.js";
import * as sns from "@pulumi/aws/sns/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings.ts";

export interface AlarmTopicArgs {
	readonly settings: Settings;
	/** The ARN of something of the same account and region. */
	readonly ownArn: pulumi.Input<string>;
	/** Where an incident system takes alarms; a secret. */
	readonly pagerUrl: pulumi.Output<string> | undefined;
}

/**
 * Where alarms go. Only alarms of this stack may publish; it is encrypted by a key of its own, because CloudWatch may not use the one that AWS keeps
 * for SNS (https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html).
 */
export class AlarmTopic extends pulumi.ComponentResource {
	readonly arn: pulumi.Output<string>;

	constructor(name: string, args: AlarmTopicArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:AlarmTopic", name, {}, opts);
		const { settings, pagerUrl } = args;
		const { base, tags, watch } = settings;
		const place = pulumi.output(args.ownArn).apply(placeOf);
		const key = new kms.Key(
			`${name}-key`,
			{
				description: `Encrypts the alarms of ${base}.`,
				enableKeyRotation: true,
				deletionWindowInDays: 7,
				policy: place.apply(keyPolicy),
				tags,
			},
			{ parent: this },
		);
		const topic = new sns.Topic(`${name}-topic`, { name: `${base}-alarms`, kmsMasterKeyId: key.arn, tags }, { parent: this });
		const policy = pulumi.all([topic.arn, place]).apply(([arn, at]) => topicPolicy(arn, at, base));
		new sns.TopicPolicy(`${name}-policy`, { arn: topic.arn, policy }, { parent: this });
		for (const endpoint of watch.emails)
			new sns.TopicSubscription(
				`${name}-email-${endpoint.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`,
				{ topic: topic.arn, protocol: "email", endpoint },
				{ parent: this },
			);
		if (pagerUrl !== undefined)
			new sns.TopicSubscription(
				`${name}-pager`,
				{ topic: topic.arn, protocol: "https", endpoint: pagerUrl, endpointAutoConfirms: true },
				{ parent: this },
			);
		this.arn = topic.arn;
		this.registerOutputs({ arn: this.arn });
	}
}

interface Place {
	readonly partition: string;
	readonly accountId: string;
}

/** `arn:<partition>:<service>:<region>:<account>:…` */
function placeOf(arn: string): Place {
	const [, partition = "aws", , , accountId = ""] = arn.split(":");
	return { partition, accountId };
}

const documentOf = (...statements: readonly object[]): string =>
	JSON.stringify({ Version: "2012-10-17", Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })) });

/** The account's own policies decide who administers it; CloudWatch encrypts with it. */
const keyPolicy = ({ partition, accountId }: Place): string =>
	documentOf(
		{ Sid: "Administer", Principal: { AWS: `arn:${partition}:iam::${accountId}:root` }, Action: "kms:*", Resource: "*" },
		{
			Sid: "EncryptAlarms",
			Principal: { Service: "cloudwatch.amazonaws.com" },
			Action: ["kms:Decrypt", "kms:GenerateDataKey*"],
			Resource: "*",
		},
	);

const topicPolicy = (arn: string, { partition, accountId }: Place, base: string): string =>
	documentOf({
		Sid: "PublishAlarms",
		Principal: { Service: "cloudwatch.amazonaws.com" },
		Action: "sns:Publish",
		Resource: arn,
		Condition: {
			StringEquals: { "aws:SourceAccount": accountId },
			ArnLike: { "aws:SourceArn": `arn:${partition}:cloudwatch:*:${accountId}:alarm:${base}-*` },
		},
	});
