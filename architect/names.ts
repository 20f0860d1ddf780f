/** More names than these in a message help nobody. */
const mostNames = 40;

/** Names for a message; "none" where there are none. */
export function list(names: readonly string[]): string {
	if (names.length === 0) return "none";
	const more = names.length - mostNames;
	return more > 0 ? `${names.slice(0, mostNames).join(", ")} and ${more} more` : names.join(", ");
}
