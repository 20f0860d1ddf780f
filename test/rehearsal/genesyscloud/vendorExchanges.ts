import { type ActiveIncidentRow, activeIncidentColumns } from "../../../contracts/activeIncidents.ts";
import { authorized, type GenesysCloudOptions, genesysCloud } from "../../../functions/edges/genesys/api.ts";
import { incidentTable } from "../../../functions/edges/genesys/incidentTable.ts";
import { remedyActs } from "../../../functions/edges/remedies.ts";
import type { RemedyOrder } from "../../../functions/pipeline/ports.ts";
import { createProvider } from "../../../rehearsal/provider/genesyscloud.ts";
import { openBudget } from "../../functions/edges/vendors/adapterContract.ts";
import { createOrganization, deploy, flowYaml, inputs, organization, tableToken, tokens } from "./organization.ts";

/** What was asked of the API, and what it answered. */
export interface Exchange {
	readonly method: string;
	readonly url: URL;
	readonly sent: unknown;
	readonly status: number;
	readonly answered: unknown;
}

function recording(exchanges: Exchange[], inner: typeof fetch): typeof fetch {
	return async (input, init) => {
		const request = new Request(input, init);
		const url = new URL(request.url);
		const sent = await request.clone().text();
		const response = await inner(request);
		const isApi = url.host.startsWith("api.") && url.pathname.startsWith("/api/v2/");
		if (isApi)
			exchanges.push({
				method: request.method,
				url,
				sent: json(sent),
				status: response.status,
				answered: json(await response.clone().text()),
			});
		return response;
	};
}

function json(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Every adapter and every resource type does all it can, once, against the emulator; returns what went over the wire to the API. */
export async function everyExchange(): Promise<readonly Exchange[]> {
	const exchanges: Exchange[] = [];
	const made = createOrganization({ outbound: async () => Response.json({ status: "success" }, { status: 202 }) });
	const { cloud, clock, deployer } = made;
	cloud.world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
	cloud.world.setTrunk("Frankfurt-1", "down", 1);
	cloud.world.addQueue({ name: "Support", waiting: 3, onQueueUsers: 2 });
	cloud.world.addEmergencyGroup({ id: "group-1", name: "Carrier outage" });
	const provider = createProvider({
		fetch: recording(exchanges, cloud.fetch),
		apiBase: `https://api.${organization.domain}`,
		loginBase: `https://login.${organization.domain}`,
		...deployer,
		readFile: async () => flowYaml,
	});
	const ids = await deploy(provider);
	const options: GenesysCloudOptions = {
		fetch: recording(exchanges, cloud.fetch),
		domain: organization.domain,
		credentials: async () => deployer,
		clientName: "detector",
		clock,
		budget: openBudget(),
		perMinute: 240,
		flowIds: { default: ids.flow },
	};
	await useAdapters(options);
	await useTables(provider, options);
	await useProvider(provider, ids);
	return exchanges;
}

async function useAdapters(options: GenesysCloudOptions): Promise<void> {
	const genesys = genesysCloud(options);
	await genesys.trunks();
	await genesys.edges();
	await genesys.queues(["Support"]);
	await genesys.status(await genesys.launch("default", { "Flow.summary": "down" }, "inc:1"));
	const unused = () => Promise.reject(new Error("Expected no other tool"));
	const tools = { genesys: authorized(options), post: unused, startDocument: unused, documentStatus: unused };
	const groups = remedyActs(tools);
	const order: RemedyOrder = {
		remedy: { kind: "emergency-group", groupId: "group-1" },
		environment: "dev",
		incidentKey: "inc:1",
		occurrence: 1,
		condition: "trunk-down",
		entityId: "base-1",
		entityName: "Frankfurt-1",
		severity: "high",
		before: "off",
		receipt: "",
	};
	await groups.inspect(order);
	await groups.act(order);
	await groups.undo(order);
}

async function useTables(provider: ReturnType<typeof createProvider>, options: GenesysCloudOptions): Promise<void> {
	const properties = Object.entries(activeIncidentColumns).map(([name, type]) => ({ name, title: name, type }));
	const table = { name: "Active Incidents", description: "", properties };
	const { id } = await provider.create(tableToken, "table", table);
	await provider.update(tableToken, id, { ...table, description: "for flows" });
	const rows = incidentTable(
		() => authorized(options),
		() => id,
	);
	await rows.add(activeRow);
	await rows.replace({ ...activeRow, announce: false });
	await rows.rows();
	await rows.remove(activeRow.key);
	await provider.delete(tableToken, id);
}

const activeRow: ActiveIncidentRow = {
	key: "any",
	announce: true,
	condition: "trunk-down",
	entityId: "base-1",
	entityName: "Frankfurt-1",
	severity: "high",
	since: "2026-01-05T08:02:00Z",
	policy: "telephony",
	incidents: 1,
	updated: "2026-01-05T08:02:00Z",
	until: "2026-01-05T08:17:00Z",
	writtenBy: "genesyscloud-runbooks dev",
};

async function useProvider(provider: ReturnType<typeof createProvider>, ids: Awaited<ReturnType<typeof deploy>>): Promise<void> {
	const forced = { ...inputs.flow, forceUnlock: true };
	await provider.update(tokens.flow, ids.flow, forced);
	await provider.update(tokens.action, ids.action, { ...inputs.action(ids.integration), configTimeoutSeconds: 20 });
	await provider.update(tokens.integration, ids.integration, { ...inputs.integration(ids.credential), intendedState: "DISABLED" });
	await provider.update(tokens.credential, ids.credential, inputs.credential);
	await provider.update(tokens.client, ids.client, inputs.client(ids.role));
	await provider.update(tokens.role, ids.role, { ...inputs.role, description: "reads" });
	for (const [type, id] of [
		[tokens.flow, ids.flow],
		[tokens.action, ids.action],
		[tokens.integration, ids.integration],
		[tokens.credential, ids.credential],
		[tokens.client, ids.client],
		[tokens.role, ids.role],
	] as const) {
		await provider.read(type, id);
		await provider.delete(type, id);
	}
}
