import { describe, expect, test } from "vitest";
import { servicenow } from "../../../rehearsal/vendors/servicenow.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { account, draft, key, network, resultOf, start } from "./servicenowInstance.ts";

describe("a user", () => {
	test.each(["", `Basic ${btoa("runbooks:wrong")}`, `Basic ${btoa("runbooks:")}`, "Bearer PLANTED-token"])(
		"is answered 401 for '%s'",
		async (authorization) => {
			const answer = await account().ask("GET", "incident", undefined, authorization);
			expect(answer.status).toBe(401);
			expect(await answer.json()).toEqual({
				error: { message: "User Not Authenticated", detail: "Required to provide Auth information" },
				status: "failure",
			});
		},
	);

	test("is locked out and let in again", async () => {
		const { ask, world } = account();
		const end = world.lockUsers();
		expect((await ask("GET", "incident")).status).toBe(401);
		end();
		expect((await ask("GET", "incident")).status).toBe(200);
	});

	test("is limited by the hour where an administrator has made a rule", async () => {
		const { ask, later } = account(2);
		await later(3590);
		const statuses = [];
		for (let sent = 0; sent < 3; sent += 1) statuses.push((await ask("GET", "incident")).status);
		expect(statuses).toEqual([200, 200, 429]);
		const refused = await ask("GET", "incident");
		expect(["limit", "reset", "rule"].map((name) => refused.headers.get(`x-ratelimit-${name}`))).toEqual([
			"2",
			`${(start + 3_600_000) / 1000}`,
			expect.stringMatching(/^[0-9a-f]{32}$/),
		]);
		expect(refused.headers.get("retry-after")).toBe("10");
		await later(10);
		expect((await ask("GET", "incident")).status).toBe(200);
	});
});

describe("an instance", () => {
	test("that hibernates answers everything 200 with a page for people, until it is woken", async () => {
		const { post, world } = account();
		const wake = world.hibernate();
		const answer = await post(draft);
		expect({ status: answer.status, type: answer.headers.get("content-type") }).toEqual({ status: 200, type: "text/html;charset=UTF-8" });
		expect(await answer.text()).toContain("hibernating");
		wake();
		expect((await post(draft)).status).toBe(201);
		expect(world.incidents()).toHaveLength(1);
	});

	test("answers with what is broken until it ends, and has no other faults", async () => {
		const { post, world } = account();
		const end = world.begin({ does: "answers", status: 503 });
		expect((await post(draft)).status).toBe(503);
		end();
		expect((await post(draft)).status).toBe(201);
		expect(() => world.begin({ does: "groups" })).toThrow("Expected a fault of ServiceNow, got groups");
	});

	test.each(["loses", "in-maintenance"] as const)(
		"has nothing of what it answers 201 where a rule of its own keeps it (%s)",
		async (does) => {
			const { post, ask, listed, world } = account();
			const end = world.begin({ does });
			const answer = await post(draft);
			expect(answer.status).toBe(201);
			const { sys_id: sysId } = await resultOf(answer);
			expect((await ask("GET", `incident/${sysId}`)).status).toBe(404);
			end();
			await post(draft);
			expect(await listed("")).toMatchObject([{ number: "INC0010002" }]);
			expect(world.incidents()).toHaveLength(1);
		},
	);

	test("knows no other table, and no other resource", async () => {
		const { ask, fetch } = account();
		const answer = await ask("GET", "problem/0");
		expect(answer.status).toBe(400);
		expect(await answer.json()).toMatchObject({ error: { message: "Invalid table problem" }, status: "failure" });
		expect((await fetch(new Request("https://customer.service-now.com/api/now/v9"))).status).toBe(400);
	});
});

describe("a person", () => {
	test("takes what is new for a group, and takes that back", async () => {
		const { post, world, listed } = account();
		await post(draft);
		await post({ short_description: "of another group" });
		expect(world.change("network", "acknowledge", "ada")).toBe(1);
		expect(world.change("network", "acknowledge", "ada")).toBe(0);
		expect(await listed("state=2")).toMatchObject([{ assigned_to: "ada", sys_updated_by: "ada" }]);
		expect(world.change("network", "unacknowledge", "ada")).toBe(1);
		expect(await listed("state=2")).toEqual([]);
		expect(world.incidents()[0]).not.toHaveProperty("answeredAt");
		expect(() => world.change("typo", "acknowledge", "ada")).toThrow('expected a registered group, got "typo"; allowed: network');
	});

	test("holds, hands on, merges, resolves and deletes what is open for a group", async () => {
		const { post, world, listed } = account();
		await post(draft);
		expect(world.act("reassign", "network", "bo")).toBe(1);
		const [handedOn] = await listed("state=1");
		expect(handedOn?.assignment_group).not.toBe(network);
		expect(world.act("snooze", "network", "bo")).toBe(1);
		expect(await listed("state=3")).toMatchObject([{ hold_reason: "1", sys_updated_by: "bo" }]);
		expect(world.act("merge", "network", "bo")).toBe(1);
		const [child, parent] = await listed("state=2");
		expect(child?.parent_incident).toBe(parent?.sys_id);
		expect(world.act("resolve", "network", "bo")).toBe(1);
		expect(await listed("state=6")).toMatchObject([{ correlation_id: key, close_code: "Solution provided" }]);
		expect(world.act("delete", "network", "bo")).toBe(0);
		await post(draft);
		expect(world.act("delete", "network", "bo")).toBe(1);
		expect(await listed(`correlation_id=${key}`)).toMatchObject([{ state: "6" }]);
	});

	test("is seen in what arrived; what people made themselves is no page", async () => {
		const clock = new VirtualClock(start);
		const opened = servicenow.open({ clock, ...servicenow.demo });
		const headers = {
			authorization: `Basic ${btoa(`${servicenow.demo.account.userName}:${opened.secrets["servicenow-password"]}`)}`,
			"content-type": "application/json",
		};
		const body = JSON.stringify({ ...draft, description: "d" });
		const page = () =>
			opened.fetch(new Request(`https://${opened.hosts.instance}/api/now/table/incident`, { method: "POST", headers, body }));
		await page();
		await clock.run(start + 5000);
		expect([opened.acknowledge("network", "ada"), opened.act("merge", "network", "ada")]).toEqual([1, 1]);
		await clock.run(start + 6000);
		opened.act("delete", "network", "ada");
		const arrival = {
			place: "network",
			kind: "page",
			at: start,
			text: "SIP trunk down",
			arrived: true,
			record: { key, details: { description: "d" } },
			answeredAt: start + 5000,
			resolvedAt: start + 6000,
		};
		expect(opened.arrivals()).toEqual([arrival]);
		const end = opened.begin({ does: "in-maintenance" });
		await page();
		end();
		const unlock = opened.refuse();
		expect((await page()).status).toBe(401);
		unlock();
		await page();
		expect([opened.acknowledge("network", "ada"), opened.unacknowledge("network", "ada")]).toEqual([1, 1]);
		expect(opened.arrivals()).toEqual([arrival, expect.not.objectContaining({ answeredAt: expect.anything() })]);
	});
});
