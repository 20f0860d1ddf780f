import { deliveryHeader } from "../../functions/edges/http/signedPost.ts";
import { signatureHeader, timestampHeader, verify } from "../../functions/edges/webhook/signature.ts";

/** One signed call that the customer's endpoint believed. */
export interface CustomerCall {
	readonly at: number;
	readonly url: string;
	readonly action: string;
	readonly delivery: string;
	readonly incidentKey: string;
}

export interface CustomerEmulator {
	readonly hosts: readonly string[];
	readonly fetch: (request: Request) => Promise<Response>;
	/** What it believed, in order; a delivery that came before is answered and not done again. */
	readonly calls: readonly CustomerCall[];
}

export interface CustomerOptions {
	readonly now: () => number;
	/** The addresses that the stack's settings name. */
	readonly urls: readonly string[];
	readonly secret: string;
	readonly done: (call: CustomerCall) => void;
}

/** The customer's own endpoints: they believe a valid signature within its window, and answer 401 to everything else. */
export function createCustomer({ now, urls, secret, done }: CustomerOptions): CustomerEmulator {
	const calls: CustomerCall[] = [];
	return {
		hosts: [...new Set(urls.map((url) => new URL(url).host))],
		calls,
		fetch: async (request) => {
			if (!urls.includes(request.url)) return Response.json({ error: "not found" }, { status: 404 });
			const body = await request.text();
			const header = (name: string): string | undefined => request.headers.get(name) ?? undefined;
			const { valid, reason } = verify({ signature: header(signatureHeader), timestamp: header(timestampHeader), body }, [secret], now());
			if (!valid || request.method !== "POST") return Response.json({ error: reason }, { status: 401 });
			const call = callOf(request.url, body, header(deliveryHeader) ?? "", now());
			if (!calls.some(({ delivery }) => delivery === call.delivery)) {
				calls.push(call);
				done(call);
			}
			return new Response(null, { status: 204 });
		},
	};
}

function callOf(url: string, body: string, delivery: string, at: number): CustomerCall {
	const { action, incidentKey }: Record<string, unknown> = JSON.parse(body);
	return { at, url, delivery, action: String(action), incidentKey: String(incidentKey) };
}
