import * as z from "zod";
import { bodyOf, optionalText } from "./bodies.ts";
import type { Emulator, Route } from "./emulator.ts";
import { badRequest, conflict, notFound } from "./errors.ts";
import { page } from "./paging.ts";
import { permissionCatalogue } from "./permissionCatalogue.ts";
import { requireGrantable, rolePermissions, unknownPermissions } from "./permissions.ts";
import { type Client, homeDivision, type Role, type State } from "./state.ts";

const roles = "/api/v2/authorization/roles";

const roleBody = z.object({
	name: z.string().min(1).max(200),
	description: optionalText,
	defaultRoleId: z.string().optional(),
	permissions: z.array(z.string()).nullish(),
	permissionPolicies: z.array(z.object({ domain: z.string(), entityName: z.string(), actionSet: z.array(z.string()).min(1) })).nullish(),
});

/** Roles, permissions, products, divisions. */
export function authorizationRoutes({ state }: Emulator): Route[] {
	return [...roleRoutes(state), ...organizationWide(state)];
}

function roleRoutes(state: State): Route[] {
	const find = (id: string | undefined): Role => state.roles.get(id ?? "") ?? fail(id);
	return [
		{
			method: "POST",
			path: roles,
			permissions: ["authorization:role:add"],
			handle: ({ body, client }) => ({ body: describeRole(saveRole(state, client, state.ids.uuid(), body)) }),
		},
		{
			method: "GET",
			path: roles,
			permissions: ["authorization:role:view"],
			handle: ({ query }) => {
				const name = query.get("name")?.toLowerCase();
				const named = [...state.roles.values()].filter((role) => name === undefined || role.name.toLowerCase() === name);
				return {
					body: page(named.map(describeRole), query, roles),
				};
			},
		},
		{
			method: "GET",
			path: `${roles}/:id`,
			permissions: ["authorization:role:view"],
			handle: ({ params }) => ({ body: describeRole(find(params.id)) }),
		},
		{
			method: "PUT",
			path: `${roles}/:id`,
			permissions: ["authorization:role:edit"],
			handle: ({ params, body, client }) => ({ body: describeRole(saveRole(state, client, find(params.id).id, body)) }),
		},
		{
			method: "DELETE",
			path: `${roles}/:id`,
			permissions: ["authorization:role:delete"],
			handle: ({ params }) => {
				state.roles.delete(find(params.id).id);
				return { status: 204 };
			},
		},
	];
}

function fail(id: string | undefined): never {
	throw notFound("role", id ?? "");
}

function saveRole(state: State, creator: Client, id: string, body: unknown): Role {
	const input = bodyOf(roleBody, body);
	const role: Role = {
		id,
		name: input.name,
		description: input.description,
		defaultRoleId: input.defaultRoleId,
		permissions: input.permissions ?? [],
		permissionPolicies: input.permissionPolicies ?? [],
	};
	const granted = rolePermissions(role);
	const unknown = unknownPermissions(granted);
	if (unknown.length > 0) throw badRequest(`Unknown permission(s): ${unknown.join(", ")}`, ["permissionPolicies"]);
	requireGrantable(state, creator, granted);
	const twin = [...state.roles.values()].find((other) => other.id !== id && other.name.toLowerCase() === role.name.toLowerCase());
	if (twin !== undefined) throw conflict(`A role with the name ${role.name} already exists.`);
	state.roles.set(id, role);
	return role;
}

function describeRole(role: Role): Record<string, unknown> {
	return {
		id: role.id,
		name: role.name,
		description: role.description,
		...(role.defaultRoleId === undefined ? {} : { defaultRoleId: role.defaultRoleId }),
		permissions: role.permissions,
		permissionPolicies: role.permissionPolicies,
		userCount: 0,
		roleNeedsUpdate: false,
		base: false,
		default: false,
		selfUri: `${roles}/${role.id}`,
	};
}

function organizationWide(state: State): Route[] {
	const home = { ...homeDivision(state), description: "", homeDivision: true };
	const products = ["GENESYS_CLOUD_CX_3"].map((id) => ({ id }));
	return [
		{
			method: "GET",
			path: "/api/v2/authorization/products",
			permissions: [],
			handle: () => ({ body: { total: products.length, entities: products } }),
		},
		{
			method: "GET",
			path: "/api/v2/authorization/permissions",
			permissions: [],
			handle: ({ query }) => ({ body: page(domains(query), query, "/api/v2/authorization/permissions") }),
		},
		{ method: "GET", path: "/api/v2/authorization/divisions/home", permissions: [], handle: () => ({ body: home }) },
		{
			method: "GET",
			path: "/api/v2/authorization/divisions",
			permissions: [],
			handle: ({ query }) => ({ body: page([home], query, "/api/v2/authorization/divisions") }),
		},
	];
}

function domains(query: URLSearchParams): Record<string, unknown>[] {
	const wanted = query.get("queryType") === "domain" ? query.get("query") : null;
	return Object.entries(permissionCatalogue)
		.filter(([domain]) => wanted === null || domain === wanted)
		.map(([domain, entities]) => ({
			domain,
			permissionMap: Object.fromEntries(
				Object.entries(entities).map(([entityType, actions]) => [
					entityType,
					actions.split(" ").map((action) => ({ domain, entityType, action })),
				]),
			),
		}));
}
