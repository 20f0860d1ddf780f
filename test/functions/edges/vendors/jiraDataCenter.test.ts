import { describe, expect, test } from "vitest";
import { checkCredential, type VendorOptions, vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createJiraDataCenter } from "../../../../rehearsal/vendors/jira/dataCenter.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";

const start = Date.UTC(2026, 10, 24, 10);
const account = { address: "https://jira.example.com/jira" };
const project = { project: "OPS", issueType: "Task", inProgressTransition: "4", doneTransition: "5" };
const channel = { kind: "jiraDataCenter", name: "jira", ...project } as const;
const key = "inc:1:dev:trunk-down:b1:1:1";
const body = "SIP trunk Frankfurt is down\nSeverity: high";

function order(change: Partial<PageOrder> = {}): PageOrder {
	return {
		channel,
		dedupKey: key,
		severity: "high",
		summary: "SIP trunk Frankfurt is down",
		title: "SIP trunk Frankfurt is down",
		body,
		source: "Frankfurt",
		details: {},
		intendedAt: start,
		...change,
	};
}

function world() {
	const clock = new VirtualClock(start);
	const { fetch, host, token, world: jira } = createJiraDataCenter({ clock, ...account, projects: ["OPS"] });
	const requests: Request[] = [];
	const recorded = async (request: Request) => {
		requests.push(request.clone());
		return fetch(request);
	};
	const net = network([{ host, fetch: recorded }]);
	const credentials = async () => ({ accessToken: token });
	const options: VendorOptions = { kind: "jiraDataCenter", fetch: net, account, credentials, budget: openBudget(), perMinute: 60 };
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	return { jira, options, net, token, pager: vendorPager(options), requests, later };
}

const accessToken = "PLANTED-token";
const contractPager = (fetch: typeof globalThis.fetch) =>
	vendorPager({
		kind: "jiraDataCenter",
		fetch,
		account,
		credentials: async () => ({ accessToken }),
		budget: openBudget(),
		perMinute: 60,
	});

adapterContract({
	system: "Jira Data Center",
	secrets: [accessToken],
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{ name: "read", call: (fetch) => contractPager(fetch).read(order()) },
		{ name: "acknowledge", call: async (fetch) => contractPager(fetch).acknowledge?.(order()) },
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()) },
	],
});

describe("a page", () => {
	test("is an issue under the context path, its description a text, made with a bearer token", async () => {
		const { pager, requests, token } = world();
		await expect(pager.send(order())).resolves.toEqual({ receipt: "OPS-1" });
		const [lookup, sent] = requests;
		expect(new URL(lookup?.url ?? "").pathname).toBe("/jira/rest/api/2/search");
		expect(`${sent?.method} ${sent?.url}`).toBe(`POST ${account.address}/rest/api/2/issue`);
		expect(sent?.headers.get("authorization")).toBe(`Bearer ${token}`);
		expect(await sent?.json()).toMatchObject({ fields: { description: body, labels: [key] } });
	});

	test("is there, taken over, and done, each by a transition that the workflow has from there", async () => {
		const { pager, jira, later } = world();
		await pager.send(order());
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "delivered", receipt: "OPS-1" });
		await pager.acknowledge?.(order({ note: "Acknowledged by Ada (tier 1, sms)" }));
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "acknowledged", receipt: "OPS-1" });
		// The workflow would refuse it.
		await pager.acknowledge?.(order());
		await pager.resolve(order({ note: "Over since 11:00." }));
		await later(2);
		await expect(pager.read(order())).resolves.toEqual({ state: "resolved", receipt: "OPS-1" });
		await expect(pager.resolve(order())).resolves.toEqual({ receipt: "OPS-1" });
		expect(jira.issues()[0]).toMatchObject({ status: { name: "Resolved" }, comments: ["Runbooks: Over since 11:00."] });
	});

	test("sent again is the issue that is there", async () => {
		const { pager, jira, later } = world();
		await pager.send(order());
		await later(2);
		await expect(pager.send(order())).resolves.toEqual({ receipt: "OPS-1" });
		expect(jira.issues()).toHaveLength(1);
	});
});

describe("the token", () => {
	test("that was revoked is refused at once, also by the search", async () => {
		const { options, pager, jira } = world();
		await expect(checkCredential(options, channel)).resolves.toBeUndefined();
		jira.revoke();
		await expect(checkCredential(options, channel)).rejects.toMatchObject({ reason: "unauthorized" });
		await expect(pager.read(order())).rejects.toMatchObject({ reason: "unauthorized", retry: false });
	});

	test("that asked too often is told in HTML when to come back", async () => {
		const { options, pager, net, token } = world();
		const headers = { authorization: `Bearer ${token}` };
		for (let asked = 0; asked < 300; asked += 1) await net(`${account.address}/rest/api/2/myself`, { headers });
		await expect(pager.read(order())).rejects.toMatchObject({ reason: "rate-limited", retry: true, retryAfterSeconds: 60 });
		await expect(checkCredential(options, channel)).rejects.toMatchObject({ reason: "rate-limited" });
	});
});
