import { type VendorOptions, vendorPager } from "../../../../functions/edges/vendors/pager.ts";
import type { PageOrder } from "../../../../functions/pipeline/ports.ts";
import { createServiceNow } from "../../../../rehearsal/vendors/servicenow/api.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { openBudget } from "./adapterContract.ts";

export const start = Date.UTC(2026, 10, 24, 10) + 700;
export const groupId = "1".repeat(32);
export const channel = { kind: "servicenow", name: "servicenow", group: "network", groupId } as const;
export const userName = "runbooks.integration";
export const password = "PLANTED-password:with a colon";
export const key = "inc:1:dev:trunk-down:b1:1:1";
export const table = "https://customer.service-now.com/api/now/table/incident";
/** The settings of an account that says no more than it has to. */
export const usual = {
	instance: "customer",
	userName,
	impact: "1",
	acknowledgedStates: "2,3",
	resolvedStates: "6,7,8",
	acknowledgeState: "2",
	resolveState: "6",
	closeCode: "Solution provided",
} as const;

/** A page for the group. */
export function order(change: Partial<PageOrder> = {}): PageOrder {
	return {
		channel,
		dedupKey: key,
		severity: "high",
		summary: "SIP trunk Frankfurt is down",
		title: "SIP trunk down: Frankfurt",
		body: "SIP trunk Frankfurt is down\nSeverity: high",
		source: "Frankfurt",
		details: {},
		intendedAt: start,
		...change,
	};
}

/** A pager's options; the secret is the password. */
export const optionsOf = (fetch: typeof globalThis.fetch, secret = password, account: VendorOptions["account"] = usual): VendorOptions => ({
	kind: "servicenow",
	fetch,
	account,
	credentials: async () => ({ userName, password: secret }),
	budget: openBudget(),
	perMinute: 60,
});

/** An instance of ServiceNow, and a pager of it. */
export function world(change: Readonly<Record<string, string>> = {}) {
	const clock = new VirtualClock(start);
	const { fetch, hosts, world: instance } = createServiceNow({ clock, instance: "customer" });
	const secret = instance.addUser(userName);
	instance.addGroup(groupId, "network");
	const requests: Request[] = [];
	const recorded = async (request: Request) => {
		requests.push(request.clone());
		return fetch(request);
	};
	const net = network(hosts.map((host) => ({ host, fetch: recorded })));
	const options = optionsOf(net, secret, { ...usual, ...change });
	/** What was asked since the last time. */
	const asked = () => requests.splice(0).map(({ method }) => method);
	const later = (seconds: number) => clock.run(clock.now() + seconds * 1000);
	return { clock, instance, options, net, requests, asked, pager: vendorPager(options), later };
}

/** A pager whose vendor always answers the same. */
export function answered(answer: unknown) {
	const requests: Request[] = [];
	const fetch: typeof globalThis.fetch = async (input, init) => {
		requests.push(new Request(input, init));
		return Response.json(answer);
	};
	return { requests, pager: vendorPager(optionsOf(fetch)) };
}
