import { createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { slack } from "../../../rehearsal/vendors/slack.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { actions, button, channel, section, start } from "./slackWorkspace.ts";

/** An app that answers every press with this status; what it was sent. */
async function app(status = 200) {
	const clock = new VirtualClock(start);
	const account = slack.open({ clock, account: { cloud: "commercial" }, channels: [{ channel }] });
	const sent: Request[] = [];
	const deliver = async (request: Request): Promise<Response> => {
		sent.push(request);
		return new Response(null, { status });
	};
	const headers = { authorization: `Bearer ${account.secrets["slack-botToken"]}`, "content-type": "application/json" };
	const post = (blocks: readonly unknown[]) => {
		const body = JSON.stringify({ channel, text: "text", blocks });
		return account.fetch(new Request("https://slack.com/api/chat.postMessage", { method: "POST", headers, body }));
	};
	await post([section("page"), actions(button)]);
	await clock.run(start + 10_000);
	const press = () => account.arrivals()[0]?.press?.(deliver);
	return {
		clock,
		account,
		sent,
		post,
		press,
		subscribe: () => account.subscribe({ urlOf: () => "https://hook.test/vendors/slack", deliver }),
	};
}

describe("a button that is pressed", () => {
	test("is a signed request to the app, with its value and its time", async () => {
		const { account, press, sent, subscribe } = await app();
		subscribe();
		expect(await press()).toBe("the button is pressed");
		const body = (await sent[0]?.clone().text()) ?? "";
		const timestamp = sent[0]?.headers.get("x-slack-request-timestamp");
		const signature = createHmac("sha256", account.webhookSecrets["slack-signingSecret"]).update(`v0:${timestamp}:${body}`).digest("hex");
		expect([sent[0]?.url, timestamp]).toEqual(["https://hook.test/vendors/slack", "1795514410"]);
		expect(sent[0]?.headers.get("x-slack-signature")).toBe(`v0=${signature}`);
		expect(JSON.parse(new URLSearchParams(body).get("payload") ?? "")).toMatchObject({
			type: "block_actions",
			user: { name: "the person on call", username: "the.person.on.call" },
			container: { type: "message", channel_id: channel },
			actions: [{ type: "button", action_id: "acknowledge", value: "the-key", action_ts: "1795514410.250000" }],
		});
	});

	test("is a warning where the app does not say yes", async () => {
		const { press, subscribe } = await app(401);
		subscribe();
		expect(await press()).toBe("Slack shows a warning (401)");
	});

	test("is nothing where the app has no address, a message no button, or somebody deleted it", async () => {
		const { account, clock, post, press, subscribe } = await app();
		expect(press()).toBeUndefined();
		subscribe();
		await post([section("end")]);
		await clock.run(clock.now() + 1000);
		expect(account.arrivals().map((arrival) => arrival.press !== undefined)).toEqual([true, false]);
		account.act("delete", channel);
		expect(press()).toBeUndefined();
	});
});
