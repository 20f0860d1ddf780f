import { describe, expect, test } from "vitest";
import { createJiraDataCenter } from "../../../rehearsal/vendors/jira/dataCenter.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

const start = Date.UTC(2026, 10, 24, 10);
const address = "https://jira.example.com/jira";
const base = `${address}/rest/api/2`;
const fields = {
	project: { key: "OPS" },
	issuetype: { name: "Task" },
	summary: "Trunk is down",
	description: "since ten\nat two edges",
	labels: ["inc:1:k"],
};

function installation() {
	const clock = new VirtualClock(start);
	const { fetch, world, token, host } = createJiraDataCenter({ clock, address, projects: ["OPS"] });
	const get = (path: string, authorization = `Bearer ${token}`) => fetch(new Request(`${base}${path}`, { headers: { authorization } }));
	const post = (path: string, body: unknown) =>
		fetch(
			new Request(`${base}${path}`, {
				method: "POST",
				headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
				body: JSON.stringify(body),
			}),
		);
	const move = async (id: string, more: object = {}) => (await post("/issue/OPS-1/transitions", { transition: { id }, ...more })).status;
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	return { fetch, world, token, host, get, post, move, later };
}

describe("an issue", () => {
	test("has a text for its description, and is found under the context path", async () => {
		const { post, get, later } = installation();
		expect(await (await post("/issue", { fields })).json()).toEqual({ id: "10000", key: "OPS-1", self: `${base}/issue/10000` });
		await later(2);
		const jql = encodeURIComponent('labels = "inc:1:k" AND project = OPS');
		expect(await (await get(`/search?jql=${jql}&maxResults=1`)).json()).toMatchObject({
			startAt: 0,
			total: 1,
			issues: [{ key: "OPS-1", fields: { description: fields.description, created: "2026-11-24T10:00:00.000+0000" } }],
		});
		expect(await (await get(`/search?jql=${jql}&fields=status`)).json()).toMatchObject({
			issues: [{ key: "OPS-1", fields: { status: {} } }],
		});
	});

	test("is not found where the path is another, or the API of Cloud", async () => {
		const { post, get, fetch } = installation();
		await post("/issue", { fields });
		expect((await get("/search/jql?jql=project=OPS")).status).toBe(404);
		expect((await fetch(new Request("https://jira.example.com/rest/api/2/issue/OPS-1"))).status).toBe(404);
	});

	test("is refused with a document for its description, and with a long summary", async () => {
		const { post } = installation();
		const refused = await post("/issue", { fields: { ...fields, summary: "s".repeat(256), description: { type: "doc" } } });
		expect([refused.status, await refused.json()]).toEqual([
			400,
			{
				errorMessages: [],
				errors: { summary: "Summary must be less than 255 characters.", description: "Operation value must be a string" },
			},
		]);
	});

	test("may be searched for without a condition, as Cloud does not allow", async () => {
		const { get } = installation();
		expect((await get("/search?jql=")).status).toBe(200);
		expect((await get("/search?jql=&maxResults=1001")).status).toBe(400);
	});
});

describe("a transition", () => {
	test("depends on the status, and keeps a comment where it has a screen", async () => {
		const { post, move, world } = installation();
		await post("/issue", { fields });
		expect(await move("301")).toBe(400);
		expect(await move("4", { update: { comment: [{ add: { body: "at it" } }] } })).toBe(204);
		expect(await move("4")).toBe(400);
		expect(world.issues()[0]).toMatchObject({ status: { name: "In Progress" }, comments: [] });
		expect(await move("5", { update: { comment: [{ add: { body: "over" } }] } })).toBe(204);
		expect(world.issues()[0]).toMatchObject({ status: { name: "Resolved", category: "done" }, comments: ["over"] });
		expect(await move("5")).toBe(400);
		expect(await move("3", { update: { comment: [{ add: { body: { type: "doc" } } }] } })).toBe(400);
		expect(await move("3")).toBe(204);
		expect(world.issues()[0]?.resolvedAt).toBeUndefined();
	});

	test("is what people do, by the same workflow", async () => {
		const { post, world } = installation();
		await post("/issue", { fields });
		expect(world.acknowledge("OPS", "Ada")).toHaveLength(1);
		expect(world.unacknowledge("OPS")[0]?.status.name).toBe("Open");
	});
});

describe("who asks", () => {
	test.each(["", "Bearer wrong", "Basic b25jYWxs"])("is answered 401 with '%s', whatever it asks", async (shown) => {
		const { get } = installation();
		for (const path of ["/myself", "/search?jql=project=OPS", "/issue/OPS-1"]) {
			const answer = await get(path, shown);
			expect([answer.status, await answer.json()]).toEqual([
				401,
				{ message: "Client must be authenticated to access this resource.", "status-code": 401 },
			]);
		}
	});

	test("too often in a minute is told in HTML when to come back", async () => {
		const { get, later } = installation();
		for (let asked = 0; asked < 300; asked += 1) expect((await get("/myself")).status).toBe(200);
		const refused = await get("/myself");
		expect([refused.status, refused.headers.get("retry-after"), refused.headers.get("x-ratelimit-remaining")]).toEqual([429, "60", "0"]);
		expect(refused.headers.get("content-type")).toBe("text/html");
		await later(60);
		expect((await get("/myself")).status).toBe(200);
	});
});
