import { describe, expect, test } from "vitest";
import { genesysCloud } from "../../../../functions/edges/genesys/api.ts";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";
import { createGenesysCloud } from "../../../../rehearsal/genesyscloud/index.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { adapterContract, openBudget } from "../vendors/adapterContract.ts";

const clientSecret = "genesys-secret-5f1e";
const accessToken = "genesys-token-77aa";
const start = Date.UTC(2026, 10, 24, 10);

type Handler = (request: Request, url: URL) => Response | Promise<Response>;

/** Genesys Cloud as far as one test needs it, behind the real hosts; remembers each request. */
function cloud(api: Handler, login: Handler = () => token()) {
	const seen: { readonly line: string; readonly authorization: string | null; readonly body: string }[] = [];
	const on = (handler: Handler) => async (request: Request) => {
		const url = new URL(request.url);
		const body = await request.clone().text();
		seen.push({
			line: `${request.method} ${url.host}${url.pathname}${url.search}`,
			authorization: request.headers.get("authorization"),
			body,
		});
		return handler(request, url);
	};
	const fetch = network([
		{ host: "api.mypurecloud.de", fetch: on(api) },
		{ host: "login.mypurecloud.de", fetch: on(login) },
	]);
	const budget = openBudget();
	let now = start;
	const adapter = genesysCloud({
		fetch,
		domain: "mypurecloud.de",
		credentials: async () => ({ clientId: "client-1", clientSecret }),
		clientName: "detector",
		clock: { now: () => now },
		budget,
		perMinute: 240,
		flowIds: { default: "flow-1" },
	});
	const wait = (seconds: number) => {
		now += seconds * 1000;
	};
	return { adapter, seen, budget, wait, lines: () => seen.map(({ line }) => line) };
}

function token(seconds = 86_400): Response {
	return Response.json({ access_token: accessToken, token_type: "bearer", expires_in: seconds });
}

test("a client that was told to wait asks nothing until then", async () => {
	const { adapter, wait, lines } = cloud(() => new Response("{}", { status: 429, headers: { "inin-ratelimit-reset": "20" } }));
	const reason = () => adapter.edges().catch((error: unknown) => (error instanceof EdgeError ? error.reason : error));
	expect([await reason(), await reason()]).toEqual(["rate-limited", "rate-limited"]);
	expect(lines().filter((line) => line.includes("/edges"))).toHaveLength(1);
	wait(20);
	await reason();
	expect(lines().filter((line) => line.includes("/edges"))).toHaveLength(2);
});

const nothing: Handler = () => Response.json({ entities: [], pageCount: 0 });

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

describe("trunks", () => {
	const trunk = {
		id: "t1",
		name: "Frankfurt-1",
		trunkType: "EXTERNAL",
		state: "active",
		trunkBase: { id: "b1", name: "Frankfurt" },
		inService: true,
		enabled: true,
		connectedStatus: { connected: false },
		optionsEnabledStatus: "Enabled",
		optionsStatus: [
			{ proxyAddress: "198.51.100.1", optionState: true },
			{ proxyAddress: "198.51.100.2", optionState: false },
		],
		registersEnabledStatus: "Disabled",
		registersStatus: [{ registerState: false }],
	};
	const metrics = { trunk: { id: "t1" }, calls: { inboundCallCount: 4, outboundCallCount: 3 }, qos: { mismatchCount: 2 } };

	test("carry their states, their metrics, and options only where these are enabled", async () => {
		const { adapter } = cloud((_request, url) =>
			url.pathname.endsWith("/metrics") ? Response.json([metrics]) : Response.json({ entities: [trunk], pageCount: 1 }),
		);
		await expect(adapter.trunks()).resolves.toEqual([
			{
				id: "t1",
				name: "Frankfurt-1",
				trunkBase: { id: "b1", name: "Frankfurt" },
				state: "active",
				inService: true,
				enabled: true,
				connected: false,
				options: [true, false],
				registers: undefined,
				calls: 7,
				qosMismatches: 2,
			},
		]);
	});

	test("without data say so, and make up nothing", async () => {
		const silent = { id: "t1", name: "Berlin-1", optionsEnabledStatus: "Enabled", optionsStatus: [] };
		const { adapter } = cloud((_request, url) =>
			url.pathname.endsWith("/metrics") ? Response.json([]) : Response.json({ entities: [silent, { name: "no id" }], pageCount: 1 }),
		);
		await expect(adapter.trunks()).resolves.toEqual([
			{
				id: "t1",
				name: "Berlin-1",
				trunkBase: { id: "t1", name: "Berlin-1" },
				state: "unknown",
				inService: undefined,
				enabled: undefined,
				connected: undefined,
				options: undefined,
				registers: undefined,
				calls: undefined,
				qosMismatches: undefined,
			},
		]);
	});

	test("are read by pages of 100 until an empty page, their metrics by 100 ids", async () => {
		const all = Array.from({ length: 250 }, (_, index) => ({ id: `t${index}`, name: `t${index}` }));
		const { adapter, lines } = cloud((_request, url) => {
			if (url.pathname.endsWith("/metrics")) return Response.json([]);
			const page = Number(url.searchParams.get("pageNumber"));
			return Response.json({ entities: all.slice((page - 1) * 100, page * 100) });
		});
		await expect(adapter.trunks()).resolves.toHaveLength(250);
		const listing = "GET api.mypurecloud.de/api/v2/telephony/providers/edges/trunks?trunkType=EXTERNAL&pageSize=100&pageNumber=";
		expect(lines().slice(1, 5)).toEqual([1, 2, 3, 4].map((page) => `${listing}${page}`));
		expect(
			lines()
				.slice(5)
				.map((line) => line.split("=")[1]?.split(",").length),
		).toEqual([100, 100, 50]);
	});

	test.each([
		{ name: "a listing without entities", listing: {}, metrics: [] },
		{ name: "metrics that are no array", listing: { entities: [trunk], pageCount: 1 }, metrics: {} },
	])("are malformed with $name", async ({ listing, metrics: answer }) => {
		const { adapter } = cloud((_request, url) => Response.json(url.pathname.endsWith("/metrics") ? answer : listing));
		await expect(adapter.trunks()).rejects.toMatchObject({ reason: "malformed" });
	});

	test("are not read when the budget is spent", async () => {
		const { seen } = cloud(nothing);
		const spent = new EdgeError("budget-spent", "none left", { retry: true });
		const fetch = network([{ host: "login.mypurecloud.de", fetch: () => token() }]);
		const budget = { take: () => Promise.reject(spent) };
		const credentials = async () => ({ clientId: "c", clientSecret });
		const adapter = genesysCloud({
			fetch,
			domain: "mypurecloud.de",
			credentials,
			clientName: "d",
			clock: { now: () => start },
			budget,
			perMinute: 1,
		});
		await expect(adapter.trunks()).rejects.toBe(spent);
		expect(seen).toEqual([]);
	});
});

describe("edges", () => {
	test("carry their state and what it says of being online, and make up nothing", async () => {
		const entities = [
			{ id: "e1", name: "Edge-1", state: "active", statusCode: "ACTIVE", onlineStatus: "ONLINE" },
			{ id: "e2", name: "Edge-2", state: "active", statusCode: "INACTIVE", onlineStatus: "OFFLINE" },
			{ id: "e3", onlineStatus: "PERHAPS" },
			{ name: "without an id" },
		];
		const { adapter, lines } = cloud(() => Response.json({ entities, pageCount: 1 }));
		expect(await adapter.edges()).toEqual([
			{ id: "e1", name: "Edge-1", state: "active", statusCode: "ACTIVE", online: true },
			{ id: "e2", name: "Edge-2", state: "active", statusCode: "INACTIVE", online: false },
			{ id: "e3", name: "e3", state: "unknown", statusCode: undefined, online: undefined },
		]);
		expect(lines().at(-1)).toBe("GET api.mypurecloud.de/api/v2/telephony/providers/edges?pageSize=100&pageNumber=1");
	});
});

describe("queues", () => {
	const listing = {
		entities: [
			{ id: "q1", name: "Support" },
			{ id: "q2", name: "Sales" },
			{ id: "q3", name: "Other" },
		],
		pageCount: 1,
	};
	const observing = (results: unknown) =>
		cloud((request) => Response.json(request.method === "GET" ? listing : results === undefined ? {} : { results }));
	const waiting = (count: number | undefined, ...ago: readonly number[]) => ({
		metric: "oWaiting",
		stats: count === undefined ? {} : { count },
		truncated: ago.length > 1,
		observations: ago.map((second) => ({ observationDate: new Date(start - second * 1000).toISOString() })),
	});

	test("are asked for in one query, with the waiting conversations' details and without a media type", async () => {
		const { adapter, seen } = observing([]);
		await adapter.queues(["Support", "Sales", "Nowhere"]);
		expect(JSON.parse(seen.at(-1)?.body ?? "")).toEqual({
			filter: {
				type: "or",
				predicates: ["q1", "q2"].map((value) => ({ type: "dimension", dimension: "queueId", operator: "matches", value })),
			},
			metrics: ["oWaiting", "oOnQueueUsers"],
			detailMetrics: ["oWaiting"],
		});
	});

	test("tell the voice that waits, since when, and the users whatever they do on queue", async () => {
		const { adapter } = observing([
			{ group: { queueId: "q1", mediaType: "voice" }, data: [waiting(7, 300, 20)] },
			{ group: { queueId: "q1", mediaType: "email" }, data: [waiting(90, 86_400)] },
			{
				group: { queueId: "q1" },
				data: ["IDLE", "INTERACTING"].map((qualifier) => ({ metric: "oOnQueueUsers", qualifier, stats: { count: 2 } })),
			},
		]);
		expect(await adapter.queues(["Support"])).toEqual([
			{
				id: "q1",
				name: "Support",
				waiting: 7,
				waitingSince: [start - 300_000, start - 20_000],
				truncated: true,
				onQueueUsers: 4,
			},
		]);
	});

	test.each([
		{ name: "no row for it", results: [] },
		{ name: "no results at all", results: undefined },
	])("with $name are empty, not unknown", async ({ results }) => {
		const { adapter } = observing(results);
		expect(await adapter.queues(["Support"])).toEqual([
			{ id: "q1", name: "Support", waiting: 0, waitingSince: [], truncated: false, onQueueUsers: undefined },
		]);
	});

	test("with a row without a count are unknown", async () => {
		const { adapter } = observing([{ group: { queueId: "q1", mediaType: "voice" }, data: [waiting(undefined)] }]);
		expect(await adapter.queues(["Support"])).toMatchObject([{ waiting: undefined }]);
	});

	test("that are not watched, or do not exist, are not asked for", async () => {
		const { adapter, lines } = observing([]);
		expect(await adapter.queues([])).toEqual([]);
		expect(lines()).toEqual([]);
		expect(await adapter.queues(["Nowhere"])).toEqual([]);
		expect(lines().filter((line) => line.includes("observations"))).toEqual([]);
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
