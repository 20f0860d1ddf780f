/** More names than these in a message help nobody. */
const mostNames = 40;

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
	return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** Names for a message; "none" where there are none. */
export function list(names: readonly string[]): string {
	if (names.length === 0) return "none";
	const more = names.length - mostNames;
	return more > 0 ? `${names.slice(0, mostNames).join(", ")} and ${more} more` : names.join(", ");
}

/** What stands for a wrong name: all of them where they are few, else those that are most like it. */
export function allowedFor(name: string, allowed: readonly string[]): string {
	const more = allowed.length - nearMost;
	return more <= fewMost - nearMost ? list(allowed) : `${byEdits(name, allowed).slice(0, nearMost).join(", ")} and ${more} more`;
}

const fewMost = 15;
const nearMost = 3;

/** The allowed name with the fewest edits, if it is close enough to be a slip. */
export function nearestOf(key: string, allowed: readonly string[]): string | undefined {
	const [best] = byEdits(key, allowed);
	return best !== undefined && editsTo(key, best) <= Math.max(2, Math.floor(best.length / 3)) ? best : undefined;
}

/** Nobody means a name that is much longer. */
const longest = 100;

/** A slip is often made a thousand times in one file. */
const editsKnown = new Map<string, number>();
const mostKnown = 10_000;

function editsTo(key: string, name: string): number {
	const [from, to] = [key.slice(0, longest).toLowerCase(), name.toLowerCase()];
	const pair = `${from} ${to}`;
	const known = editsKnown.get(pair);
	if (known !== undefined) return known;
	const count = edits(from, to);
	if (editsKnown.size >= mostKnown) editsKnown.clear();
	editsKnown.set(pair, count);
	return count;
}

function byEdits(key: string, allowed: readonly string[]): readonly string[] {
	return allowed
		.map((name) => ({ name, edits: editsTo(key, name) }))
		.toSorted((a, b) => a.edits - b.edits)
		.map(({ name }) => name);
}

/** What to do about a wrong name: the one that was probably meant, or what else helps. */
export function remedyOfName(name: string, allowed: readonly string[], otherwise: string): string {
	const near = nearestOf(name, allowed);
	return near === undefined || near === name ? otherwise : `Write ${near}, if that is meant. ${otherwise}`;
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
