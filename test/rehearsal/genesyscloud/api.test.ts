import { expect, test } from "vitest";
import { edges, id } from "./apiFacts.ts";
import { type Api, apiOf, createOrganization, deploy, flowYaml, inputs, organization, providerOf } from "./organization.ts";

const files = { "build/flow.yaml": flowYaml };

test.each(["*:*:*", "telephony:*", "telephony:*:*", "telephony:plugin:*", "telephony:plugin:all"])(
	"the permission %s covers telephony:plugin:all",
	async (permission) => {
		const { cloud } = createOrganization();
		const api = await apiOf(cloud, cloud.world.issueBootstrapClient({ name: "x", permissions: [permission] }));
		expect((await api("GET", `${edges}/trunks`)).status).toBe(200);
	},
);

test("what is not emulated is a 404 in the vendor's form, and counted", async () => {
	const { cloud, deployer } = createOrganization();
	const api = await apiOf(cloud, deployer);
	expect(await api("GET", "/conversations")).toMatchObject({ status: 404, body: { code: "not.found", status: 404 } });
	expect(cloud.refusals).toMatchObject([{ method: "GET", path: "/api/v2/conversations", status: 404 }]);
});

test("a thing that is gone is a 404 that is not counted, because clients poll for it", async () => {
	const { cloud, deployer } = createOrganization();
	const api = await apiOf(cloud, deployer);
	expect(await api("GET", `/integrations/${id}`)).toMatchObject({ status: 404, body: { code: "not.found" } });
	expect(cloud.refusals).toEqual([]);
});

test("paths ignore case", async () => {
	const { cloud, deployer } = createOrganization();
	const api = await apiOf(cloud, deployer);
	expect((await api("GET", "/Organizations/ME")).status).toBe(200);
});

test("what the provider needs to configure itself is there", async () => {
	const { cloud, deployer } = createOrganization();
	const api = await apiOf(cloud, deployer);
	expect((await api("GET", "/organizations/me")).body).toMatchObject({ id: organization.id, defaultCountryCode: "US" });
	expect((await api("GET", "/authorization/products")).body).toMatchObject({ total: 1, entities: [{ id: expect.any(String) }] });
	expect((await api("GET", "/tokens/me")).body).toMatchObject({ OAuthClient: { name: "Deployer", organization: { id: organization.id } } });
	expect((await api("GET", "/authorization/divisions/home")).body).toMatchObject({ id: expect.any(String), homeDivision: true });
	expect((await api("GET", "/authorization/permissions?queryType=domain&query=telephony")).body).toMatchObject({
		entities: [{ domain: "telephony", permissionMap: { plugin: [{ domain: "telephony", entityType: "plugin", action: "all" }] } }],
	});
});

test("pages hold what was asked for, and the page after the last one is empty", async () => {
	const { cloud, deployer } = createOrganization();
	cloud.world.addTrunk({ base: { name: "Berlin-1" }, instances: 3 });
	const api = await apiOf(cloud, deployer);
	const page = async (number: number) =>
		(await api("GET", `${edges}/trunks?pageSize=2&pageNumber=${number}`)).body as { entities: unknown[] };
	expect(await page(1)).toMatchObject({ total: 3, pageCount: 2, pageNumber: 1, pageSize: 2 });
	expect([(await page(1)).entities.length, (await page(2)).entities.length, (await page(3)).entities]).toEqual([2, 1, []]);
	expect((await api("GET", `${edges}/trunks?pageSize=0`)).status).toBe(400);
});

const trunkStates = [
	{ condition: "up", connected: true, inService: true, enabled: true },
	{ condition: "down", connected: false, inService: true, enabled: true },
	{ condition: "disabled", connected: false, inService: false, enabled: true },
	{ condition: "outOfService", connected: false, inService: true, enabled: false },
] as const;

test.each(trunkStates)("a trunk that is $condition", async ({ condition, connected, inService, enabled }) => {
	const { cloud, deployer } = createOrganization();
	const base = cloud.world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
	cloud.world.addTrunk({ base: { name: "Berlin-1" }, instances: 1 });
	cloud.world.setTrunk("Frankfurt-1", condition, 1);
	const api = await apiOf(cloud, deployer);
	const { body } = await api("GET", `${edges}/trunks?trunkBase.id=${base}&trunkType=EXTERNAL`);
	expect(body).toMatchObject({
		entities: [
			{
				name: "Frankfurt-1",
				trunkBase: { id: base, name: "Frankfurt-1" },
				connectedStatus: { connected },
				optionsStatus: [{ optionState: connected }],
				optionsEnabledStatus: "ENABLED",
				inService,
				enabled,
			},
			{ connectedStatus: { connected: true } },
		],
		total: 2,
	});
});

test("trunks are selected by the names on the wire; those of the SDK's arguments are refused with the names that are allowed", async () => {
	const { cloud, deployer } = createOrganization();
	const base = cloud.world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
	cloud.world.addTrunk({ base: { name: "Berlin-1" }, instances: 1 });
	const api = await apiOf(cloud, deployer);
	const total = async (query: string) => (await api("GET", `${edges}/trunks?${query}`)).body;
	expect(await total(`trunkBase.id=${base}`)).toMatchObject({ total: 2 });
	expect(await total(`trunkBaseId=${base}`)).toMatchObject({ code: "bad.request", details: [{ fieldName: "trunkBaseId" }] });
	expect((await api("GET", "/organizations/me?expand=x")).body).toMatchObject({
		status: 400,
		message: "Unknown query parameter expand; allowed: none",
	});
});

test("metrics of many trunks are a list; more than 100 ids are refused", async () => {
	const { cloud, deployer } = createOrganization();
	cloud.world.addTrunk({ base: { name: "Berlin-1" }, instances: 1 });
	cloud.world.setTrunkMetrics("Berlin-1", { qosMismatches: 7, inboundCalls: 3 });
	const [trunk] = cloud.world.trunks();
	const api = await apiOf(cloud, deployer);
	expect((await api("GET", `${edges}/trunks/metrics?trunkIds=${trunk?.id},${id}`)).body).toEqual([
		{
			eventTime: "2026-11-24T08:00:00.000Z",
			trunk: { id: trunk?.id, name: "Berlin-1", selfUri: `/api/v2${edges}/trunks/${trunk?.id}` },
			calls: { inboundCallCount: 3, outboundCallCount: 0 },
			qos: { mismatchCount: 7 },
		},
	]);
	const many = Array.from({ length: 101 }, () => id).join(",");
	expect((await api("GET", `${edges}/trunks/metrics?trunkIds=${many}`)).status).toBe(400);
});

test("a queue without activity has no row", async () => {
	const { cloud, deployer } = createOrganization();
	const busy = cloud.world.addQueue({ name: "Support", waiting: 12 });
	const idle = cloud.world.addQueue({ name: "Sales" });
	const api = await apiOf(cloud, deployer);
	const query = (metric: string) => ({
		filter: { type: "or", predicates: [busy, idle].map((value) => ({ dimension: "queueId", value })) },
		metrics: [metric],
	});
	expect((await api("POST", "/analytics/queues/observations/query", query("oWaiting"))).body).toMatchObject({
		results: [{ group: { queueId: busy, mediaType: "voice" }, data: [{ metric: "oWaiting", stats: { count: 12 } }] }],
	});
	expect(await api("POST", "/analytics/queues/observations/query", query("oLongestWaiting"))).toMatchObject({
		status: 400,
		body: { details: [{ fieldName: "metrics.0" }] },
	});
});

async function deployed(): Promise<{ api: Api; ids: Awaited<ReturnType<typeof deploy>> }> {
	const made = createOrganization();
	return { ids: await deploy(providerOf(made, files)), api: await apiOf(made.cloud, made.deployer) };
}

test("secrets are told once: never by a credential, by a client only when it is made", async () => {
	const { api, ids } = await deployed();
	const credential = (await api("GET", `/integrations/credentials/${ids.credential}`)).body;
	expect(credential).toMatchObject({ name: inputs.credential.name, type: { name: "userDefined" } });
	expect(JSON.stringify(credential)).not.toContain("planted-routing-key");
	expect((await api("GET", `/oauth/clients/${ids.client}`)).body).not.toHaveProperty("secret");
});

test("an integration's configuration has every part that the provider dereferences, and an optimistic version", async () => {
	const { api, ids } = await deployed();
	const path = `/integrations/${ids.integration}/config/current`;
	expect((await api("GET", path)).body).toMatchObject({
		name: expect.any(String),
		notes: expect.any(String),
		version: 2,
		properties: {},
		advanced: {},
		credentials: {},
	});
	expect(await api("PUT", path, { name: "x", version: 1 })).toMatchObject({ status: 409 });
	expect(await api("PUT", path, { name: "x", version: 2, credentials: { apiKey: { id: ids.credential } } })).toMatchObject({
		status: 400,
		body: { message: "credentials: expected the slot basicAuth, got apiKey" },
	});
	expect((await api("DELETE", `/integrations/${ids.integration}`)).body).toMatchObject({ id: ids.integration });
});

test("an active client cannot be deleted", async () => {
	const { api, ids } = await deployed();
	expect(await api("DELETE", `/oauth/clients/${ids.client}`)).toMatchObject({ status: 400, body: { details: [{ fieldName: "state" }] } });
});

test("an action has no draft, raw templates, and refuses an old version", async () => {
	const { api, ids } = await deployed();
	expect((await api("GET", `/integrations/actions/${ids.action}/draft`)).status).toBe(404);
	expect((await api("GET", `/integrations/actions/${ids.action}/templates/successtemplate.vm`)).body).toBe('{"status": ${status}}');
	expect((await api("PATCH", `/integrations/actions/${ids.action}`, { version: 7 })).status).toBe(409);
	expect((await api("GET", `/integrations/actions/${ids.action}?includeConfig=true`)).body).toMatchObject({
		config: { timeoutSeconds: 10 },
	});
});

test("an upload needs its job and its headers, once", async () => {
	const made = createOrganization();
	const api = await apiOf(made.cloud, made.deployer);
	const job = (await api("POST", "/flows/jobs")).body as { presignedUrl: string; headers: Record<string, string> };
	const put = async (headers: Record<string, string>) =>
		(await made.cloud.fetch(job.presignedUrl, { method: "PUT", headers, body: "workflow: {}" })).status;
	expect([await put({}), await put(job.headers), await put(job.headers)]).toEqual([403, 200, 403]);
});

const injected = [
	{ name: "the whole API", fault: { kind: "api", status: 503 }, path: "/tokens/me", status: 503, code: "service.unavailable" },
	{
		name: "one path",
		fault: { kind: "api", status: 500, path: "/api/v2/flows/executions", method: "GET" },
		path: `/flows/executions/${id}`,
		status: 500,
		code: "internal.server.error",
	},
	{
		name: "a rate limit",
		fault: { kind: "api", status: 429, retryAfterSeconds: 7 },
		path: "/tokens/me",
		status: 429,
		code: "too.many.requests",
	},
] as const;

test.each(injected)("a fault of $name", async ({ fault, path, status, code }) => {
	const { cloud, deployer } = createOrganization();
	const api = await apiOf(cloud, deployer);
	cloud.world.setFault(fault);
	const answer = await api("GET", path);
	expect(answer).toMatchObject({ status, body: { code } });
	expect(answer.headers.get("retry-after")).toBe(status === 429 ? "7" : null);
	cloud.world.setFault(undefined);
	expect((await api("GET", path)).status).not.toBe(status);
});

test("an organization that cannot be reached fails as a lost connection does", async () => {
	const { cloud } = createOrganization();
	cloud.world.setFault({ kind: "unreachable" });
	await expect(cloud.fetch("https://api.mypurecloud.de/api/v2/tokens/me")).rejects.toMatchObject({
		name: "TypeError",
		message: "fetch failed",
		cause: { code: "ETIMEDOUT" },
	});
});

test("two organizations with one history are equal, ids and all", async () => {
	const history = async () => {
		const made = createOrganization();
		return deploy(providerOf(made, files));
	};
	expect(await history()).toEqual(await history());
});
