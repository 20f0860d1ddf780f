import { type VendorOptions, vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createJiraCloud } from "../../../../rehearsal/vendors/jira/cloud.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { openBudget } from "./adapterContract.ts";

export const start = Date.UTC(2026, 10, 24, 10) + 700;
const account = { site: "acme", email: "oncall@acme.example" };
export const channel = {
	kind: "jira",
	name: "jira",
	project: "OPS",
	issueType: "Task",
	inProgressTransition: "21",
	doneTransition: "31",
} as const;
export const key = "inc:1:dev:trunk-down:b1:1:1";
export const api = "https://acme.atlassian.net/rest/api/3";

/** A page for the project. */
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

/** A site of Jira Cloud, and a pager of it. */
export function world() {
	const clock = new VirtualClock(start);
	const { fetch, host, token, world: jira } = createJiraCloud({ clock, ...account, projects: ["OPS", "TEL"] });
	const requests: Request[] = [];
	const recorded = async (request: Request) => {
		requests.push(request.clone());
		return fetch(request);
	};
	const budget = openBudget();
	const credentials = async () => ({ email: account.email, apiToken: token });
	const options: VendorOptions = {
		kind: "jira",
		fetch: network([{ host, fetch: recorded }]),
		account,
		credentials,
		budget,
		perMinute: 60,
	};
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	/** What was asked since the last time. */
	const asked = () => requests.splice(0).map(({ method, url }) => `${method} ${new URL(url).pathname.replace("/rest/api/3", "")}`);
	return { clock, jira, budget, options, pager: vendorPager(options), requests, asked, later };
}

const apiToken = "PLANTED-token";
/** A pager of whatever answers. */
export const contractPager = (fetch: typeof globalThis.fetch) =>
	vendorPager({
		kind: "jira",
		fetch,
		account,
		credentials: async () => ({ email: account.email, apiToken }),
		budget: openBudget(),
		perMinute: 60,
	});
/** What stands in none of its errors. */
export const secrets = [apiToken, btoa(`${account.email}:${apiToken}`)];

/** What a search finds. */
export const issue = {
	key: "OPS-1",
	fields: { labels: [key], status: { statusCategory: { key: "new" } }, created: "2026-11-24T11:00:05.000+0100" },
};
