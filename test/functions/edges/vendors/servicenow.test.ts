import { describe, expect, test } from "vitest";
import { vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import { severities } from "../../../../functions/pipeline/model/incident.ts";
import { servicenow } from "../../../../vendors/servicenow.ts";
import { accountOf } from "../../../../vendors/settings.ts";
import { adapterContract } from "./adapterContract.ts";
import { answered, groupId, key, optionsOf, order, password, table, userName, usual, world } from "./servicenowWorld.ts";

const contractPager = (fetch: typeof globalThis.fetch) => vendorPager(optionsOf(fetch));

adapterContract({
	system: "ServiceNow",
	secrets: [password, Buffer.from(`${userName}:${password}`).toString("base64")],
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{ name: "read", call: (fetch) => contractPager(fetch).read(order()) },
		{ name: "acknowledge", call: async (fetch) => contractPager(fetch).acknowledge?.(order()) },
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()) },
	],
});

describe("the account", () => {
	test("needs an instance and a user; the rest has usual values, which these tests have", () => {
		const said = { instance: "customer", userName };
		const settings = Object.entries(servicenow.account.settings).flatMap(([name, field]) =>
			"usual" in field ? [[name, field.usual]] : [],
		);
		expect({ ...said, ...Object.fromEntries(settings) }).toEqual(usual);
		expect(accountOf({ opsgenie: { region: "us" }, pagerduty: { region: "us" } }, "servicenow")).toBeUndefined();
	});

	test("turns a severity into an urgency", () => {
		expect(severities.map((severity) => servicenow.severities[severity])).toEqual(["1", "2", "3", "3"]);
	});
});

describe("a page", () => {
	test("is looked up, and then the documented record, with the key as its correlation id", async () => {
		const { pager, requests } = world();
		const { receipt } = await pager.send(order());
		expect(receipt).toMatch(/^[0-9a-f]{32}$/);
		const [lookup, sent] = requests;
		expect(`${lookup?.method} ${lookup?.url.split("?")[0]}`).toBe(`GET ${table}`);
		expect(`${sent?.method} ${sent?.url.split("?")[0]}`).toBe(`POST ${table}`);
		expect(sent?.headers.get("content-type")).toBe("application/json");
		expect(await sent?.json()).toEqual({
			correlation_id: key,
			correlation_display: "Genesys Cloud runbooks",
			short_description: "SIP trunk down: Frankfurt",
			description: "SIP trunk Frankfurt is down\nSeverity: high",
			impact: "1",
			urgency: "2",
			assignment_group: groupId,
		});
	});

	test("says who asks by a user and a password, which may hold a colon", async () => {
		const { pager, requests } = answered({ result: [] });
		await pager.read(order());
		const basic = requests[0]?.headers.get("authorization")?.replace("Basic ", "") ?? "";
		expect(Buffer.from(basic, "base64").toString()).toBe(`${userName}:${password}`);
	});

	test("is read by its key, the newest first, few of them, and no more than what is needed", async () => {
		const { pager, requests } = answered({ result: [] });
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		expect([...new URL(requests[0]?.url ?? "").searchParams]).toEqual([
			["sysparm_query", `correlation_id=${key}^ORDERBYDESCsys_created_on`],
			["sysparm_fields", "sys_id,number,state,correlation_id,sys_updated_by"],
			["sysparm_limit", "10"],
		]);
	});

	test("is delivered once it is there, acknowledged once a person has taken it, and resolved", async () => {
		const { pager, instance } = world();
		const { receipt } = await pager.send(order());
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt });
		instance.change("network", "acknowledge", "ada");
		await expect(pager.read(order())).resolves.toEqual({ state: "acknowledged", receipt, by: "ada" });
		instance.change("network", "unacknowledge", "ada");
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt });
		instance.act("resolve", "network", "ada");
		await expect(pager.read(order())).resolves.toEqual({ state: "resolved", receipt, by: "ada" });
	});

	test("is not sent twice: not with a receipt, not without one, and not where its answer was lost", async () => {
		const { pager, instance, asked } = world();
		const { receipt } = await pager.send(order());
		expect(asked()).toEqual(["GET", "POST"]);
		await expect(pager.send(order({ receipt }))).resolves.toEqual({ receipt });
		await expect(pager.send(order())).resolves.toEqual({ receipt });
		expect(asked()).toEqual(["GET", "GET"]);
		expect(instance.incidents()).toHaveLength(1);
	});

	test("of another tier or occurrence is another record", async () => {
		const { pager, instance } = world();
		await pager.send(order());
		await pager.send(order({ dedupKey: "inc:1:dev:trunk-down:b1:1:2" }));
		expect(instance.incidents()).toHaveLength(2);
	});

	test("is sent although the lookup before it fails", async () => {
		const pager = vendorPager(
			optionsOf(async (_input, init) =>
				init?.method === "GET"
					? Response.json({ error: { message: "m", detail: null }, status: "failure" }, { status: 500 })
					: Response.json({ result: { sys_id: "1" } }, { status: 201 }),
			),
		);
		await expect(pager.send(order())).resolves.toEqual({ receipt: "1" });
	});

	test("is read whatever its age: the key holds its occurrence, and the vendor's times say no zone", async () => {
		const { pager, clock } = world();
		await pager.send(order());
		await expect(pager.read(order({ intendedAt: clock.now() + 86_400_000 }))).resolves.toMatchObject({ state: "delivered" });
	});
});

describe("what is no proof", () => {
	test.each(["another:key", key.toUpperCase(), ""])(
		"is a record of the key '%s', which an ignored query, or one without regard to case, may bring",
		async (correlationId) => {
			const record = { sys_id: "1", number: "INC1", state: "2", correlation_id: correlationId, sys_updated_by: "ada" };
			const { pager, requests } = answered({ result: [record] });
			await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
			await expect(pager.resolve(order())).resolves.toEqual({ receipt: key });
			expect(requests.map(({ method }) => method)).toEqual(["GET", "GET"]);
		},
	);

	test.each(["loses", "in-maintenance"] as const)("is a 201 of which nothing becomes (%s)", async (does) => {
		const { pager, instance, later } = world();
		instance.begin({ does });
		await pager.send(order());
		await later(10);
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
	});

	test("is the page for people with which an instance that hibernates answers 200", async () => {
		const { pager, instance } = world();
		const wake = instance.hibernate();
		const malformed = { reason: "malformed", retry: true };
		await expect(pager.send(order())).rejects.toMatchObject({
			...malformed,
			message: "ServiceNow: expected JSON from the new incident, got 200 with something else",
		});
		await expect(pager.read(order())).rejects.toMatchObject(malformed);
		wake();
		await expect(pager.send(order())).resolves.toBeDefined();
		expect(instance.incidents()).toHaveLength(1);
	});

	test.each([{}, { result: {} }, { result: { sys_id: "" } }, { error: { message: "Transaction cancelled" }, status: "failure" }])(
		"is an answer without an id: %j",
		async (answer) => {
			const pager = vendorPager(optionsOf(async (_input, init) => Response.json(init?.method === "GET" ? { result: [] } : answer)));
			await expect(pager.send(order())).rejects.toMatchObject({ reason: "malformed", retry: true });
		},
	);
});
