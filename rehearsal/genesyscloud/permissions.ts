import { ApiError } from "./errors.ts";
import { permissionCatalogue } from "./permissionCatalogue.ts";
import type { Client, Policy, Role, State } from "./state.ts";

/** What a client may do: the policies of all its roles, as `domain:entity:action`, wildcards included. */
function permissionsOf(state: State, client: Client): string[] {
	return client.roleDivisions.flatMap(({ roleId }) => {
		const role = state.roles.get(roleId);
		return role === undefined ? [] : rolePermissions(role);
	});
}

export function rolePermissions(role: Pick<Role, "permissions" | "permissionPolicies">): string[] {
	return [...role.permissions, ...role.permissionPolicies.flatMap(policyPermissions)];
}

function policyPermissions(policy: Policy): string[] {
	return policy.actionSet.map((action) => `${policy.domain}:${policy.entityName}:${action}`);
}

/** `domain:*` covers a domain, `domain:entity:*` an entity; a `*` in any place covers all of it. */
function covers(held: readonly string[], needed: string): boolean {
	const wanted = needed.split(":");
	return held.some((permission) => {
		const parts = permission.split(":");
		return wanted.every((part, index) => {
			const given = parts[index] ?? (parts.at(-1) === "*" ? "*" : undefined);
			return given === "*" || given === part;
		});
	});
}

/** The one of `anyOf` by which the client may call, or the vendor's 403 that names what is missing. */
export function requirePermission(state: State, client: Client, anyOf: readonly string[]): string {
	const held = permissionsOf(state, client);
	const granted = anyOf.find((permission) => covers(held, permission));
	if (granted !== undefined) return granted;
	const [only] = anyOf;
	if (anyOf.length === 1 && only !== undefined) throw missingPermission(only);
	const list = anyOf.join(", ");
	throw new ApiError(403, "missing.any.permissions", `You must have at least one of the following permissions assigned: [${list}]`, {
		messageParams: { permissions: list },
		permission: list,
	});
}

function missingPermission(permission: string): ApiError {
	const message = `Unable to perform the requested action. You are missing the following permission(s): ${permission}`;
	return new ApiError(403, "missing.permissions", message, { messageParams: { permissions: permission }, permission });
}

/** A creator can only grant what it holds itself (vendor's API page of authorization subjects). */
export function requireGrantable(state: State, client: Client, granted: readonly string[]): void {
	const held = permissionsOf(state, client);
	const missing = granted.find((permission) => !covers(held, permission));
	if (missing !== undefined) throw missingPermission(missing);
}

/** Permissions that the vendor's pages do not name, wildcards aside, in the domains that the catalogue knows. */
export function unknownPermissions(permissions: readonly string[]): string[] {
	return permissions.filter((permission) => {
		const [domain = "", entity = "*", action = "*"] = permission.split(":");
		const entities = permissionCatalogue[domain];
		if (domain === "*") return false;
		if (entities === undefined) return true;
		if (entity === "*") return false;
		const actions = entities[entity];
		return actions === undefined || (action !== "*" && !actions.split(" ").includes(action));
	});
}
