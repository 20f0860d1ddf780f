import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./foundation.ts";
import { queriesDue, readsSecrets, type SecretArns, usesLedger } from "./needs.ts";
import { ScheduledFunction } from "./scheduledFunction.ts";

export interface OverseerArgs extends Foundation {
	/** The launcher's secret, and those of the incident systems. */
	readonly secretArns: SecretArns;
}

/** Every minute: proves pages, escalates what is stale, takes over what the workflow cannot do, resolves what is over. */
export class Overseer extends pulumi.ComponentResource {
	readonly responder: ScheduledFunction;

	constructor(name: string, args: OverseerArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:Overseer", name, {}, opts);
		const { settings, bundles, ledger, secretArns } = args;
		this.responder = new ScheduledFunction(
			name,
			{
				settings,
				functionName: "overseer",
				description: "Proves pages, escalates what is stale, takes over what the workflow cannot do, resolves what is over.",
				bundle: bundles.overseer,
				timeoutSeconds: 55,
				environment: { TABLE_NAME: ledger.tableName, ...secretArns },
				needs: [usesLedger(args), queriesDue(args), readsSecrets(secretArns)],
			},
			{ parent: this },
		);
		this.registerOutputs({ functionName: this.responder.functionName });
	}
}
