import * as pulumi from "@pulumi/pulumi";
import { getPackage } from "./package.ts";

export interface AuthRolePermissionPolicyConditionsTermOperand {
	readonly type: pulumi.Input<string>;
	readonly value?: pulumi.Input<string>;
	readonly queueId?: pulumi.Input<string>;
	readonly userId?: pulumi.Input<string>;
}

export interface AuthRolePermissionPolicyConditionsTerm {
	readonly variableName: pulumi.Input<string>;
	readonly operator: pulumi.Input<string>;
	readonly operands: pulumi.Input<pulumi.Input<AuthRolePermissionPolicyConditionsTermOperand>[]>;
}

export interface AuthRolePermissionPolicyConditions {
	readonly conjunction: pulumi.Input<string>;
	readonly terms: pulumi.Input<pulumi.Input<AuthRolePermissionPolicyConditionsTerm>[]>;
}

/** Permissions of one entity of one domain. The provider only warns of an unknown one: check the names before. */
export interface AuthRolePermissionPolicy {
	readonly domain: pulumi.Input<string>;
	readonly entityName: pulumi.Input<string>;
	readonly actionSets: pulumi.Input<pulumi.Input<string>[]>;
	readonly conditions?: pulumi.Input<AuthRolePermissionPolicyConditions>;
}

export interface AuthRoleArgs {
	/** Optional in the schema, required here: the bridge would invent one. */
	readonly name: pulumi.Input<string>;
	readonly description?: pulumi.Input<string>;
	readonly permissions?: pulumi.Input<pulumi.Input<string>[]>;
	readonly permissionPolicies?: pulumi.Input<pulumi.Input<AuthRolePermissionPolicy>[]>;
	readonly defaultRoleId?: pulumi.Input<string>;
}

/** A role of a Genesys Cloud organization (`genesyscloud_auth_role`). */
export class AuthRole extends pulumi.CustomResource {
	declare readonly authRoleId: pulumi.Output<string>;
	declare readonly name: pulumi.Output<string>;
	declare readonly description: pulumi.Output<string | undefined>;
	declare readonly permissions: pulumi.Output<string[] | undefined>;
	declare readonly permissionPolicies: pulumi.Output<pulumi.Unwrap<AuthRolePermissionPolicy>[] | undefined>;
	declare readonly defaultRoleId: pulumi.Output<string | undefined>;

	constructor(name: string, args: AuthRoleArgs, opts?: pulumi.CustomResourceOptions) {
		const props = {
			authRoleId: undefined,
			name: args.name,
			description: args.description,
			permissions: args.permissions,
			permissionPolicies: args.permissionPolicies,
			defaultRoleId: args.defaultRoleId,
		};
		super("genesyscloud:index/authRole:AuthRole", name, props, opts, false, getPackage());
	}
}
