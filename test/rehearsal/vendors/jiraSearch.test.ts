import { describe, expect, test } from "vitest";
import { base, fields, site, start } from "./jiraSite.ts";

describe("the search", () => {
	test("knows an issue two seconds later, while its key is read at once", async () => {
		const { post, search, get, later } = site();
		await post("/issue", { fields });
		expect((await get("/issue/OPS-1")).status).toBe(200);
		await later(1);
		expect(await (await search('labels = "inc:1:k"')).json()).toEqual({ issues: [], isLast: true });
		await later(1);
		expect(await (await search('labels = "inc:1:k"')).json()).toEqual({
			issues: [
				{
					id: "10000",
					key: "OPS-1",
					self: `${base}/issue/10000`,
					fields: {
						labels: ["inc:1:k"],
						status: expect.objectContaining({ name: "To Do" }),
						created: "2026-11-24T11:00:00.000+0100",
						updated: "2026-11-24T11:00:00.000+0100",
					},
				},
			],
			isLast: true,
		});
	});

	test("tells what was, until it hears of a change; its delay can be longer", async () => {
		const { post, found, later, world } = site();
		await post("/issue", { fields });
		await later(2);
		world.delayIndex(60_000);
		await post("/issue/OPS-1/transitions", { transition: { id: "31" } });
		const category = async () => (await found('labels = "inc:1:k"')).issues[0]?.fields.status.statusCategory.key;
		await later(59);
		expect(await category()).toBe("new");
		await later(1);
		expect(await category()).toBe("done");
	});

	test("compares, orders, and gives as many as were asked for", async () => {
		const { post, found, later } = site();
		await post("/issue", { fields });
		await later(1);
		await post("/issue", { fields });
		await post("/issue", { fields: { ...fields, project: { key: "TEL" } } });
		await later(2);
		const keys = async (jql: string, more?: string) => {
			const { issues, isLast } = await found(jql, more);
			return [...issues.map(({ key }) => key), isLast];
		};
		expect(await keys('project = "ops" AND labels = "inc:1:k" ORDER BY created DESC')).toEqual(["OPS-2", "OPS-1", true]);
		expect(await keys("project = OPS order by created asc")).toEqual(["OPS-1", "OPS-2", true]);
		expect(await keys('labels = "inc:1:k" AND project != TEL', "&maxResults=1&fields=status")).toEqual(["OPS-2", false]);
		expect(await keys('statusCategory != Done AND labels = "inc:1:other"')).toEqual([true]);
		expect(await keys(`statusCategory = 'To Do' AND project = TEL`)).toEqual(["TEL-1", true]);
	});

	test("can be asked by POST, and gives no field that was not asked for", async () => {
		const { post, later } = site();
		await post("/issue", { fields });
		await later(2);
		const answer = await post("/search/jql", { jql: "project = OPS", maxResults: 1 });
		expect(await answer.json()).toMatchObject({ issues: [{ key: "OPS-1", fields: {} }] });
		expect(await (await post("/search/jql", { jql: "project = OPS", fields: ["summary"] })).json()).toMatchObject({
			issues: [{ fields: { summary: "Trunk is down" } }],
		});
	});

	test.each([
		{ jql: "", said: "Unbounded JQL queries are not allowed here. Please add a search restriction to your query." },
		{ jql: "ORDER BY created DESC", said: "Unbounded JQL queries are not allowed here. Please add a search restriction to your query." },
		{ jql: 'project = "NO"', said: "The value 'NO' does not exist for the field 'project'." },
		{ jql: "colour = red", said: "Field 'colour' does not exist or you do not have permission to view it." },
		{ jql: "project = OPS ORDER BY rank", said: "Not able to sort using field 'rank'." },
		{ jql: 'labels = "x', said: "Error in the JQL Query: The quoted string 'x' has not been completed. (line 1, character 10)" },
		{
			jql: "labels = a@b",
			said: "Error in the JQL Query: The character '@' is a reserved JQL character. You must enclose it in a string or use the escape '\\u0040' instead. (line 1, character 11)",
		},
		{ jql: "labels", said: "Error in the JQL Query: Expecting operator before the end of the query. (line 1, character 1)" },
		{
			jql: "labels =",
			said: "Error in the JQL Query: Expecting either a value, list or function before the end of the query. (line 1, character 1)",
		},
		{ jql: "labels = a b", said: "Error in the JQL Query: Expecting either 'OR' or 'AND' but got 'b'. (line 1, character 12)" },
		{ jql: "labels = a AND", said: "Error in the JQL Query: Expecting a field name before the end of the query. (line 1, character 1)" },
	])("answers 400 to $jql", async ({ jql, said }) => {
		const { search } = site();
		const answer = await search(jql);
		expect(answer.status).toBe(400);
		expect(await answer.json()).toEqual({ errorMessages: [said], errors: {} });
	});

	test.each(["0", "5001", "many"])("answers 400 to a page of %s", async (size) => {
		const { search } = site();
		expect((await search("project = OPS", `&maxResults=${size}`)).status).toBe(400);
	});

	test("of old is gone", async () => {
		const { get, post } = site();
		for (const answer of [await get("/search?jql=project=OPS"), await post("/search", { jql: "project = OPS" })]) {
			expect(answer.status).toBe(410);
			expect(await answer.json()).toMatchObject({ errorMessages: [expect.stringContaining("The requested API has been removed.")] });
		}
	});
});

describe("who asks", () => {
	test("is somebody with the token of the account", async () => {
		const { get } = site();
		expect((await get("/myself")).status).toBe(200);
	});

	test.each(["", "Basic wrong", "Bearer token"])(
		"is a stranger with '%s': it finds nothing, sees nothing and makes nothing",
		async (shown) => {
			const { get, post, search, later, world } = site();
			await post("/issue", { fields });
			await later(2);
			const found = await get(`/search/jql?jql=${encodeURIComponent('labels = "inc:1:k"')}`, shown);
			expect([found.status, await found.json()]).toEqual([200, { issues: [], isLast: true }]);
			expect(found.headers.get("x-seraph-loginreason")).toBe("AUTHENTICATED_FAILED");
			expect((await search('labels = "inc:1:k"')).status).toBe(200);
			expect((await get("/issue/OPS-1", shown)).status).toBe(404);
			expect((await post("/issue/OPS-1/transitions", { transition: { id: "31" } }, shown)).status).toBe(404);
			expect((await post("/issue", { fields }, shown)).status).toBe(401);
			expect((await get("/myself", shown)).status).toBe(401);
			expect(world.issues()).toHaveLength(1);
		},
	);

	test("is a stranger while the token is revoked", async () => {
		const { get, world } = site();
		const end = world.revoke();
		expect((await get("/myself")).status).toBe(401);
		end();
		expect((await get("/myself")).status).toBe(200);
	});

	test("too often is told when to come back: for each endpoint and method", async () => {
		const { get, later } = site();
		for (let asked = 0; asked < 100; asked += 1) expect((await get("/issue/OPS-1")).status).toBe(404);
		const refused = await get("/issue/OPS-2");
		expect([refused.status, refused.headers.get("retry-after"), refused.headers.get("ratelimit-reason")]).toEqual([
			429,
			"1",
			"jira-burst-based",
		]);
		expect((await get("/myself")).status).toBe(200);
		await later(1);
		expect((await get("/issue/OPS-1")).status).toBe(404);
	});

	test("for what there is not is answered 404", async () => {
		const { get, fetch } = site();
		const answer = await get("/sprints");
		expect([answer.status, await answer.json()]).toEqual([404, { message: `null for uri: ${base}/sprints`, "status-code": 404 }]);
		expect((await fetch(new Request("https://acme.atlassian.net/"))).status).toBe(404);
	});
});

describe("the world", () => {
	test("answers in the vendor's stead until that ends", async () => {
		const { get, world } = site();
		const end = world.addFault(503);
		const answer = await get("/myself");
		expect([answer.status, await answer.json()]).toEqual([503, { errorMessages: ["injected"], errors: {} }]);
		end();
		expect((await get("/myself")).status).toBe(200);
	});

	test("has people who take an issue over, give it back and end it", async () => {
		const { post, world, later } = site();
		await post("/issue", { fields });
		await later(5);
		expect(world.acknowledge("OPS", "Ada")).toHaveLength(1);
		expect(world.issues()[0]).toMatchObject({ status: { category: "indeterminate" }, assignee: "Ada", answeredAt: start + 5000 });
		expect(world.unacknowledge("OPS")).toHaveLength(1);
		expect(world.issues()[0]?.answeredAt).toBeUndefined();
		expect(world.act("reassign", "OPS", "Alex")[0]?.assignee).toBe("Alex");
		expect(world.act("resolve", "OPS", "Alex")[0]).toMatchObject({ status: { category: "done" }, resolvedAt: start + 5000 });
		expect(world.act("resolve", "OPS", "Alex")).toEqual([]);
		expect(world.acknowledge("TEL", "Ada")).toEqual([]);
	});

	test("has people who delete an issue: it is gone at once, and from the search a little later", async () => {
		const { post, get, search, world, later } = site();
		await post("/issue", { fields });
		await later(2);
		expect(world.act("delete", "OPS", "Ada")).toHaveLength(1);
		expect((await get("/issue/OPS-1")).status).toBe(404);
		await later(2);
		expect(await (await search("project = OPS")).json()).toEqual({ issues: [], isLast: true });
		await post("/issue", { fields });
		expect(world.issues().map(({ key }) => key)).toEqual(["OPS-1", "OPS-2"]);
	});

	test("has nobody who snoozes or merges", async () => {
		const { post, world } = site();
		await post("/issue", { fields });
		for (const what of ["snooze", "merge"] as const)
			expect(() => world.act(what, "OPS", "Ada")).toThrow(`expected resolve, reassign or delete, got ${what}`);
	});

	test("issues the same token in every run", () => {
		expect(site().token).toBe(site().token);
		expect(site().token).toHaveLength(40);
	});
});
