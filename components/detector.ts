import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functions/functionTimeouts.ts";
import { readsSecrets, sendsToQueue } from "./functions/needs.ts";
import { ScheduledFunction } from "./functions/scheduledFunction.ts";
import { detectorPermissions } from "./genesys/detectorPermissions.ts";
import { OauthClient } from "./genesys/oauthClient.ts";

/** Looks at trunks, edges and queues once a minute, with a client of its own, and opens an incident for what stays down. */
export class Detector extends pulumi.ComponentResource {
	readonly poller: ScheduledFunction;

	constructor(name: string, args: Foundation, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:Detector", name, {}, opts);
		const { settings, ledger, queue } = args;
		const client = new OauthClient(
			name,
			{
				settings,
				purpose: "detector",
				description:
					"The poller reads trunks, edges and queues with it, as far as the runbooks need. The telephony permission also allows writes; there is no narrower one.",
				permissions: detectorPermissions(settings.runtime.runbooks),
				usedBy: "functions",
			},
			{ parent: this },
		);
		const secrets = { SECRET_GENESYS_DETECTOR: client.requireSecretArn() };
		this.poller = new ScheduledFunction(
			`${name}-poller`,
			{
				settings,
				ledger,
				functionName: "poller",
				description: "Looks at trunks, edges and queues and opens an incident for what stays wrong.",
				timeoutSeconds: functionTimeouts.poller.seconds,
				// Thousands of trunks that fail at once are thousands of calls: with 256 MB the processor would be too slow for one poll.
				memoryMegabytes: 1024,
				environment: { QUEUE_URL: queue.queueUrl, ...secrets },
				needs: [...ledger.queryDue, sendsToQueue(args), readsSecrets(Object.values(secrets))],
			},
			{ parent: this },
		);
		this.registerOutputs({ functionName: this.poller.functionName });
	}
}
