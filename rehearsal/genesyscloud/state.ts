import type { Workflow } from "../../architect/model.ts";
import type { EmulatorClock } from "../world/clock.ts";
import type { JsonSchema } from "./contract.ts";
import { countedIds, createIds, type Ids } from "./ids.ts";

export interface Policy {
	readonly domain: string;
	readonly entityName: string;
	readonly actionSet: readonly string[];
}

export interface Role {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly defaultRoleId: string | undefined;
	readonly permissions: readonly string[];
	readonly permissionPolicies: readonly Policy[];
}

export interface RoleDivision {
	readonly roleId: string;
	readonly divisionId: string;
}

export interface Client {
	readonly id: string;
	readonly secret: string;
	readonly name: string;
	readonly description: string;
	readonly authorizedGrantType: string;
	readonly accessTokenValiditySeconds: number;
	readonly state: "active" | "inactive";
	readonly scope: readonly string[];
	readonly registeredRedirectUri: readonly string[];
	readonly roleDivisions: readonly RoleDivision[];
	readonly dateCreated: number;
	readonly dateModified: number;
}

export interface Token {
	readonly value: string;
	readonly clientId: string;
	readonly expiresAt: number;
}

export interface Credential {
	readonly id: string;
	readonly name: string;
	readonly typeName: string;
	readonly fields: Readonly<Record<string, string>>;
}

export interface IntegrationConfiguration {
	readonly name: string;
	readonly version: number;
	readonly notes: string;
	readonly properties: Readonly<Record<string, unknown>>;
	readonly advanced: Readonly<Record<string, unknown>>;
	/** Slot → credential id. */
	readonly credentials: Readonly<Record<string, string>>;
}

export interface Integration {
	readonly id: string;
	readonly typeId: string;
	readonly intendedState: "ENABLED" | "DISABLED";
	readonly config: IntegrationConfiguration;
}

export interface ActionConfig {
	readonly timeoutSeconds: number | undefined;
	readonly request: {
		readonly requestType: string;
		readonly requestUrlTemplate: string;
		readonly requestTemplate: string;
		readonly headers: Readonly<Record<string, string>>;
	};
	readonly response: {
		readonly translationMap: Readonly<Record<string, string>>;
		readonly translationMapDefaults: Readonly<Record<string, string>>;
		readonly successTemplate: string;
	};
}

export interface DataAction {
	readonly id: string;
	readonly name: string;
	readonly category: string;
	readonly integrationId: string;
	readonly secure: boolean;
	readonly version: number;
	readonly inputSchema: JsonSchema;
	readonly successSchema: JsonSchema;
	readonly config: ActionConfig;
}

export interface Flow {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly version: number;
	readonly workflow: Workflow;
	/** The YAML that was published. */
	readonly text: string;
}

export interface Job {
	readonly id: string;
	readonly clientId: string;
	readonly status: "Created" | "Success" | "Failure";
	readonly flowId: string | undefined;
	readonly messages: readonly string[];
}

export interface Execution {
	readonly id: string;
	readonly name: string;
	readonly flowId: string;
	readonly flowName: string;
	readonly flowVersion: number;
	readonly launchedAt: number;
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly status: "RUNNING" | "COMPLETED" | "FAILED" | "ERROR";
	readonly completedAt: number | undefined;
	readonly completionReason: string | undefined;
	readonly outputData: Readonly<Record<string, unknown>> | undefined;
	readonly error: string | undefined;
}

/** A site or a division. */
export interface Place {
	readonly id: string;
	readonly name: string;
}

/** The division that is there in every organization. */
export const homeDivision = ({ homeDivisionId }: Pick<State, "homeDivisionId">): Place => ({ id: homeDivisionId, name: "Home" });

export interface Edge {
	readonly id: string;
	readonly name: string;
	readonly site: Place;
	readonly online: boolean;
}

/** One trunk base × one edge. */
export interface Trunk {
	readonly id: string;
	readonly base: { readonly id: string; readonly name: string };
	readonly edge: Pick<Edge, "id" | "name">;
	/** Absent: the home division. */
	readonly division?: Place;
	/** By itself, whatever its edge does. */
	readonly connected: boolean;
	readonly inService: boolean;
	readonly enabled: boolean;
	readonly since: number;
	readonly inboundCalls: number;
	readonly outboundCalls: number;
	readonly qosMismatches: number;
	/** Further mismatches in each minute since `since`. */
	readonly mismatchesPerMinute: number;
	/** Proxy addresses that are asked by OPTIONS, and those of them that do not answer although the trunk is connected. */
	readonly proxies: number;
	readonly proxiesFailing: number;
}

export interface Queue {
	readonly id: string;
	readonly name: string;
	/** Absent: the home division. */
	readonly division?: Place;
	readonly waiting: number;
	/** When each that waits began to, oldest first; where it is empty although some wait, the vendor's answer lists none. */
	readonly waitingSince: readonly number[];
	readonly interacting: number;
	readonly onQueueUsers: number;
}

export interface EmergencyGroup {
	readonly id: string;
	readonly name: string;
	readonly enabled: boolean;
	readonly version: number;
}

/** One row, flat, with its key. */
export type DataTableRow = Readonly<Record<string, unknown>> & { readonly key: string };

/** An Architect data table. */
export interface DataTable {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly divisionId: string;
	/** In the order in which they are shown. */
	readonly columns: readonly {
		readonly name: string;
		readonly type: "string" | "boolean" | "integer" | "number";
		readonly title: string;
		/** Of a row that does not give it; undefined: none. */
		readonly fallback: unknown;
		readonly displayOrder: number;
	}[];
	readonly rows: Map<string, DataTableRow>;
}

export interface OrganizationFacts {
	readonly id: string;
	readonly name: string;
	readonly domain: string;
}

/** Everything that one emulated organization holds. Collections are keyed by id, in order of creation. */
export interface State {
	readonly organization: OrganizationFacts;
	readonly clock: EmulatorClock;
	readonly ids: Ids;
	/** Of answers: many, and nobody looks. */
	readonly correlations: Pick<Ids, "uuid">;
	/** Of trunks, edges and queues: what is deployed has the same ids in every organization of the same id, whatever it carries. */
	readonly entityIds: Ids;
	readonly homeDivisionId: string;
	readonly roles: Map<string, Role>;
	readonly clients: Map<string, Client>;
	readonly tokens: Map<string, Token>;
	readonly credentials: Map<string, Credential>;
	readonly integrations: Map<string, Integration>;
	/** Types of integrations that this organization does not have. */
	readonly unlicensedTypes: Set<string>;
	readonly actions: Map<string, DataAction>;
	readonly flows: Map<string, Flow>;
	readonly jobs: Map<string, Job>;
	readonly executions: Map<string, Execution>;
	readonly edges: Map<string, Edge>;
	readonly trunks: Map<string, Trunk>;
	readonly queues: Map<string, Queue>;
	readonly emergencyGroups: Map<string, EmergencyGroup>;
	readonly dataTables: Map<string, DataTable>;
}

export function createState(organization: OrganizationFacts, clock: EmulatorClock): State {
	const ids = createIds(organization.id);
	const entityIds = createIds(`${organization.id} entities`);
	return {
		organization,
		clock,
		ids,
		correlations: countedIds(),
		entityIds,
		homeDivisionId: ids.uuid(),
		roles: new Map(),
		clients: new Map(),
		tokens: new Map(),
		credentials: new Map(),
		integrations: new Map(),
		unlicensedTypes: new Set(),
		actions: new Map(),
		flows: new Map(),
		jobs: new Map(),
		executions: new Map(),
		edges: new Map(),
		trunks: new Map(),
		queues: new Map(),
		emergencyGroups: new Map(),
		dataTables: new Map(),
	};
}

/** The vendor's form of an instant. */
export function isoTime(milliseconds: number): string {
	return new Date(milliseconds).toISOString();
}
