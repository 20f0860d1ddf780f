import { describe, expect, test } from "vitest";
import { createJsm } from "../../../rehearsal/vendors/jsm/api.ts";
import { jsm } from "../../../rehearsal/vendors/jsm.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

const start = Date.UTC(2026, 10, 24, 10);
const cloudId = "11111111-2222-4333-8444-555555555555";
const email = "reader@example.com";
const alias = "inc:1:dev:trunk-down:b1:1:1";
const draft = { message: "SIP trunk down", alias, priority: "P2", entity: "Frankfurt" };

type Json = Readonly<Record<string, unknown>>;
const jsonOf = async (answer: Response): Promise<Json> => ({ ...Object(await answer.json()) });

function site() {
	const clock = new VirtualClock(start);
	const { fetch, world } = createJsm({ clock, cloudId, email });
	const { integrationKey, apiToken } = world.addTeam("primary");
	const post = (path: string, body: unknown = {}, authorization = `GenieKey ${integrationKey}`) =>
		fetch(
			new Request(`https://api.atlassian.com/jsm/ops/integration/v2/alerts${path}`, {
				method: "POST",
				headers: { authorization, "content-type": "application/json" },
				body: JSON.stringify(body),
			}),
		);
	const get = (query: Readonly<Record<string, string>>, authorization = `Basic ${btoa(`${email}:${apiToken}`)}`, site = cloudId) =>
		fetch(
			new Request(`https://api.atlassian.com/jsm/ops/api/${site}/v1/alerts?${new URLSearchParams(query)}`, { headers: { authorization } }),
		);
	const requested = (id: unknown) =>
		fetch(
			new Request(`https://api.atlassian.com/jsm/ops/integration/v2/alerts/requests/${id}`, {
				headers: { authorization: `GenieKey ${integrationKey}` },
			}),
		);
	return {
		clock,
		world,
		integrationKey,
		apiToken,
		post,
		get,
		requested,
		later: (seconds: number) => clock.run(clock.now() + seconds * 1000),
	};
}

describe("integration events", () => {
	test("are accepted with the id of a request, and done two seconds later", async () => {
		const { post, get, requested, later } = site();
		const answer = await post("", draft);
		expect(answer.status).toBe(202);
		const { requestId, result } = await jsonOf(answer);
		expect(result).toBe("Request will be processed");
		expect((await requested(requestId)).status).toBe(404);
		expect(await (await get({})).json()).toEqual({ values: [], links: {}, count: 0 });
		await later(2);
		expect(await (await requested(requestId)).json()).toMatchObject({ data: { isSuccess: true, alias } });
		expect(await (await get({ query: `alias:"${alias}"` })).json()).toMatchObject({
			values: [
				{
					tinyId: "1",
					alias,
					message: "SIP trunk down",
					status: "open",
					acknowledged: false,
					count: 1,
					createdAt: "2026-11-24T10:00:02.000Z",
				},
			],
			count: 1,
		});
	});

	test("acknowledge and close an alert by its alias; its list does not say by whom", async () => {
		const { post, get, later } = site();
		await post("", draft);
		await later(2);
		for (const action of ["acknowledge", "close"]) {
			expect((await post(`/${encodeURIComponent(alias)}/${action}?identifierType=alias`, { note: "n" })).status).toBe(202);
			await later(2);
		}
		const { values } = await jsonOf(await get({ query: `alias:"${alias}"` }));
		expect(values).toMatchObject([{ status: "closed", acknowledged: true, closeTime: "2026-11-24T10:00:06.000Z" }]);
		expect(JSON.stringify(values)).not.toContain("closedBy");
	});

	test("are refused with what is wrong with their fields", async () => {
		const answer = await site().post("", { ...draft, message: "m".repeat(131) });
		expect(answer.status).toBe(422);
		expect(await answer.json()).toMatchObject({ errors: { message: "Message can not be longer than 130 characters." } });
	});
});

describe("the list of alerts", () => {
	test("is the newest first, in pages", async () => {
		const { post, get, later } = site();
		for (const name of ["one", "two", "three"]) {
			await post("", { message: name, alias: `a:${name}` });
			await later(2);
		}
		const { values, links } = await jsonOf(await get({ size: "2", sort: "createdAt", order: "desc" }));
		expect(values).toMatchObject([{ message: "three" }, { message: "two" }]);
		expect(links).toEqual({ next: `/jsm/ops/api/${cloudId}/v1/alerts?offset=2&size=2` });
		expect(await (await get({ size: "1", order: "asc" })).json()).toMatchObject({ values: [{ message: "one" }] });
		expect((await get({ size: "0" })).status).toBe(422);
		expect((await get({ query: "alias:a:one" })).status).toBe(422);
	});

	test("is answered 429 after the requests of a minute", async () => {
		const { get } = site();
		for (let sent = 0; sent < 300; sent += 1) await get({});
		const refused = await get({});
		expect(refused.status).toBe(429);
		expect(refused.headers.get("retry-after")).toBe("60");
	});
});

describe("a credential", () => {
	test("is one of two: the key does not read, the token does not send", async () => {
		const { post, get, integrationKey, apiToken } = site();
		expect((await get({}, `GenieKey ${integrationKey}`)).status).toBe(401);
		expect((await post("", draft, `Basic ${btoa(`${email}:${apiToken}`)}`)).status).toBe(401);
		expect((await get({}, `Basic ${btoa(`another@example.com:${apiToken}`)}`)).status).toBe(401);
		expect((await get({}, undefined, "another-site")).status).toBe(404);
	});

	test("of a team is revoked whole", async () => {
		const { post, get, world } = site();
		const end = world.revokeKey("primary");
		expect([(await post("", draft)).status, (await get({})).status]).toEqual([401, 401]);
		end();
		expect([(await post("", draft)).status, (await get({})).status]).toEqual([202, 200]);
	});
});

describe("a fault", () => {
	test("is of one API, or of both", async () => {
		const { post, get, world } = site();
		const end = world.begin({ does: "answers", status: 503, host: "api" });
		expect([(await post("", draft)).status, (await get({})).status]).toEqual([202, 503]);
		end();
		world.begin({ does: "answers", status: 500, host: "integration" });
		expect([(await post("", draft)).status, (await get({})).status]).toEqual([500, 200]);
		world.begin({ does: "answers", status: 502 });
		expect((await get({})).status).toBe(502);
	});

	test.each(["loses", "in-maintenance"] as const)("of kind %s accepts and makes nothing", async (does) => {
		const { post, world, later } = site();
		world.begin({ does });
		expect((await post("", draft)).status).toBe(202);
		await later(60);
		expect(world.alerts()).toEqual([]);
	});
});

test("the emulator takes what is for alerts, shows what arrived, and lets people act", async () => {
	const clock = new VirtualClock(start);
	const opened = jsm.open({ clock, ...jsm.demo });
	const headers = { authorization: `GenieKey ${opened.secrets["jsm-primary-integrationKey"]}`, "content-type": "application/json" };
	const url = "https://api.atlassian.com/jsm/ops/integration/v2/alerts";
	const request = new Request(url, { method: "POST", headers, body: JSON.stringify(draft) });
	expect([request, new Request("https://api.atlassian.com/ex/jira/1/rest/api/3/issue")].map(opened.takes)).toEqual([true, false]);
	await opened.fetch(request);
	await clock.run(start + 5000);
	expect([opened.acknowledge("primary", "Ada"), opened.unacknowledge("primary", "Ada"), opened.act("delete", "primary", "Ada")]).toEqual([
		1, 1, 1,
	]);
	expect(opened.arrivals()).toMatchObject([{ place: "primary", text: "SIP trunk down", record: { key: alias }, resolvedAt: start + 5000 }]);
});

test("every other call is answered 404", async () => {
	const { fetch } = createJsm({ clock: new VirtualClock(start), cloudId, email });
	const answer = await fetch(new Request(`https://api.atlassian.com/jsm/ops/api/${cloudId}/v1/teams`));
	expect(answer.status).toBe(404);
	expect(await answer.json()).toEqual({ code: 404, message: "Not Found" });
});
