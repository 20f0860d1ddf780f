import { describe, expect, test } from "vitest";
import { adapterContract } from "./adapterContract.ts";
import { api, channel, contractPager, issue, key, order, secrets, start, world } from "./jiraWorld.ts";

adapterContract({
	system: "Jira",
	secrets,
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{ name: "read", call: (fetch) => contractPager(fetch).read(order()) },
	],
});

describe("a page", () => {
	test("is an issue with its key for a label, and its lines in a code block", async () => {
		const { pager, requests } = world();
		await expect(pager.send(order())).resolves.toEqual({ receipt: "OPS-1" });
		const [lookup, sent] = requests;
		const url = new URL(lookup?.url ?? "");
		expect(`${url.origin}${url.pathname}`).toBe(`${api}/search/jql`);
		expect([...url.searchParams]).toEqual([
			["jql", `project = "OPS" AND labels = "${key}" ORDER BY created DESC`],
			["fields", "labels,status,created,updated,assignee"],
		]);
		expect(`${sent?.method} ${sent?.url}`).toBe(`POST ${api}/issue`);
		expect(sent?.headers.get("authorization")).toMatch(/^Basic /);
		expect(await sent?.json()).toEqual({
			fields: {
				project: { key: "OPS" },
				issuetype: { name: "Task" },
				summary: "SIP trunk Frankfurt is down",
				description: {
					type: "doc",
					version: 1,
					content: [{ type: "codeBlock", content: [{ type: "text", text: "SIP trunk Frankfurt is down\nSeverity: high" }] }],
				},
				labels: [key],
			},
		});
	});

	test("is absent until the search knows of it, then there, taken over by a person, done", async () => {
		const { pager, jira, later, budget } = world();
		const { receipt } = await pager.send(order());
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "absent" });
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt });
		jira.acknowledge("OPS", "Ada");
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "acknowledged", receipt, by: "Ada" });
		jira.act("resolve", "OPS", "Ada");
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "resolved", receipt, by: "Ada" });
		expect(new Set(budget.taken)).toEqual(new Set(["jira of 60", "jira:read of 60"]));
	});

	test("sent again is the issue that is there", async () => {
		const { pager, jira, later } = world();
		await pager.send(order());
		await later(2);
		await expect(pager.send(order())).resolves.toEqual({ receipt: "OPS-1" });
		jira.acknowledge("OPS", "Ada");
		await later(2);
		await expect(pager.send(order())).resolves.toEqual({ receipt: "OPS-1" });
		expect(jira.issues()).toHaveLength(1);
	});

	test("sent again before the search knows of it is a second issue, and the newest one is read", async () => {
		const { pager, jira, later } = world();
		await pager.send(order());
		await later(1);
		await pager.send(order());
		await later(2);
		expect(jira.issues()).toHaveLength(2);
		await expect(pager.read(order())).resolves.toMatchObject({ receipt: "OPS-2" });
	});

	test("is sent although the lookup before it fails", async () => {
		const pager = contractPager(async (_input, init) =>
			init?.method === "GET" ? Response.json({}, { status: 503 }) : Response.json({ id: "1", key: "OPS-7" }, { status: 201 }),
		);
		await expect(pager.send(order())).resolves.toEqual({ receipt: "OPS-7" });
	});

	test("is known among the labels that people add", async () => {
		const { pager, jira, later } = world();
		await pager.send(order());
		jira.label("OPS", "a-team");
		await later(2);
		await expect(pager.read(order())).resolves.toMatchObject({ state: "delivered", receipt: "OPS-1" });
	});

	test("is not proven by another key, another project, or whatever a search gives that ignores the label", async () => {
		const { pager, later } = world();
		await pager.send(order());
		await later(2);
		await expect(pager.read(order({ dedupKey: `${key}2` }))).resolves.toEqual({ state: "absent" });
		await expect(pager.read(order({ channel: { ...channel, project: "TEL" } }))).resolves.toEqual({ state: "absent" });
		const other = { ...issue, fields: { ...issue.fields, labels: ["other", `${key}2`] } };
		const careless = contractPager(async () => Response.json({ issues: [other, { ...other, fields: {} }] }));
		await expect(careless.read(order())).resolves.toEqual({ state: "absent" });
	});

	test("is proven by an issue of up to five minutes before the intent, and by an older one only if it was changed since", async () => {
		const { pager, jira, later, clock } = world();
		await pager.send(order());
		await later(400);
		await expect(pager.read(order({ intendedAt: start + 300_000 }))).resolves.toMatchObject({ state: "delivered" });
		await expect(pager.read(order({ intendedAt: clock.now() }))).resolves.toEqual({ state: "absent" });
		jira.acknowledge("OPS", "Ada");
		await later(2);
		await expect(pager.read(order({ intendedAt: clock.now() }))).resolves.toMatchObject({ state: "acknowledged" });
	});

	test("that somebody deleted is absent, and one in a status without a category is there", async () => {
		const { pager, jira, later } = world();
		await pager.send(order());
		await later(2);
		jira.act("delete", "OPS", "Ada");
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		const odd = { ...issue, fields: { ...issue.fields, status: { statusCategory: { key: "undefined" } } } };
		await expect(contractPager(async () => Response.json({ issues: [odd] })).read(order())).resolves.toMatchObject({ state: "delivered" });
	});

	test("of another kind of channel is refused", async () => {
		const { pager, jira } = world();
		const sms = order({ channel: { kind: "sms", name: "sms", to: "+4915112345678" } });
		await expect(pager.send(sms)).rejects.toMatchObject({ reason: "misconfigured", retry: false });
		expect(jira.issues()).toEqual([]);
	});
});
