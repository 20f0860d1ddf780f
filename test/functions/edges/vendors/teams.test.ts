import { describe, expect, test } from "vitest";
import { checkCredential } from "../../../../functions/edges/vendors/pager.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createTeams } from "../../../../rehearsal/vendors/teams/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { adapterContract, openBudget } from "./adapterContract.ts";
import { teams, teamsOptions } from "./vendorPagers.ts";

const start = Date.UTC(2026, 10, 24, 10);
const channel = { kind: "teams", name: "teams", channel: "operations" } as const;
const key = "inc:1:dev:trunk-down:b1:1:1";

function order(change: Partial<PageOrder> = {}): PageOrder {
	return {
		channel,
		dedupKey: key,
		severity: "critical",
		summary: "SIP trunk Frankfurt is down",
		title: "SIP trunk Frankfurt is down",
		body: "SIP trunk Frankfurt is down\nSeverity: critical",
		source: "Frankfurt",
		details: {},
		intendedAt: start,
		...change,
	};
}

function world() {
	const clock = new VirtualClock(start);
	const { fetch, hosts, world: flows } = createTeams({ clock });
	const webhook = flows.addFlow("operations");
	const net = network(hosts.map((host) => ({ host, fetch })));
	const budget = openBudget();
	const options = teamsOptions({ fetch: net, credentials: async () => ({ webhook }), budget, perMinute: 60 });
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	return { flows, net, budget, options, later, hosts, pager: teams(options) };
}

const signature = "PLANTED-signature-of-the-address";
const webhook = `https://acme.12.environment.api.powerplatform.com:443/powerautomate/invoke?api-version=1&sv=1.0&sig=${signature}`;
const contractPager = (fetch: typeof globalThis.fetch, address = webhook) =>
	teams({ fetch, credentials: async () => ({ webhook: address }), budget: openBudget(), perMinute: 60 });

adapterContract({
	system: "Microsoft Teams",
	secrets: [webhook, signature],
	statuses: { 400: "unauthorized", 404: "unauthorized" },
	operations: [
		{ name: "send", call: (fetch) => contractPager(fetch).send(order()) },
		{ name: "update", call: async (fetch) => contractPager(fetch).update?.(order({ note: "new" })) },
		{ name: "resolve", call: (fetch) => contractPager(fetch).resolve(order()) },
	],
});

describe("a card", () => {
	test("is the documented message, posted to the address as it is", async () => {
		const requests: Request[] = [];
		const pager = contractPager(async (input, init) => {
			requests.push(new Request(input, init));
			return new Response(null, { status: 202 });
		});
		await expect(pager.send(order())).resolves.toEqual({ receipt: key });
		expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([`POST ${new URL(webhook).href}`]);
		expect(requests[0]?.headers.get("content-type")).toBe("application/json");
		expect(await requests[0]?.json()).toEqual({
			type: "message",
			attachments: [
				{
					contentType: "application/vnd.microsoft.card.adaptive",
					content: {
						$schema: "http://adaptivecards.io/schemas/adaptive-card.json",
						type: "AdaptiveCard",
						version: "1.4",
						msteams: { width: "Full" },
						body: [
							{ type: "TextBlock", text: "CRITICAL: SIP trunk Frankfurt is down", wrap: true, weight: "Bolder", size: "Medium" },
							{ type: "TextBlock", text: "SIP trunk Frankfurt is down\nSeverity: critical", wrap: true },
						],
					},
				},
			],
		});
	});

	test("is in the channel a little later, and so are what is new and the end", async () => {
		const { pager, flows, later, budget } = world();
		await expect(pager.send(order())).resolves.toEqual({ receipt: key });
		await pager.update?.(order({ note: "Acknowledged by Ada" }));
		await pager.resolve(order({ note: "Over since 10:12 UTC." }));
		await later(2);
		expect(flows.runs().map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
		expect(flows.posts().map(({ text }) => text)).toEqual([
			"CRITICAL: SIP trunk Frankfurt is down\nSIP trunk Frankfurt is down\nSeverity: critical",
			"SIP trunk Frankfurt is down\nAcknowledged by Ada",
			"RECOVERED: SIP trunk Frankfurt is down\nOver since 10:12 UTC.",
		]);
		expect(budget.taken).toEqual(Array.from({ length: 3 }, () => "teams-operations of 60"));
	});

	test("with the longest texts is far from the 28 KB that a message may have, in any script", async () => {
		const { pager, flows, later } = world();
		await pager.send(order({ title: "ж".repeat(130), body: "漢".repeat(3000) }));
		await later(2);
		expect(flows.runs()).toEqual([{ channel: "operations" }]);
	});

	test("that was taken may be answered with a text: of its body nothing is expected", async () => {
		const pager = contractPager(async () => new Response("Accepted"));
		await expect(pager.send(order())).resolves.toEqual({ receipt: key });
	});

	test("can never be read back", async () => {
		const { pager } = world();
		await expect(pager.read(order())).resolves.toEqual({ state: "pending", receipt: key });
	});
});

describe("an address", () => {
	test.each([
		{ name: "that was replaced", change: (flows: ReturnType<typeof world>["flows"]) => void flows.replaceAddress("operations") },
		{
			name: "of a flow that is turned off",
			change: (flows: ReturnType<typeof world>["flows"]) => flows.setState("operations", "Disabled"),
		},
	])("$name is refused: its secret is to be renewed", async ({ change }) => {
		const { pager, flows } = world();
		change(flows);
		await expect(pager.send(order())).rejects.toMatchObject({ reason: "unauthorized", retry: false });
	});

	test.each([
		{ name: "none", address: "" },
		{ name: "a word", address: "the-webhook" },
	])("that is $name is a wrong setting, which is not repeated", async ({ address }) => {
		const pager = contractPager(async () => Response.json({}), address);
		await expect(pager.send(order())).rejects.toMatchObject({
			reason: "misconfigured",
			message: "Microsoft Teams: expected an absolute URL to call, got something else",
		});
	});

	test("that cannot be reached is not named", async () => {
		const { pager, net, hosts } = world();
		net.world.cut(hosts[0]);
		const error = await pager.send(order()).catch((thrown: unknown) => thrown);
		expect(error).toMatchObject({ reason: "unreachable", retry: true });
		expect(String(error)).not.toContain("powerplatform");
	});

	test("is checked by nothing: whatever is asked there runs the flow", async () => {
		const { options, flows, later } = world();
		await expect(checkCredential(options, channel)).resolves.toBeUndefined();
		await later(2);
		expect(flows.runs()).toEqual([]);
	});
});
