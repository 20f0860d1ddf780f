import { describe, expect, test } from "vitest";
import { createOpsgenie } from "../../../rehearsal/vendors/opsgenie/api.ts";
import { opsgenie } from "../../../rehearsal/vendors/opsgenie.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

const start = Date.UTC(2026, 10, 24, 10);
const alias = "inc:1:dev:trunk-down:b1:1:1";
const draft = { message: "SIP trunk down", alias, priority: "P2", entity: "Frankfurt", tags: ["t"], details: { tier: "1" } };

type Json = Readonly<Record<string, unknown>>;
const jsonOf = async (answer: Response): Promise<Json> => ({ ...Object(await answer.json()) });

function account() {
	const clock = new VirtualClock(start);
	const { fetch, world } = createOpsgenie({ clock, region: "us" });
	const key = world.addTeam("primary");
	const ask = (method: string, path: string, body?: unknown, authorization = `GenieKey ${key}`, host = "api.opsgenie.com") =>
		fetch(
			new Request(`https://${host}${path}`, {
				method,
				headers: { authorization, ...(body === undefined ? {} : { "content-type": "application/json" }) },
				...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
			}),
		);
	const post = (path: string, body?: unknown) => ask("POST", `/v2/alerts${path}`, body);
	const list = async (query: string, more = "") => {
		const answer = await ask("GET", `/v2/alerts?${new URLSearchParams({ query })}${more}`);
		const json = await jsonOf(answer);
		return { status: answer.status, message: json.message, data: Array.isArray(json.data) ? json.data : [] };
	};
	const requested = async (id: unknown) => jsonOf(await ask("GET", `/v2/alerts/requests/${id}`));
	return { clock, world, key, ask, post, list, requested, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}

const byAlias = (action: string) => `/${encodeURIComponent(alias)}/${action}?identifierType=alias`;

describe("a request to create an alert", () => {
	test("is answered 202 with its id, and done two seconds later", async () => {
		const { post, ask, requested, world, later } = account();
		const answer = await post("", draft);
		expect(answer.status).toBe(202);
		expect(answer.headers.get("x-ratelimit-state")).toBe("OK");
		const { requestId, ...accepted } = await jsonOf(answer);
		expect(accepted).toEqual({ result: "Request will be processed", took: 0.01 });
		const early = await ask("GET", `/v2/alerts/requests/${requestId}`);
		expect(early.status).toBe(404);
		expect(await early.json()).toMatchObject({ message: "Request not found. It might not be processed, yet." });
		await later(2);
		expect(world.alerts()).toMatchObject([{ tinyId: "1", alias, team: "primary", status: "open", count: 1 }]);
		const alertId = world.alerts()[0]?.id;
		expect(await requested(requestId)).toMatchObject({
			data: { isSuccess: true, action: "Create", alias, alertId, processedAt: "2026-11-24T10:00:02.000Z" },
		});
	});

	test("under the alias of an open alert is one more occurrence of it; after its end it is a new alert", async () => {
		const { post, list, world, later } = account();
		await post("", draft);
		await later(2);
		await post("", draft);
		await later(2);
		expect(world.alerts().map(({ count }) => count)).toEqual([2]);
		await post(byAlias("close"), {});
		await later(2);
		await post("", draft);
		await later(2);
		const { data } = await list(`alias:"${alias}"`);
		expect(data).toMatchObject([
			{ tinyId: "2", status: "open", count: 1 },
			{ tinyId: "1", status: "closed", count: 2 },
		]);
	});

	test("without an alias makes an alert whose alias is its id, of priority P3", async () => {
		const { post, world, later } = account();
		await post("", { message: "m", note: "n" });
		await later(2);
		const [alert] = world.alerts();
		expect(alert?.alias).toBe(alert?.id);
		expect(alert).toMatchObject({ priority: "P3", notes: ["n"] });
	});

	test.each([
		{ change: { message: "" }, errors: { message: "Message can not be empty." } },
		{ change: { message: "m".repeat(131) }, errors: { message: "Message can not be longer than 130 characters." } },
		{ change: { alias: "a".repeat(513) }, errors: { alias: "Alias can not be longer than 512 characters." } },
		{ change: { description: "d".repeat(15_001) }, errors: { description: "Description can not be longer than 15000 characters." } },
		{ change: { entity: 1 }, errors: { entity: "Entity should be a text." } },
		{ change: { priority: "high" }, errors: { priority: "Priority should be one of [P1, P2, P3, P4, P5]" } },
		{ change: { tags: ["t".repeat(51)] }, errors: { tags: "Tags are not valid." } },
		{ change: { details: { tier: 1 } }, errors: { details: "Details are not valid." } },
	])("is answered 422 with $errors", async ({ change, errors }) => {
		const { post, world, later } = account();
		const answer = await post("", { ...draft, ...change });
		expect(answer.status).toBe(422);
		expect(await answer.json()).toMatchObject({ message: "Request body is not processable. Please check the errors.", errors });
		await later(10);
		expect(world.alerts()).toEqual([]);
	});

	test("is answered 400 where it is no JSON, and 415 where it does not say that it is", async () => {
		const { post, ask } = account();
		expect((await post("", "text")).status).toBe(400);
		expect((await ask("POST", "/v2/alerts")).status).toBe(415);
	});
});

describe("an open alert", () => {
	test("is acknowledged and closed by its alias, later, and its report says by whom", async () => {
		const { post, list, later } = account();
		await post("", draft);
		await later(2);
		expect((await post(byAlias("acknowledge"), { user: "runbooks", note: "n" })).status).toBe(202);
		expect((await list(`alias:"${alias}"`)).data).toMatchObject([{ acknowledged: false }]);
		await later(2);
		expect((await list(`alias:"${alias}"`)).data).toMatchObject([
			{ status: "open", acknowledged: true, owner: "runbooks", report: { acknowledgedBy: "runbooks" } },
		]);
		await post(byAlias("close"));
		await later(2);
		expect((await list(`alias:"${alias}"`)).data).toMatchObject([
			{ status: "closed", report: { acknowledgedBy: "runbooks", closedBy: "Alert API", closeTime: 4000 } },
		]);
	});

	test("is got by id, tiny id and alias; by alias only while it is open", async () => {
		const { post, ask, world, later } = account();
		await post("", { ...draft, description: "d" });
		await later(2);
		const one = (identifier: string, type: string) => ask("GET", `/v2/alerts/${encodeURIComponent(identifier)}?identifierType=${type}`);
		const id = world.alerts()[0]?.id ?? "";
		expect(await (await one(alias, "alias")).json()).toMatchObject({ data: { id, description: "d", details: { tier: "1" } } });
		expect((await one("1", "tiny")).status).toBe(200);
		expect((await one("1", "colour")).status).toBe(422);
		await post(byAlias("close"), {});
		await later(2);
		expect((await one(alias, "alias")).status).toBe(404);
		expect((await one(id, "id")).status).toBe(200);
	});

	test("that there is not changes nothing, which only the status of the request says", async () => {
		const { post, requested, later } = account();
		const { requestId } = await jsonOf(await post(byAlias("close"), {}));
		await later(2);
		expect(await requested(requestId)).toMatchObject({ data: { isSuccess: false, status: "Alert does not exist", action: "Close" } });
		expect((await post("/x/close?identifierType=colour", {})).status).toBe(422);
		expect((await post(byAlias("close"), { user: "u".repeat(101) })).status).toBe(422);
	});
});

describe("the list of alerts", () => {
	test("is of those that every condition holds of, the newest first", async () => {
		const { post, list, later } = account();
		for (const name of ["one", "two", "three"]) {
			await post("", { message: name, alias: `a:${name}` });
			await later(2);
		}
		await post("/a%3Aone/close?identifierType=alias", {});
		await later(2);
		const messages = async (query: string, more?: string) =>
			(await list(query, more)).data.map(({ message }: { message: string }) => message);
		expect(await messages("")).toEqual(["three", "two", "one"]);
		expect(await messages("status:open")).toEqual(["three", "two"]);
		expect(await messages('status: open AND alias: "a:two"')).toEqual(["two"]);
		expect(await messages("", "&limit=1")).toEqual(["three"]);
		expect(await messages("", "&limit=1&offset=1&order=asc")).toEqual(["two"]);
		expect(await messages("", "&sort=updatedAt&limit=1")).toEqual(["one"]);
		expect((await list("", "&limit=101")).status).toBe(422);
	});

	test.each(["alias:a:one", "colour:red", "alias", 'alias:"a" OR alias:"b"'])("is refused for the query %s", async (query) => {
		expect(await account().list(query)).toMatchObject({ status: 422, message: "Search query is not valid!" });
	});
});

describe("a key", () => {
	test.each([
		{ authorization: "", status: 401 },
		{ authorization: "Bearer PLANTED-token", status: 401 },
		{ authorization: "GenieKey PLANTED-token", status: 422 },
		{ authorization: "GenieKey 00000000-0000-4000-8000-000000000000", status: 401 },
	])("'$authorization' is answered $status", async ({ authorization, status }) => {
		const { ask } = account();
		const answer = await ask("GET", "/v2/alerts", undefined, authorization);
		expect(answer.status).toBe(status);
		expect(await answer.json()).toMatchObject({ message: status === 401 ? "Could not authenticate" : "Key format is not valid!" });
	});

	test("is none in the other region, nor while it is revoked", async () => {
		const { ask, world, key } = account();
		expect((await ask("GET", "/v2/alerts", undefined, `GenieKey ${key}`, "api.eu.opsgenie.com")).status).toBe(401);
		const end = world.revokeKey("primary");
		expect((await ask("GET", "/v2/alerts")).status).toBe(401);
		end();
		expect((await ask("GET", "/v2/alerts")).status).toBe(200);
		expect(() => world.revokeKey("typo")).toThrow('Opsgenie: expected a registered team, got "typo"; allowed: primary');
	});

	test("is throttled after its requests of a minute", async () => {
		const { ask, later } = account();
		for (let sent = 0; sent < 300; sent += 1) await ask("GET", "/v2/alerts");
		const refused = await ask("GET", "/v2/alerts");
		expect(refused.status).toBe(429);
		expect(["state", "reason", "period-in-sec"].map((name) => refused.headers.get(`x-ratelimit-${name}`))).toEqual([
			"THROTTLED",
			"ACCOUNT",
			"60",
		]);
		await later(60);
		expect((await ask("GET", "/v2/alerts")).status).toBe(200);
	});
});

describe("a fault", () => {
	test("answers in the vendor's stead until it ends", async () => {
		const { post, world } = account();
		const end = world.begin({ does: "answers", status: 503 });
		expect((await post("", draft)).status).toBe(503);
		end();
		expect((await post("", draft)).status).toBe(202);
		world.begin({ does: "answers", status: 500, host: "another" });
		expect((await post("", draft)).status).toBe(202);
		expect(() => world.begin({ does: "leaves-at-sent" })).toThrow("Expected a fault of Opsgenie, got leaves-at-sent");
	});

	test.each([
		{ does: "loses", known: 404 },
		{ does: "in-maintenance", known: 200 },
	] as const)("of kind $does accepts and makes nothing", async ({ does, known }) => {
		const { post, ask, world, later } = account();
		world.begin({ does });
		const answer = await post("", draft);
		expect(answer.status).toBe(202);
		const { requestId } = await jsonOf(answer);
		await later(60);
		expect(world.alerts()).toEqual([]);
		expect((await ask("GET", `/v2/alerts/requests/${requestId}`)).status).toBe(known);
	});

	test("that groups folds what is accepted into another alert", async () => {
		const { post, list, later, world } = account();
		world.begin({ does: "groups" });
		await post("", draft);
		await post("", { ...draft, alias: "another" });
		await later(2);
		expect((await list(`alias:"${alias}"`)).data).toEqual([]);
		expect(world.alerts()).toMatchObject([{ alias: "grouped", count: 2 }]);
	});
});

describe("a person", () => {
	test("answers, takes the answer back, snoozes, reassigns, resolves and deletes what is open for a team", async () => {
		const { post, list, later, world } = account();
		await post("", draft);
		await later(2);
		expect(world.change("primary", "acknowledge", "Ada")).toBe(1);
		expect(world.change("primary", "acknowledge", "Ada")).toBe(0);
		expect(world.change("primary", "unacknowledge", "Ada")).toBe(1);
		expect(world.alerts()).toMatchObject([{ acknowledged: false, owner: "" }]);
		expect(world.alerts()[0]).not.toHaveProperty("answeredAt");
		const acts = ["snooze", "reassign", "resolve"] as const;
		expect(acts.map((what) => world.act(what, "primary", "Bo"))).toEqual([1, 1, 1]);
		expect((await list("status:closed")).data).toMatchObject([{ snoozed: true, owner: "Bo", report: { closedBy: "Bo" } }]);
		expect(world.act("delete", "primary", "Bo")).toBe(0);
		await post("", draft);
		await later(2);
		expect(world.act("delete", "primary", "Bo")).toBe(1);
		expect((await list("status:open")).data).toEqual([]);
		expect(() => world.act("merge", "primary", "Bo")).toThrow("expected resolve, snooze, reassign or delete, got merge");
	});

	test("is seen in what arrived", async () => {
		const clock = new VirtualClock(start);
		const opened = opsgenie.open({ clock, ...opsgenie.demo });
		const key = opened.secrets["opsgenie-primary-apiKey"];
		const headers = { authorization: `GenieKey ${key}`, "content-type": "application/json" };
		await opened.fetch(new Request("https://api.opsgenie.com/v2/alerts", { method: "POST", headers, body: JSON.stringify(draft) }));
		await clock.run(start + 5000);
		opened.acknowledge("primary", "Ada");
		opened.act("resolve", "primary", "Ada");
		expect(opened.arrivals()).toEqual([
			{
				place: "primary",
				kind: "page",
				at: start + 2000,
				text: "SIP trunk down",
				arrived: true,
				record: { key: alias, source: "Frankfurt", details: { tier: "1" } },
				answeredAt: start + 5000,
				resolvedAt: start + 5000,
			},
		]);
	});
});

test("every other call is answered 404", async () => {
	const { ask } = account();
	expect((await ask("GET", "/v2/teams")).status).toBe(404);
	expect((await ask("POST", "/v1/json/alert", {})).status).toBe(404);
});
