import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type LedgerOperation, ledger } from "../../contracts/ledger.ts";
import { IntegrationCredential } from "../../sdks/genesyscloud/index.ts";
import { functionTimeouts } from "../functions/functionTimeouts.ts";
import { invokes } from "../functions/needs.ts";
import { policyOf } from "../functions/policies.ts";
import { genesysAwsAccount } from "../settings/regions.ts";
import type { Settings } from "../settings/settings.ts";
import { type ActionContract, type ActionSet, contractFields } from "./dataAction.ts";
import { DataActions } from "./dataActions.ts";

export type LedgerActionSet = ActionSet<LedgerOperation>;

/** The data actions with which the workflow claims an incident, records what it did, reads it and lets it go. */
export function ledgerActions(base: string): LedgerActionSet {
	return {
		key: "ledger",
		category: `${base} Ledger`,
		actions: {
			claim: operation("claim", "Claim"),
			record: operation("record", "Record"),
			read: operation("read", "Read"),
			release: operation("release", "Release"),
		},
	};
}

function operation(name: LedgerOperation, verb: string): ActionContract {
	return {
		verb,
		inputs: contractFields(ledger[name].says),
		outputs: contractFields(ledger[name].answers),
		// Longer than the function's own timeout: an answer that is under way is not thrown away.
		timeoutSeconds: functionTimeouts.ledger.seconds + 3,
		request: { type: "POST", body: `{"operation":"${name}","input":\${input.rawRequest}}` },
		response: { template: "${rawResult}" },
	};
}

export interface LedgerActionsArgs {
	readonly settings: Settings;
	readonly set: LedgerActionSet;
	readonly functionArn: pulumi.Input<string>;
}

/** Lets Genesys Cloud, and of it only this organization, call the ledger function, and makes the data actions that do. */
export class LedgerActions extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];
	readonly roleName: pulumi.Output<string>;
	/** The role's credential in Genesys Cloud, for other functions of ours. */
	readonly credentialId: pulumi.Output<string>;

	constructor(name: string, args: LedgerActionsArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:LedgerActions", name, {}, opts);
		const { settings, set } = args;
		const role = new iam.Role(
			`${name}-role`,
			{
				name: `${settings.base}-genesys-ledger`,
				description: "Genesys Cloud calls the incident ledger with it.",
				assumeRolePolicy: JSON.stringify(trustOf(settings)),
				tags: settings.tags,
			},
			{ parent: this },
		);
		const policy = new iam.RolePolicy(
			`${name}-policy`,
			{ name: "invoke-ledger", role: role.name, policy: policyOf([invokes("InvokeLedger", args.functionArn)]) },
			{ parent: this },
		);
		const credential = new IntegrationCredential(
			`${name}-credential`,
			{ name: set.category, credentialTypeName: "amazonWebServicesARN", fields: { ARN: role.arn } },
			{ parent: this, dependsOn: [policy] },
		);
		const actions = new DataActions(
			`${name}-actions`,
			{
				set,
				notes: "The response workflow claims incidents, records what it did and reads them with it.",
				integrationType: "aws-lambda-data-actions",
				credentials: { AmazonWebServicesARN: credential.id },
				functionArn: args.functionArn,
			},
			{ parent: this },
		);
		this.substitutions = actions.substitutions;
		this.roleName = role.name;
		this.credentialId = credential.id;
		this.registerOutputs({ substitutions: this.substitutions, roleName: this.roleName });
	}
}

/** The external id is the organization's id: no other customer of the vendor can make it assume this role. */
function trustOf({ genesys }: Settings): unknown {
	return {
		Version: "2012-10-17",
		Statement: [
			{
				Effect: "Allow",
				Action: "sts:AssumeRole",
				Principal: { AWS: `arn:aws:iam::${genesysAwsAccount(genesys.region)}:root` },
				Condition: { StringEquals: { "sts:ExternalId": genesys.organizationId } },
			},
		],
	};
}
