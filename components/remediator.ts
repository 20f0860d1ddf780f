import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { activeRemediation } from "../functions/pipeline/remedy/rules.ts";
import type { Remediation, RuntimeSettings } from "../functions/pipeline/settings.ts";
import { StoredSecret } from "./aws/secrets.ts";
import type { Foundation } from "./foundation.ts";
import { functionTimeouts } from "./functions/functionTimeouts.ts";
import { asksRemediator, readsSecrets, type SecretArns, usesLedger } from "./functions/needs.ts";
import { type Need, policyOf, ResponderFunction } from "./functions/responderFunction.ts";
import type { Webhook } from "./functions/webhook.ts";
import type { DataActions } from "./genesys/dataActions.ts";
import type { LedgerActions } from "./genesys/ledgerActions.ts";
import { OauthClient } from "./genesys/oauthClient.ts";
import { type RemedyActionSet, RemedyActions } from "./genesys/remedyActions.ts";
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
}

/** The one function that acts on a customer's systems. It may do what the stack's runbooks name, and nothing else. */
export class Remediator extends pulumi.ComponentResource {
	readonly responder: ResponderFunction;
	readonly substitutions: DataActions["substitutions"];

	constructor(name: string, args: RemediatorArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:Remediator", name, {}, opts);
		const { settings, ledger, genesys } = args;
		const remediations = remediationsOf(settings.runtime);
		const secretArns = this.#secrets(name, args, remediations);
		this.responder = new ResponderFunction(
			name,
			{
				settings,
				functionName: "remediator",
				description: "Begins remedies, follows them, and undoes those that did not help.",
				timeoutSeconds: functionTimeouts.remediator.seconds,
				environment: {
					TABLE_NAME: ledger.tableName,
					...(asksPeople(remediations) ? { APPROVAL_URL: args.webhook.url } : {}),
					...secretArns,
				},
				needs: [
					usesLedger(args),
					...(Object.keys(secretArns).length > 0 ? [readsSecrets(secretArns)] : []),
					...runsDocuments(args, remediations),
				],
			},
			{ parent: this },
		);
		if (asksPeople(remediations)) {
			const policy = policyOf([asksRemediator(this.responder.functionArn)]);
			new iam.RolePolicy(`${name}-approvals`, { name: "ask-remediator", role: args.webhook.roleName, policy }, { parent: this });
		}
		const actions = new RemedyActions(
			`${name}-genesys`,
			{ set: args.set, roleName: genesys.roleName, credentialId: genesys.credentialId, functionArn: this.responder.functionArn },
			{ parent: this },
		);
		this.substitutions = actions.substitutions;
		this.registerOutputs({ functionName: this.responder.functionName, substitutions: this.substitutions });
	}

	/** Only the credentials that a runbook's remedy uses exist at all. */
	#secrets(name: string, { settings, secrets }: RemediatorArgs, remediations: readonly Remediation[]): SecretArns {
		const child = { parent: this };
		const kinds = new Set(remediations.map(({ remedy }) => remedy.kind));
		const stored = (secretName: string, key: string) =>
			new StoredSecret(`${name}-${secretName}`, { settings, secretName, document: { signingSecrets: [secrets(key)] } }, child).arn;
		return {
			...(kinds.has("emergency-group") ? { SECRET_GENESYS_REMEDIATOR: this.#client(name, settings).requireSecretArn() } : {}),
			...(kinds.has("webhook") ? { SECRET_REMEDY_WEBHOOK: stored("remedy-webhook", remedyWebhookSecretKey) } : {}),
			...(asksPeople(remediations) ? { SECRET_REMEDY_APPROVAL: stored("remedy-approval", remedyApprovalSecretKey) } : {}),
		};
	}

	#client(name: string, settings: RemediatorArgs["settings"]): OauthClient {
		return new OauthClient(
			`${name}-client`,
			{
				settings,
				purpose: "remediator",
				description: "The remediator switches emergency groups on, and off again.",
				permissions: ["routing:emergencyGroup:view", "routing:emergencyGroup:edit"],
				usedBy: "functions",
			},
			{ parent: this },
		);
	}
}

/** AWS's own documents belong to no account. */
const isPublic = (document: string): boolean => /^(AWS|Amazon)/.test(document);

/** Exactly the documents that the runbooks name, and the roles that they are told to assume. */
function runsDocuments({ ledger }: Foundation, remediations: readonly Remediation[]): readonly Need[] {
	const remedies = remediations.flatMap(({ remedy }) => (remedy.kind === "ssm" ? [remedy] : []));
	const documents = new Set(
		remedies.flatMap(({ document, undoDocument }) => [document, ...(undoDocument === undefined ? [] : [undoDocument])]),
	);
	if (documents.size === 0) return [];
	const here = (resource: string, account = true) =>
		pulumi.output(ledger.tableArn).apply((arn) => {
			const [, partition = "aws", , region = "", accountId = ""] = arn.split(":");
			return `arn:${partition}:ssm:${region}:${account ? accountId : ""}:${resource}`;
		});
	const executions = here("automation-execution/*");
	const roles = new Set(remedies.flatMap(({ parameters }) => parameters?.AutomationAssumeRole ?? []));
	return [
		{
			// AWS asks for both resources: the document, and the execution that starts.
			sid: "StartDocuments",
			actions: ["ssm:StartAutomationExecution"],
			resources: [...[...documents].map((document) => here(`document/${document}`, !isPublic(document))), executions],
		},
		{ sid: "FollowExecutions", actions: ["ssm:GetAutomationExecution"], resources: [executions] },
		...(roles.size === 0 ? [] : [{ sid: "PassRoles", actions: ["iam:PassRole"], resources: [...roles] }]),
	];
}
