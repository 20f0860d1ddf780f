import * as pulumi from "@pulumi/pulumi";
import { AuthRole } from "../../sdks/genesyscloud/index.ts";
import type { Permission } from "./permissions.ts";

export interface PermissionRoleArgs {
	readonly roleName: string;
	readonly description: string;
	readonly permissions: readonly Permission[];
}

/** A Genesys Cloud role that holds exactly these permissions. */
export class PermissionRole extends pulumi.ComponentResource {
	readonly roleId: pulumi.Output<string>;

	constructor(name: string, args: PermissionRoleArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:PermissionRole", name, {}, opts);
		const role = new AuthRole(
			name,
			{ name: args.roleName, description: args.description, permissionPolicies: policiesOf(args.permissions) },
			{ parent: this },
		);
		this.roleId = role.id;
		this.registerOutputs({ roleId: this.roleId });
	}
}

/** One policy for each entity: nothing documents that two of the same entity are read back as two. */
function policiesOf(permissions: readonly Permission[]) {
	const entities = Map.groupBy(permissions, (permission) => permission.slice(0, permission.lastIndexOf(":")));
	return [...entities].map(([entity, granted]) => {
		const [domain = "", entityName = ""] = entity.split(":");
		return { domain, entityName, actionSets: granted.map((permission) => permission.slice(entity.length + 1)) };
	});
}
