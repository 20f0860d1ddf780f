import { createHash } from "node:crypto";
import type { EmulatorClock } from "../../world/clock.ts";
import type { PersonAct } from "../emulator.ts";
import { Held } from "../held.ts";
import { type Order, readOrder, signatureOf, windowMilliseconds } from "./order.ts";

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
	/** What a person has deleted is unknown from then on. */
	readonly deletedAt?: number;
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
	/** A person answers what is open at an endpoint, or takes that back; returns how many pages that were. */
	change(endpoint: string, to: "acknowledged" | "delivered", by: string): number;
	/** A person does it to everything that is open at an endpoint. Throws Error for what nobody can do there. */
	act(what: PersonAct, endpoint: string, by: string): number;
	/** In the order of their creation, the deleted ones, too. */
	pages(): readonly KeptPage[];
}

class Endpoints implements Receiver {
	readonly faults = new Held<Fault>();
	readonly #clock: EmulatorClock;
	readonly #endpoints = new Map<string, string>();
	readonly #revoked = new Held<string>();
	readonly #pages: KeptPage[] = [];
	/** When each signature came first. */
	readonly #seen = new Map<string, number>();

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

	change(endpoint: string, to: "acknowledged" | "delivered", by: string): number {
		const now = this.#clock.now();
		const due = this.#open(endpoint).filter(({ state }) => state !== to);
		for (const { answeredAt: _answer, ...page } of due)
			this.#replace({ ...page, state: to, by, ...(to === "acknowledged" ? { answeredAt: now } : {}) });
		return due.length;
	}

	act(what: PersonAct, endpoint: string, by: string): number {
		if (what !== "resolve" && what !== "delete") throw new Error(`The signed webhook: expected resolve or delete, got ${what}`);
		const now = this.#clock.now();
		const due = this.#open(endpoint);
		for (const page of due)
			this.#replace({ ...page, ...(what === "delete" ? { deletedAt: now } : { state: "resolved", by, resolvedAt: now }) });
		return due.length;
	}

	#at(endpoint: string): readonly KeptPage[] {
		return this.#pages.filter((page) => page.endpoint === endpoint && page.deletedAt === undefined);
	}

	#open(endpoint: string): readonly KeptPage[] {
		return this.#at(endpoint).filter(({ state }) => state !== "resolved");
	}

	fetch = async (request: Request): Promise<Response> => {
		const status = this.faults.items().find((fault) => "status" in fault)?.status;
		if (status !== undefined) return refused(status, "injected");
		const endpoint = this.#endpoints.get(request.url);
		if (endpoint === undefined || request.method !== "POST") return refused(404, "not found");
		const text = await request.text();
		const isRevoked = this.#revoked.items().includes(endpoint);
		const signature = isRevoked ? undefined : signatureOf(request, text, this.secretOf(endpoint), this.#clock.now());
		if (signature === undefined) return refused(401, "signature");
		const wanted = readOrder(text);
		return wanted === undefined ? refused(400, "malformed") : this.#obey(endpoint, wanted, this.#isReplay(signature));
	};

	/** Whether this very request came before: nobody can make a new one of it for longer than its timestamp is believed. */
	#isReplay(signature: string): boolean {
		const now = this.#clock.now();
		for (const [each, at] of this.#seen) if (now - at > 2 * windowMilliseconds) this.#seen.delete(each);
		const isKnown = this.#seen.has(signature);
		if (!isKnown) this.#seen.set(signature, now);
		return isKnown;
	}

	/** A replay changes nothing: it is answered by what is known. */
	#obey(endpoint: string, wanted: Order, isReplay: boolean): Response {
		if (wanted.action === "check") return Response.json({ state: "ready" });
		const known = wanted.action === "page" && !isReplay ? this.#page(endpoint, wanted) : this.#find(endpoint, wanted.key);
		if (known === undefined) return refused(404, "unknown key");
		const page = isReplay ? known : changedBy(known, wanted.action, this.#clock.now());
		if (page !== known) this.#replace(page);
		const { receipt, state, key, by } = page;
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
		return this.#at(endpoint).findLast((page) => page.key === key);
	}

	#replace(page: KeptPage): void {
		const index = this.#pages.findIndex(({ receipt }) => receipt === page.receipt);
		this.#pages.splice(index, 1, page);
	}
}

export const createReceiver = (clock: EmulatorClock): Receiver => new Endpoints(clock);

const refused = (status: number, error: string): Response => Response.json({ error }, { status });

function changedBy(page: KeptPage, action: Order["action"], now: number): KeptPage {
	if (action === "acknowledge" && page.state === "delivered") return { ...page, state: "acknowledged", by: "on-call runbooks" };
	if (action === "resolve" && page.state !== "resolved") return { ...page, state: "resolved", resolvedAt: now };
	return page;
}
