import { describe, expect, test } from "vitest";
import { account, draft, key, resultOf, start } from "./servicenowInstance.ts";

describe("creating an incident", () => {
	test("answers 201 with its address, and what the system makes of it", async () => {
		const { post } = account();
		const answer = await post({ ...draft, u_unknown: "x", sys_created_by: "somebody" });
		expect(answer.status).toBe(201);
		const { sys_id: sysId, ...result } = await resultOf(answer);
		expect(answer.headers.get("location")).toBe(`https://customer.service-now.com/api/now/table/incident/${sysId}`);
		expect(sysId).toMatch(/^[0-9a-f]{32}$/);
		expect(result).toEqual({
			...draft,
			number: "INC0010001",
			state: "1",
			incident_state: "1",
			priority: "2",
			active: "true",
			opened_at: "2026-11-24 10:00:00",
			sys_created_on: "2026-11-24 10:00:00",
			sys_created_by: "runbooks",
			sys_updated_on: "2026-11-24 10:00:00",
			sys_updated_by: "runbooks",
			sys_mod_count: "0",
		});
	});

	test("never joins another: the same correlation id twice is two incidents", async () => {
		const { post, listed } = account();
		await post(draft);
		await post(draft);
		expect((await listed(`correlation_id=${key}^ORDERBYDESCsys_created_on`)).map(({ number }) => number)).toEqual([
			"INC0010002",
			"INC0010001",
		]);
	});

	test("cuts what is too long, and lets no reference stick to what there is not", async () => {
		const { post, world } = account();
		const result = await resultOf(
			await post({ short_description: "s".repeat(161), correlation_id: "k".repeat(101), assignment_group: "network" }),
		);
		expect(result).toMatchObject({ short_description: "s".repeat(160), correlation_id: "k".repeat(100), assignment_group: "" });
		expect(world.incidents()).toMatchObject([{ group: "" }]);
	});

	test.each([
		{ impact: "1", urgency: "1", priority: "1" },
		{ impact: "2", urgency: "2", priority: "3" },
		{ impact: "3", urgency: "3", priority: "5" },
		{ impact: "", urgency: "1", priority: "3" },
		{ impact: "high", urgency: "1", priority: "5" },
	])("looks the priority up: impact '$impact' and urgency $urgency is $priority", async ({ impact, urgency, priority }) => {
		expect(await resultOf(await account().post({ impact, urgency }))).toMatchObject({ priority });
	});

	test.each(["text", "[]", "null"])("is answered 400 for the body %s", async (body) => {
		const answer = await account().post(body);
		expect(answer.status).toBe(400);
		expect(await answer.json()).toEqual({
			error: { message: "Exception while reading request", detail: "The payload is not valid JSON." },
			status: "failure",
		});
	});

	test("is answered 415 where it does not say that it is JSON", async () => {
		expect((await account().ask("POST", "incident")).status).toBe(415);
	});
});

describe("the list of incidents", () => {
	test("shows the columns that are asked for, as far as there are such", async () => {
		const { post, listed } = account();
		await post(draft);
		expect(await listed("", "&sysparm_fields=number,u_unknown,close_code,correlation_id")).toEqual([
			{ number: "INC0010001", close_code: "", correlation_id: key },
		]);
	});

	test.each([
		{ query: "state=2", found: [2] },
		{ query: "state!=2^active=true", found: [1, 3] },
		{ query: "stateIN2,6", found: [2, 3] },
		{ query: "stateNOT IN2,6", found: [1] },
		{ query: "short_descriptionLIKEtwo", found: [2] },
		{ query: "short_descriptionSTARTSWITHNO", found: [2, 3] },
		{ query: "short_descriptionENDSWITHone", found: [1] },
		{ query: "close_codeISEMPTY", found: [1, 2] },
		{ query: "close_codeISNOTEMPTY", found: [3] },
		{ query: "state=1^ORstate=6", found: [1, 3] },
		{ query: "ORstate=6", found: [3] },
		{ query: "ORDERBYDESCnumber", found: [3, 2, 1] },
		{ query: "ORDERBYshort_description", found: [3, 2, 1] },
		{ query: "", found: [1, 2, 3] },
		{ query: "colour=red", found: [1, 2, 3] },
		{ query: "correlationid=k^state=2", found: [2] },
		{ query: "state~2^ORDERBYDESCcolour", found: [1, 2, 3] },
	])("understands '$query'; what names no column is ignored, and finds everything", async ({ query, found }) => {
		const { post, listed } = account();
		await post({ short_description: "the one", state: "1" });
		await post({ short_description: "no two", state: "2" });
		await post({ short_description: "No three", state: "6", close_code: "Known error" });
		expect((await listed(query)).map(({ number }) => Number(String(number).slice(-1)))).toEqual(found);
	});

	test("is of so many records, and says how many there are", async () => {
		const { post, ask, listed } = account();
		for (const name of ["one", "two", "three"]) await post({ short_description: name });
		const names = async (more: string) => (await listed("ORDERBYDESCnumber", more)).map((each) => each.short_description);
		expect(await names("&sysparm_limit=1")).toEqual(["three"]);
		expect(await names("&sysparm_limit=1&sysparm_offset=1")).toEqual(["two"]);
		expect((await ask("GET", "incident?sysparm_limit=1")).headers.get("x-total-count")).toBe("3");
	});
});

describe("one incident", () => {
	test("is fetched and changed by its sys_id, by whom is said", async () => {
		const { post, ask, later } = account();
		const { sys_id: sysId } = await resultOf(await post(draft));
		await later(60);
		const answer = await ask("PATCH", `incident/${sysId}`, { state: "2", work_notes: "Taken." });
		expect(answer.status).toBe(200);
		const changed = { state: "2", sys_updated_on: "2026-11-24 10:01:00", sys_updated_by: "runbooks", sys_mod_count: "1" };
		expect(await resultOf(answer)).toMatchObject(changed);
		const fetched = await resultOf(await ask("GET", `incident/${sysId}`));
		expect(fetched).toMatchObject(changed);
		expect(fetched).not.toHaveProperty("work_notes");
		expect((await ask("PATCH", `incident/${sysId}`, "text")).status).toBe(400);
	});

	test.each([
		{ set: {}, missing: "Resolution code, Resolution notes" },
		{ set: { close_code: "Solution provided" }, missing: "Resolution notes" },
		{ set: { close_code: "Solved (Permanently)", close_notes: "n" }, missing: "Resolution code" },
	])("is not resolved with $set: $missing", async ({ set, missing }) => {
		const { post, ask } = account();
		const { sys_id: sysId } = await resultOf(await post(draft));
		const answer = await ask("PATCH", `incident/${sysId}`, { state: "6", ...set });
		expect(answer.status).toBe(403);
		expect(await answer.json()).toEqual({
			error: { message: "Operation Failed", detail: `Data Policy Exception: The following fields are mandatory: ${missing}` },
			status: "failure",
		});
		expect(await resultOf(await ask("GET", `incident/${sysId}`))).toMatchObject({ state: "1" });
	});

	test("is resolved with a code and notes, closed, and then changed no more", async () => {
		const { post, ask, world } = account();
		const { sys_id: sysId } = await resultOf(await post(draft));
		const patch = (body: unknown) => ask("PATCH", `incident/${sysId}`, body);
		const resolved = await resultOf(await patch({ state: "6", close_code: "Solution provided", close_notes: "n" }));
		expect(resolved).toMatchObject({ active: "true", resolved_by: "runbooks", resolved_at: "2026-11-24 10:00:00" });
		expect(world.incidents()).toMatchObject([{ resolvedAt: start }]);
		expect(await resultOf(await patch({ state: "2" }))).toMatchObject({ state: "2" });
		expect(world.incidents()[0]).not.toHaveProperty("resolvedAt");
		expect(await resultOf(await ask("PUT", `incident/${sysId}`, { state: "7" }))).toMatchObject({ active: "false" });
		const refused = await patch({ state: "2" });
		expect(refused.status).toBe(403);
		expect(await refused.json()).toMatchObject({ error: { detail: "ACL Exception Update Failed due to security constraints" } });
	});

	test("that there is not is answered 404", async () => {
		const { ask } = account();
		for (const answer of [await ask("GET", "incident/0"), await ask("PATCH", "incident/0", {})]) {
			expect(answer.status).toBe(404);
			expect(await answer.json()).toEqual({
				error: { message: "No Record found", detail: "Record doesn't exist or ACL restricts the record retrieval" },
				status: "failure",
			});
		}
	});
});
