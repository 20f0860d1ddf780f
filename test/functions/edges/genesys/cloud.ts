import { genesysCloud } from "../../../../functions/edges/genesys/api.ts";
import { network } from "../../../../rehearsal/world/network.ts";
import { openBudget } from "../vendors/adapterContract.ts";

export const clientSecret = "genesys-secret-5f1e";

export const accessToken = "genesys-token-77aa";

export const start = Date.UTC(2026, 10, 24, 10);

type Handler = (request: Request, url: URL) => Response | Promise<Response>;

/** Genesys Cloud as far as one test needs it, behind the real hosts; remembers each request. */
export function cloud(api: Handler, login: Handler = () => token(), budget = openBudget()) {
	const seen: { readonly line: string; readonly authorization: string | null; readonly body: string }[] = [];
	const on = (handler: Handler) => async (request: Request) => {
		const url = new URL(request.url);
		const body = await request.clone().text();
		seen.push({
			line: `${request.method} ${url.host}${url.pathname}${url.search}`,
			authorization: request.headers.get("authorization"),
			body,
		});
		return handler(request, url);
	};
	const fetch = network([
		{ host: "api.mypurecloud.de", fetch: on(api) },
		{ host: "login.mypurecloud.de", fetch: on(login) },
	]);
	let now = start;
	const adapter = genesysCloud({
		fetch,
		domain: "mypurecloud.de",
		credentials: async () => ({ clientId: "client-1", clientSecret }),
		clientName: "detector",
		clock: { now: () => now },
		budget,
		perMinute: 240,
		flowIds: { default: "flow-1" },
	});
	const wait = (seconds: number) => {
		now += seconds * 1000;
	};
	return { adapter, seen, budget, wait, lines: () => seen.map(({ line }) => line) };
}

export function token(seconds = 86_400): Response {
	return Response.json({ access_token: accessToken, token_type: "bearer", expires_in: seconds });
}

export const nothing: Handler = () => Response.json({ entities: [], pageCount: 0 });
