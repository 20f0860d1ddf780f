import { allEntities, type Call } from "../../functions/edges/genesys/listing.ts";
import { failure, field } from "../../functions/edges/http/http.ts";
import type { EdgeSource, EdgeState, QueueActivity, QueueSource, TrunkInstance, TrunkSource } from "../../functions/pipeline/ports.ts";
import { isRead, type Read, reading } from "../finding.ts";
import type { Needs } from "../needs.ts";
import type { Track } from "../progress.ts";
import { type Allowance, connect, type GenesysAccess } from "./connection.ts";
import { type FoundTable, readDataTables } from "./dataTables.ts";

/** An entity of a listing, as far as it is asked about. */
export interface Listed {
	readonly id: string;
	readonly name: string;
	readonly description: string;
	readonly category: string;
}

/** A type of integrations: its slots, each with the types of credentials that it takes; none where that is not told. */
export interface OfferedType {
	readonly id: string;
	readonly slots: Readonly<Record<string, readonly string[]>>;
}

/** A topic of notifications, and by which ways it comes; none where that is not told. */
export interface OfferedTopic {
	readonly id: string;
	readonly transports: readonly string[];
}

export interface Organization {
	readonly id: string;
	readonly name: string;
}

/** What an organization tells. */
export interface GenesysReadings {
	readonly organization: Read<Organization>;
	/** What the deployer's roles hold, as `domain:entity:action`, wildcards included. */
	readonly held: Read<readonly string[]>;
	readonly products: Read<readonly string[]>;
	readonly types: Read<readonly OfferedType[]>;
	readonly credentialTypes: Read<readonly string[]>;
	readonly topics: Read<readonly OfferedTopic[]>;
	readonly trunks: Read<readonly TrunkInstance[]>;
	readonly edges: Read<readonly EdgeState[]>;
	readonly queues: Read<readonly Listed[]>;
	readonly activity: Read<readonly QueueActivity[]>;
	readonly divisions: Read<readonly Listed[]>;
	readonly roles: Read<readonly Listed[]>;
	readonly flows: Read<readonly Listed[]>;
	readonly actions: Read<readonly Listed[]>;
	/** Read only where the stack has one. */
	readonly dataTables: Read<readonly FoundTable[]>;
	readonly emergencyGroups: ReadonlyMap<string, Read<string>>;
	/** What the answers said of the client's own limit. */
	readonly allowance: Allowance;
}

/** Reads everything that is judged; undefined where no token is to be had, with why. */
export async function readGenesys(
	access: GenesysAccess,
	needs: Needs,
	track: Track,
): Promise<{ readonly token: Read<unknown>; readonly readings?: GenesysReadings }> {
	const { call, genesys, allowance } = connect(access);
	const read: ReadOne = (what, work) => track(`Genesys Cloud: ${what}`, () => reading(work));
	// Everything else would be refused for the same reason.
	const token = await read("token", () => call("/api/v2/tokens/me"));
	if (!isRead(token)) return { token };
	const readings = await together({
		...entityReads(call, read),
		...watchedReads(genesys, needs, read),
		...ownReads(call, token.value, read),
	});
	const emergencyGroups = await groupsOf(call, needs, read);
	const topics = needs.topics.length === 0 ? { value: [] } : await read("topics", () => topicsOf(call));
	const dataTables = needs.dataTables.length === 0 ? { value: [] } : await read("data tables", () => readDataTables(call));
	return { token, readings: { ...readings, topics, emergencyGroups, dataTables, allowance } };
}

/** Waits for all of them. */
async function together<Reads extends Readonly<Record<string, Promise<unknown>>>>(
	reads: Reads,
): Promise<{ [Name in keyof Reads]: Awaited<Reads[Name]> }> {
	const done = await Promise.all(Object.entries(reads).map(async ([name, read]) => [name, await read] as const));
	return Object.fromEntries(done) as { [Name in keyof Reads]: Awaited<Reads[Name]> };
}

/** What the organization is, and what the deployer may do in it. */
const ownReads = (call: Call, token: unknown, read: ReadOne) => ({
	organization: read("organization", () => organizationOf(call)),
	products: read("products", async () => entities(await call("/api/v2/authorization/products")).map(({ id }) => id)),
	held: read("permissions", () => heldBy(call, token)),
	types: read("types of integrations", async () => (await allEntities(call, "/api/v2/integrations/types")).map(offered)),
	credentialTypes: read("types of credentials", async () =>
		entities(await call("/api/v2/integrations/credentials/types")).map(({ id, name }) => name || id),
	),
});

function entityReads(call: Call, read: ReadOne) {
	const listing = (what: string, path: string) => read(what, async () => (await allEntities(call, path)).map(listed));
	return {
		queues: listing("queues", "/api/v2/routing/queues"),
		divisions: listing("divisions", "/api/v2/authorization/divisions"),
		roles: listing("roles", "/api/v2/authorization/roles"),
		flows: listing("flows", "/api/v2/flows"),
		actions: listing("data actions", "/api/v2/integrations/actions"),
	};
}

/** What the poller will read, as it will read it. */
const watchedReads = (genesys: TrunkSource & EdgeSource & QueueSource, needs: Needs, read: ReadOne) => ({
	trunks: read("trunks", () => genesys.trunks()),
	edges: read("edges", () => genesys.edges()),
	activity: read("activity of queues", () => genesys.queues(needs.places.flatMap(({ of, name }) => (of === "queue" ? [name] : [])))),
});

const topicsOf = async (call: Call): Promise<readonly OfferedTopic[]> =>
	items(field(await call("/api/v2/notifications/availabletopics?expand=transports"), "entities")).map(topic);

type ReadOne = <T>(what: string, work: () => Promise<T>) => Promise<Read<T>>;

async function groupsOf(call: Call, needs: Needs, read: ReadOne): Promise<ReadonlyMap<string, Read<string>>> {
	const groups = needs.emergencyGroups.map(async (id) => {
		const path = `/api/v2/architect/emergencygroups/${encodeURIComponent(id)}`;
		return [id, await read("emergency group", async () => text(field(await call(path), "name")))] as const;
	});
	return new Map(await Promise.all(groups));
}

async function organizationOf(call: Call): Promise<Organization> {
	const organization = await call("/api/v2/organizations/me");
	return { id: text(field(organization, "id")), name: text(field(organization, "name")) };
}

/** Of a token as `GET /api/v2/tokens/me` tells it, where the key is written so; of the client itself where it names none. */
async function roleIdsOf(call: Call, token: unknown): Promise<readonly string[]> {
	const client = field(token, "OAuthClient");
	const idsOf = (of: unknown) => [...new Set(items(field(of, "roleDivisions")).map((role) => text(field(role, "roleId"))))];
	const told = idsOf(client);
	const ids = told.length > 0 ? told : idsOf(await call(`/api/v2/oauth/clients/${encodeURIComponent(text(field(client, "id")))}`));
	if (ids.length === 0) throw failure("malformed", "Genesys Cloud: expected the roles of the client, got none");
	return ids;
}

/** A policy with a condition grants only where it is met: it is not counted. */
async function heldBy(call: Call, token: unknown): Promise<readonly string[]> {
	const ids = await roleIdsOf(call, token);
	const roles = await Promise.all(ids.map((id) => call(`/api/v2/authorization/roles/${encodeURIComponent(id)}`)));
	return roles.flatMap((role) => [
		...items(field(role, "permissions")).map(text),
		...items(field(role, "permissionPolicies")).flatMap((policy) => {
			if (field(policy, "resourceConditionNode")) return [];
			const entity = `${text(field(policy, "domain"))}:${text(field(policy, "entityName"))}`;
			return items(field(policy, "actionSet")).map((action) => `${entity}:${text(action)}`);
		}),
	]);
}

function offered(type: object): OfferedType {
	const slots = Object.entries(Object(field(type, "credentials"))).map(([slot, specification]) => [
		slot,
		items(field(specification, "credentialTypes")).map(text),
	]);
	return { id: text(field(type, "id")), slots: Object.fromEntries(slots) };
}

const topic = (entity: unknown): OfferedTopic => ({
	id: text(field(entity, "id")),
	transports: items(field(entity, "transports")).map(text),
});

const entities = (listing: unknown): readonly Listed[] => items(field(listing, "entities")).map(listed);

const listed = (entity: unknown): Listed => ({
	id: text(field(entity, "id")),
	name: text(field(entity, "name")),
	description: text(field(entity, "description")),
	category: text(field(entity, "category")),
});

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const text = (value: unknown): string => (typeof value === "string" ? value : "");
