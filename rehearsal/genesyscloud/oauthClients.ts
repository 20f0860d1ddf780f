import * as z from "zod";
import { bodyOf, optionalText } from "./bodies.ts";
import type { Emulator, Route } from "./emulator.ts";
import { badRequest, notFound } from "./errors.ts";
import { page } from "./paging.ts";
import { requireGrantable, rolePermissions } from "./permissions.ts";
import { type Client, isoTime, type State } from "./state.ts";

const clients = "/api/v2/oauth/clients";

const clientBody = z.object({
	name: z.string().min(1),
	description: optionalText,
	authorizedGrantType: z.enum(["CODE", "TOKEN", "SAML2BEARER", "SAML2-BEARER", "PASSWORD", "CLIENT-CREDENTIALS"]),
	accessTokenValiditySeconds: z.int().min(300).max(38_880_000).default(86_400),
	state: z.enum(["active", "inactive"]).default("active"),
	scope: z.array(z.string()).nullish(),
	registeredRedirectUri: z.array(z.string()).nullish(),
	roleDivisions: z.array(z.object({ roleId: z.string(), divisionId: z.string() })).nullish(),
});

/** OAuth clients. The secret is only told when it is made: on create and by `POST …/secret`, which ends the old one at once. */
export function oauthClientRoutes({ state }: Emulator): Route[] {
	const find = (id: string | undefined): Client => state.clients.get(id ?? "") ?? fail(id);
	return [
		{
			method: "POST",
			path: clients,
			permissions: ["oauth:client:add"],
			handle: ({ body, client }) => {
				const made = saveClient(state, client, undefined, body);
				return { body: { ...describeClient(made), secret: made.secret } };
			},
		},
		{
			method: "GET",
			path: clients,
			permissions: ["oauth:client:view"],
			handle: ({ query }) => ({ body: page([...state.clients.values()].map(describeClient), query, clients) }),
		},
		{
			method: "GET",
			path: `${clients}/:id`,
			permissions: ["oauth:client:view"],
			handle: ({ params }) => ({ body: describeClient(find(params.id)) }),
		},
		{
			method: "PUT",
			path: `${clients}/:id`,
			permissions: ["oauth:client:edit"],
			handle: ({ params, body, client }) => ({ body: describeClient(saveClient(state, client, find(params.id), body)) }),
		},
		{
			method: "POST",
			path: `${clients}/:id/secret`,
			permissions: ["oauth:client:edit"],
			handle: ({ params }) => {
				const renewed = { ...find(params.id), secret: state.ids.secret(), dateModified: state.clock.now() };
				state.clients.set(renewed.id, renewed);
				return { body: { ...describeClient(renewed), secret: renewed.secret } };
			},
		},
		{
			method: "DELETE",
			path: `${clients}/:id`,
			permissions: ["oauth:client:delete"],
			handle: ({ params }) => {
				const client = find(params.id);
				if (client.state !== "inactive") throw badRequest("state: expected inactive before a client is deleted, got active", ["state"]);
				state.clients.delete(client.id);
				return { status: 204 };
			},
		},
	];
}

function fail(id: string | undefined): never {
	throw notFound("oauth client", id ?? "");
}

function saveClient(state: State, creator: Client, before: Client | undefined, body: unknown): Client {
	const input = bodyOf(clientBody, body);
	const roleDivisions = input.roleDivisions ?? [];
	if (input.authorizedGrantType === "CLIENT-CREDENTIALS" && roleDivisions.length === 0) {
		throw badRequest("roleDivisions: a client credentials client needs a role", ["roleDivisions"]);
	}
	for (const { roleId } of roleDivisions) {
		const role = state.roles.get(roleId);
		if (role === undefined) throw badRequest(`roleDivisions: no role ${roleId}`, ["roleDivisions"]);
		requireGrantable(state, creator, rolePermissions(role));
	}
	const now = state.clock.now();
	const client: Client = {
		id: before?.id ?? state.ids.uuid(),
		secret: before?.secret ?? state.ids.secret(),
		name: input.name,
		description: input.description,
		authorizedGrantType: input.authorizedGrantType,
		accessTokenValiditySeconds: input.accessTokenValiditySeconds,
		state: input.state,
		scope: input.scope ?? [],
		registeredRedirectUri: input.registeredRedirectUri ?? [],
		roleDivisions,
		dateCreated: before?.dateCreated ?? now,
		dateModified: now,
	};
	state.clients.set(client.id, client);
	return client;
}

function describeClient(client: Client): Record<string, unknown> {
	const { secret: _secret, dateCreated, dateModified, ...shown } = client;
	return {
		...shown,
		roleIds: client.roleDivisions.map(({ roleId }) => roleId),
		dateCreated: isoTime(dateCreated),
		dateModified: isoTime(dateModified),
		selfUri: `${clients}/${client.id}`,
	};
}
