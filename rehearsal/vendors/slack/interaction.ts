import { createHmac } from "node:crypto";
import type { Button } from "./blocks.ts";
import { identity, type SlackMessage } from "./workspace.ts";

/** A button of a message that somebody presses. */
export interface Press {
	readonly message: SlackMessage;
	readonly button: Button;
	readonly by: string;
	/** Milliseconds. */
	readonly at: number;
}

/** What Slack posts for that to the app's Request URL (docs.slack.dev, "block_actions payload"), signed. */
export function pressed(url: string, secret: string, { message: { channel, ts, text }, button, by, at }: Press): Request {
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
		actions: [{ ...button, block_id: "b", action_ts: (at / 1000).toFixed(6) }],
	};
	return signed(url, secret, new URLSearchParams({ payload: JSON.stringify(payload) }).toString(), at);
}

/** docs.slack.dev, "Verifying requests from Slack": `v0=` and the HMAC-SHA256 of `v0:timestamp:body`. */
function signed(url: string, secret: string, body: string, at: number): Request {
	const timestamp = `${Math.floor(at / 1000)}`;
	const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
	const headers = {
		"content-type": "application/x-www-form-urlencoded",
		"x-slack-request-timestamp": timestamp,
		"x-slack-signature": `v0=${signature}`,
	};
	return new Request(url, { method: "POST", headers, body });
}
