import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { invokes } from "../functions/needs.ts";
import { policyOf } from "../functions/policies.ts";
import type { ActionSet } from "./dataAction.ts";
import { DataActions } from "./dataActions.ts";

export interface FunctionActionsArgs {
	readonly set: ActionSet;
	/** As the function is called in AWS, behind the stack's own part: `remediator`. */
	readonly functionName: string;
	/** What it is for, for whoever finds the integration. */
	readonly notes: string;
	/** The role with which Genesys Cloud calls functions of ours, and its credential there. */
	readonly roleName: pulumi.Input<string>;
	readonly credentialId: pulumi.Input<string>;
	readonly functionArn: pulumi.Input<string>;
}

/** Lets Genesys Cloud's role call one more function of ours, and makes the data actions that do. */
export class FunctionActions extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];

	/** `type`: the last part of the component's type. */
	constructor(type: string, name: string, args: FunctionActionsArgs, opts?: pulumi.ComponentResourceOptions) {
		super(`genesyscloud-runbooks:index:${type}`, name, {}, opts);
		const { functionName } = args;
		const sid = `Invoke${functionName.charAt(0).toUpperCase()}${functionName.slice(1)}`;
		const policy = new iam.RolePolicy(
			`${name}-policy`,
			{ name: `invoke-${functionName}`, role: args.roleName, policy: policyOf([invokes(sid, args.functionArn)]) },
			{ parent: this },
		);
		const actions = new DataActions(
			`${name}-actions`,
			{
				set: args.set,
				notes: args.notes,
				integrationType: "aws-lambda-data-actions",
				credentials: { AmazonWebServicesARN: args.credentialId },
				functionArn: args.functionArn,
			},
			{ parent: this, dependsOn: [policy] },
		);
		this.substitutions = actions.substitutions;
		this.registerOutputs({ substitutions: this.substitutions });
	}
}
