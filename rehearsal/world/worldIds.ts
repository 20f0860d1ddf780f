/** An id is a part of keys of at most 100 characters. */
const longestSlug = 32;

/** Ids that look like the name, as far as it is short and Latin: names that look alike get a number more. */
export function uniqueIds(): (kind: string, name: string) => string {
	const given = new Set<string>();
	return (kind, name) => {
		const slug = name
			.toLowerCase()
			.replaceAll(/[^a-z0-9]+/g, "-")
			.slice(0, longestSlug);
		const wanted = `${kind}-${slug}`;
		let id = wanted;
		for (let count = 2; given.has(id); count += 1) id = `${wanted}-${count}`;
		given.add(id);
		return id;
	};
}

/** Launch ids out of one seed: xorshift32, since they need be different and repeatable, not unguessable. */
export function seededIds(seed: number): () => string {
	let state = (seed ^ 0x9e3779b9) >>> 0 || 1;
	const next = (): string => {
		state ^= state << 13;
		state >>>= 0;
		state ^= state >>> 17;
		state ^= state << 5;
		state >>>= 0;
		return state.toString(16).padStart(8, "0");
	};
	return () => `launch-${next()}${next()}`;
}
