import { knownPermissions } from "../../components/genesys/permissions.ts";
import { listOf, notYetKnown, type Resource, recordOf, shown } from "../resource.ts";
import type { ResourceRule } from "../rule.ts";

/** A role in Genesys Cloud holds only what this system is known to ask for. */
export const genesysPermissions: ResourceRule = {
	name: "known-genesys-permissions",
	info: "A role in Genesys Cloud holds a permission that this system does not ask for.",
	explanation:
		"The provider accepts a misspelt permission with a warning, and a wildcard without one. components/genesys/permissions.ts has the list.",
	check: ({ type, inputs }: Resource) => {
		if (type !== "genesyscloud:index/authRole:AuthRole") return [];
		const granted = [...listOf(inputs.permissions).map(textOf), ...listOf(inputs.permissionPolicies).flatMap(permissionsOf)];
		const unknown = granted.filter((permission) => permission !== undefined && !knownPermissions.has(permission));
		const problems = unknown.map((permission) => `expected a permission of the list, got ${permission}`);
		return inputs.defaultRoleId === undefined
			? problems
			: [...problems, "expected a role of this stack's own, got a default role of Genesys Cloud"];
	},
};

const textOf = (value: unknown): string | undefined => (value === notYetKnown ? undefined : shown(value));

/** A policy without actions grants none; what is not a policy is told as it is. */
function permissionsOf(policy: unknown): readonly (string | undefined)[] {
	if (policy === notYetKnown) return [undefined];
	const { domain, entityName, actionSets } = recordOf(policy);
	if (actionSets === notYetKnown) return [undefined];
	return listOf(actionSets).map((action) => `${shown(domain)}:${shown(entityName)}:${shown(action)}`);
}
