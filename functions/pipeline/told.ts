import type { Incident } from "./incident.ts";

/** More names than this make no page more useful. */
const namedChildren = 6;

/** What the page says of the failures that this one brought with it; "" where there are none. */
export function childrenText({ children = [] }: Pick<Incident, "children">): string {
	if (children.length === 0) return "";
	const named = children.slice(0, namedChildren).map(({ condition, name }) => `${name} (${condition})`);
	const more = children.length - named.length;
	return `with it: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** The one line of every page: what failed, and what it brought with it. */
export function pageSummary(incident: Pick<Incident, "summary" | "children">): string {
	return [incident.summary, childrenText(incident)].filter((part) => part !== "").join("; ");
}
