import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { type RemedyOperation, remedy } from "../../contracts/remedy.ts";
import { invokes } from "../functions/needs.ts";
import { policyOf } from "../functions/responderFunction.ts";
import { type ActionContract, type ActionSet, contractFields } from "./dataAction.ts";
import { DataActions } from "./dataActions.ts";

export type RemedyActionSet = ActionSet<RemedyOperation>;

/** The data actions with which the workflow begins a remedy, asks whether it helped, and undoes it. */
export function remedyActions(base: string): RemedyActionSet {
	return {
		key: "remedy",
		category: `${base} Remedies`,
		actions: { begin: operation("begin", "Begin", 30), check: operation("check", "Check", 15), undo: operation("undo", "Undo", 30) },
	};
}

/** Who asks stands in the template, outside of what the workflow may say. */
function operation(name: RemedyOperation, verb: string, timeoutSeconds: number): ActionContract {
	return {
		verb,
		inputs: contractFields(remedy[name].says),
		outputs: contractFields(remedy[name].answers),
		timeoutSeconds,
		request: { type: "POST", body: `{"operation":"${name}","by":"workflow","input":\${input.rawRequest}}` },
		response: { template: "${rawResult}" },
	};
}

export interface RemedyActionsArgs {
	readonly set: RemedyActionSet;
	/** The role with which Genesys Cloud calls functions of ours, and its credential there. */
	readonly roleName: pulumi.Input<string>;
	readonly credentialId: pulumi.Input<string>;
	readonly functionArn: pulumi.Input<string>;
}

/** Lets Genesys Cloud's role call the remediator as well, and makes the data actions that do. */
export class RemedyActions extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];

	constructor(name: string, args: RemedyActionsArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:RemedyActions", name, {}, opts);
		const policy = new iam.RolePolicy(
			`${name}-policy`,
			{ name: "invoke-remediator", role: args.roleName, policy: policyOf([invokes("InvokeRemediator", args.functionArn)]) },
			{ parent: this },
		);
		const actions = new DataActions(
			`${name}-actions`,
			{
				set: args.set,
				notes: "The response workflow begins remedies, asks whether they helped, and undoes them.",
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
