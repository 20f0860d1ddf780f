import { createHash, createHmac } from "node:crypto";
import * as z from "zod";
import type { EmulatorClock } from "../../world/clock.ts";
import { Held } from "../held.ts";

export interface KeptPage {
	readonly endpoint: string;
	readonly key: string;
	readonly receipt: string;
	readonly title: string;
	readonly entity: string;
	readonly details: unknown;
	readonly state: "delivered" | "acknowledged" | "resolved";
	readonly by?: string;
	readonly createdAt: number;
	readonly answeredAt?: number;
	readonly resolvedAt?: number;
}

type Fault = { readonly status: number } | { readonly swallow: true };

/** A receiver as docs/signed-webhook.md describes one, with an endpoint for each signing secret. */
export interface Receiver {
	readonly fetch: (request: Request) => Promise<Response>;
	readonly faults: Held<Fault>;
	addEndpoint(endpoint: string, url: string): void;
	hosts(): readonly string[];
	secretOf(endpoint: string): string;
	/** Its secret is taken no longer; returns the function that ends it. */
	revoke(endpoint: string): () => void;
	/** A person changes what is in a state at an endpoint; returns how many pages that were. */
	change(endpoint: string, from: KeptPage["state"], to: KeptPage["state"], by: string): number;
	pages(): readonly KeptPage[];
}

const windowSeconds = 300;

const order = z.object({
	schema: z.literal("genesyscloud-runbooks/page/1"),
	action: z.enum(["page", "read", "acknowledge", "resolve", "check"]),
	key: z.string().min(1).max(100),
	title: z.string().max(130).optional(),
	entity: z.string().optional(),
	details: z.record(z.string(), z.string()).optional(),
	note: z.string().optional(),
});
type Order = z.output<typeof order>;

class Endpoints implements Receiver {
	readonly faults = new Held<Fault>();
	readonly #clock: EmulatorClock;
	readonly #endpoints = new Map<string, string>();
	readonly #revoked = new Held<string>();
	readonly #pages: KeptPage[] = [];

	constructor(clock: EmulatorClock) {
		this.#clock = clock;
	}

	addEndpoint(endpoint: string, url: string): void {
		this.#endpoints.set(url, endpoint);
	}

	hosts(): readonly string[] {
		return [...new Set([...this.#endpoints.keys()].map((url) => new URL(url).host))];
	}

	secretOf(endpoint: string): string {
		return createHash("sha256").update(`signing secret:${endpoint}`).digest("hex");
	}

	revoke(endpoint: string): () => void {
		return this.#revoked.hold(endpoint);
	}

	pages(): readonly KeptPage[] {
		return [...this.#pages];
	}

	change(endpoint: string, from: KeptPage["state"], to: KeptPage["state"], by: string): number {
		const found = this.#pages.filter((each) => each.endpoint === endpoint && each.state === from);
		for (const { answeredAt: _answer, ...each } of found)
			this.#replace({ ...each, state: to, by, ...(to === "acknowledged" ? { answeredAt: this.#clock.now() } : {}) });
		return found.length;
	}

	fetch = async (request: Request): Promise<Response> => {
		const status = this.faults.items().find((fault) => "status" in fault)?.status;
		if (status !== undefined) return Response.json({ error: "injected" }, { status });
		const endpoint = this.#endpoints.get(request.url);
		if (endpoint === undefined || request.method !== "POST") return Response.json({ error: "not found" }, { status: 404 });
		const text = await request.text();
		const isTaken = !this.#revoked.items().includes(endpoint) && isSigned(request, text, this.secretOf(endpoint), this.#clock.now());
		if (!isTaken) return Response.json({ error: "signature" }, { status: 401 });
		const wanted = order.safeParse(JSON.parse(text));
		return wanted.success ? this.#obey(endpoint, wanted.data) : Response.json({ error: "malformed" }, { status: 400 });
	};

	#obey(endpoint: string, wanted: Order): Response {
		if (wanted.action === "check") return Response.json({ state: "ready" });
		const known = wanted.action === "page" ? this.#page(endpoint, wanted) : this.#find(endpoint, wanted.key);
		if (known === undefined) return Response.json({ error: "unknown key" }, { status: 404 });
		const changed = changedBy(known, wanted.action, this.#clock.now());
		if (changed !== known) this.#replace(changed);
		const { receipt, state, key, by } = changed;
		return Response.json({ receipt, state, key, ...(by === undefined ? {} : { by }) });
	}

	#page(endpoint: string, { key, title = "", entity = "", details = {} }: Order): KeptPage {
		const known = this.#find(endpoint, key);
		if (known !== undefined) return known;
		const receipt = `P${this.#pages.length + 1}`;
		const made = { endpoint, key, receipt, title, entity, details, state: "delivered", createdAt: this.#clock.now() } as const;
		if (!this.faults.items().some((fault) => "swallow" in fault)) this.#pages.push(made);
		return made;
	}

	#find(endpoint: string, key: string): KeptPage | undefined {
		return this.#pages.findLast((page) => page.endpoint === endpoint && page.key === key);
	}

	#replace(page: KeptPage): void {
		const index = this.#pages.findIndex(({ receipt }) => receipt === page.receipt);
		this.#pages.splice(index, 1, page);
	}
}

export const createReceiver = (clock: EmulatorClock): Receiver => new Endpoints(clock);

function changedBy(page: KeptPage, action: Order["action"], now: number): KeptPage {
	if (action === "acknowledge" && page.state === "delivered") return { ...page, state: "acknowledged", by: "on-call runbooks" };
	if (action === "resolve" && page.state !== "resolved") return { ...page, state: "resolved", resolvedAt: now };
	return page;
}

function isSigned({ headers }: Request, body: string, secret: string, now: number): boolean {
	const timestamp = headers.get("x-runbooks-timestamp") ?? "";
	const signed = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
	return Math.abs(now / 1000 - Number(timestamp)) <= windowSeconds && headers.get("x-runbooks-signature") === `v1=${signed}`;
}
