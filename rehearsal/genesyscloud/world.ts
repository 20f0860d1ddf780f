import type { Emulator } from "./emulator.ts";
import type { GenesysFault } from "./events.ts";
import type { Client, DataAction, DataTable, Edge, EmergencyGroup, Execution, Flow, Integration, Role, State, Trunk } from "./state.ts";
import { type QueueWorld, queueWorld, type TelephonyWorld, telephonyWorld } from "./telephonyWorld.ts";
import { type TopicWorld, tellingWorld, topicWorld } from "./topicEvents.ts";

/** What scenarios and tests may do to an organization without its API, and look at. */
export interface GenesysWorld extends TelephonyWorld, QueueWorld, TopicWorld {
	/** Made in Architect before anything is deployed, and switched off. */
	addEmergencyGroup(group: { readonly id: string; readonly name: string; readonly enabled?: boolean }): void;
	/** Made in the admin UI, with columns of these types. */
	addDataTable(table: { readonly name: string; readonly columns: Readonly<Record<string, DataTable["columns"][number]["type"]>> }): void;
	readonly emergencyGroups: () => readonly EmergencyGroup[];
	/** A client made in the admin UI, before anything is deployed. Without `permissions` it holds every one: the deployer. */
	issueBootstrapClient(options?: { readonly name?: string; readonly permissions?: readonly string[] }): {
		readonly clientId: string;
		readonly clientSecret: string;
	};
	/** Somebody renews a client's secret in the admin UI: the old one and its tokens end at once. */
	rotateSecret(clientName: string): { readonly clientId: string; readonly clientSecret: string };
	/** Somebody ends a client's tokens; it may ask for new ones. */
	revokeTokens(clientName: string): void;
	/** Somebody replaces a value in the credentials of integrations, as an update of them does; returns in how many. */
	replaceInCredentials(before: string, after: string): number;
	/** The organization's licence has no integrations of a type. */
	withholdIntegrationType(id: string): void;
	/** Breaks something, or repairs what was broken under the same name. */
	setFault(fault: GenesysFault | undefined, name?: string): void;
	/** With their rows as they are now. */
	readonly dataTables: () => readonly DataTable[];
	readonly roles: () => readonly Role[];
	readonly clients: () => readonly Omit<Client, "secret">[];
	readonly integrations: () => readonly Integration[];
	readonly actions: () => readonly DataAction[];
	readonly flows: () => readonly Flow[];
	readonly executions: () => readonly Execution[];
	readonly trunks: () => readonly Trunk[];
	readonly edges: () => readonly Edge[];
}

export function createWorld(emulator: Emulator): GenesysWorld {
	const { state } = emulator;
	const silent = { ...telephonyWorld(state), ...queueWorld(state) };
	return {
		...silent,
		...tellingWorld(emulator, silent),
		...topicWorld(emulator),
		...clientWorld(state),
		setFault: (fault, name = "fault") => {
			if (fault === undefined) emulator.faults.delete(name);
			else emulator.faults.set(name, fault);
		},
		withholdIntegrationType: (id) => {
			state.unlicensedTypes.add(id);
		},
		addEmergencyGroup: ({ id, name, enabled = false }) => {
			state.emergencyGroups.set(id, { id, name, enabled, version: 1 });
		},
		addDataTable: ({ name, columns }) => addDataTable(state, name, columns),
		emergencyGroups: () => [...state.emergencyGroups.values()],
		dataTables: () => [...state.dataTables.values()],
		roles: () => [...state.roles.values()],
		clients: () => [...state.clients.values()].map(({ secret: _secret, ...client }) => client),
		integrations: () => [...state.integrations.values()],
		actions: () => [...state.actions.values()],
		flows: () => [...state.flows.values()],
		executions: () => [...state.executions.values()],
		trunks: () => [...state.trunks.values()],
		edges: () => [...state.edges.values()],
	};
}

function addDataTable(state: State, name: string, columns: Parameters<GenesysWorld["addDataTable"]>[0]["columns"]): void {
	const id = state.ids.uuid();
	state.dataTables.set(id, {
		id,
		name,
		description: "",
		divisionId: state.homeDivisionId,
		columns: Object.entries(columns).map(([column, type], index) => ({
			name: column,
			type,
			title: column,
			fallback: undefined,
			displayOrder: index,
		})),
		rows: new Map(),
	});
}

function clientWorld(state: State): Pick<GenesysWorld, "issueBootstrapClient" | "rotateSecret" | "revokeTokens" | "replaceInCredentials"> {
	const named = (clientName: string): Client => {
		const client = [...state.clients.values()].find((one) => one.name === clientName);
		if (client === undefined) throw new Error(`expected an OAuth client, got ${clientName}`);
		return client;
	};
	const revoke = ({ id }: Client): void => {
		for (const token of state.tokens.values()) if (token.clientId === id) state.tokens.delete(token.value);
	};
	return {
		issueBootstrapClient: ({ name = "Deployer", permissions = ["*:*:*"] } = {}) => {
			const role: Role = { id: state.ids.uuid(), name, description: "", defaultRoleId: undefined, permissions, permissionPolicies: [] };
			state.roles.set(role.id, role);
			const client = bootstrapClient(state, name, role.id);
			state.clients.set(client.id, client);
			return { clientId: client.id, clientSecret: client.secret };
		},
		rotateSecret: (clientName) => {
			const client = named(clientName);
			const renewed = { ...client, secret: state.ids.secret(), dateModified: state.clock.now() };
			state.clients.set(client.id, renewed);
			revoke(client);
			return { clientId: client.id, clientSecret: renewed.secret };
		},
		revokeTokens: (clientName) => revoke(named(clientName)),
		replaceInCredentials: (before, after) => {
			const holding = [...state.credentials.values()].filter(({ fields }) => Object.values(fields).includes(before));
			for (const { fields, ...credential } of holding) {
				const replaced = Object.entries(fields).map(([name, value]) => [name, value === before ? after : value]);
				state.credentials.set(credential.id, { ...credential, fields: Object.fromEntries(replaced) });
			}
			return holding.length;
		},
	};
}

function bootstrapClient(state: State, name: string, roleId: string): Client {
	const now = state.clock.now();
	return {
		id: state.ids.uuid(),
		secret: state.ids.secret(),
		name,
		description: "",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		accessTokenValiditySeconds: 86_400,
		state: "active",
		scope: [],
		registeredRedirectUri: [],
		roleDivisions: [{ roleId, divisionId: "*" }],
		dateCreated: now,
		dateModified: now,
	};
}
