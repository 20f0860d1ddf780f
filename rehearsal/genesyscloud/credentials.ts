import * as z from "zod";
import { bodyOf, mapOf, optionalText } from "./bodies.ts";
import type { Emulator, Route } from "./emulator.ts";
import { badRequest, notFound } from "./errors.ts";
import { page } from "./paging.ts";
import type { Credential, State } from "./state.ts";

const credentials = "/api/v2/integrations/credentials";

/** Credential type → the fields that it must have; `userDefined` takes any. */
const credentialTypes: Readonly<Record<string, readonly string[]>> = {
	basicAuth: ["userName", "password"],
	userDefined: [],
	userDefinedOAuth: [],
	pureCloudOAuthClient: ["clientId", "clientSecret"],
	amazonWebServicesARN: ["ARN"],
};

const credentialBody = z.object({
	name: optionalText,
	type: z.object({ name: z.string() }),
	credentialFields: mapOf(z.string()),
});

/** Credentials of integrations; their fields are never told again. */
export function credentialRoutes({ state }: Emulator): Route[] {
	const find = (id: string | undefined): Credential => state.credentials.get(id ?? "") ?? fail(id);
	return [
		{
			method: "POST",
			path: credentials,
			permissions: ["integrations:integration:add"],
			handle: ({ body }) => ({ body: describe(save(state, state.ids.uuid(), body)) }),
		},
		{
			method: "GET",
			path: `${credentials}/listing`,
			permissions: ["integrations:integration:view"],
			handle: ({ query }) => ({ body: page([...state.credentials.values()].map(describe), query, `${credentials}/listing`) }),
		},
		{
			method: "GET",
			path: `${credentials}/types`,
			permissions: ["integrations:integration:view"],
			handle: () => ({ body: { entities: Object.entries(credentialTypes).map(describeType) } }),
		},
		{
			method: "GET",
			path: `${credentials}/:id`,
			permissions: ["integrations:integration:view"],
			handle: ({ params }) => ({ body: describe(find(params.id)) }),
		},
		{
			method: "PUT",
			path: `${credentials}/:id`,
			permissions: ["integrations:integration:edit"],
			handle: ({ params, body }) => ({ body: describe(save(state, find(params.id).id, body)) }),
		},
		{
			method: "DELETE",
			path: `${credentials}/:id`,
			permissions: ["integrations:integration:delete"],
			handle: ({ params }) => {
				state.credentials.delete(find(params.id).id);
				return { status: 204 };
			},
		},
	];
}

const describeType = ([name, required]: readonly [string, readonly string[]]) => ({ id: name, name, properties: {}, required });

function fail(id: string | undefined): never {
	throw notFound("credential", id ?? "");
}

function save(state: State, id: string, body: unknown): Credential {
	const input = bodyOf(credentialBody, body);
	const needed = credentialTypes[input.type.name];
	if (needed === undefined) {
		const allowed = Object.keys(credentialTypes).join(", ");
		throw badRequest(`type.name: expected one of ${allowed}, got ${input.type.name}`, ["type.name"]);
	}
	const missing = needed.filter((field) => (input.credentialFields[field] ?? "") === "");
	if (missing.length > 0) throw badRequest(`credentialFields: a ${input.type.name} needs ${missing.join(", ")}`, missing);
	const credential: Credential = { id, name: input.name, typeName: input.type.name, fields: input.credentialFields };
	state.credentials.set(id, credential);
	return credential;
}

function describe(credential: Credential): Record<string, unknown> {
	return {
		id: credential.id,
		name: credential.name,
		type: { id: credential.typeName, name: credential.typeName },
		selfUri: `${credentials}/${credential.id}`,
	};
}
