import type { Occurrence } from "../occurrences.ts";
import { reachedOf } from "../places.ts";
import { instantText, spanText } from "../spans.ts";
import { html, type Markup } from "./markup.ts";

const mostLines = 300;

/** All incidents, a line each; those that are shown below are links. */
export function overview(occurrences: readonly Occurrence[], anchors: ReadonlyMap<Occurrence, string>, begins: string | undefined): Markup {
	const grouped = occurrences.filter(({ group }) => group !== undefined).length;
	const lines = occurrences.toSorted((one, other) => Number(one.group !== undefined) - Number(other.group !== undefined));
	const more = occurrences.length > mostLines ? ` The first ${mostLines} are listed; the report's JSON has all.` : "";
	return html`<section id="all"><h2>${occurrences.length} incidents</h2>
<p class="note">${grouped === 0 ? "Each paged for itself." : `${grouped} of them are members of a group incident, which pages for them.`}${more}</p>
<table class="overview"><thead><tr><th scope="col">Opened</th><th scope="col">What</th><th scope="col">Paged</th><th scope="col" class="spare">Answered</th><th scope="col">Closed</th></tr></thead><tbody>
${lines.slice(0, mostLines).map((each) => lineOf(each, anchors.get(each), begins))}</tbody></table></section>`;
}

function lineOf(occurrence: Occurrence, anchor: string | undefined, begins: string | undefined): Markup {
	const { openedAt, acknowledgedAt, resolvedAt, summary, group, places } = occurrence;
	const after = (at: number | undefined, otherwise: string): string => (at === undefined ? otherwise : spanText(at - openedAt));
	const reached = places.filter((place) => reachedOf(place) === "proven").length;
	const paged = group === undefined ? `${reached} of ${places.length} proven` : "by its group";
	const what = anchor === undefined ? summary : html`<a href="#${anchor}">${summary}</a>`;
	return html`<tr><td><time>${instantText(openedAt, begins)}</time></td><td>${what}</td><td>${paged}</td><td class="spare">${after(acknowledgedAt, "never")}</td><td>${after(resolvedAt, "still open")}</td></tr>
`;
}
