import { describe, expect, test } from "vitest";
import { genesysCloud } from "../../../../functions/edges/genesys/api.ts";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";
import { createGenesysCloud } from "../../../../rehearsal/genesyscloud/index.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { adapterContract, openBudget } from "../vendors/adapterContract.ts";
import { accessToken, clientSecret, cloud, nothing, start, token } from "./cloud.ts";

test("a client that was told to wait asks nothing until then", async () => {
	const { adapter, wait, lines } = cloud(() => new Response("{}", { status: 429, headers: { "inin-ratelimit-reset": "20" } }));
	const reason = () => adapter.edges().catch((error: unknown) => (error instanceof EdgeError ? error.reason : error));
	expect([await reason(), await reason()]).toEqual(["rate-limited", "rate-limited"]);
	expect(lines().filter((line) => line.includes("/edges"))).toHaveLength(1);
	wait(20);
	await reason();
	expect(lines().filter((line) => line.includes("/edges"))).toHaveLength(2);
});

adapterContract({
	system: "Genesys Cloud",
	secrets: [clientSecret, accessToken, Buffer.from(`client-1:${clientSecret}`).toString("base64")],
	before: (request) => (new URL(request.url).host.startsWith("login.") ? token() : undefined),
	operations: [
		{ name: "trunks", call: (fetch) => bare(fetch).trunks() },
		{ name: "edges", call: (fetch) => bare(fetch).edges() },
		{ name: "queues", call: (fetch) => bare(fetch).queues(["Support"]) },
		{ name: "launch", call: (fetch) => bare(fetch).launch("default", { "Flow.launchId": "l1" }, "name") },
	],
});

adapterContract({
	system: "Genesys Cloud",
	secrets: [clientSecret],
	operations: [{ name: "token", call: (fetch) => bare(fetch).trunks() }],
});

function bare(fetch: typeof globalThis.fetch) {
	const clock = { now: () => start };
	const credentials = async () => ({ clientId: "client-1", clientSecret });
	return genesysCloud({
		fetch,
		domain: "mypurecloud.de",
		credentials,
		clientName: "c",
		clock,
		budget: openBudget(),
		perMinute: 1,
		flowIds: { default: "f" },
	});
}

describe("a token", () => {
	test("is asked for with Basic authentication and kept until 60 s before it expires", async () => {
		const { adapter, seen, wait, lines, budget } = cloud(nothing);
		await adapter.trunks();
		wait(86_339);
		await adapter.trunks();
		wait(1);
		await adapter.trunks();
		const tokens = seen.filter(({ line }) => line === "POST login.mypurecloud.de/oauth/token");
		expect(tokens).toHaveLength(2);
		expect(tokens[0]?.authorization).toBe(`Basic ${btoa(`client-1:${clientSecret}`)}`);
		expect(tokens[0]?.body).toBe("grant_type=client_credentials");
		expect(seen[1]?.authorization).toBe(`Bearer ${accessToken}`);
		expect(lines().map((line) => line.split(".")[0])).toEqual(["POST login", "GET api", "GET api", "POST login", "GET api"]);
		expect(budget.taken).toEqual(["genesys-detector of 240", "genesys-detector of 240", "genesys-detector of 240"]);
	});

	test("that is refused is replaced once, and the call is made again", async () => {
		let refusals = 1;
		const { adapter, lines } = cloud((request, url) => {
			refusals -= 1;
			return refusals >= 0 ? Response.json({ code: "bad.credentials", status: 401 }, { status: 401 }) : nothing(request, url);
		});
		await expect(adapter.trunks()).resolves.toEqual([]);
		expect(lines().map((line) => line.split(".")[0])).toEqual(["POST login", "GET api", "POST login", "GET api"]);
	});

	test("that is refused twice is a failure", async () => {
		const { adapter, lines } = cloud(() => Response.json({ code: "bad.credentials" }, { status: 401 }));
		await expect(adapter.trunks()).rejects.toMatchObject({ reason: "unauthorized", retry: false });
		expect(lines()).toHaveLength(4);
	});

	test.each([
		{ name: "a wrong client", body: { error: "invalid_client", description: "client not found" }, reason: "unauthorized" },
		{ name: "too many tokens", body: { error: "invalid_request", description: "rate limit exceeded; wait" }, reason: "rate-limited" },
		{ name: "anything else", body: { error: "unsupported_grant_type" }, reason: "rejected" },
	])("request that is answered 400 for $name is read as $reason", async ({ body, reason }) => {
		const { adapter } = cloud(nothing, () => Response.json(body, { status: 400 }));
		await expect(adapter.trunks()).rejects.toMatchObject({ reason });
	});
});

describe("the workflow", () => {
	test("is launched with its flat inputs under a name", async () => {
		const { adapter, seen } = cloud(() => Response.json({ id: "execution-1" }));
		await expect(adapter.launch("default", { "Flow.launchId": "l1", "Flow.occurrence": 1 }, "trunk-down b1")).resolves.toBe("execution-1");
		expect(seen[1]?.line).toBe("POST api.mypurecloud.de/api/v2/flows/executions");
		expect(JSON.parse(seen[1]?.body ?? "")).toEqual({
			flowId: "flow-1",
			name: "trunk-down b1",
			inputData: { "Flow.launchId": "l1", "Flow.occurrence": 1 },
		});
	});

	test("cannot be launched without its id", async () => {
		const fetch = network([]);
		const credentials = async () => ({ clientId: "c", clientSecret });
		const clock = { now: () => start };
		const adapter = genesysCloud({
			fetch,
			domain: "mypurecloud.de",
			credentials,
			clientName: "d",
			clock,
			budget: openBudget(),
			perMinute: 1,
		});
		await expect(adapter.launch("default", {}, "n")).rejects.toMatchObject({ reason: "misconfigured", retry: false });
	});

	test.each([
		{ vendor: { status: "RUNNING" }, ours: { status: "running" } },
		{ vendor: { status: "COMPLETED", completionReason: "acknowledged" }, ours: { status: "completed", reason: "acknowledged" } },
		{ vendor: { status: "ERROR", flowErrorInfo: { code: "flow.error" } }, ours: { status: "failed", reason: "flow.error" } },
		{ vendor: { status: "FAILED" }, ours: { status: "failed" } },
		{ vendor: { status: "TERMINATED" }, ours: { status: "failed" } },
		{ vendor: { status: "UNKNOWN" }, ours: { status: "unknown" } },
		{ vendor: { status: "SOMETHING_NEW" }, ours: { status: "unknown" } },
	])("reads an execution that is $vendor.status as $ours.status", async ({ vendor, ours }) => {
		const { adapter, lines } = cloud(() => Response.json(vendor));
		await expect(adapter.status("e 1")).resolves.toEqual(ours);
		expect(lines()[1]).toBe("GET api.mypurecloud.de/api/v2/flows/executions/e%201");
	});

	test("reads an execution that is not there as unknown", async () => {
		const { adapter } = cloud(() => Response.json({ code: "not.found" }, { status: 404 }));
		await expect(adapter.status("e1")).resolves.toEqual({ status: "unknown", reason: "not-found" });
	});
});

describe("against the emulator", () => {
	const organization = { id: "11111111-1111-4111-8111-111111111111", name: "Demo", domain: "mypurecloud.de" };

	function emulated(permissions: readonly string[]) {
		const clock = new VirtualClock(start);
		const outbound = network([]);
		const cloud = createGenesysCloud({ clock, organization, outbound, invokeLambda: () => Promise.reject(new Error("no function")) });
		const issued = cloud.world.issueBootstrapClient({ name: "detector", permissions });
		const fetch = network(["api", "login"].map((name) => ({ host: `${name}.mypurecloud.de`, fetch: (request) => cloud.fetch(request) })));
		const keys = { credentials: async () => issued, clientName: "detector" };
		const adapter = genesysCloud({
			fetch,
			domain: "mypurecloud.de",
			...keys,
			clock,
			budget: openBudget(),
			perMinute: 240,
			flowIds: { default: "flow-1" },
		});
		return { world: cloud.world, adapter };
	}

	test("a trunk that went down on one of two edges is seen, with its options and metrics", async () => {
		const { world, adapter } = emulated(["telephony:plugin:all"]);
		const base = world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
		world.setTrunk("Frankfurt-1", "down", 1);
		world.setTrunkMetrics("Frankfurt-1", { inboundCalls: 3, outboundCalls: 1, qosMismatches: 2 });
		const trunks = await adapter.trunks();
		expect(
			trunks.map(({ trunkBase, connected, registers, qosMismatches }) => ({ base: trunkBase.id, connected, registers, qosMismatches })),
		).toEqual([
			{ base, connected: false, registers: undefined, qosMismatches: 2 },
			{ base, connected: true, registers: undefined, qosMismatches: 2 },
		]);
		expect(trunks.every(({ options }) => options !== undefined && options.length > 0)).toBe(true);
	});

	test("an edge that went offline takes its trunk with it, and a full queue tells its oldest caller though its list is cut", async () => {
		const { adapter, world } = emulated(["telephony:plugin:all", "routing:queue:view", "analytics:queueObservation:view"]);
		world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
		world.setEdge("Frankfurt-1 edge 1", false);
		expect((await adapter.edges()).map(({ name, online, statusCode }) => [name, online, statusCode])).toEqual([
			["Frankfurt-1 edge 1", false, "ACTIVE"],
			["Frankfurt-1 edge 2", true, "ACTIVE"],
		]);
		expect((await adapter.trunks()).map(({ edge, connected, enabled }) => [edge?.name, connected, enabled])).toEqual([
			["Frankfurt-1 edge 1", false, true],
			["Frankfurt-1 edge 2", true, true],
		]);
		world.addQueue({ name: "Support", waiting: 250, oldestSeconds: 500, onQueueUsers: 3 });
		const [queue] = await adapter.queues(["Support"]);
		expect(queue).toMatchObject({ waiting: 250, truncated: true, onQueueUsers: 3 });
		expect(queue?.waitingSince).toHaveLength(100);
		expect(Math.min(...(queue?.waitingSince ?? []))).toBe(start - 500_000);
	});

	test("what is somewhere says where", async () => {
		const { adapter, world } = emulated(["telephony:plugin:all", "routing:queue:view", "analytics:queueObservation:view"]);
		world.addTrunk({ base: { name: "Berlin-1" }, instances: 1, site: "Berlin", division: "East" });
		world.addQueue({ name: "Support", division: "Care" });
		const east = { id: "division-east", name: "East" };
		expect(await adapter.trunks()).toEqual([expect.objectContaining({ division: east })]);
		const home = expect.objectContaining({ name: "Home" });
		expect(await adapter.edges()).toEqual([expect.objectContaining({ site: { id: "site-berlin", name: "Berlin" }, division: home })]);
		expect(await adapter.queues(["Support"])).toEqual([expect.objectContaining({ division: { id: "division-care", name: "Care" } })]);
	});

	test("an edge that comes back heals what it took down, and nothing else", async () => {
		const { adapter, world } = emulated(["telephony:plugin:all"]);
		for (const name of ["Berlin-1", "Frankfurt-1", "Hamburg-1"]) world.addTrunk({ base: { name }, instances: 1, edges: ["Edge-A"] });
		const connected = async () => (await adapter.trunks()).map((trunk) => trunk.connected);
		world.setTrunk("Berlin-1", "down");
		world.setEdge("Edge-A", false);
		world.setTrunk("Frankfurt-1", "down");
		expect(await connected()).toEqual([false, false, false]);
		world.setTrunk("Frankfurt-1", "up");
		expect(await connected()).toEqual([false, false, false]);
		world.setEdge("Edge-A", true);
		expect(await connected()).toEqual([false, true, true]);
		world.setTrunk("Berlin-1", "up");
		expect(await connected()).toEqual([true, true, true]);
	});

	test("a client without the permission is forbidden, and a flow that is not there not found", async () => {
		await expect(emulated([]).adapter.trunks()).rejects.toMatchObject({ reason: "forbidden", retry: false });
		const launcher = emulated(["architect:flow:launch"]).adapter;
		await expect(launcher.launch("default", { "Flow.launchId": "l1" }, "name")).rejects.toMatchObject({
			reason: "not-found",
			retry: false,
		});
	});
});
