import { checkCredential } from "../../../../functions/edges/vendors/pager.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createSlack } from "../../../../rehearsal/vendors/slack/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { openBudget } from "./adapterContract.ts";
import { slack, slackOptions } from "./vendorPagers.ts";

const start = Date.UTC(2026, 10, 24, 10) + 700;
export const place = "C0PRIMARY01";
const channel = { kind: "slack", name: "slack", channel: place } as const;
export const key = "inc:1:dev:trunk-down:b1:1:1";

/** A page for that channel. */
export function order(change: Partial<PageOrder> = {}): PageOrder {
	return {
		channel,
		dedupKey: key,
		severity: "high",
		summary: "SIP trunk Frankfurt is down",
		title: "SIP trunk Frankfurt is down",
		body: "SIP trunk Frankfurt is down\nSeverity: high",
		source: "Frankfurt",
		details: {},
		intendedAt: start,
		...change,
	};
}

/** A workspace with that channel, and a pager of its bot. */
export function world() {
	const clock = new VirtualClock(start);
	const { fetch, world: workspace } = createSlack({ clock });
	workspace.addChannel({ id: place });
	const net = network([{ host: "slack.com", fetch }]);
	const budget = openBudget();
	const options = slackOptions({
		fetch: net,
		cloud: "commercial",
		credentials: async () => ({ botToken: workspace.botToken }),
		budget,
		perMinute: 60,
	});
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	const check = () => checkCredential(options, channel);
	return { clock, workspace, net, budget, options, later, check, pager: slack({ ...options, cloud: "commercial" }) };
}
