import * as pulumi from "@pulumi/pulumi";
import { heartbeatName, secretVariable } from "../functions/schemas/secrets.ts";
import { StoredSecret } from "./aws/secrets.ts";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functions/functionTimeouts.ts";
import { asksRemediator, readsSecrets, type SecretAccess, type SecretArns, sendsToQueue } from "./functions/needs.ts";
import type { ResponderFunction } from "./functions/responderFunction.ts";
import { ScheduledFunction } from "./functions/scheduledFunction.ts";
import type { ActiveIncidents } from "./genesys/activeIncidents.ts";
import type { LinkSigning } from "./webhookIntake.ts";

export interface OverseerArgs extends Foundation {
	/** The launcher's secret, those of the incident systems, and that of the links in pages. */
	readonly secrets: SecretAccess;
	/** Where those links lead. */
	readonly variables: LinkSigning["variables"];
	/** Only where a runbook may act. */
	readonly remediator: ResponderFunction | undefined;
	/** The table in which callers' flows find what is wrong, where the settings want one. */
	readonly activeIncidents: ActiveIncidents | undefined;
	/** The address that is called after each good run, where one is. */
	readonly heartbeatUrl: pulumi.Output<string> | undefined;
}

/** Every minute: proves pages, escalates what is stale, takes over what the workflow cannot do, resolves what is over. */
export class Overseer extends pulumi.ComponentResource {
	readonly responder: ScheduledFunction;

	constructor(name: string, args: OverseerArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:Overseer", name, {}, opts);
		const { settings, ledger, queue, secrets, variables, remediator, activeIncidents } = args;
		const heartbeat = this.#heartbeat(name, args);
		const announcing: SecretArns = activeIncidents === undefined ? {} : { SECRET_GENESYS_ANNOUNCER: activeIncidents.secretArn };
		const table = activeIncidents === undefined ? {} : { ACTIVE_INCIDENTS_TABLE: activeIncidents.tableId };
		const asks = remediator === undefined ? [] : [asksRemediator(remediator.functionArn)];
		const asked = remediator === undefined ? {} : { REMEDIATOR: remediator.functionName };
		this.responder = new ScheduledFunction(
			name,
			{
				settings,
				ledger,
				functionName: "overseer",
				description: "Proves pages, escalates what is stale, takes over what the workflow cannot do, resolves what is over.",
				timeoutSeconds: functionTimeouts.overseer.seconds,
				environment: {
					QUEUE_URL: queue.queueUrl,
					...asked,
					...variables,
					...secrets.variables,
					...heartbeat,
					...announcing,
					...table,
				},
				needs: [
					...ledger.queryDue,
					sendsToQueue(args),
					readsSecrets([...secrets.arns, ...Object.values(heartbeat), ...Object.values(announcing)]),
					...secrets.needs,
					...asks,
				],
			},
			{ parent: this },
		);
		this.registerOutputs({ functionName: this.responder.functionName });
	}

	/** The dead-man's switch outside; nothing where none is called. */
	#heartbeat(name: string, { settings, heartbeatUrl }: OverseerArgs): SecretArns {
		if (heartbeatUrl === undefined) return {};
		const stored = new StoredSecret(
			`${name}-heartbeat`,
			{ settings, secretName: heartbeatName, document: { url: heartbeatUrl } },
			{ parent: this },
		);
		return { [secretVariable(heartbeatName)]: stored.arn };
	}
}
