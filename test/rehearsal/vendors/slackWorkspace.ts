import { createSlack } from "../../../rehearsal/vendors/slack/api.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

export const start = Date.UTC(2026, 10, 24, 10) + 250;
export const channel = "C0PRIMARY01";
export const section = (text: string, type = "mrkdwn") => ({ type: "section", text: { type, text } });
export const button = { type: "button", text: { type: "plain_text", text: "Acknowledge" }, action_id: "acknowledge", value: "the-key" };
export const actions = (...elements: readonly unknown[]) => ({ type: "actions", elements });
export const metadata = { event_type: "page_sent", event_payload: { key: "the-key" } };

/** A workspace with one channel, and ways to call its API as its bot. */
export function workspace() {
	const clock = new VirtualClock(start);
	const { fetch, world } = createSlack({ clock });
	world.addChannel({ id: channel });
	const headers = { authorization: `Bearer ${world.botToken}` };
	const ask = async (request: Request) => {
		const answer = await fetch(request);
		const json: Readonly<Record<string, unknown>> = { ...Object(await answer.json()) };
		return { status: answer.status, headers: answer.headers, json };
	};
	const call = (method: string, body: unknown, more: Readonly<Record<string, string>> = headers) => {
		const all = { "content-type": "application/json", ...more };
		return ask(new Request(`https://slack.com/api/${method}`, { method: "POST", headers: all, body: JSON.stringify(body) }));
	};
	const read = (method: string, query: Readonly<Record<string, string>>) =>
		ask(new Request(`https://slack.com/api/${method}?${new URLSearchParams(query)}`, { headers }));
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	const post = async (change: Readonly<Record<string, unknown>> = {}): Promise<string> => {
		await later(1);
		const { json } = await call("chat.postMessage", { channel, text: "text", ...change });
		return String(json.ts);
	};
	return { clock, fetch, world, headers, ask, call, read, later, post };
}
