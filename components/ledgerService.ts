import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functionTimeouts.ts";
import { type LedgerActionSet, LedgerActions } from "./ledgerActions.ts";
import { queriesDue, usesLedger } from "./needs.ts";
import { ResponderFunction } from "./responderFunction.ts";

export interface LedgerServiceArgs extends Foundation {
	readonly set: LedgerActionSet;
}

/** The incident ledger as the workflow reaches it: a function, and the data actions that call it. */
export class LedgerService extends pulumi.ComponentResource {
	readonly responder: ResponderFunction;
	readonly actions: LedgerActions;

	constructor(name: string, args: LedgerServiceArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:LedgerService", name, {}, opts);
		const { settings, ledger, set } = args;
		this.responder = new ResponderFunction(
			name,
			{
				settings,
				functionName: "ledger",
				description: "Lets the workflow claim, record, read and release an incident.",
				timeoutSeconds: functionTimeouts.ledger.seconds,
				environment: { TABLE_NAME: ledger.tableName },
				needs: [usesLedger(args), queriesDue(args)],
			},
			{ parent: this },
		);
		this.actions = new LedgerActions(`${name}-genesys`, { settings, set, functionArn: this.responder.functionArn }, { parent: this });
		this.registerOutputs({ functionName: this.responder.functionName });
	}
}
