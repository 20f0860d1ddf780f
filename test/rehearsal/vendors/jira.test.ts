import { describe, expect, test } from "vitest";
import { readable } from "../../../rehearsal/vendors/jira/adf.ts";
import { base, fields, paragraph, site, start } from "./jiraSite.ts";

describe("an issue", () => {
	test("is created at once, and read by its key or its id", async () => {
		const { post, get } = site();
		const answer = await post("/issue", { fields });
		expect(answer.status).toBe(201);
		expect(await answer.json()).toEqual({ id: "10000", key: "OPS-1", self: `${base}/issue/10000` });
		for (const name of ["OPS-1", "10000"])
			expect(await (await get(`/issue/${name}`)).json()).toMatchObject({
				key: "OPS-1",
				fields: {
					summary: "Trunk is down",
					labels: ["inc:1:k"],
					created: "2026-11-24T11:00:00.000+0100",
					status: { name: "To Do", statusCategory: { key: "new" } },
					assignee: null,
				},
			});
		expect((await get("/issue/OPS-2")).status).toBe(404);
	});

	test("is numbered within its project, and keeps its labels by the alphabet", async () => {
		const { post, world } = site();
		await post("/issue", { fields });
		await post("/issue", { fields: { ...fields, project: { key: "TEL" }, labels: ["b", "a", "b"] } });
		await post("/issue", { fields });
		expect(world.issues().map(({ key }) => key)).toEqual(["OPS-1", "TEL-1", "OPS-2"]);
		expect(world.issues()[1]?.labels).toEqual(["a", "b"]);
	});

	test.each([
		{ name: "no project", change: { project: undefined }, errors: { project: "project is required" } },
		{ name: "an unknown project", change: { project: { key: "NO" } }, errors: { project: "valid project is required" } },
		{ name: "an unknown type", change: { issuetype: { name: "Incident" } }, errors: { issuetype: "The issue type selected is invalid." } },
		{ name: "no summary", change: { summary: undefined }, errors: { summary: "You must specify a summary of the issue." } },
		{ name: "a long summary", change: { summary: "s".repeat(256) }, errors: { summary: "Summary can't exceed 255 characters." } },
		{
			name: "a summary of two lines",
			change: { summary: "one\ntwo" },
			errors: { summary: "The summary is invalid because it contains newline characters." },
		},
		{ name: "a summary that is no text", change: { summary: 1 }, errors: { summary: "Operation value must be a string" } },
		{ name: "a label with a blank", change: { labels: ["a b"] }, errors: { labels: "The label 'a b' contains spaces which is invalid." } },
		{
			name: "a long label",
			change: { labels: ["l".repeat(256)] },
			errors: { labels: `The label '${"l".repeat(256)}' exceeds the maximum length for a single label of 255 characters` },
		},
		{ name: "labels that are no list", change: { labels: "a" }, errors: { labels: "data was not an array" } },
		{ name: "a label that is no text", change: { labels: [1] }, errors: { labels: "string expected at index 0" } },
		{
			name: "a description that is a text",
			change: { description: "down" },
			errors: { description: "Operation value must be an Atlassian Document (see the Atlassian Document Format)" },
		},
		{
			name: "a description that is too long",
			change: { description: paragraph("d".repeat(32_768)) },
			errors: { description: "The entered text is too long. It exceeds the allowed limit of 32,767 characters." },
		},
		{ name: "a priority of another site", change: { priority: { name: "P1" } }, errors: { priority: "The priority selected is invalid." } },
		{
			name: "a field that is on no screen",
			change: { customfield_1: "x" },
			errors: { customfield_1: "Field 'customfield_1' cannot be set. It is not on the appropriate screen, or unknown." },
		},
	])("is refused with $name", async ({ change, errors }) => {
		const { post, world } = site();
		const answer = await post("/issue", { fields: { ...fields, ...change } });
		expect(answer.status).toBe(400);
		expect(await answer.json()).toEqual({ errorMessages: [], errors });
		expect(world.issues()).toEqual([]);
	});

	test.each([
		{ name: "an unknown block", block: { type: "box", content: [] } },
		{ name: "an empty text", block: { type: "paragraph", content: [{ type: "text", text: "" }] } },
		{ name: "a break in a code block", block: { type: "codeBlock", content: [{ type: "hardBreak" }] } },
		{ name: "a mark in a code block", block: { type: "codeBlock", content: [{ type: "text", text: "x", marks: [{ type: "strong" }] }] } },
		{ name: "a block that is none", block: "text" },
	])("is refused with $name in its description", async ({ block }) => {
		const { post } = site();
		const answer = await post("/issue", { fields: { ...fields, description: { type: "doc", version: 1, content: [block] } } });
		expect(answer.status).toBe(400);
		expect(await answer.json()).toEqual({ errorMessages: ["INVALID_INPUT"], errors: {} });
	});

	test("is refused where the body is no JSON, has no fields, or is said to be something else", async () => {
		const { post, fetch, token } = site();
		expect((await post("/issue", "text")).status).toBe(400);
		expect((await post("/issue", {})).status).toBe(400);
		const authorization = `Basic ${btoa(`oncall@acme.example:${token}`)}`;
		const asText = new Request(`${base}/issue`, { method: "POST", headers: { authorization }, body: "{}" });
		expect((await fetch(asText)).status).toBe(415);
	});

	test("shows the lines of a code block, and one line of a paragraph", () => {
		const node = (type: string) => ({ type, content: [{ type: "text", text: "one\ntwo" }] });
		expect(readable({ type: "doc", version: 1, content: [node("paragraph"), node("codeBlock")] })).toBe("one two\n\none\ntwo");
		expect(readable({ type: "paragraph", content: [{ type: "text", text: "a" }, { type: "hardBreak" }, 1] })).toBe("a\n");
	});
});

describe("a transition", () => {
	test("is done by its id, with 204 and nothing else", async () => {
		const { post, get, world } = site();
		await post("/issue", { fields });
		expect(await (await get("/issue/OPS-1/transitions")).json()).toMatchObject({
			transitions: [{ id: "11" }, { id: "21", name: "In Progress", to: { statusCategory: { key: "indeterminate" } } }, { id: "31" }],
		});
		const answer = await post("/issue/OPS-1/transitions", { transition: { id: "21" } });
		expect([answer.status, await answer.text()]).toEqual([204, ""]);
		expect(world.issues()[0]?.status.name).toBe("In Progress");
	});

	test("keeps a comment only where it has a screen, and says nothing of that", async () => {
		const { post, world } = site();
		await post("/issue", { fields });
		const update = { comment: [{ add: { body: paragraph("it is over") } }] };
		expect((await post("/issue/OPS-1/transitions", { transition: { id: "31" }, update })).status).toBe(204);
		expect(world.issues()[0]).toMatchObject({ status: { name: "Done" }, comments: [], resolvedAt: start });
	});

	test.each([
		{ name: "no id", body: { transition: {} }, said: { errorMessages: ["Missing 'transition' identifier"] } },
		{ name: "no JSON", body: "x", said: { errorMessages: ["Missing 'transition' identifier"] } },
		{ name: "a name", body: { transition: { id: "Done" } }, said: { errorMessages: ["'transition' identifier must be an integer"] } },
		{
			name: "an id of another project",
			body: { transition: { id: "5" } },
			said: { errorMessages: ["Transition id '5' is not valid for this issue."] },
		},
		{
			name: "a comment that is a text",
			body: { transition: { id: "31" }, update: { comment: [{ add: { body: "over" } }] } },
			said: { errors: { comment: "Comment body is not valid!" } },
		},
	])("is refused with $name", async ({ body, said }) => {
		const { post, world } = site();
		await post("/issue", { fields });
		const answer = await post("/issue/OPS-1/transitions", body);
		expect(answer.status).toBe(400);
		expect(await answer.json()).toEqual({ errorMessages: [], errors: {}, ...said });
		expect(world.issues()[0]?.status.name).toBe("To Do");
	});

	test("of an issue that there is not is not found, and one that is said to be something else is refused", async () => {
		const { post, fetch, token } = site();
		expect((await post("/issue/OPS-1/transitions", { transition: { id: "31" } })).status).toBe(404);
		await post("/issue", { fields });
		const headers = { authorization: `Basic ${btoa(`oncall@acme.example:${token}`)}` };
		expect((await fetch(new Request(`${base}/issue/OPS-1/transitions`, { method: "POST", headers, body: "{}" }))).status).toBe(415);
	});
});
