import type { Emulator } from "./emulator.ts";
import type { GenesysFault } from "./events.ts";
import type { Client, DataAction, EmergencyGroup, Execution, Flow, Integration, Queue, Role, State, Trunk } from "./state.ts";

export type TrunkCondition = "up" | "down" | "disabled" | "outOfService";

/** What scenarios and tests may do to an organization without its API, and look at. */
export interface GenesysWorld {
	/** One trunk for each instance: the trunk base × an edge of its own. Returns the base's id. */
	addTrunk(trunk: { readonly base: { readonly id?: string; readonly name: string }; readonly instances: number }): string;
	/** `instances`: how many of the base's trunks change, from the first one; all when absent. */
	setTrunk(baseName: string, condition: TrunkCondition, instances?: number): void;
	setTrunkMetrics(
		baseName: string,
		metrics: { readonly qosMismatches?: number; readonly inboundCalls?: number; readonly outboundCalls?: number },
	): void;
	/** Returns the queue's id. */
	addQueue(queue: { readonly name: string; readonly waiting?: number; readonly interacting?: number }): string;
	setQueue(name: string, activity: { readonly waiting?: number; readonly interacting?: number }): void;
	/** Made in Architect before anything is deployed, and switched off. */
	addEmergencyGroup(group: { readonly id: string; readonly name: string; readonly enabled?: boolean }): void;
	readonly emergencyGroups: () => readonly EmergencyGroup[];
	/** A client made in the admin UI, before anything is deployed. Without `permissions` it holds every one: the deployer. */
	issueBootstrapClient(options?: { readonly name?: string; readonly permissions?: readonly string[] }): {
		readonly clientId: string;
		readonly clientSecret: string;
	};
	/** Somebody renews a client's secret in the admin UI: the old one and its tokens end at once. */
	rotateSecret(clientName: string): { readonly clientId: string; readonly clientSecret: string };
	/** Breaks something, or repairs what was broken under the same name. */
	setFault(fault: GenesysFault | undefined, name?: string): void;
	readonly roles: () => readonly Role[];
	readonly clients: () => readonly Omit<Client, "secret">[];
	readonly integrations: () => readonly Integration[];
	readonly actions: () => readonly DataAction[];
	readonly flows: () => readonly Flow[];
	readonly executions: () => readonly Execution[];
	readonly trunks: () => readonly Trunk[];
}

export function createWorld(emulator: Emulator): GenesysWorld {
	const { state } = emulator;
	return {
		...telephonyWorld(state),
		...clientWorld(state),
		setFault: (fault, name = "fault") => {
			if (fault === undefined) emulator.faults.delete(name);
			else emulator.faults.set(name, fault);
		},
		addEmergencyGroup: ({ id, name, enabled = false }) => {
			state.emergencyGroups.set(id, { id, name, enabled, version: 1 });
		},
		emergencyGroups: () => [...state.emergencyGroups.values()],
		roles: () => [...state.roles.values()],
		clients: () => [...state.clients.values()].map(({ secret: _secret, ...client }) => client),
		integrations: () => [...state.integrations.values()],
		actions: () => [...state.actions.values()],
		flows: () => [...state.flows.values()],
		executions: () => [...state.executions.values()],
		trunks: () => [...state.trunks.values()],
	};
}

type TelephonyWorld = Pick<GenesysWorld, "addTrunk" | "setTrunk" | "setTrunkMetrics" | "addQueue" | "setQueue">;

function telephonyWorld(state: State): TelephonyWorld {
	const change = (baseName: string, changed: (trunk: Trunk) => Trunk, instances?: number): void => {
		const ofBase = [...state.trunks.values()].filter((trunk) => trunk.base.name === baseName);
		if (ofBase.length === 0) throw new Error(`expected a trunk base, got ${baseName}; allowed: ${trunkNames(state)}`);
		for (const trunk of ofBase.slice(0, instances)) state.trunks.set(trunk.id, changed(trunk));
	};
	return {
		addTrunk: ({ base, instances }) => addTrunk(state, base, instances),
		setTrunk: (baseName, condition, instances) =>
			change(baseName, (trunk) => ({ ...trunk, ...conditions[condition], since: state.clock.now() }), instances),
		setTrunkMetrics: (baseName, metrics) => change(baseName, (trunk) => ({ ...trunk, ...metrics })),
		addQueue: ({ name, waiting = 0, interacting = 0 }) => {
			const queue: Queue = { id: state.ids.uuid(), name, waiting, interacting };
			state.queues.set(queue.id, queue);
			return queue.id;
		},
		setQueue: (name, activity) => {
			const queue = [...state.queues.values()].find((one) => one.name === name);
			if (queue === undefined) throw new Error(`expected a queue, got ${name}`);
			state.queues.set(queue.id, { ...queue, ...activity });
		},
	};
}

const conditions: Readonly<Record<TrunkCondition, Pick<Trunk, "connected" | "inService" | "enabled">>> = {
	up: { connected: true, inService: true, enabled: true },
	down: { connected: false, inService: true, enabled: true },
	disabled: { connected: false, inService: false, enabled: true },
	outOfService: { connected: false, inService: true, enabled: false },
};

function addTrunk(state: State, base: { readonly id?: string; readonly name: string }, instances: number): string {
	const baseId = base.id ?? state.ids.uuid();
	for (let index = 1; index <= instances; index += 1) {
		const edge = { id: state.ids.uuid(), name: `${base.name} edge ${index}`, online: true };
		state.edges.set(edge.id, edge);
		const calls = { inboundCalls: 0, outboundCalls: 0, qosMismatches: 0 };
		const id = state.ids.uuid();
		state.trunks.set(id, { id, base: { id: baseId, name: base.name }, edge, ...conditions.up, since: state.clock.now(), ...calls });
	}
	return baseId;
}

function trunkNames(state: State): string {
	return [...new Set([...state.trunks.values()].map((trunk) => trunk.base.name))].join(", ") || "none";
}

function clientWorld(state: State): Pick<GenesysWorld, "issueBootstrapClient" | "rotateSecret"> {
	return {
		issueBootstrapClient: ({ name = "Deployer", permissions = ["*:*:*"] } = {}) => {
			const role: Role = { id: state.ids.uuid(), name, description: "", defaultRoleId: undefined, permissions, permissionPolicies: [] };
			state.roles.set(role.id, role);
			const client = bootstrapClient(state, name, role.id);
			state.clients.set(client.id, client);
			return { clientId: client.id, clientSecret: client.secret };
		},
		rotateSecret: (clientName) => {
			const client = [...state.clients.values()].find((one) => one.name === clientName);
			if (client === undefined) throw new Error(`expected an OAuth client, got ${clientName}`);
			const renewed = { ...client, secret: state.ids.secret(), dateModified: state.clock.now() };
			state.clients.set(client.id, renewed);
			for (const token of state.tokens.values()) if (token.clientId === client.id) state.tokens.delete(token.value);
			return { clientId: client.id, clientSecret: renewed.secret };
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
