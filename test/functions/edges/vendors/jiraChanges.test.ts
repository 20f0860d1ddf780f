import { describe, expect, test } from "vitest";
import { checkCredential } from "../../../../functions/edges/vendors/pager.ts";
import { adapterContract } from "./adapterContract.ts";
import { api, channel, contractPager, issue, key, order, secrets, world } from "./jiraWorld.ts";

adapterContract({
	system: "Jira",
	secrets,
	operations: [
		{ name: "acknowledge", call: async (fetch) => contractPager(fetch).acknowledge?.(order()) },
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()) },
	],
	before: ({ method }) => (method === "GET" ? Response.json({ issues: [issue] }) : undefined),
});

describe("an acknowledgement and an end", () => {
	test("are transitions of the issue that the search finds, whatever the receipt", async () => {
		const { pager, jira, later, asked } = world();
		await pager.send(order());
		await later(2);
		asked();
		await pager.acknowledge?.(order({ receipt: key, note: "Acknowledged by Ada (tier 1, pagerduty)" }));
		expect(asked()).toEqual(["GET /search/jql", "POST /issue/OPS-1/transitions"]);
		expect(jira.issues()[0]?.status.name).toBe("In Progress");
		await later(2);
		await expect(pager.resolve(order({ note: "Over since 11:00." }))).resolves.toEqual({ receipt: "OPS-1" });
		expect(jira.issues()[0]?.status.name).toBe("Done");
	});

	test("say what is new in a comment", async () => {
		const { pager, later, requests } = world();
		await pager.send(order());
		await later(2);
		await pager.resolve(order({ note: "Over since 11:00." }));
		expect(await requests.at(-1)?.json()).toEqual({
			transition: { id: "31" },
			update: {
				comment: [
					{
						add: {
							body: {
								type: "doc",
								version: 1,
								content: [{ type: "paragraph", content: [{ type: "text", text: "Runbooks: Over since 11:00." }] }],
							},
						},
					},
				],
			},
		});
	});

	test("are nothing where the issue is there already: what is done is not opened again, nor ended twice", async () => {
		const { pager, jira, later, asked } = world();
		await pager.send(order());
		jira.acknowledge("OPS", "Ada");
		await later(2);
		asked();
		await pager.acknowledge?.(order());
		jira.act("resolve", "OPS", "Ada");
		await later(2);
		await pager.acknowledge?.(order());
		await expect(pager.resolve(order())).resolves.toEqual({ receipt: "OPS-1" });
		expect(asked()).toEqual(["GET /search/jql", "GET /search/jql", "GET /search/jql"]);
		expect(jira.issues()[0]?.status.name).toBe("Done");
	});

	test("are nothing where the search knows of no issue, so that they are told again", async () => {
		const { pager, jira, asked } = world();
		await pager.send(order());
		asked();
		await expect(pager.resolve(order())).resolves.toEqual({ receipt: key });
		expect(asked()).toEqual(["GET /search/jql"]);
		expect(jira.issues()[0]?.status.name).toBe("To Do");
	});

	test("by a transition that the workflow lacks are refused for good", async () => {
		const { pager, later } = world();
		await pager.send(order());
		await later(2);
		await expect(pager.resolve(order({ channel: { ...channel, doneTransition: "5" } }))).rejects.toMatchObject({
			reason: "rejected",
			retry: false,
			message: "Jira: expected 2xx from the transition of the issue, got 400",
		});
	});
});

describe("the token", () => {
	test("is shown to be taken by what only its owner sees", async () => {
		const { options, asked } = world();
		await expect(checkCredential(options, channel)).resolves.toBeUndefined();
		expect(asked()).toEqual(["GET /myself"]);
	});

	test("that has expired finds nothing and makes nothing: the check and the page say why", async () => {
		const { options, pager, jira, later } = world();
		await pager.send(order());
		await later(2);
		jira.revoke();
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
		await expect(pager.send(order())).rejects.toMatchObject({ reason: "unauthorized", retry: false });
		await expect(checkCredential(options, channel)).rejects.toMatchObject({ reason: "unauthorized", retry: false });
	});
});

describe("an error", () => {
	test.each([
		{ name: "an unknown project", change: { project: "NO" } },
		{ name: "a type that the project lacks", change: { issueType: "Incident" } },
	])("for $name is final, and repeats no word of the answer", async ({ change }) => {
		const { pager } = world();
		const error = pager.send(order({ channel: { ...channel, ...change } }));
		await expect(error).rejects.toMatchObject({
			reason: "rejected",
			retry: false,
			message: "Jira: expected 2xx from the new issue, got 400",
		});
	});

	test("for too many requests says when to come back", async () => {
		const { pager, options } = world();
		const myself = new Request(`${api}/myself`, { headers: { authorization: "Basic x" } });
		for (let asked = 0; asked < 100; asked += 1) await options.fetch(myself.clone());
		await expect(checkCredential(options, channel)).rejects.toMatchObject({ reason: "rate-limited", retry: true, retryAfterSeconds: 1 });
		await expect(pager.read(order())).resolves.toEqual({ state: "absent" });
	});
});
