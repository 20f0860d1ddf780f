import { describe, expect, test } from "vitest";
import { channel, metadata, workspace } from "./slackWorkspace.ts";

type Read = ReturnType<typeof workspace>["read"];
type Json = Readonly<Record<string, unknown>>;

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);

const messages = async (read: Read, query: Readonly<Record<string, string>>): Promise<readonly Json[]> =>
	list((await read("conversations.history", query)).json.messages);

describe("what stands in a channel", () => {
	test("is read the newest first, with the metadata where that is asked for", async () => {
		const { post, read } = workspace();
		const [first, second] = [await post({ text: "one", metadata }), await post({ text: "two" })];
		const { json } = await read("conversations.history", { channel, include_all_metadata: "true" });
		expect(json).toMatchObject({
			ok: true,
			messages: [
				{ ts: second, text: "two" },
				{ ts: first, text: "one", metadata },
			],
			has_more: false,
		});
		expect(await messages(read, { channel })).toMatchObject([{}, { metadata: { event_type: "page_sent" } }]);
		expect(JSON.stringify(await messages(read, { channel }))).not.toContain("the-key");
	});

	test("is one message between a time and the same time, where both are included", async () => {
		const { post, read } = workspace();
		const [, second] = [await post(), await post({ text: "two" }), await post()];
		const one = { channel, oldest: second, latest: second, limit: "1" };
		expect((await read("conversations.history", { ...one, inclusive: "true" })).json).toMatchObject({ messages: [{ text: "two" }] });
		expect((await read("conversations.history", one)).json).toMatchObject({ messages: [] });
	});

	test("is cut at its limit: from the oldest on where that is given, and back from the newest elsewhere", async () => {
		const { post, read } = workspace();
		const [first] = [await post({ text: "1" }), await post({ text: "2" }), await post({ text: "3" })];
		const texts = async (query: Readonly<Record<string, string>>) => {
			const { json } = await read("conversations.history", { channel, limit: "2", ...query });
			return [list(json.messages).map(({ text }) => text), json.has_more];
		};
		expect(await texts({})).toEqual([["3", "2"], true]);
		expect(await texts({ oldest: "0" })).toEqual([["2", "1"], true]);
		expect(await texts({ oldest: first })).toEqual([["3", "2"], false]);
	});

	test.each([
		{ query: { oldest: "2026-11-24" }, error: "invalid_ts_oldest" },
		{ query: { latest: "" }, error: "invalid_ts_latest" },
		{ query: { channel: "C0NOWHERE01" }, error: "channel_not_found" },
		{ query: { channel: "C0ELSEWHERE" }, error: "not_in_channel" },
	])("is not read by $query", async ({ query, error }) => {
		const { read, world } = workspace();
		world.addChannel({ id: "C0ELSEWHERE", isMember: false });
		expect((await read("conversations.history", { channel, ...query })).json).toEqual({ ok: false, error });
	});

	test("holds a reply only where it was broadcast", async () => {
		const { post, read } = workspace();
		const parent = await post({ text: "page" });
		await post({ text: "hidden", thread_ts: parent });
		const shared = await post({ text: "shared", thread_ts: parent, reply_broadcast: true });
		expect((await read("conversations.history", { channel })).json).toMatchObject({
			messages: [
				{ text: "shared", subtype: "thread_broadcast", thread_ts: parent },
				{ text: "page", thread_ts: parent, reply_count: 2, latest_reply: shared },
			],
		});
		expect((await read("chat.getPermalink", { channel, message_ts: shared })).json).toMatchObject({
			permalink: expect.stringMatching(new RegExp(`/archives/${channel}/p\\d{16}\\?thread_ts=${parent}&cid=${channel}$`)),
		});
	});

	test("has a permanent link as long as it is there", async () => {
		const { post, read, world } = workspace();
		const ts = await post();
		const link = { ok: true, channel, permalink: `https://rehearsal.slack.com/archives/${channel}/p${ts.replace(".", "")}` };
		expect((await read("chat.getPermalink", { channel, message_ts: ts })).json).toEqual(link);
		expect(world.deleteMessages(channel)).toBe(1);
		expect((await read("chat.getPermalink", { channel, message_ts: ts })).json).toEqual({ ok: false, error: "message_not_found" });
		expect((await read("chat.getPermalink", { channel: "C0NOWHERE01", message_ts: ts })).json).toMatchObject({
			error: "channel_not_found",
		});
	});

	test("that is deleted is gone, or a stone above its replies", async () => {
		const { post, read, world } = workspace();
		await post();
		const parent = await post({ metadata });
		await post({ text: "reply", thread_ts: parent });
		expect(world.deleteMessages(channel)).toBe(2);
		const [found, ...more] = await messages(read, { channel, include_all_metadata: "true" });
		const stone = { type: "message", subtype: "tombstone", ts: parent, reply_count: 1 };
		expect(found).toMatchObject(stone);
		expect(found).not.toHaveProperty("metadata");
		expect(more).toEqual([]);
	});

	test("that is changed says so, and who is not there is not changed", async () => {
		const { call, post, read } = workspace();
		const ts = await post({ metadata });
		expect((await call("chat.update", { channel, ts, text: "changed" })).json).toMatchObject({ ok: true, ts, text: "changed" });
		expect((await read("conversations.history", { channel, include_all_metadata: "1" })).json).toMatchObject({
			messages: [{ ts, text: "changed", metadata, edited: { user: "U0RUNBOOKS" } }],
		});
		expect((await call("chat.update", { channel, ts, text: "" })).json).toMatchObject({ error: "no_text" });
		expect((await call("chat.update", { channel, ts: "1.000001", text: "x" })).json).toMatchObject({ error: "message_not_found" });
	});

	test("is read fifty times a minute", async () => {
		const { read, later } = workspace();
		const statuses = new Set<number>();
		for (let count = 0; count < 50; count += 1) statuses.add((await read("conversations.history", { channel })).status);
		expect([...statuses]).toEqual([200]);
		const refused = await read("conversations.history", { channel });
		expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "60"]);
		await later(60);
		expect((await read("conversations.history", { channel })).status).toBe(200);
	});
});
