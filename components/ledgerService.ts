import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functions/functionTimeouts.ts";
import { readsSecrets } from "./functions/needs.ts";
import { ResponderFunction } from "./functions/responderFunction.ts";
import { type LedgerActionSet, LedgerActions } from "./genesys/ledgerActions.ts";
import type { LinkSigning } from "./webhookIntake.ts";

export interface LedgerServiceArgs extends Foundation {
	readonly set: LedgerActionSet;
	/** For the links in the workflow's pages. */
	readonly links: LinkSigning;
}

/** The incident ledger as the workflow reaches it: a function, and the data actions that call it. */
export class LedgerService extends pulumi.ComponentResource {
	readonly responder: ResponderFunction;
	readonly actions: LedgerActions;

	constructor(name: string, args: LedgerServiceArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:LedgerService", name, {}, opts);
		const { settings, ledger, set, links } = args;
		const arns = Object.values(links.secretArns);
		const secrets = arns.length > 0 ? [readsSecrets(arns)] : [];
		this.responder = new ResponderFunction(
			name,
			{
				settings,
				ledger,
				functionName: "ledger",
				description: "Lets the workflow claim, record, read and release an incident.",
				timeoutSeconds: functionTimeouts.ledger.seconds,
				environment: { ...links.variables, ...links.secretArns },
				needs: [...ledger.queryDue, ...secrets],
			},
			{ parent: this },
		);
		this.actions = new LedgerActions(`${name}-genesys`, { settings, set, functionArn: this.responder.functionArn }, { parent: this });
		this.registerOutputs({ functionName: this.responder.functionName });
	}
}
