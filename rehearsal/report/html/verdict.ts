import type { Occurrence } from "../occurrences.ts";
import { reachedOf } from "../places.ts";
import { clockText, spanText } from "../spans.ts";
import type { Story } from "../story.ts";
import { html, type Markup } from "./markup.ts";

/** More unmet expectations than this stand in their own section only. */
const mostShown = 8;

/** The verdict in words: of a rehearsal what it demanded, of incidents what became of them. */
export function verdictBanner(story: Story, occurrences: readonly Occurrence[]): Markup {
	const { verdict, expectations } = story;
	if (verdict === undefined) return html`<div class="verdict none"><b>${stateOf(occurrences)}</b></div>`;
	const unmet = expectations.filter(({ met }) => !met);
	if (verdict === "passed") return html`<div class="verdict"><b>Passed.</b> All ${expectations.length} expectations were met.</div>`;
	const more = unmet.length > mostShown ? html`<li>and ${unmet.length - mostShown} more, below</li>` : "";
	return html`<div class="verdict failed"><b>Failed.</b> ${unmet.length} of ${expectations.length} expectations ${unmet.length === 1 ? "was" : "were"} not met:
<ul>${unmet.slice(0, mostShown).map(({ what, bySeconds, atSeconds }) => html`<li>by ${clockText(bySeconds)}: ${what}${atSeconds === undefined ? "" : `, was at ${clockText(atSeconds)}`}</li>`)}${more}</ul></div>`;
}

function stateOf(occurrences: readonly Occurrence[]): string {
	const [only, second] = occurrences;
	if (only !== undefined && second === undefined) return stateOfOne(only);
	const open = occurrences.filter(({ resolvedAt }) => resolvedAt === undefined).length;
	const unanswered = occurrences.filter(({ acknowledgedAt }) => acknowledgedAt === undefined).length;
	return `${occurrences.length} incidents: ${occurrences.length - open} closed, ${open} open, ${unanswered} without an answer.`;
}

function stateOfOne({ openedAt, resolvedAt, acknowledgedAt, acknowledgedBy = "Somebody" }: Occurrence): string {
	const state = resolvedAt === undefined ? "Still open" : `Closed after ${spanText(resolvedAt - openedAt)}`;
	if (acknowledgedAt === undefined) return `${state}; nobody acknowledged it.`;
	return `${state}; ${acknowledgedBy} acknowledged it after ${spanText(acknowledgedAt - openedAt)}.`;
}

/** What was told and never proven, all incidents together. */
export function lostText(occurrences: readonly Occurrence[]): string {
	const places = occurrences.flatMap((occurrence) => occurrence.places).filter(({ informs }) => !informs);
	const lost = places.filter((place) => reachedOf(place) === "lost").length;
	return `Places that were paged: ${places.length}; taken by a vendor and never proven: ${lost}.`;
}
