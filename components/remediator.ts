import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { activeRemediation } from "../functions/pipeline/remedy/rules.ts";
import type { Remediation, RuntimeSettings } from "../functions/pipeline/settings.ts";
import { needsOf, statementsOf } from "../remedies/kinds.ts";
import type { Resource } from "../remedies/remedy.ts";
import { StoredSecret } from "./aws/secrets.ts";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functions/functionTimeouts.ts";
import { asksRemediator, readsSecrets, type SecretArns } from "./functions/needs.ts";
import { type Need, policyOf } from "./functions/policies.ts";
import { ResponderFunction } from "./functions/responderFunction.ts";
import type { Webhook } from "./functions/webhook.ts";
import type { DataActions } from "./genesys/dataActions.ts";
import { FunctionActions } from "./genesys/functionActions.ts";
import type { LedgerActions } from "./genesys/ledgerActions.ts";
import { OauthClient } from "./genesys/oauthClient.ts";
import type { Permission } from "./genesys/permissionRole.ts";
import type { RemedyActionSet } from "./genesys/remedyActions.ts";
import { remedyApprovalSecretKey, remedyWebhookSecretKey } from "./settings/secrets.ts";
import type { Secrets } from "./settings/stackConfiguration.ts";

/** The remediations of a stack that may act. */
export function remediationsOf({ runbooks }: Pick<RuntimeSettings, "runbooks">): readonly Remediation[] {
	return Object.values(runbooks).flatMap((runbook) => activeRemediation(runbook) ?? []);
}

export const asksPeople = (remediations: readonly Remediation[]): boolean => remediations.some(({ mode }) => mode === "approve");

export interface RemediatorArgs extends Foundation {
	readonly set: RemedyActionSet;
	readonly secrets: Secrets;
	/** How Genesys Cloud calls functions of ours. */
	readonly genesys: LedgerActions;
	/** Below its address lead the approval links. */
	readonly webhook: Webhook;
	/** By which it tells them from others. */
	readonly approvalSeals: SecretArns;
}

/** The one function that acts on a customer's systems. It may do what the stack's runbooks name, and nothing else. */
export class Remediator extends pulumi.ComponentResource {
	readonly responder: ResponderFunction;
	readonly substitutions: DataActions["substitutions"];

	constructor(name: string, args: RemediatorArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:Remediator", name, {}, opts);
		const { settings, ledger, genesys } = args;
		const remediations = remediationsOf(settings.runtime);
		const secretArns = { ...this.#secrets(name, args, remediations), ...args.approvalSeals };
		this.responder = new ResponderFunction(
			name,
			{
				settings,
				ledger,
				functionName: "remediator",
				description: "Begins remedies, follows them, and undoes those that did not help.",
				timeoutSeconds: functionTimeouts.remediator.seconds,
				environment: {
					...(asksPeople(remediations) ? { APPROVAL_URL: args.webhook.url } : {}),
					...secretArns,
				},
				needs: [...(Object.keys(secretArns).length > 0 ? [readsSecrets(Object.values(secretArns))] : []), ...actsInAws(args, remediations)],
			},
			{ parent: this },
		);
		if (asksPeople(remediations)) {
			const policy = policyOf([asksRemediator(this.responder.functionArn)]);
			new iam.RolePolicy(`${name}-approvals`, { name: "ask-remediator", role: args.webhook.roleName, policy }, { parent: this });
		}
		const { roleName, credentialId } = genesys;
		const notes = "The response workflow begins remedies, asks whether they helped, and undoes them.";
		const actions = new FunctionActions(
			"RemedyActions",
			`${name}-genesys`,
			{ set: args.set, functionName: "remediator", notes, roleName, credentialId, functionArn: this.responder.functionArn },
			{ parent: this },
		);
		this.substitutions = actions.substitutions;
		this.registerOutputs({ functionName: this.responder.functionName, substitutions: this.substitutions });
	}

	/** Only the credentials that a runbook's remedy uses exist at all. */
	#secrets(name: string, { settings, secrets }: RemediatorArgs, remediations: readonly Remediation[]): SecretArns {
		const child = { parent: this };
		const needs = remediations.map(({ remedy }) => needsOf(remedy));
		const permissions = [...new Set(needs.flatMap((need) => need.permissions ?? []))];
		const stored = (secretName: string, key: string) =>
			new StoredSecret(`${name}-${secretName}`, { settings, secretName, document: { signingSecrets: [secrets(key)] } }, child).arn;
		return {
			...(permissions.length > 0 ? { SECRET_GENESYS_REMEDIATOR: this.#client(name, settings, permissions).requireSecretArn() } : {}),
			...(needs.some(({ signs }) => signs === true) ? { SECRET_REMEDY_WEBHOOK: stored("remedy-webhook", remedyWebhookSecretKey) } : {}),
			...(asksPeople(remediations) ? { SECRET_REMEDY_APPROVAL: stored("remedy-approval", remedyApprovalSecretKey) } : {}),
		};
	}

	#client(name: string, settings: RemediatorArgs["settings"], permissions: readonly Permission[]): OauthClient {
		return new OauthClient(
			`${name}-client`,
			{
				settings,
				purpose: "remediator",
				description: "The remediator acts in Genesys Cloud with it, where a runbook's remedy does.",
				permissions,
				usedBy: "functions",
			},
			{ parent: this },
		);
	}
}

/** What the remedies need of AWS: exactly the resources that the runbooks name. */
function actsInAws({ queue }: Foundation, remediations: readonly Remediation[]): readonly Need[] {
	const arnOf = (resource: Resource): pulumi.Input<string> => {
		if (typeof resource === "string") return resource;
		return pulumi.output(queue.queueArn).apply((arn) => {
			const [, partition = "aws", , region = "", accountId = ""] = arn.split(":");
			return `arn:${partition}:${resource.service}:${region}:${resource.isPublic ? "" : accountId}:${resource.resource}`;
		});
	};
	return statementsOf(remediations.map(({ remedy }) => remedy)).map(({ sid, actions, resources, where }) => ({
		sid,
		actions: [...actions],
		resources: resources.map(arnOf),
		...(where === undefined ? {} : { where }),
	}));
}
