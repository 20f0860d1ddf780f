import { describe, expect, test } from "vitest";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { key, order, place, world } from "./slackWorld.ts";

describe("what is new", () => {
	test("is a reply in the thread of the page, which is found where its receipt is not known", async () => {
		const { pager, workspace, later } = world();
		const { receipt } = await pager.send(order());
		for (const known of [{ receipt }, {}]) {
			await later(1);
			await pager.update?.(order({ ...known, note: "Acknowledged by Ada <ada@a.example>" }));
		}
		const reply = { threadTs: receipt, isBroadcast: false, text: "Acknowledged by Ada &lt;ada@a.example&gt;" };
		expect(workspace.messages().slice(1)).toMatchObject([reply, reply]);
	});

	test("of a page that is nowhere is told nobody", async () => {
		const { pager, workspace } = world();
		await pager.update?.(order({ note: "Acknowledged by Ada" }));
		expect(workspace.messages()).toEqual([]);
	});
});

describe("an end", () => {
	const recovery = (change: Partial<PageOrder> = {}) => order({ dedupKey: `${key}:recovery`, note: "Over since 10:12 UTC.", ...change });

	test("is a reply in the thread that the channel sees, proven by its own message", async () => {
		const { pager, workspace, later } = world();
		const page = await pager.send(order());
		await later(60);
		const end = await pager.resolve(recovery({ thread: page.receipt }));
		expect(workspace.messages()).toMatchObject([
			{ ts: page.receipt },
			{
				ts: end.receipt,
				threadTs: page.receipt,
				isBroadcast: true,
				text: "RECOVERED: SIP trunk Frankfurt is down\nOver since 10:12 UTC.",
				metadata: { event_payload: { key: `${key}:recovery` } },
			},
		]);
		await expect(pager.read(recovery(end))).resolves.toEqual({ state: "delivered", receipt: end.receipt });
	});

	test("is a message of its own where the page is not known, and told once", async () => {
		const { pager, workspace, later } = world();
		const end = await pager.resolve(recovery());
		await later(1);
		await expect(pager.resolve(recovery())).resolves.toEqual(end);
		expect(workspace.messages()).toHaveLength(1);
		expect(workspace.messages()[0]).not.toHaveProperty("threadTs");
	});
});

describe("the check", () => {
	test("passes without a word in the channel", async () => {
		const { check, workspace } = world();
		await expect(check()).resolves.toBeUndefined();
		expect(workspace.messages()).toEqual([]);
	});

	test("fails for a wrong token, a missing scope, and a channel that the bot is not in", async () => {
		const { check, workspace } = world();
		const again = workspace.revokeToken();
		await expect(check()).rejects.toMatchObject({
			reason: "unauthorized",
			message: expect.stringContaining("the bot token, got account_inactive"),
		});
		again();
		workspace.grant(["chat:write"]);
		await expect(check()).rejects.toMatchObject({ reason: "forbidden", message: expect.stringContaining("missing_scope") });
		workspace.grant(["channels:history"]);
		workspace.addChannel({ id: place, isMember: false });
		await expect(check()).rejects.toMatchObject({ reason: "forbidden", message: expect.stringContaining("not_in_channel") });
	});
});
