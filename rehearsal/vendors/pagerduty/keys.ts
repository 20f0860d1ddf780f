import { createHash } from "node:crypto";

/** The routing key has 32 characters: it sends events, and cannot read. */
export type ServiceKeys = { readonly routingKey: string; readonly apiToken: string };

/** What is issued, the same in every run; `purpose` tells the keys of one service apart. */
export function issuedKeys(id: string, purpose = ""): ServiceKeys {
	const key = (what: string, length: number) => createHash("sha256").update(`${purpose}${what}:${id}`).digest("hex").slice(0, length);
	return { routingKey: key("routing key", 32), apiToken: key("api token", 20) };
}

/** A service can have several integrations and an account several tokens, so that one is replaced while the other is taken. */
export class SecondKeys {
	readonly #second = new Map<string, ServiceKeys>();
	readonly #ended = new Set<string>();

	/** Issues another pair beside the first one of a service. */
	issue(id: string): ServiceKeys {
		const keys = issuedKeys(id, "second ");
		this.#second.set(id, keys);
		return keys;
	}

	/** The first pair is deleted, for good. */
	endFirst(id: string): void {
		this.#ended.add(id);
	}

	/** Those that are taken. */
	of({ id, ...first }: ServiceKeys & { readonly id: string }): readonly ServiceKeys[] {
		return [...(this.#ended.has(id) ? [] : [first]), ...[this.#second.get(id) ?? []].flat()];
	}
}
