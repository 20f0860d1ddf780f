/** What an order says, as far as this receiver reads it. Unknown fields and values are for later versions: ignore them. */
export interface Order {
	readonly action: "page" | "read" | "acknowledge" | "resolve" | "check";
	readonly key: string;
	readonly title?: string;
	readonly body?: string;
	readonly note?: string;
}

export interface Page {
	readonly key: string;
	/** Your own id of it. */
	readonly receipt: string;
	readonly title: string;
	readonly body: string;
	/** `ringing` until somebody can have heard it: no proof yet. */
	readonly state: "ringing" | "delivered" | "acknowledged" | "resolved";
	/** Who changed it last. */
	readonly by?: string;
}

/** Reaches people: a siren, a bot, a pager. It rejects where it could not. */
export type Ring = (page: Page) => Promise<void>;

/** The pages of this receiver, in memory. In yours they are in a database: a page that is forgotten counts as unproven, and its people are told elsewhere. */
export class Pages {
	readonly #pages = new Map<string, Page>();
	readonly #ring: Ring;

	constructor(ring: Ring) {
		this.#ring = ring;
	}

	find(key: string): Page | undefined {
		return this.#pages.get(key);
	}

	/** Does what an order asks for; undefined where it is of a page that there is not. Rejects where nobody could be reached. */
	async obey({ action, key, title = "", body = "" }: Order): Promise<Page | undefined> {
		const page = this.#pages.get(key);
		switch (action) {
			case "page":
				// The same key again is the same page: nobody is woken twice.
				return page ?? this.#begin({ key, receipt: `page-${this.#pages.size + 1}`, title, body, state: "ringing" });
			case "acknowledge":
				return page?.state === "resolved" ? page : this.change(key, { state: "acknowledged", by: "runbooks" });
			case "resolve":
				return page?.state === "resolved" ? page : this.change(key, { state: "resolved", by: "runbooks" });
			default:
				return page;
		}
	}

	/** A person, or an order, changes a page; undefined where there is none. */
	change(key: string, change: Partial<Page>): Page | undefined {
		const page = this.#pages.get(key);
		if (page === undefined) return undefined;
		const changed = { ...page, ...change };
		this.#pages.set(key, changed);
		return changed;
	}

	/** It is kept before anybody is rung: a second order meanwhile rings nobody. */
	async #begin(page: Page): Promise<Page> {
		this.#pages.set(page.key, page);
		try {
			await this.#ring(page);
		} catch (error) {
			// The order failed: it comes again, or goes elsewhere.
			this.#pages.delete(page.key);
			throw error;
		}
		const now = this.#pages.get(page.key);
		return (now?.state === "ringing" ? this.change(page.key, { state: "delivered" }) : now) ?? page;
	}
}

const actions: readonly unknown[] = ["page", "read", "acknowledge", "resolve", "check"] satisfies readonly Order["action"][];

/** What a body asks for; undefined for what is no order. */
export function readOrder(text: string): Order | undefined {
	let order: unknown;
	try {
		order = JSON.parse(text);
	} catch {
		return undefined;
	}
	return isOrder(order) ? order : undefined;
}

function isOrder(value: unknown): value is Order {
	const { schema, action, key, title = "", body = "" }: Record<string, unknown> = Object(value);
	const isPage = schema === "genesyscloud-runbooks/page/1" && actions.includes(action);
	return isPage && typeof key === "string" && key !== "" && typeof title === "string" && typeof body === "string";
}
