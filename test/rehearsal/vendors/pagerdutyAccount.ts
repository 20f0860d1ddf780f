import { createPagerDuty } from "../../../rehearsal/vendors/pagerduty/api.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";

export const start = Date.UTC(2026, 10, 24, 10);

/** An account in the United States with one service. */
export function account() {
	const clock = new VirtualClock(start);
	const { fetch, world } = createPagerDuty({ clock, region: "us" });
	const keys = world.addService({ id: "P1", name: "primary" });
	const trigger = {
		routing_key: keys.routingKey,
		event_action: "trigger",
		dedup_key: "k",
		payload: { summary: "s", source: "x", severity: "error" },
	};
	const post = (event: unknown) =>
		fetch(new Request("https://events.pagerduty.com/v2/enqueue", { method: "POST", body: JSON.stringify(event) }));
	const get = (path: string, authorization = `Token token=${keys.apiToken}`) =>
		fetch(new Request(`https://api.pagerduty.com${path}`, { headers: { authorization } }));
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	return { clock, world, keys, trigger, post, get, later };
}
