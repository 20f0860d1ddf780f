import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functions/functionTimeouts.ts";
import { readsSecrets, type SecretAccess, sendsToQueue } from "./functions/needs.ts";
import { QueuedFunction } from "./functions/queuedFunction.ts";
import type { LinkSigning } from "./webhookIntake.ts";

export interface DispatcherArgs extends Foundation {
	/** The response workflow of each policy. */
	readonly flowIds: Readonly<Record<string, pulumi.Input<string>>>;
	/** The launcher's secret, and those of the first pages. */
	readonly secrets: SecretAccess;
	/** Where the link of a first page leads, if one holds any. */
	readonly variables: LinkSigning["variables"];
}

/** Takes a lease and launches the response to an incident; where no lease is free it sends the first page itself. */
export class Dispatcher extends pulumi.ComponentResource {
	readonly responder: QueuedFunction;

	constructor(name: string, args: DispatcherArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:Dispatcher", name, {}, opts);
		const { settings, ledger, queue, flowIds, secrets, variables } = args;
		this.responder = new QueuedFunction(
			name,
			{
				settings,
				ledger,
				queue,
				backsOff: true,
				functionName: "dispatcher",
				description: "Launches the response to an incident, or sends its first page while no lease is free.",
				timeoutSeconds: functionTimeouts.dispatcher.seconds,
				environment: {
					QUEUE_URL: queue.queueUrl,
					FLOW_IDS: pulumi.jsonStringify(flowIds),
					...variables,
					...secrets.variables,
				},
				needs: [sendsToQueue(args), readsSecrets(secrets.arns), ...secrets.needs],
			},
			{ parent: this },
		);
		this.registerOutputs({ functionName: this.responder.functionName });
	}
}
