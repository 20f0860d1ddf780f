import { watchedRunbook } from "../conditions/runbooks.ts";
import { activeRemediation } from "../functions/pipeline/remedy/rules.ts";
import type { RouteMatch } from "../functions/pipeline/route/settings.ts";
import type { RuntimeSettings } from "../functions/pipeline/settings.ts";

/** As much of a declared resource as is asked about. */
export interface Declared {
	readonly type: string;
	readonly inputs: Readonly<Record<string, unknown>>;
}

/** What resources of each type of the provider take to be made, read, changed and taken away. Source: the vendor's API pages, "Requires ANY permissions". */
export const deployerPermissions: Readonly<Record<string, readonly string[]>> = {
	ArchitectDatatable: all("architect:datatable", "view", "add", "edit", "delete"),
	AuthRole: all("authorization:role", "view", "add", "edit", "delete"),
	OauthClient: [
		...all("oauth:client", "view", "add", "edit", "delete"),
		"authorization:division:view",
		...all("authorization:grant", "view", "add", "delete"),
	],
	Integration: all("integrations:integration", "view", "add", "edit", "delete"),
	IntegrationCredential: all("integrations:integration", "view", "add", "edit", "delete"),
	IntegrationAction: all("integrations:action", "view", "add", "edit", "delete"),
	Flow: [...all("architect:flow", "view", "add", "edit", "delete", "publish", "unlock"), ...all("architect:job", "create", "view")],
};

function all(entity: string, ...actions: readonly string[]): readonly string[] {
	return actions.map((action) => `${entity}:${action}`);
}

/** A permission that the deployer must hold, and what for: the names of roles that it grants it to, or of types that it makes. */
export interface NeededPermission {
	readonly permission: string;
	readonly for: readonly string[];
}

/** A place in the organization that a setting names by a text in which `*` stands for anything. */
export interface NamedPlace {
	readonly of: "queue" | "trunk" | "entity" | "site" | "division";
	readonly name: string;
	/** The setting. */
	readonly path: string;
}

/** A data table by its name, with its columns and their types. */
export interface NeededTable {
	readonly name: string;
	readonly columns: ReadonlyMap<string, string>;
}

export interface Needs {
	readonly permissions: readonly NeededPermission[];
	/** Types of integrations, each with the credentials that it is given: its slot. */
	readonly integrationTypes: ReadonlyMap<string, readonly string[]>;
	readonly credentialTypes: readonly string[];
	/** Topics that must come by Amazon EventBridge. */
	readonly topics: readonly string[];
	/** Event sources of partners that a declared bus is for, by their names. */
	readonly eventSources: readonly string[];
	readonly roles: ReadonlyMap<string, string>;
	readonly flows: readonly string[];
	readonly dataTables: readonly NeededTable[];
	/** `category: name`. */
	readonly actions: readonly string[];
	readonly places: readonly NamedPlace[];
	/** Ids of emergency groups. */
	readonly emergencyGroups: readonly string[];
	/** Executions that functions keep for themselves, by their names. */
	readonly reserved: ReadonlyMap<string, number>;
}

/** What the declared resources and the settings need of the organization and of the account. */
export function needsOf(resources: readonly Declared[], settings: RuntimeSettings, division: string | undefined): Needs {
	const of = (type: string) => resources.filter((resource) => shortType(resource.type) === type).map(({ inputs }) => inputs);
	return {
		permissions: permissionsOf(resources),
		integrationTypes: integrationTypesOf(of("Integration")),
		credentialTypes: [...new Set(of("IntegrationCredential").map(({ credentialTypeName }) => text(credentialTypeName)))].toSorted(),
		topics: topicsOf(of("Integration")),
		eventSources: of("EventBus").flatMap(({ eventSourceName }) => (typeof eventSourceName === "string" ? [eventSourceName] : [])),
		roles: new Map(of("AuthRole").map(({ name, description }) => [text(name), text(description)])),
		flows: of("Flow").map(({ name }) => text(name)),
		dataTables: of("ArchitectDatatable").map(tableOf),
		actions: of("IntegrationAction").map(({ category, name }) => `${text(category)}: ${text(name)}`),
		places: placesOf(settings, division),
		emergencyGroups: emergencyGroupsOf(settings),
		reserved: new Map(
			of("Function").flatMap(({ name, reservedConcurrentExecutions: kept }) =>
				typeof kept === "number" && kept > 0 ? [[text(name), kept]] : [],
			),
		),
	};
}

const tableOf = ({ name, properties }: Declared["inputs"]): NeededTable => ({
	name: text(name),
	columns: new Map(list(properties).map((column) => [text(Object(column).name), text(Object(column).type)])),
});

const shortType = (type: string): string => type.split(":").at(-1) ?? type;
const text = (value: unknown): string => (typeof value === "string" ? value : "");
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** By the alphabet. */
function permissionsOf(resources: readonly Declared[]): readonly NeededPermission[] {
	const needed = resources.flatMap(({ type, inputs }) => {
		const short = shortType(type);
		if (!type.startsWith("genesyscloud:")) return [];
		const makes = (deployerPermissions[short] ?? []).map((permission) => ({ permission, for: short }));
		if (short !== "AuthRole") return makes;
		return [...makes, ...granted(inputs).map((permission) => ({ permission, for: text(inputs.name) }))];
	});
	return [...Map.groupBy(needed, ({ permission }) => permission)]
		.map(([permission, same]) => ({ permission, for: [...new Set(same.map((each) => each.for))] }))
		.toSorted((one, other) => (one.permission < other.permission ? -1 : 1));
}

const granted = ({ permissionPolicies }: Declared["inputs"]): readonly string[] =>
	list(permissionPolicies).flatMap((policy) => {
		const { domain, entityName, actionSets } = Object(policy);
		return list(actionSets).map((action) => `${domain}:${entityName}:${action}`);
	});

function integrationTypesOf(integrations: readonly Declared["inputs"][]): ReadonlyMap<string, readonly string[]> {
	const grouped = Map.groupBy(integrations, ({ integrationType }) => text(integrationType));
	return new Map(
		[...grouped].map(([type, same]) => [type, [...new Set(same.flatMap(({ config }) => Object.keys(Object(Object(config).credentials))))]]),
	);
}

/** Of an integration with Amazon EventBridge its properties, which are JSON text, name the topics. */
function topicsOf(integrations: readonly Declared["inputs"][]): readonly string[] {
	const sources = integrations.filter(({ integrationType }) => integrationType === "amazon-eventbridge-source");
	const named = sources.flatMap(({ config }) => list(Object(JSON.parse(text(Object(config).properties) || "{}")).eventFilter));
	return [...new Set(named.map(text))].toSorted();
}

function emergencyGroupsOf({ runbooks }: RuntimeSettings): readonly string[] {
	const remedies = Object.values(runbooks).flatMap((runbook) => activeRemediation(runbook)?.remedy ?? []);
	return [...new Set(remedies.flatMap((remedy) => (remedy.kind === "emergency-group" ? [remedy.groupId] : [])))];
}

function placesOf(settings: RuntimeSettings, division: string | undefined): readonly NamedPlace[] {
	const overflow = settings.runbooks["queue-overflow"];
	const queues = overflow?.enabled === true ? overflow.queues : [];
	return [
		...(division === undefined ? [] : [{ of: "division", name: division, path: "genesys.division" } as const]),
		...queues.flatMap(({ name, fedBy = [] }, index): readonly NamedPlace[] => {
			const path = `runbooks.queue-overflow.queues[${index}]`;
			return [
				{ of: "queue", name, path: `${path}.name` },
				...fedBy.map((trunk) => ({ of: "trunk" as const, name: trunk, path: `${path}.fedBy` })),
			];
		}),
		...settings.routes.flatMap(({ match }, index) => (match === undefined ? [] : routePlaces(match, `routes[${index}].match`))),
	];
}

/** What is about a credential or the platform names nothing in the organization. */
function routePlaces(match: RouteMatch, path: string): readonly NamedPlace[] {
	const isWatched = match.condition === undefined || match.condition.some((condition) => watchedRunbook(condition) !== undefined);
	const matchers = ["entity", "site", "division", "queue"] as const;
	return matchers.flatMap((of) => (isWatched ? (match[of] ?? []) : []).map((name) => ({ of, name, path: `${path}.${of}` })));
}
