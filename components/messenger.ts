import * as pulumi from "@pulumi/pulumi";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functions/functionTimeouts.ts";
import { readsSecrets, type SecretAccess } from "./functions/needs.ts";
import { ResponderFunction } from "./functions/responderFunction.ts";
import type { DataActions } from "./genesys/dataActions.ts";
import { FunctionActions } from "./genesys/functionActions.ts";
import type { LedgerActions } from "./genesys/ledgerActions.ts";
import type { MessengerActionSet } from "./genesys/messengerActions.ts";
import type { LinkSigning } from "./webhookIntake.ts";

export interface MessengerArgs extends Foundation {
	readonly set: MessengerActionSet;
	/** Those of the channels that only functions can call, and that of the links in pages. */
	readonly secrets: SecretAccess;
	/** Where those links lead. */
	readonly variables: LinkSigning["variables"];
	/** How Genesys Cloud calls functions of ours. */
	readonly genesys: LedgerActions;
}

/** Pages for the workflow where no data action can. It holds the credentials of those channels and no others. */
export class Messenger extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];

	constructor(name: string, args: MessengerArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:Messenger", name, {}, opts);
		const { settings, ledger, secrets, variables, genesys, set } = args;
		const responder = new ResponderFunction(
			name,
			{
				settings,
				ledger,
				functionName: "messenger",
				description: "Pages for the workflow where no data action can, because the request has to be signed.",
				timeoutSeconds: functionTimeouts.messenger.seconds,
				environment: { ...variables, ...secrets.variables },
				needs: [...(secrets.arns.length > 0 ? [readsSecrets(secrets.arns)] : []), ...secrets.needs],
			},
			{ parent: this },
		);
		const { roleName, credentialId } = genesys;
		const notes = "The response workflow has pages sent and read back by it that no data action can send.";
		const actions = new FunctionActions(
			"MessengerActions",
			`${name}-genesys`,
			{ set, functionName: "messenger", notes, roleName, credentialId, functionArn: responder.functionArn },
			{ parent: this },
		);
		this.substitutions = actions.substitutions;
		this.registerOutputs({ functionName: responder.functionName, substitutions: this.substitutions });
	}
}
