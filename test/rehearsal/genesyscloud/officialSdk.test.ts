import platform from "purecloud-platform-client-v2";
import { afterAll, beforeAll, expect, test } from "vitest";
import { apiOf, createOrganization, deploy, flowYaml, type Organization, providerOf, served } from "./organization.ts";

/** The vendor's own client, over a real port: an independent reader of what this emulator answers. */
let made: Organization;
let flowId: string;
let close: () => Promise<void>;

beforeAll(async () => {
	made = createOrganization({ outbound: async () => Response.json({ status: "success" }, { status: 202 }) });
	made.cloud.world.addTrunk({ base: { id: "base-frankfurt", name: "Frankfurt-1" }, instances: 2 });
	made.cloud.world.setTrunk("Frankfurt-1", "down", 1);
	flowId = (await deploy(providerOf(made, { "build/flow.yaml": flowYaml }))).flow;
	const server = await served(made.cloud);
	close = server.close;
	const client = platform.ApiClient.instance;
	client.setGateway({ host: "127.0.0.1", protocol: "http", port: server.port });
	client.setReturnExtendedResponses(false);
	await client.loginClientCredentialsGrant(made.deployer.clientId, made.deployer.clientSecret);
});

afterAll(() => close());

test("it logs in and knows its organization", async () => {
	expect(await new platform.TokensApi().getTokensMe()).toMatchObject({ OAuthClient: { name: "Deployer" } });
	expect(await new platform.OrganizationApi().getOrganizationsMe()).toMatchObject({ defaultCountryCode: "US" });
});

test("it lists trunks and reads their metrics", async () => {
	const telephony = new platform.TelephonyProvidersEdgeApi();
	const listing = await telephony.getTelephonyProvidersEdgesTrunks({ pageSize: 100, trunkType: "EXTERNAL" });
	expect(listing.entities?.map(({ name, trunkBase, connectedStatus }) => [name, trunkBase?.id, connectedStatus?.connected])).toEqual([
		["Frankfurt-1", "base-frankfurt", false],
		["Frankfurt-1", "base-frankfurt", true],
	]);
	const ids = listing.entities?.map(({ id }) => id) ?? [];
	const metrics = await telephony.getTelephonyProvidersEdgesTrunksMetrics(ids.join(","));
	expect(metrics).toMatchObject([{ qos: { mismatchCount: 0 } }, { trunk: { id: ids[1] } }]);
});

test("it launches a workflow and reads the execution", async () => {
	const architect = new platform.ArchitectApi();
	const launch = await architect.postFlowsExecutions({ flowId, name: "inc:1", inputData: { "Flow.summary": Object("down") } });
	expect(launch).toMatchObject({ id: expect.any(String), name: "inc:1" });
	const { clock } = made;
	if ("settle" in clock && typeof clock.settle === "function") await clock.settle();
	expect(await architect.getFlowsExecution(launch.id ?? "")).toMatchObject({
		status: "COMPLETED",
		completionReason: "paged",
		outputData: { "Flow.outcome": "success" },
	});
});

test("it reads which topics come by Amazon EventBridge", async () => {
	const { entities = [] } = await new platform.NotificationsApi().getNotificationsAvailabletopics({ expand: ["transports"] });
	const offered = entities.filter(({ transports = [] }) => transports.some((way) => String(way) === "EventBridge")).map(({ id }) => id);
	expect(offered).toEqual(expect.arrayContaining(["v2.telephony.providers.edges.trunks.{id}", "v2.operations.events.{id}"]));
});

test("it makes an integration that sends events, which offers an event source to that account alone", async () => {
	const integrations = new platform.IntegrationsApi();
	const { id = "" } = await integrations.postIntegrations({
		body: { name: "events", integrationType: { id: "amazon-eventbridge-source" } },
	});
	const topic = "v2.telephony.providers.edges.trunks.{id}";
	const account = { accountId: "123456789012", region: "eu-central-1" };
	const properties = { awsAccountId: account.accountId, awsAccountRegion: account.region, eventSourceSuffix: "dev", eventFilter: [topic] };
	await integrations.putIntegrationConfigCurrent(id, {
		body: { name: "events", version: 1, properties, advanced: {}, notes: "", credentials: {} },
	});
	const { world } = made.cloud;
	expect(world.eventSources(account)).toEqual([]);
	await integrations.patchIntegration(id, { body: { intendedState: "ENABLED" } });
	expect(world.eventSources(account)).toEqual(["aws.partner/genesys.com/cloud/5f9d1c1e-0000-4000-a000-000000000001/dev"]);
	expect(world.eventSources({ ...account, region: "us-east-1" })).toEqual([]);
	world.setTrunk("Frankfurt-1", "down");
	world.setTrunkMetrics("Frankfurt-1", { qosMismatches: 3 });
	world.tellOperation({ id: "definition-1", name: "Trunk Down" }, "trunk-1");
	// Of the chosen topic only.
	const told = made.events.flatMap((event) => (event.kind === "topic" ? [event] : []));
	expect(new Set(told.map(({ detailType }) => detailType))).toEqual(new Set([topic]));
	expect(told.at(-1)).toMatchObject({
		source: "aws.partner/genesys.com/cloud/5f9d1c1e-0000-4000-a000-000000000001/dev",
		detail: {
			topicName: expect.stringMatching(/^v2\.telephony\.providers\.edges\.trunks\.[0-9a-f-]{36}$/),
			version: "2",
			eventBody: { connectedStatus: { connected: false } },
			timestamp: expect.stringMatching(/Z$/),
		},
	});
	await integrations.deleteIntegration(id);
	expect(world.eventSources(account)).toEqual([]);
});

test("it sees the vendor's error body", async () => {
	const api = await apiOf(made.cloud, made.cloud.world.issueBootstrapClient({ name: "Poller", permissions: ["telephony:plugin:all"] }));
	expect((await api("POST", "/flows/executions", { flowId })).body).toMatchObject({ code: "missing.permissions" });
	await expect(new platform.ArchitectApi().getFlow("00000000-0000-4000-a000-000000000000")).rejects.toMatchObject({
		code: "not.found",
		status: 404,
	});
});

test("it makes a data table, and reads and writes its rows", async () => {
	const architect = new platform.ArchitectApi();
	const key = { type: "string", title: "key", $id: "/properties/key", displayOrder: 0 };
	const open = { type: "boolean", title: "open", $id: "/properties/open", displayOrder: 1, default: false };
	const schema = { type: "object", properties: { key, open }, required: ["key"], additionalProperties: false };
	const made = await architect.postFlowsDatatables({ name: "Sites", schema: Object(schema) });
	const id = made.id ?? "";
	expect(await architect.getFlowsDatatable(id, { expand: "schema" })).toMatchObject({
		name: "Sites",
		division: { name: "Home" },
		schema: { properties: { key: { type: "string" }, open: { type: "boolean" } }, required: ["key"] },
	});
	expect((await architect.getFlowsDatatable(id)).schema).toBeUndefined();
	for (const name of ["Ulm", "ulm", "a:b/c"]) await architect.postFlowsDatatableRows(id, { key: name });
	expect((await architect.getFlowsDatatableRows(id)).entities).toEqual([{ key: "Ulm" }, { key: "a:b/c" }, { key: "ulm" }]);
	const second = await architect.getFlowsDatatableRows(id, { pageSize: 2, pageNumber: 2, showbrief: false });
	expect(second).toMatchObject({ entities: [{ key: "ulm", open: false }], total: 3, pageCount: 2 });
	expect((await architect.getFlowsDatatableRows(id, { pageSize: 2, pageNumber: 3 })).entities).toEqual([]);
	await architect.putFlowsDatatableRow(id, "a:b/c", { body: { key: "a:b/c", open: true } });
	expect(await architect.getFlowsDatatableRow(id, "a:b/c", { showbrief: false })).toEqual({ key: "a:b/c", open: true });
	await architect.deleteFlowsDatatableRow(id, "Ulm");
	await expect(architect.getFlowsDatatableRow(id, "Ulm")).rejects.toMatchObject({ status: 404 });
	await expect(architect.deleteFlowsDatatable(id)).rejects.toMatchObject({ status: 409 });
	await architect.deleteFlowsDatatable(id, { force: true });
	await expect(architect.getFlowsDatatableRows(id)).rejects.toMatchObject({ status: 404, code: "not.found" });
});
