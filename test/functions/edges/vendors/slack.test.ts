import { describe, expect, test } from "vitest";
import { slack as description } from "../../../../vendors/slack.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";
import { key, order, place, world } from "./slackWorld.ts";
import { slack } from "./vendorPagers.ts";

const botToken = "xoxb-PLANTED-token";
const contractPager = (fetch: typeof globalThis.fetch, cloud: "commercial" | "gov" = "commercial") =>
	slack({ fetch, cloud, credentials: async () => ({ botToken }), budget: openBudget(), perMinute: 60 });

adapterContract({
	system: "Slack",
	secrets: [botToken],
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{ name: "read", call: (fetch) => contractPager(fetch).read(order({ receipt: "1795514400.000001" })) },
		{ name: "find", call: (fetch) => contractPager(fetch).read(order()) },
		{
			name: "update",
			call: async (fetch) => contractPager(fetch).update?.(order({ receipt: "1795514400.000001", note: "new" })),
			answeredBy: [404],
		},
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()) },
	],
});

/** A pager that finds nothing under way, and what it posts. */
function posting(cloud: "commercial" | "gov" = "commercial") {
	const posted: Request[] = [];
	const pager = contractPager(async (input, init) => {
		const request = new Request(input, init);
		if (request.method === "GET") return Response.json({ ok: true, messages: [] });
		posted.push(request);
		return Response.json({ ok: true, channel: place, ts: "1795514400.000001" });
	}, cloud);
	return { pager, posted, body: async () => JSON.parse((await posted[0]?.text()) ?? "null") };
}

describe("a page", () => {
	test("is the documented message with a button, under the key that it is found by", async () => {
		const { pager, posted, body } = posting();
		await expect(pager.send(order())).resolves.toEqual({ receipt: "1795514400.000001" });
		expect(`${posted[0]?.method} ${posted[0]?.url}`).toBe("POST https://slack.com/api/chat.postMessage");
		expect(posted[0]?.headers.get("authorization")).toBe(`Bearer ${botToken}`);
		expect(posted[0]?.headers.get("content-type")).toBe("application/json");
		expect(await body()).toEqual({
			channel: place,
			text: "HIGH: SIP trunk Frankfurt is down",
			blocks: [
				{ type: "section", text: { type: "mrkdwn", text: "SIP trunk Frankfurt is down\nSeverity: high" } },
				{
					type: "actions",
					elements: [
						{
							type: "button",
							action_id: "acknowledge",
							value: key,
							style: "primary",
							text: { type: "plain_text", text: "Acknowledge" },
						},
					],
				},
			],
			metadata: { event_type: "page_sent", event_payload: { key } },
			unfurl_links: false,
			unfurl_media: false,
		});
	});

	test("of a workspace in the other cloud goes to its host", async () => {
		const { pager, posted } = posting("gov");
		await pager.send(order());
		expect(posted[0]?.url).toBe("https://slack-gov.com/api/chat.postMessage");
	});

	test("holds no markup but our own: nobody is called by the name of a trunk", async () => {
		const { pager, body } = posting();
		const name = "<!channel> & co";
		const acknowledgeUrl = "https://hook.test/a/signed/key";
		await pager.send(order({ title: name, body: `${name}\nAcknowledge: ${acknowledgeUrl}`, acknowledgeUrl }));
		expect(await body()).toMatchObject({
			text: "HIGH: &lt;!channel&gt; &amp; co",
			blocks: [{ text: { text: "&lt;!channel&gt; &amp; co\nAcknowledge: https://hook.test/a/signed/key" } }, { type: "actions" }],
		});
	});

	test("is no longer than a section may be, whatever was escaped in it", async () => {
		const sent = async (body: string): Promise<string> => {
			const { pager, body: posted } = posting();
			await pager.send(order({ body }));
			return (await posted()).blocks[0].text.text;
		};
		expect(await sent("x".repeat(3000))).toHaveLength(3000);
		expect(await sent("&".repeat(3000))).toHaveLength(3000);
	});

	test("is proven by the message itself, read by its time", async () => {
		const { pager, workspace, budget, later } = world();
		const { receipt } = await pager.send(order());
		await later(1);
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "delivered", receipt });
		expect(workspace.messages().map(({ ts }) => ts)).toEqual([receipt]);
		expect(budget.taken).toEqual(["slack:read of 60", "slack of 60", "slack:read of 60"]);
	});

	test("that Slack took and lost, or somebody deleted, is absent", async () => {
		const { pager, workspace, later } = world();
		const end = workspace.addFault({ swallow: true });
		const { receipt } = await pager.send(order());
		await expect(pager.read(order({ receipt }))).resolves.toEqual({ state: "absent" });
		end();
		await later(1);
		const again = await pager.send(order({ receipt }));
		expect(again.receipt).not.toBe(receipt);
		await expect(pager.read(order(again))).resolves.toEqual({ state: "delivered", receipt: again.receipt });
		workspace.deleteMessages(place);
		await expect(pager.read(order(again))).resolves.toEqual({ state: "absent" });
	});

	test("whose answer was lost is found by its key, and not sent twice", async () => {
		const { pager, workspace, later } = world();
		const { receipt } = await pager.send(order());
		await later(1);
		await pager.send(order({ dedupKey: `${key}:2` }));
		await later(30);
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt });
		await expect(pager.send(order())).resolves.toEqual({ receipt });
		expect(workspace.messages()).toHaveLength(2);
	});

	test("is not proven by a message from long before the intent", async () => {
		const { pager, clock, later } = world();
		await pager.send(order());
		await later(6);
		await expect(pager.read(order({ intendedAt: clock.now() + 290_000 }))).resolves.toMatchObject({ state: "delivered" });
		await expect(pager.read(order({ intendedAt: clock.now() + 301_000 }))).resolves.toEqual({ state: "absent" });
	});

	test("is sent although the channel cannot be read", async () => {
		const { pager, workspace } = world();
		workspace.grant(["chat:write"]);
		await expect(pager.send(order())).resolves.toMatchObject({ receipt: expect.stringMatching(/^\d+\.\d{6}$/) });
	});

	test("of another kind of channel is refused", async () => {
		const { pager, workspace } = world();
		const sms = { kind: "sms", name: "sms", to: "+15555550101" } as const;
		await expect(pager.send(order({ channel: sms }))).rejects.toMatchObject({ reason: "misconfigured", retry: false });
		expect(workspace.messages()).toEqual([]);
	});
});

describe("a no with a 200", () => {
	test.each(Object.entries(description.calls.send.accepts.reasons))("of %s is %s", async (error, reason) => {
		const refusing = contractPager(async () => Response.json({ ok: false, error }));
		await expect(refusing.send(order())).rejects.toMatchObject({
			reason,
			message: `Slack: expected a yes to the new message, got ${error}`,
		});
	});

	test("that is not documented is not repeated", async () => {
		const refusing = contractPager(async () => Response.json({ ok: false, error: botToken }));
		await expect(refusing.send(order())).rejects.toMatchObject({
			reason: "rejected",
			retry: false,
			message: "Slack: expected a yes to the new message, got another answer",
		});
	});

	test.each([
		{ name: "an archived channel", change: { isArchived: true }, reason: "rejected" },
		{ name: "a channel without the bot", change: { isMember: false }, reason: "forbidden" },
		{ name: "a private channel without the bot", change: { isPrivate: true, isMember: false }, reason: "not-found" },
	])("is what $name says", async ({ change, reason }) => {
		const { pager, workspace } = world();
		workspace.addChannel({ id: place, ...change });
		await expect(pager.send(order())).rejects.toMatchObject({ reason, retry: false });
	});

	test("by a token that was revoked says that it is unauthorized; too many messages wait as long as Slack says", async () => {
		const { pager, workspace } = world();
		await pager.send(order());
		await expect(pager.send(order({ dedupKey: `${key}:2` }))).rejects.toMatchObject({ reason: "rate-limited", retryAfterSeconds: 1 });
		workspace.revokeToken();
		await expect(pager.send(order())).rejects.toMatchObject({ reason: "unauthorized", retry: false });
	});
});
