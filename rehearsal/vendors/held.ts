/** What holds now, such as faults: several may be equal, and each ends by itself. */
export class Held<Item> {
	readonly #held = new Set<{ readonly item: Item }>();

	/** Returns the function that ends it. */
	hold(item: Item): () => void {
		const held = { item };
		this.#held.add(held);
		return () => this.#held.delete(held);
	}

	/** In the order in which they began. */
	items(): readonly Item[] {
		return [...this.#held].map(({ item }) => item);
	}
}
