import { describe, expect, test } from "vitest";
import { createVoice } from "../../../rehearsal/vendors/voice/api.ts";
import { pressKey } from "../../../rehearsal/vendors/voice/key.ts";
import { readTwiml } from "../../../rehearsal/vendors/voice/twiml.ts";
import { parseXml } from "../../../rehearsal/vendors/voice/xml.ts";
import { voice } from "../../../rehearsal/vendors/voice.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

const start = Date.UTC(2026, 10, 24, 10);
const accountSid = "AC00000000000000000000000000000002";
const account = `https://api.twilio.com/2010-04-01/Accounts/${accountSid}`;
const action = "https://hook.test/a/signed/key";
const twiml = `<Response><Say>It is down.</Say><Gather action="${action}" timeout="10"><Say>Press a key.</Say></Gather></Response>`;
const form = { To: "+4915112345678", From: "+4930123456", Twiml: twiml, MachineDetection: "Enable", Timeout: "20" };
const sid = "CA00000000000000000000000000000001";

function world() {
	const clock = new VirtualClock(start);
	const { fetch, takes, world: calls } = createVoice({ clock });
	const { authToken } = calls.addAccount(accountSid);
	const authorization = `Basic ${btoa(`${accountSid}:${authToken}`)}`;
	const post = (change: Readonly<Record<string, string>> = {}, headers: Readonly<Record<string, string>> = { authorization }) =>
		fetch(
			new Request(`${account}/Calls.json`, { method: "POST", headers: { ...headers }, body: new URLSearchParams({ ...form, ...change }) }),
		);
	const get = (path: string) => fetch(new Request(`${account}${path}`, { headers: { authorization } }));
	const state = async () => {
		const { status, answered_by } = Object(await (await get(`/Calls/${sid}.json`)).json());
		return { status, answered_by };
	};
	return { calls, takes, authorization, post, get, state, later: (seconds: number) => clock.run(clock.now() + seconds * 1000) };
}

describe("a call", () => {
	test("is created as queued, rings, is answered by a human, and is completed once everything is said", async () => {
		const { post, state, calls, later } = world();
		const created = await post();
		expect(created.status).toBe(201);
		expect(await created.json()).toMatchObject({
			sid,
			status: "queued",
			to: form.To,
			answered_by: null,
			start_time: null,
			date_created: "Tue, 24 Nov 2026 10:00:00 +0000",
		});
		await later(1);
		expect(await state()).toEqual({ status: "ringing", answered_by: null });
		await later(5);
		expect(await state()).toEqual({ status: "in-progress", answered_by: null });
		await later(3);
		expect(await state()).toEqual({ status: "in-progress", answered_by: "human" });
		await later(15);
		expect(await state()).toEqual({ status: "completed", answered_by: "human" });
		expect(calls.calls()).toMatchObject([{ spoken: { words: "It is down. Press a key." } }]);
	});

	test.each([
		{ as: "busy", status: "busy", answered_by: null },
		{ as: "no-answer", status: "no-answer", answered_by: null },
		{ as: "failed", status: "failed", answered_by: null },
		{ as: "machine", status: "completed", answered_by: "machine_start" },
	] as const)("can end as $as, and nobody hears it", async ({ as, ...ended }) => {
		const { post, state, calls, later } = world();
		calls.addFault({ outcome: as });
		await post();
		await later(60);
		expect(await state()).toEqual(ended);
		expect(calls.calls()[0]?.spoken).toBeUndefined();
	});

	test("rings for as long as it is told", async () => {
		const { post, state, calls, later } = world();
		calls.addFault({ outcome: "no-answer" });
		await post();
		await later(20);
		expect(await state()).toMatchObject({ status: "ringing" });
		await later(1);
		expect(await state()).toMatchObject({ status: "no-answer" });
	});

	test("can stay queued for ever", async () => {
		const { post, state, calls, later } = world();
		const end = calls.addFault({ swallow: true });
		await post();
		end();
		await later(3600);
		expect(await state()).toEqual({ status: "queued", answered_by: null });
	});

	test("does not say who answered where it was not asked", async () => {
		const { post, state, later } = world();
		await post({ MachineDetection: "" });
		await later(60);
		expect(await state()).toEqual({ status: "completed", answered_by: null });
	});

	test("with a document that cannot be used is completed all the same, and nothing was said", async () => {
		const { post, state, calls, later } = world();
		expect((await post({ Twiml: "<Response><Say>R&D</Say></Response>" })).status).toBe(201);
		await later(60);
		expect(await state()).toEqual({ status: "completed", answered_by: "human" });
		expect(calls.calls()).toMatchObject([{ errorCode: 12100 }]);
		expect(calls.calls()[0]?.spoken).toBeUndefined();
	});
});

describe("a refusal", () => {
	test.each([
		{ name: "no To", change: { To: "" }, code: 21201 },
		{ name: "a To that is no number", change: { To: "12" }, code: 21211 },
		{ name: "no From", change: { From: "" }, code: 21213 },
		{ name: "a From that is no number", change: { From: "us" }, code: 21212 },
		{ name: "neither a document nor an address", change: { Twiml: "" }, code: 21205 },
		{ name: "an address that is none", change: { Url: "here" }, code: 21205 },
		{ name: "a long document", change: { Twiml: "x".repeat(4001) }, code: 21200 },
		{ name: "too long a ringing", change: { Timeout: "601" }, code: 21200 },
	])("answers 400 with code $code to $name", async ({ change, code }) => {
		const { post, calls } = world();
		const answer = await post(change);
		expect(answer.status).toBe(400);
		expect(await answer.json()).toMatchObject({ code, more_info: `https://www.twilio.com/docs/errors/${code}`, status: 400 });
		expect(calls.calls()).toEqual([]);
	});

	test("answers 401 to whoever shows no token of the account, and to a revoked one until it is taken again", async () => {
		const { post, calls } = world();
		expect((await post({}, {})).status).toBe(401);
		expect((await post({}, { authorization: `Basic ${btoa(`${accountSid}:wrong`)}` })).status).toBe(401);
		const end = calls.revokeTokens();
		expect((await post()).status).toBe(401);
		end();
		expect((await post()).status).toBe(201);
	});

	test("answers in the vendor's stead, 404 to what there is not, and the account to its holder", async () => {
		const { get, calls } = world();
		expect((await get("/Calls/CA1.json")).status).toBe(404);
		expect((await get("/Other.json")).status).toBe(404);
		expect(await (await get(".json")).json()).toMatchObject({ sid: accountSid, status: "active" });
		const end = calls.addFault({ status: 503 });
		expect((await get(".json")).status).toBe(503);
		end();
		expect((await get(".json")).status).toBe(200);
	});
});

test("of one host the requests about calls are taken, and those that show a token of their account", () => {
	const { takes, authorization } = world();
	const asked = (path: string, shown: string) => takes(new Request(`${account}${path}`, { headers: { authorization: shown } }));
	expect([asked("/Calls.json", ""), asked(`/Calls/${sid}.json`, ""), asked(".json", authorization)]).toEqual([true, true, true]);
	expect([asked("/Messages.json", authorization), asked(".json", ""), asked(".json", "Basic x")]).toEqual([false, false, false]);
});

describe("a key", () => {
	const answers =
		(body: string, headers: Readonly<Record<string, string>> = { "content-type": "text/xml" }, status = 200) =>
		async () =>
			new Response(body, { headers: { ...headers }, status });

	async function pressed(send: (request: Request) => Promise<Response>, change: Readonly<Record<string, string>> = {}) {
		const { post, calls, state, later } = world();
		await post(change);
		await later(12);
		const call = calls.listening(form.To);
		if (call === undefined) throw new Error("Expected a call that listens, got none");
		return { heard: await pressKey(calls, call, send), state: await state(), calls: calls.calls() };
	}

	test("is posted to the address that asked for it, as a signed form, and its answer is said", async () => {
		const requests: Request[] = [];
		const { heard, state } = await pressed(async (request) => {
			requests.push(request.clone());
			return answers("<Response><Say>Thank you.</Say></Response>")();
		});
		expect(heard).toBe("Thank you.");
		expect(state).toEqual({ status: "completed", answered_by: "human" });
		const [request] = requests;
		expect(`${request?.method} ${request?.url}`).toBe(`POST ${action}`);
		expect(request?.headers.get("x-twilio-signature")).toMatch(/^[\w+/]{27}=$/);
		expect(Object.fromEntries(new URLSearchParams(await request?.text()))).toMatchObject({ CallSid: sid, Digits: "1", To: form.To });
	});

	test.each([
		{ name: "a page for people", send: answers("<p>yes</p>", { "content-type": "text/html" }), code: 12300 },
		{ name: "no XML", send: answers("yes"), code: 12100 },
		{ name: "another status", send: answers("", {}, 403), code: 11200 },
	])("that is answered by $name ends the call with error $code", async ({ send, code }) => {
		const { heard, calls } = await pressed(send);
		expect(heard).toContain(`an application error has occurred. Goodbye. (${code})`);
		expect(calls).toMatchObject([{ status: "completed", errorCode: code }]);
	});

	test("that leads nowhere ends the call with error 11100", async () => {
		const { heard } = await pressed(answers(""), { Twiml: twiml.replace(action, "") });
		expect(heard).toContain("(11100)");
	});

	test("is heard by nobody before the call listens, and after", async () => {
		const { post, calls, later } = world();
		await post();
		await later(9);
		expect(calls.listening(form.To)).toBeUndefined();
		await later(1);
		expect(calls.listening(form.To)).toMatchObject({ sid, action });
		expect(calls.listening("+4915100000000")).toBeUndefined();
		await later(12);
		expect(calls.listening(form.To)).toBeUndefined();
	});
});

describe("a document", () => {
	test("says its texts in their order, as often as they loop, with pauses", () => {
		expect(readTwiml('<?xml version="1.0"?><Response><Say loop="2">a</Say><Pause/><Say>b &amp; c</Say><Hangup/></Response>')).toEqual({
			words: "a a b & c",
			seconds: expect.closeTo(3 / 15 + 1 + 5 / 15),
		});
	});

	test.each([
		{ name: "another root", text: "<Reply/>", code: 12100 },
		{ name: "a text outside of a verb", text: "<Response>hello</Response>", code: 12200 },
		{ name: "an unknown verb", text: "<Response><Shout/></Response>", code: 12200 },
		{ name: "a verb that nests none", text: "<Response><Gather><Hangup/></Gather></Response>", code: 12200 },
	])("is refused with $code for $name", ({ text, code }) => {
		expect(() => readTwiml(text)).toThrow(expect.objectContaining({ code }));
	});

	test.each([
		"",
		"text",
		"<a>",
		"<a></b>",
		"<a/><b/>",
		"<a b=c/>",
		"<a>&nbsp;</a>",
		"<a>x & y</a>",
		"<a>1 < 2</a>",
		'<a b="<"/>',
		"<a>\u0007</a>",
		"<a>\ud800</a>",
	])("that is no XML is refused: %j", (text) => {
		expect(() => parseXml(text)).toThrow("expected");
	});

	test("is read with its attributes and entities", () => {
		expect(parseXml("<a b='1' c=\"&quot;&#65;&#x1F600;\"> <d/>x&lt;y </a>")).toEqual({
			name: "a",
			attributes: { b: "1", c: '"A😀' },
			children: [" ", { name: "d", attributes: {}, children: [] }, "x<y "],
		});
	});
});

test("a fault that calls do not have is refused", () => {
	const { begin } = voice.open({ clock: new VirtualClock(start), account: { accountSid }, channels: [] });
	expect(() => begin({ does: "groups" })).toThrow("Expected a fault of Twilio Voice, got groups");
	expect(() => begin({ does: "ends", as: "well" })).toThrow("Expected a call that ends as busy, no-answer, failed, machine, got well");
});
