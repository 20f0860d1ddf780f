import { authorized, type GenesysCloudOptions, genesysCloud } from "../../functions/edges/genesys/api.ts";
import { openBudget } from "../budget.ts";

/** An OAuth client, and where its organization is asked. */
export interface GenesysAccess {
	readonly domain: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** As the provider's `gateways` say it: everything goes there instead. */
	readonly gateway?: string;
	readonly fetch: typeof fetch;
}

/** The allowance of this client in a minute, as the organization tells it with every answer. */
export interface Allowance {
	perMinute?: number;
}

/** The organization as the deployer sees it. It only reads. */
export function connect(access: GenesysAccess) {
	const allowance: Allowance = {};
	const options: GenesysCloudOptions = {
		fetch: watched(throughGateway(access), allowance),
		domain: access.domain,
		credentials: async () => ({ clientId: access.clientId, clientSecret: access.clientSecret }),
		clientName: "deployer",
		clock: { now: () => Date.now() },
		budget: openBudget,
		perMinute: 300,
	};
	return { call: authorized(options), genesys: genesysCloud(options), allowance };
}

function throughGateway({ fetch, gateway, domain }: GenesysAccess): typeof fetch {
	if (gateway === undefined) return fetch;
	return (input, init) => {
		const { host, pathname, search } = new URL(input instanceof Request ? input.url : input);
		if (!host.endsWith(`.${domain}`)) throw new TypeError("fetch failed", { cause: new Error("not the organization's host") });
		return fetch(`${gateway}${pathname}${search}`, init);
	};
}

/** Of a limit for a client and one for its token the smaller one counts, which is what the header tells. */
function watched(inner: typeof fetch, allowance: Allowance): typeof fetch {
	return async (input, init) => {
		const response = await inner(input, init);
		const allowed = Number(response.headers.get("inin-ratelimit-allowed") ?? "none");
		if (Number.isSafeInteger(allowed) && allowed > 0) allowance.perMinute = allowed;
		return response;
	};
}
