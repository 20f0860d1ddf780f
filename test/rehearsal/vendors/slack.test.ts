import { describe, expect, test } from "vitest";
import { slack } from "../../../rehearsal/vendors/slack.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { actions, button, channel, metadata, section, start, workspace } from "./slackWorkspace.ts";

describe("a call", () => {
	test.each([
		{ name: "no token", headers: {}, error: "not_authed" },
		{ name: "a wrong token", headers: { authorization: "Bearer xoxb-wrong" }, error: "invalid_auth" },
	])("with $name is a no with a 200", async ({ headers, error }) => {
		const { call } = workspace();
		expect(await call("chat.postMessage", { channel, text: "text" }, headers)).toMatchObject({ status: 200, json: { ok: false, error } });
	});

	test("with a token that was revoked is of an inactive account, until it is taken again", async () => {
		const { call, world } = workspace();
		const end = world.revokeToken();
		expect((await call("auth.test", {})).json).toEqual({ ok: false, error: "account_inactive" });
		end();
		expect((await call("auth.test", {})).json).toMatchObject({ ok: true, team: "Rehearsal", bot_id: "B0RUNBOOKS" });
	});

	test("takes a token in a form, and in no JSON and no query", async () => {
		const { ask, call, world } = workspace();
		const url = "https://slack.com/api/auth.test";
		const body = new URLSearchParams({ token: world.botToken });
		expect((await ask(new Request(url, { method: "POST", body }))).json).toMatchObject({ ok: true });
		expect((await call("auth.test", { token: world.botToken }, {})).json).toMatchObject({ error: "not_authed" });
		expect((await ask(new Request(`${url}?${body}`))).json).toMatchObject({ error: "not_authed" });
	});

	test.each([
		{ name: "that says no type", type: "", body: "{}", error: "missing_post_type" },
		{ name: "of another type", type: "application/xml", body: "<x/>", error: "invalid_post_type" },
		{ name: "that is no JSON", type: "application/json", body: "{", error: "invalid_json" },
		{ name: "that is a list", type: "application/json; charset=utf-8", body: "[]", error: "json_not_object" },
	])("with a body $name is refused", async ({ type, body, error }) => {
		const { ask, headers } = workspace();
		const request = new Request("https://slack.com/api/chat.postMessage", {
			method: "POST",
			headers: { ...headers, "content-type": type },
			body,
		});
		expect((await ask(request)).json).toEqual({ ok: false, error });
	});

	test("of a method that there is not is a no, and an address that is none a page for people", async () => {
		const { call, fetch } = workspace();
		expect((await call("chat.shout", {})).json).toEqual({ ok: false, error: "unknown_method" });
		const page = await fetch(new Request("https://slack.com/help"));
		expect([page.status, page.headers.get("content-type")]).toEqual([404, "text/html"]);
	});

	test("says which scope it lacks, and which it has", async () => {
		const { call, read, world } = workspace();
		world.addChannel({ id: "G0PRIVATE01" });
		world.grant(["chat:write"]);
		expect((await read("conversations.history", { channel })).json).toEqual({
			ok: false,
			error: "missing_scope",
			needed: "channels:history",
			provided: "chat:write",
		});
		expect((await read("conversations.history", { channel: "G0PRIVATE01" })).json).toMatchObject({ needed: "groups:history" });
		expect((await read("chat.getPermalink", { channel, message_ts: "1.000001" })).json).toEqual({ ok: false, error: "message_not_found" });
		world.grant([]);
		expect((await call("chat.postMessage", { channel, text: "text" })).json).toMatchObject({ needed: "chat:write", provided: "" });
	});
});

describe("a message", () => {
	test("is answered with its time, which no other message of its channel has", async () => {
		const { call, later, world } = workspace();
		const first = await call("chat.postMessage", { channel, text: "see https://a.example/b", blocks: [section("text")], metadata });
		expect(first.status).toBe(200);
		expect(first.json).toMatchObject({
			ok: true,
			channel,
			ts: "1795514400.250001",
			message: { type: "message", bot_id: "B0RUNBOOKS", text: "see <https://a.example/b>", metadata },
		});
		await later(1);
		expect((await call("chat.postMessage", { channel, text: "text" })).json).toMatchObject({ ts: "1795514401.250002" });
		expect(world.messages()).toHaveLength(2);
	});

	test("comes by a form, too, whose blocks are JSON as text", async () => {
		const { ask, headers, world } = workspace();
		const body = new URLSearchParams({ channel, text: "text", blocks: JSON.stringify([section("*bold*")]) });
		const answer = await ask(new Request("https://slack.com/api/chat.postMessage", { method: "POST", headers, body }));
		expect(answer.json).toMatchObject({ ok: true });
		expect(world.messages()).toMatchObject([{ blocks: [section("*bold*")] }]);
	});

	test.each([
		{ name: "nowhere", change: { channel: "C0NOWHERE01" }, error: "channel_not_found" },
		{ name: "where the bot is not", change: { channel: "C0ELSEWHERE" }, error: "not_in_channel" },
		{ name: "in a private channel where the bot is not", change: { channel: "G0ELSEWHERE" }, error: "channel_not_found" },
		{ name: "in an archived channel", change: { channel: "C0ARCHIVED1" }, error: "is_archived" },
		{ name: "without a text", change: { text: "" }, error: "no_text" },
		{ name: "in reply to nothing", change: { thread_ts: "1.000001" }, error: "cannot_reply_to_message" },
		{ name: "with metadata of no type", change: { metadata: { event_payload: {} } }, error: "invalid_metadata_format" },
		{ name: "with metadata of a text", change: { metadata: "key" }, error: "invalid_metadata_format" },
	])("$name is refused", async ({ change, error }) => {
		const { call, world } = workspace();
		world.addChannel({ id: "C0ELSEWHERE", isMember: false });
		world.addChannel({ id: "G0ELSEWHERE", isMember: false });
		world.addChannel({ id: "C0ARCHIVED1", isArchived: true });
		const answer = await call("chat.postMessage", { channel, text: "text", ...change });
		expect({ status: answer.status, json: answer.json }).toEqual({ status: 200, json: { ok: false, error } });
		expect(world.messages()).toEqual([]);
	});

	test.each([
		{ name: "no list", blocks: {}, place: "/blocks" },
		{ name: "more than fifty", blocks: Array.from({ length: 51 }, () => section("x")), place: "/blocks" },
		{ name: "a text", blocks: ["x"], place: "/blocks/0" },
		{ name: "an unknown type", blocks: [{ type: "shout" }], place: "/blocks/0/type" },
		{ name: "a section without a text", blocks: [{ type: "section" }], place: "/blocks/0/text" },
		{ name: "an empty section", blocks: [section("")], place: "/blocks/0/text/text" },
		{ name: "a long section", blocks: [section("x".repeat(3001))], place: "/blocks/0/text/text" },
		{ name: "a text of another markup", blocks: [section("x", "html")], place: "/blocks/0/text/type" },
		{ name: "no elements", blocks: [actions()], place: "/blocks/0/elements" },
		{ name: "more than 25 buttons", blocks: [actions(...Array.from({ length: 26 }, () => button))], place: "/blocks/0/elements" },
		{ name: "an element that is no button", blocks: [actions({ type: "image" })], place: "/blocks/0/elements/0/type" },
		{
			name: "a button in markup",
			blocks: [actions({ ...button, text: { type: "mrkdwn", text: "x" } })],
			place: "/blocks/0/elements/0/text/type",
		},
		{ name: "a button of no style", blocks: [actions({ ...button, style: "loud" })], place: "/blocks/0/elements/0/style" },
		{ name: "a long value", blocks: [actions({ ...button, value: "x".repeat(2001) })], place: "/blocks/0/elements/0/value" },
		{ name: "a long name", blocks: [actions({ ...button, action_id: "x".repeat(256) })], place: "/blocks/0/elements/0/action_id" },
		{ name: "a value that is no text", blocks: [actions({ ...button, value: 1 })], place: "/blocks/0/elements/0/value" },
	])("with blocks that are wrong by $name is refused, with the place", async ({ blocks, place }) => {
		const { call } = workspace();
		expect((await call("chat.postMessage", { channel, text: "text", blocks })).json).toEqual({
			ok: false,
			error: "invalid_blocks",
			response_metadata: { messages: [expect.stringMatching(new RegExp(` \\[json-pointer:${place}\\]$`))] },
		});
	});

	test("is truncated behind 40,000 characters", async () => {
		const { post, world } = workspace();
		await post({ text: "x".repeat(50_000) });
		expect(world.messages()[0]?.text).toHaveLength(40_000);
	});

	test("comes once a second in each channel: another one is told to wait", async () => {
		const { call, later, world } = workspace();
		world.addChannel({ id: "C0SECONDARY" });
		const post = (place = channel) => call("chat.postMessage", { channel: place, text: "text" });
		expect((await post()).status).toBe(200);
		const refused = await post();
		expect({ status: refused.status, json: refused.json, after: refused.headers.get("retry-after") }).toEqual({
			status: 429,
			json: { ok: false, error: "ratelimited" },
			after: "1",
		});
		expect((await post("C0SECONDARY")).status).toBe(200);
		await later(1);
		expect((await post()).status).toBe(200);
	});
});

describe("the account", () => {
	const open = (cloud = "commercial") => {
		const clock = new VirtualClock(start);
		return slack.open({ clock, account: { cloud }, channels: [{ channel }] });
	};
	const post = async ({ fetch, secrets }: ReturnType<typeof open>, body: Readonly<Record<string, unknown>>) => {
		const headers = { authorization: `Bearer ${secrets["slack-botToken"]}`, "content-type": "application/json" };
		const request = new Request("https://slack.com/api/chat.postMessage", {
			method: "POST",
			headers,
			body: JSON.stringify({ channel, ...body }),
		});
		const answer = await fetch(request);
		return { status: answer.status, json: await answer.json() };
	};

	test("is in one of two clouds", () => {
		expect([open().hosts, open("gov").hosts]).toEqual([{ api: "slack.com" }, { api: "slack-gov.com" }]);
	});

	test("shows what people read: markup without its signs, and mentions as they ring", async () => {
		const account = open();
		await post(account, {
			text: "in short",
			blocks: [section("R&amp;D <!channel> <https://a.example/b|runbook>"), section("a <b> & c", "plain_text")],
		});
		expect(account.arrivals()).toEqual([
			{ place: channel, kind: "page", at: start, text: "R&D @channel runbook\na <b> & c", arrived: true },
		]);
	});

	test("shows the text where there are no blocks, and knows the end by its first word", async () => {
		const account = open();
		await post(account, { text: "RECOVERED: see https://a.example/b" });
		expect(account.arrivals()).toMatchObject([{ kind: "end", text: "RECOVERED: see https://a.example/b" }]);
	});

	test("says no, answers, loses and refuses as a scenario wants", async () => {
		const account = open();
		const no = account.begin({ does: "says-no", error: "restricted_action" });
		expect(await post(account, { text: "x" })).toEqual({ status: 200, json: { ok: false, error: "restricted_action" } });
		const down = account.begin({ does: "answers", status: 503 });
		expect(await post(account, { text: "x" })).toMatchObject({ status: 503 });
		down();
		no();
		const again = account.refuse();
		expect(await post(account, { text: "x" })).toMatchObject({ json: { error: "account_inactive" } });
		again();
		account.begin({ does: "loses" });
		expect(await post(account, { text: "x" })).toMatchObject({ json: { ok: true, ts: expect.any(String) } });
		expect(account.arrivals()).toEqual([]);
		expect(() => account.begin({ does: "groups" })).toThrow("Expected a fault of Slack, got groups");
	});

	test("has its messages deleted by people, who do nothing else there", async () => {
		const account = open();
		await post(account, { text: "x" });
		expect(() => account.act("snooze", channel)).toThrow("expected delete, got snooze: a message has no state");
		expect(account.act("delete", channel)).toBe(1);
	});
});
