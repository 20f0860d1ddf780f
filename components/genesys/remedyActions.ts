import * as iam from "@pulumi/aws/iam/index.js";
import * as pulumi from "@pulumi/pulumi";
import { invokes } from "../functions/needs.ts";
import { policyOf } from "../functions/responderFunction.ts";
import type { ActionContract, ActionSet, Fields } from "./dataAction.ts";
import { DataActions } from "./dataActions.ts";
import { owner } from "./ledgerActions.ts";

export type RemedyActionSet = ActionSet<"begin" | "check" | "undo">;

/** The data actions with which the workflow begins a remedy, asks whether it helped, and undoes it. */
export function remedyActions(base: string): RemedyActionSet {
	return {
		key: "remedy",
		category: `${base} Remedies`,
		actions: {
			begin: operation("begin", "Begin", 30, owner, { decision: "string", reason: "string", approvalUrl: "string" }),
			check: operation("check", "Check", 15, owner, { verdict: "string", reason: "string" }),
			undo: operation("undo", "Undo", 30, { ...owner, why: "string" }, { undone: "boolean", reason: "string" }),
		},
	};
}

/** Who asks stands in the template, outside of what the workflow may say. */
function operation(name: string, verb: string, timeoutSeconds: number, inputs: Fields, outputs: Fields): ActionContract {
	return {
		verb,
		inputs,
		outputs,
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
