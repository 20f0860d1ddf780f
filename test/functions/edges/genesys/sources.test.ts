import { describe, expect, test } from "vitest";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";
import { openBudget } from "../vendors/adapterContract.ts";
import { cloud, nothing, start, token } from "./cloud.ts";

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
		const spent = new EdgeError("budget-spent", "none left", { retry: true });
		const { adapter, lines } = cloud(nothing, () => token(), { ...openBudget(), take: () => Promise.reject(spent) });
		await expect(adapter.trunks()).rejects.toBe(spent);
		expect(lines()).toEqual(["POST login.mypurecloud.de/oauth/token"]);
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
