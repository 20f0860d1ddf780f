import { pathToFileURL } from "node:url";
import * as pulumi from "@pulumi/pulumi";
import { generateBelow } from "../components/genesys/generatedFile.ts";
import { prepare } from "../components/prepare.ts";
import { RunbookSystem } from "../components/runbookSystem.ts";
import { readSettings } from "../components/settings/settings.ts";
import { documentSource } from "./document.ts";

/** What a program in any language says of the system that it wants. */
export interface OnCallRunbooksArgs {
	/** The settings as a YAML or JSON document, with the keys of docs/reference.md and without their namespace. Never a secret. */
	readonly settings: string;
	/** The secrets that the settings need, by their keys, such as `twilio-authToken`. */
	readonly secrets: { readonly [key: string]: pulumi.Input<string> };
}

/** The whole on-call runbook system: what detects, pages, escalates and resolves, in AWS and in Genesys Cloud. */
export class OnCallRunbooks extends pulumi.ComponentResource {
	/** Where failures can be told of, signed. */
	readonly webhookUrl: pulumi.Output<string>;
	/** The id of the response workflow of each policy. */
	readonly flowIds: pulumi.Output<Record<string, string>>;
	/** The DynamoDB table that remembers incidents; empty where a server of yours does. */
	readonly tableName: pulumi.Output<string>;
	/** The queue of incidents that want a response. */
	readonly queueUrl: pulumi.Output<string>;
	/** The SNS topic of the system's own alarms. */
	readonly alarmTopicArn: pulumi.Output<string>;
	/** The CloudWatch dashboard. */
	readonly dashboard: pulumi.Output<string>;

	/** Throws a RunError that lists every problem of the settings, before anything is declared. */
	constructor(name: string, args: OnCallRunbooksArgs, opts?: pulumi.ComponentResourceOptions) {
		const source = documentSource(pulumi.getStack(), args);
		const settings = readSettings(source);
		super("genesyscloud-runbooks:index:OnCallRunbooks", name, {}, opts);
		// Pulumi looks for files where the program of whoever uses the component runs, and runs the component there as well.
		generateBelow(pathToFileURL(`${process.cwd()}/`));
		const system = pulumi.output(
			prepare(settings).then((prepared) => {
				const own = { settings, prepared, secrets: source.secrets, configured: (key: string) => source.keys.includes(key) };
				return new RunbookSystem(name, own, { parent: this });
			}),
		);
		this.webhookUrl = system.apply(({ intake }) => intake.webhook.url);
		this.flowIds = system.apply(({ responses }) =>
			pulumi.all(Object.fromEntries(Object.entries(responses).map(([policy, { flowId }]) => [policy, flowId]))),
		);
		this.tableName = system.apply(({ ledger }) => ("tableName" in ledger ? ledger.tableName : pulumi.output("")));
		this.queueUrl = system.apply(({ queue }) => queue.queueUrl);
		this.alarmTopicArn = system.apply(({ watch }) => watch.topicArn);
		this.dashboard = system.apply(({ watch }) => watch.dashboardName);
		const { webhookUrl, flowIds, tableName, queueUrl, alarmTopicArn, dashboard } = this;
		this.registerOutputs({ webhookUrl, flowIds, tableName, queueUrl, alarmTopicArn, dashboard });
	}
}
