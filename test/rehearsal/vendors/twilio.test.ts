import { describe, expect, test } from "vitest";
import { createTwilio } from "../../../rehearsal/vendors/sms/api.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

const start = Date.UTC(2026, 10, 24, 10);
const accountSid = "AC00000000000000000000000000000001";
const messages = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}/Messages`;
const form = { To: "+4915112345678", From: "+4930123456", Body: "text" };

function account() {
	const clock = new VirtualClock(start);
	const { fetch, world } = createTwilio({ clock });
	const { authToken } = world.addAccount({ accountSid });
	const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
	const post = (fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = { authorization }) =>
		fetch(new Request(`${messages}.json`, { method: "POST", headers: { ...headers }, body: new URLSearchParams(fields) }));
	const get = (tail: string) => fetch(new Request(`${messages}${tail}`, { headers: { authorization } }));
	return { fetch, world, post, get, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}

describe("creating a message", () => {
	test("answers 201 queued; it is delivered five seconds later", async () => {
		const { post, get, later } = account();
		const created = await post(form);
		expect(created.status).toBe(201);
		const sid = "SM00000000000000000000000000000001";
		expect(await created.json()).toMatchObject({
			sid,
			status: "queued",
			to: form.To,
			body: "text",
			date_created: "Tue, 24 Nov 2026 10:00:00 +0000",
			date_sent: null,
		});
		await later(5);
		expect(await (await get(`/${sid}.json`)).json()).toMatchObject({
			sid,
			status: "delivered",
			date_sent: "Tue, 24 Nov 2026 10:00:05 +0000",
		});
	});

	test.each([
		{ name: "no To", change: { To: "" }, code: 21604 },
		{ name: "a To that is no number", change: { To: "12" }, code: 21211 },
		{ name: "no From", change: { From: "" }, code: 21603 },
		{ name: "a From that is no number", change: { From: "us" }, code: 21212 },
		{ name: "no Body", change: { Body: "" }, code: 21602 },
		{ name: "a long Body", change: { Body: "x".repeat(1601) }, code: 21617 },
	])("answers 400 with code $code to $name", async ({ change, code }) => {
		const { post, world } = account();
		const answer = await post({ ...form, ...change });
		expect(answer.status).toBe(400);
		expect(await answer.json()).toEqual({
			code,
			message: expect.any(String),
			more_info: `https://www.twilio.com/docs/errors/${code}`,
			status: 400,
		});
		expect(world.messages()).toEqual([]);
	});

	test.each([
		{ name: "no credentials", headers: {} },
		{ name: "a wrong token", headers: { authorization: `Basic ${btoa(`${accountSid}:wrong`)}` } },
	])("answers 401 to $name", async ({ headers }) => {
		const { post } = account();
		const answer = await post(form, headers);
		expect(answer.status).toBe(401);
		expect(await answer.json()).toMatchObject({ code: 20003, status: 401 });
	});

	test("does not take JSON for a form", async () => {
		const { fetch, post } = account();
		const { authToken } = createTwilio({ clock: new VirtualClock(start) }).world.addAccount({ accountSid });
		const headers = { authorization: `Basic ${btoa(`${accountSid}:${authToken}`)}`, "content-type": "application/json" };
		const answer = await fetch(new Request(`${messages}.json`, { method: "POST", headers, body: JSON.stringify(form) }));
		expect(await answer.json()).toMatchObject({ code: 21604 });
		expect((await post(form)).status).toBe(201);
	});
});

describe("listing messages", () => {
	test("filters by number and day of sending, the newest first, without what is still queued", async () => {
		const { post, get, later } = account();
		await post({ ...form, Body: "one" });
		await post({ ...form, Body: "two" });
		await post({ ...form, To: "+4915100000000" });
		await later(5);
		await post({ ...form, Body: "queued" });
		const bodies = async (query: string) => {
			const listing: unknown = await (await get(`.json?${query}`)).json();
			return listing;
		};
		const to = "To=%2B4915112345678";
		expect(await bodies(to)).toMatchObject({ messages: [{ body: "queued" }, { body: "two" }, { body: "one" }] });
		expect(await bodies(`${to}&DateSent%3E=2026-11-24`)).toMatchObject({ messages: [{ body: "two" }, { body: "one" }] });
		expect(await bodies(`${to}&DateSent%3E=2026-11-25`)).toMatchObject({ messages: [] });
		expect(await bodies(`${to}&DateSent%3C=2026-11-23`)).toMatchObject({ messages: [] });
	});
});

describe("faults", () => {
	test.each(["undelivered", "failed"] as const)("make a message end %s", async (outcome) => {
		const { post, world, later } = account();
		world.setFault({ outcome });
		await post(form);
		await later(5);
		expect(world.messages()).toMatchObject([{ status: outcome }]);
	});

	test("keep a message queued, or answer in the vendor's stead", async () => {
		const { post, world, later } = account();
		world.setFault({ swallow: true });
		await post(form);
		await later(3600);
		expect(world.messages()).toMatchObject([{ status: "queued" }]);
		world.setFault({ status: 503, message: "down" });
		const answer = await post(form);
		expect(answer.status).toBe(503);
		expect(await answer.json()).toMatchObject({ code: 20500, status: 503 });
	});
});

describe("what there is not", () => {
	test.each(["/SM99.json", "/SM000000000000000000000000000000ff.json", "/other/thing"])("answers 404 to %s", async (tail) => {
		const { get } = account();
		const answer = await get(tail);
		expect(answer.status).toBe(404);
		expect(await answer.json()).toMatchObject({ code: 20404, status: 404 });
	});
});
