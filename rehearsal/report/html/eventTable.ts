import type { Row } from "../rows.ts";
import { instantText } from "../spans.ts";
import { moreOf, toneOf, whereOf, wordsOf } from "../words.ts";
import { html, type Markup } from "./markup.ts";

/** The lines as a table, which says what the drawing shows; a cause is a link to its line. `id` is what the ids of its lines begin with. */
export const eventTable = (rows: readonly Row[], id: string, begins: string | undefined): Markup => html`<table class="events">
<caption class="unseen">Events in order, each with the event that caused it</caption>
<thead><tr><th scope="col">When</th><th scope="col">Who</th><th scope="col">What</th><th scope="col">Cause</th></tr></thead>
<tbody>
${rows.map((row) => lineOf(row, id, begins))}</tbody></table>`;

function lineOf(row: Row, id: string, begins: string | undefined): Markup {
	const { event, because } = row;
	const cause = because === undefined ? "" : html`<a href="#${id}-${because}">${because}</a>`;
	return html`<tr id="${id}-${event.id}" class="${toneOf(event)}"><td><time>${instantText(event.atSeconds, begins)}</time> <span class="number">#${event.id}</span></td><td>${event.who}</td><td>${saidOf(row, begins)}</td><td>${cause}</td></tr>
`;
}

function saidOf({ event, again, until }: Row, begins: string | undefined): Markup {
	const where = [...whereOf(event), ...moreOf(event)].join(" · ");
	const more = again === 0 ? "" : html` <em>and ${again} more like it until ${instantText(until, begins)}</em>`;
	return html`<b>${wordsOf(event)}</b>${where === "" ? "" : html` <span>${where}</span>`}${more}`;
}
