/** More names than these in a message help nobody. */
const mostNames = 40;

/** Names for a message; "none" where there are none. */
export function list(names: readonly string[]): string {
	if (names.length === 0) return "none";
	const more = names.length - mostNames;
	return more > 0 ? `${names.slice(0, mostNames).join(", ")} and ${more} more` : names.join(", ");
}

/** The allowed name with the fewest edits, if it is close enough to be a slip. */
export function nearestOf(key: string, allowed: readonly string[]): string | undefined {
	const ranked = allowed
		.map((name) => ({ name, edits: edits(key.toLowerCase(), name.toLowerCase()) }))
		.toSorted((a, b) => a.edits - b.edits);
	const best = ranked[0];
	return best !== undefined && best.edits <= Math.max(2, Math.floor(best.name.length / 3)) ? best.name : undefined;
}

/** Levenshtein distance, one row at a time. */
function edits(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (const [line, letter] of [...from].entries()) {
		const next = [line + 1];
		for (const [column, other] of [...to].entries()) {
			const replaced = (row[column] ?? 0) + (letter === other ? 0 : 1);
			next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
		}
		row = next;
	}
	return row.at(-1) ?? 0;
}
