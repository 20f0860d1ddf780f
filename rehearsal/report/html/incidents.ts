import type { Occurrence } from "../occurrences.ts";
import { rowsOf } from "../rows.ts";
import type { Story } from "../story.ts";
import type { TimelineEvent } from "../timelineEvent.ts";
import { briefOf } from "./brief.ts";
import { drawing } from "./drawing/svg.ts";
import { eventTable } from "./eventTable.ts";
import { figureCards } from "./figures.ts";
import { html, type Markup } from "./markup.ts";
import { overview } from "./overview.ts";
import { toldList } from "./told.ts";

/** What a page shows at most: beyond that nobody reads on. */
const most = { incidents: 20, rows: 200, beside: 16 } as const;

type Events = ReadonlyMap<number, TimelineEvent>;

/** One incident as a section; of several the one with the most pages in full, a table of all, and the others to be opened. */
export function incidentSections(story: Story, occurrences: readonly Occurrence[]): Markup {
	const events: Events = new Map(story.events.map((event) => [event.id, event]));
	// Sorting keeps the order of what has equally much to tell.
	const byWeight = occurrences.toSorted((one, other) => weightOf(other) - weightOf(one));
	const [chief, ...others] = byWeight;
	if (chief === undefined) return withoutIncident(story, events);
	const shown = others.slice(0, most.incidents - 1);
	const anchors = new Map([chief, ...shown].map((occurrence, index) => [occurrence, `i${index + 1}`]));
	return html`${others.length === 0 ? "" : overview(occurrences, anchors, story.begins)}
<section id="i1"><h2>${chief.summary}</h2>
${incidentBody(chief, "i1", story, events)}</section>
${
	shown.length === 0
		? ""
		: html`<section><h2>The other incidents</h2>${others.length > shown.length ? html`<p class="note">${shown.length} of ${others.length}, those with the most pages first; the report's JSON has all.</p>` : ""}
${shown.map((each, index) => html`<details class="incident" id="i${index + 2}"><summary>${each.summary}</summary>${incidentBody(each, `i${index + 2}`, story, events)}</details>`)}</section>`
}`;
}

/** Real incidents are told by the clock on the wall, rehearsals by their own. */
const clockOf = ({ kind, begins }: Story): string | undefined => (kind === "incident" ? begins : undefined);

/** Whoever was paged most comes first, then what nobody answered. */
const weightOf = ({ places, group, acknowledgedAt }: Occurrence): number =>
	places.length * 4 + (group === undefined ? 2 : 0) + (acknowledgedAt === undefined ? 1 : 0);

function incidentBody(occurrence: Occurrence, id: string, story: Story, events: Events): Markup {
	const { policies } = story;
	const clock = clockOf(story);
	const policy = occurrence.policy === undefined ? undefined : policies[occurrence.policy];
	const told =
		occurrence.group === undefined
			? html`<h3>Who was told, and when</h3>
${toldList(occurrence, policy, clock)}`
			: "";
	return html`<p class="note">${[occurrence.condition, occurrence.entity, occurrence.severity, `occurrence ${occurrence.number}`, occurrence.key].filter((part) => part !== undefined).join(" · ")}</p>
<p class="brief">${briefOf(occurrence)}</p>
${figureCards(occurrence, clock)}
${told}
${course(besideOf(occurrence, story), id, `How ${occurrence.entity} went`, clock, events)}`;
}

/** The drawing, and the same as a table. */
function course(own: readonly TimelineEvent[], id: string, title: string, begins: string | undefined, events: Events): Markup {
	const rows = rowsOf(own, events);
	const shown = rows.slice(0, most.rows);
	const folded = own.length - rows.length;
	const left = [
		...(rows.length > shown.length ? [`The first ${shown.length} of ${rows.length} lines are shown; the report's JSON has all.`] : []),
		...(folded > 0 ? [`${folded} events that only say "still so" or the same again are folded.`] : []),
	];
	const text = `${shown.length} events in ${new Set(shown.map(({ event }) => event.who)).size} lanes, time going down; each arrow goes from a cause to what it brought about. The table below says the same.`;
	return html`<h3>How it went</h3>
${drawing(shown, { id, title, text })}
${left.length === 0 ? "" : html`<p class="note">${left.join(" ")}</p>`}
<h3>Every event</h3>
${eventTable(shown, id, begins)}`;
}

/** An incident's own events, and what was done to the world meanwhile: to its own entity, and to systems. */
function besideOf({ entity, events, openedAt, failedAt, breachedAt, resolvedAt }: Occurrence, story: Story): readonly TimelineEvent[] {
	const from = Math.min(openedAt, failedAt ?? openedAt, breachedAt ?? openedAt) - 60;
	const beside = story.events.filter(
		({ who, what, incident, detail, atSeconds }) =>
			who === "scenario" &&
			what !== "deployed" &&
			incident === undefined &&
			atSeconds >= from &&
			atSeconds <= (resolvedAt ?? Number.POSITIVE_INFINITY) &&
			(detail === entity || what === "fault-began" || what === "fault-ended"),
	);
	const own = events.filter(({ atSeconds }) => atSeconds >= from);
	const some = beside.slice(0, most.beside * 2);
	return [...own, ...some].toSorted((one, other) => one.id - other.id);
}

function withoutIncident(story: Story, events: Events): Markup {
	const told = story.events.filter(({ what }) => what !== "polled");
	return html`<section><h2>No incident was opened</h2>
${course(told, "i1", "What happened", clockOf(story), events)}</section>`;
}
