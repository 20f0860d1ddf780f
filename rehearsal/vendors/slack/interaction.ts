import { createHmac } from "node:crypto";
import { buttonIn } from "./blocks.ts";
import { identity, type SlackWorld } from "./workspace.ts";

/** A request that Slack makes to the app's Request URL: a POST of a form. */
export interface SlackInteraction {
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string;
}

/**
 * Somebody presses a button of the newest message in a channel that has it: the signed `block_actions` payload which Slack posts for that, with
 * its signature (docs.slack.dev, "Verifying requests from Slack": `v0=` and the HMAC-SHA256 of `v0:timestamp:body`). Undefined without such a message.
 */
export function pressed(
	world: SlackWorld,
	{ channel, actionId, by, now }: { readonly channel: string; readonly actionId: string; readonly by: string; readonly now: number },
): SlackInteraction | undefined {
	const message = world.newestWith(channel, actionId);
	const button = message && buttonIn(message.blocks, actionId);
	if (message === undefined || button === undefined) return undefined;
	const { ts, text } = message;
	const team = { id: identity.team_id, domain: "rehearsal" };
	const payload = {
		type: "block_actions",
		user: { id: "U0PERSON", username: by.toLowerCase().replaceAll(/[^a-z0-9]+/g, "."), name: by, team_id: team.id },
		api_app_id: "A0RUNBOOKS",
		container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: false },
		trigger_id: `${ts}.trigger`,
		team,
		channel: { id: channel, name: "on-call" },
		message: { type: "message", bot_id: identity.bot_id, ts, text },
		response_url: "https://hooks.slack.com/actions/T0REHEARSAL/rehearsal",
		actions: [{ type: "button", action_id: actionId, block_id: "b", text: button.text, value: button.value, action_ts: ts }],
	};
	return signed(world.signingSecret, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), now);
}

function signed(secret: string, body: string, now: number): SlackInteraction {
	const timestamp = `${Math.floor(now / 1000)}`;
	const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
	const headers = {
		"content-type": "application/x-www-form-urlencoded",
		"x-slack-request-timestamp": timestamp,
		"x-slack-signature": `v0=${signature}`,
	};
	return { headers, body };
}
