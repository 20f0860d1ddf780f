import * as pulumi from "@pulumi/pulumi";
import { Integration } from "../../sdks/genesyscloud/index.ts";
import type { Settings } from "../settings/settings.ts";
import { canonicalJson } from "./canonicalJson.ts";

export interface EventSourceArgs {
	readonly settings: Settings;
	/** The last part of the event source's name. */
	readonly suffix: string;
	readonly topics: readonly string[];
	/** The ARN of something of the account and region that get the events. */
	readonly ownArn: pulumi.Input<string>;
}

/** Sends the events of some topics to Amazon EventBridge. Enabled, it offers an event source to the account. */
export class EventSource extends pulumi.ComponentResource {
	readonly integration: Integration;

	constructor(name: string, args: EventSourceArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:EventSource", name, {}, opts);
		const { settings, suffix, topics, ownArn } = args;
		const properties = pulumi.output(ownArn).apply((arn) => {
			const [, , , awsAccountRegion, awsAccountId] = arn.split(":");
			return canonicalJson({ awsAccountId, awsAccountRegion, eventSourceSuffix: suffix, eventFilter: topics });
		});
		const notes = "Sends what changes to the listener of the on-call runbooks.";
		this.integration = new Integration(
			`${name}-integration`,
			{
				integrationType: "amazon-eventbridge-source",
				intendedState: "ENABLED",
				config: { name: `${settings.base} events`, notes, properties, advanced: "{}", credentials: {} },
			},
			{ parent: this },
		);
		this.registerOutputs({ integrationId: this.integration.id });
	}
}
