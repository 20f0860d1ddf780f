import { readdirSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, test } from "vitest";
import { genesysActions } from "../../../components/genesysActions.ts";
import { emergencyGroups } from "../../../functions/edges/emergencyGroup.ts";
import { type GenesysCloudOptions, genesysCloud } from "../../../functions/edges/genesys.ts";
import type { RemedyOrder } from "../../../functions/pipeline/ports.ts";
import { unknownPermissions } from "../../../rehearsal/genesyscloud/permissions.ts";
import { createProvider } from "../../../rehearsal/provider/genesyscloud.ts";
import { openBudget } from "../../functions/edges/adapterContract.ts";
import { createOrganization, deploy, flowYaml, inputs, organization, tokens } from "./organization.ts";
import { operationOf, readVendorSdk, typeAt, unknownFields } from "./vendorSdk.ts";

/** What was asked of the API, and what it answered. */
interface Exchange {
	readonly method: string;
	readonly url: URL;
	readonly sent: unknown;
	readonly status: number;
	readonly answered: unknown;
}

/** Every call that our code can make, below /api/v2. */
const asks = [
	"DELETE /authorization/roles/{roleId}",
	"DELETE /flows/{flowId}",
	"DELETE /integrations/actions/{actionId}",
	"DELETE /integrations/credentials/{credentialId}",
	"DELETE /integrations/{integrationId}",
	"DELETE /oauth/clients/{clientId}",
	"GET /architect/emergencygroups/{emergencyGroupId}",
	"GET /authorization/permissions",
	"GET /authorization/products",
	"GET /authorization/roles/{roleId}",
	"GET /flows/executions/{flowExecutionId}",
	"GET /flows/jobs/{jobId}",
	"GET /flows/{flowId}",
	"GET /integrations/actions/{actionId}",
	"GET /integrations/actions/{actionId}/templates/{fileName}",
	"GET /integrations/credentials/{credentialId}",
	"GET /integrations/{integrationId}",
	"GET /integrations/{integrationId}/config/current",
	"GET /oauth/clients/{clientId}",
	"GET /organizations/me",
	"GET /routing/queues",
	"GET /telephony/providers/edges",
	"GET /telephony/providers/edges/trunks",
	"GET /telephony/providers/edges/trunks/metrics",
	"GET /tokens/me",
	"PATCH /integrations/actions/{actionId}",
	"PATCH /integrations/{integrationId}",
	"POST /analytics/queues/observations/query",
	"POST /authorization/roles",
	"POST /flows/actions/unlock",
	"POST /flows/executions",
	"POST /flows/jobs",
	"POST /integrations",
	"POST /integrations/actions",
	"POST /integrations/credentials",
	"POST /oauth/clients",
	"PUT /architect/emergencygroups/{emergencyGroupId}",
	"PUT /authorization/roles/{roleId}",
	"PUT /integrations/credentials/{credentialId}",
	"PUT /integrations/{integrationId}/config/current",
	"PUT /oauth/clients/{clientId}",
];

const root = new URL("../../../", import.meta.url);
const sdk = readVendorSdk();
const exchanges: Exchange[] = [];

function recording(inner: typeof fetch): typeof fetch {
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

/** Every adapter and every resource type does all it can, once. */
beforeAll(async () => {
	const made = createOrganization({ outbound: async () => Response.json({ status: "success" }, { status: 202 }) });
	const { cloud, clock, deployer } = made;
	cloud.world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
	cloud.world.setTrunk("Frankfurt-1", "down", 1);
	cloud.world.addQueue({ name: "Support", waiting: 3, onQueueUsers: 2 });
	cloud.world.addEmergencyGroup({ id: "group-1", name: "Carrier outage" });
	const provider = createProvider({
		fetch: recording(cloud.fetch),
		apiBase: `https://api.${organization.domain}`,
		loginBase: `https://login.${organization.domain}`,
		...deployer,
		readFile: async () => flowYaml,
	});
	const ids = await deploy(provider);
	const options: GenesysCloudOptions = {
		fetch: recording(cloud.fetch),
		domain: organization.domain,
		credentials: async () => deployer,
		clientName: "detector",
		clock,
		budget: openBudget(),
		perMinute: 240,
		flowId: ids.flow,
	};
	await useAdapters(options);
	await useProvider(provider, ids);
});

async function useAdapters(options: GenesysCloudOptions): Promise<void> {
	const genesys = genesysCloud(options);
	await genesys.trunks();
	await genesys.edges();
	await genesys.queues(["Support"]);
	await genesys.status(await genesys.launch({ "Flow.summary": "down" }, "inc:1"));
	const groups = emergencyGroups(options);
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
	await groups.look(order);
	await groups.act(order);
	await groups.undo(order);
}

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

describe("what our code asks of Genesys Cloud is what the vendor's own client asks", () => {
	test("paths and methods", () => {
		const unknown = exchanges.filter(({ method, url }) => operationOf(sdk, method, url.pathname) === undefined);
		expect(unknown.map(lineOf)).toEqual([]);
		const asked = new Set(
			exchanges.map(({ method, url }) => `${method} ${operationOf(sdk, method, url.pathname)?.path.replace("/api/v2", "")}`),
		);
		expect([...asked].toSorted()).toEqual(asks);
	});

	test("query parameters", () => {
		const unknown = exchanges.flatMap((exchange) => {
			const known = operationOf(sdk, exchange.method, exchange.url.pathname)?.query ?? [];
			return [...exchange.url.searchParams.keys()].filter((name) => !known.includes(name)).map((name) => `${lineOf(exchange)}: ${name}`);
		});
		expect(unknown).toEqual([]);
	});

	test("fields of what is sent", () => {
		const unknown = exchanges.flatMap((exchange) => {
			const { method, url, sent } = exchange;
			if (sent === undefined) return [];
			const body = operationOf(sdk, method, url.pathname)?.body;
			const wrong = body === undefined ? ["takes no body"] : unknownFields(sdk, body, sent);
			return wrong.map((place) => `${lineOf(exchange)}: ${place}`);
		});
		expect([...new Set(unknown)]).toEqual([]);
	});

	test("fields of what is answered, so that nothing else can be read", () => {
		const unknown = exchanges.flatMap((exchange) => {
			const { method, url, status, answered } = exchange;
			const answer = operationOf(sdk, method, url.pathname)?.answer;
			if (answer === undefined || status >= 300 || answered === undefined) return [];
			return unknownFields(sdk, answer, answered).map((place) => `${lineOf(exchange)}: ${place}`);
		});
		expect([...new Set(unknown)]).toEqual([]);
	});
});

const lineOf = ({ method, url }: Exchange): string => `${method} ${url.pathname}`;

describe("permissions", () => {
	const folders = ["components", "functions", "rehearsal/genesyscloud", "rehearsal/provider"];
	const named = folders.flatMap((folder) => permissionsIn(folder));

	test("every one that the code names is one that the vendor names", () => {
		expect(unknownPermissions(named)).toEqual([]);
		expect(named).toContain("telephony:plugin:all");
	});

	test("so is every one that the README asks for the deployer", () => {
		const readme = readFileSync(new URL("README.md", root), "utf8");
		const spans = [...readme.matchAll(/`([a-z]+:[A-Za-z]+:(?:[A-Za-z]+|\*|\{[A-Za-z,]+\}))`/g)].map(([, span = ""]) => span);
		const asked = spans.flatMap(unfolded);
		expect(asked).toContain("architect:flow:launch");
		expect(unknownPermissions(asked)).toEqual([]);
	});
});

/** Texts of three parts that stand in the code as permissions do. */
function permissionsIn(folder: string): readonly string[] {
	const files = readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
	return files.flatMap((file) => {
		const source = readFileSync(new URL(`${folder}/${file}`, root), "utf8");
		return [...source.matchAll(/"([a-z]+:[A-Za-z]+:[A-Za-z*]+)"/g)].map(([, name = ""]) => name);
	});
}

/** `a:b:{c,d}` as `a:b:c` and `a:b:d`. */
function unfolded(span: string): readonly string[] {
	const [, stem = "", actions = ""] = /^(.*:)\{(.*)\}$/.exec(span) ?? [];
	return stem === "" ? [span] : actions.split(",").map((action) => `${stem}${action}`);
}

describe("what the workflow asks of Genesys Cloud is what the vendor's own client asks", () => {
	const actions = Object.values(genesysActions("runbooks").actions);
	test.each(actions)("$verb", ({ request, response }) => {
		const [path = "", query = ""] = request.url?.split("?") ?? [];
		const operation = operationOf(sdk, request.type, path);
		expect(operation).toBeDefined();
		const names = query === "" ? [] : query.split("&").map((pair) => pair.split("=")[0]);
		expect(names.filter((name) => !operation?.query.includes(name ?? ""))).toEqual([]);
		const places = Object.values(response.translationMap ?? {}).filter(
			(place) => typeAt(sdk, operation?.answer ?? "", place) === undefined,
		);
		expect(places).toEqual([]);
	});
});
