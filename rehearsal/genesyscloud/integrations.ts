import * as z from "zod";
import { bodyOf, mapOf, optionalText, reference } from "./bodies.ts";
import type { Emulator, Route } from "./emulator.ts";
import { badRequest, conflict, notFound } from "./errors.ts";
import { page } from "./paging.ts";
import type { Integration, IntegrationConfiguration, State } from "./state.ts";

const integrations = "/api/v2/integrations";

interface IntegrationType {
	readonly name: string;
	/** The one credential slot of its configuration; absent where it takes none. */
	readonly slot?: string;
	readonly credentialTypes: readonly string[];
}

/** The types of integration whose data actions this emulator runs, and the one that sends events. */
const integrationTypes = {
	"custom-rest-actions": {
		name: "Web Services Data Actions",
		slot: "basicAuth",
		credentialTypes: ["basicAuth", "userDefined", "userDefinedOAuth"],
	},
	"purecloud-data-actions": { name: "Genesys Cloud Data Actions", slot: "pureCloudOAuthClient", credentialTypes: ["pureCloudOAuthClient"] },
	"amazon-eventbridge-source": { name: "Amazon EventBridge Source", credentialTypes: [] },
	"aws-lambda-data-actions": { name: "AWS Lambda Data Actions", slot: "AmazonWebServicesARN", credentialTypes: ["amazonWebServicesARN"] },
} as const satisfies Record<string, IntegrationType>;

const types: Readonly<Record<string, IntegrationType>> = integrationTypes;

const configBody = z.object({
	name: z.string().min(1),
	notes: optionalText,
	version: z.int().optional(),
	properties: mapOf(z.unknown()),
	advanced: mapOf(z.unknown()),
	credentials: mapOf(reference),
});

/** Integrations: create by type, configure with an optimistic version, enable. */
export function integrationRoutes({ state }: Emulator): Route[] {
	return [...typeRoutes(state), ...lifeCycle(state), ...configuration(state)];
}

/** Those that the organization's licence has. */
const licensed = ({ unlicensedTypes }: State): [string, IntegrationType][] =>
	Object.entries(types).filter(([id]) => !unlicensedTypes.has(id));

function typeRoutes(state: State): Route[] {
	const path = `${integrations}/types`;
	const described = () =>
		licensed(state).map(([id, { name, slot, credentialTypes }]) => ({
			id,
			name,
			credentials: slot === undefined ? {} : { [slot]: { required: false, title: slot, credentialTypes } },
		}));
	return [
		{
			method: "GET",
			path,
			permissions: ["integrations:integration:view"],
			handle: ({ query }) => ({ body: page(described(), query, path) }),
		},
	];
}

function lifeCycle(state: State): Route[] {
	return [
		{
			method: "POST",
			path: integrations,
			permissions: ["integrations:integration:add"],
			handle: ({ body }) => ({ body: describe(create(state, body)) }),
		},
		{
			method: "GET",
			path: integrations,
			permissions: ["integrations:integration:view"],
			handle: ({ query }) => ({ body: page([...state.integrations.values()].map(describe), query, integrations) }),
		},
		{
			method: "GET",
			path: `${integrations}/:id`,
			permissions: ["integrations:integration:view"],
			handle: ({ params }) => ({ body: describe(find(state, params.id)) }),
		},
		{
			method: "PATCH",
			path: `${integrations}/:id`,
			permissions: ["integrations:integration:edit"],
			handle: ({ params, body }) => {
				const { intendedState } = bodyOf(z.object({ intendedState: z.enum(["ENABLED", "DISABLED"]) }), body);
				const changed = { ...find(state, params.id), intendedState };
				state.integrations.set(changed.id, changed);
				return { body: describe(changed) };
			},
		},
		{
			method: "DELETE",
			path: `${integrations}/:id`,
			permissions: ["integrations:integration:delete"],
			handle: ({ params }) => ({ body: describe(remove(state, find(state, params.id))) }),
		},
	];
}

function configuration(state: State): Route[] {
	return [
		{
			method: "GET",
			path: `${integrations}/:id/config/current`,
			permissions: ["integrations:integration:view"],
			handle: ({ params }) => ({ body: describeConfig(state, find(state, params.id)) }),
		},
		{
			method: "PUT",
			path: `${integrations}/:id/config/current`,
			permissions: ["integrations:integration:edit"],
			handle: ({ params, body }) => ({ body: describeConfig(state, configure(state, find(state, params.id), body)) }),
		},
	];
}

function find(state: State, id: string | undefined): Integration {
	const integration = state.integrations.get(id ?? "");
	if (integration === undefined) throw notFound("integration", id ?? "");
	return integration;
}

function create(state: State, body: unknown): Integration {
	const { integrationType } = bodyOf(z.object({ integrationType: reference }), body);
	const offered = licensed(state);
	const type = offered.find(([id]) => id === integrationType.id)?.[1];
	if (type === undefined) {
		throw badRequest(`integrationType.id: expected one of ${offered.map(([id]) => id).join(", ")}, got ${integrationType.id}`, [
			"integrationType.id",
		]);
	}
	const config: IntegrationConfiguration = { name: type.name, version: 1, notes: "", properties: {}, advanced: {}, credentials: {} };
	const integration: Integration = { id: state.ids.uuid(), typeId: integrationType.id, intendedState: "DISABLED", config };
	state.integrations.set(integration.id, integration);
	return integration;
}

function remove(state: State, integration: Integration): Integration {
	state.integrations.delete(integration.id);
	// The vendor deletes an integration's data actions with it (assumed).
	for (const action of state.actions.values()) if (action.integrationId === integration.id) state.actions.delete(action.id);
	return integration;
}

function configure(state: State, integration: Integration, body: unknown): Integration {
	const input = bodyOf(configBody, body);
	const { version } = integration.config;
	if (input.version !== undefined && input.version !== version) {
		throw conflict(`version: expected ${version}, got ${input.version}: the configuration was changed meanwhile`);
	}
	const type = types[integration.typeId];
	const credentials = Object.fromEntries(Object.entries(input.credentials).map(([slot, { id }]) => [slot, id]));
	for (const [slot, id] of Object.entries(credentials)) {
		if (slot !== type?.slot)
			throw badRequest(`credentials: expected ${type?.slot === undefined ? "none" : `the slot ${type.slot}`}, got ${slot}`, [
				"credentials",
			]);
		const credential = state.credentials.get(id);
		if (credential === undefined) throw badRequest(`credentials.${slot}: no credential ${id}`, ["credentials"]);
		if (!type.credentialTypes.includes(credential.typeName)) {
			throw badRequest(`credentials.${slot}: expected ${type.credentialTypes.join(" or ")}, got ${credential.typeName}`, ["credentials"]);
		}
	}
	const config = {
		name: input.name,
		notes: input.notes,
		properties: input.properties,
		advanced: input.advanced,
		credentials,
		version: version + 1,
	};
	const changed: Integration = { ...integration, config };
	state.integrations.set(changed.id, changed);
	return changed;
}

function describe(integration: Integration): Record<string, unknown> {
	return {
		id: integration.id,
		name: integration.config.name,
		integrationType: { id: integration.typeId, selfUri: `${integrations}/types/${integration.typeId}` },
		intendedState: integration.intendedState,
		reportedState: { code: integration.intendedState === "ENABLED" ? "ACTIVE" : "INACTIVE" },
		selfUri: `${integrations}/${integration.id}`,
	};
}

function describeConfig(state: State, integration: Integration): Record<string, unknown> {
	const { credentials, ...config } = integration.config;
	return {
		id: "current",
		...config,
		credentials: Object.fromEntries(
			Object.entries(credentials).map(([slot, id]) => [
				slot,
				{ id, name: state.credentials.get(id)?.name ?? "", type: { name: state.credentials.get(id)?.typeName ?? "" } },
			]),
		),
		selfUri: `${integrations}/${integration.id}/config/current`,
	};
}
