import { clockText } from "../spans.ts";
import type { Expectation } from "../verdict.ts";
import { html, type Markup } from "./markup.ts";

/** What was demanded, and whether it was so; what was not comes first. */
export function expectationList(expectations: readonly Expectation[]): Markup {
	if (expectations.length === 0) return html``;
	const unmet = expectations.filter(({ met }) => !met);
	const met = expectations.filter((expectation) => expectation.met);
	return html`<section id="expectations"><h2>Expectations</h2>
<p class="note">${met.length} of ${expectations.length} were met.</p>
<ul class="expectations">
${[...unmet, ...met].map(lineOf)}</ul></section>`;
}

function lineOf({ what, bySeconds, met, atSeconds }: Expectation): Markup {
	const at = atSeconds === undefined || (met && atSeconds === bySeconds) ? "" : `, was at ${clockText(atSeconds)}`;
	return html`<li${met ? "" : html` class="unmet"`}><span class="sign" aria-hidden="true">${met ? "✓" : "✗"}</span><b>${met ? "Met" : "Not met"}:</b> ${what} <span>by ${clockText(bySeconds)}${at}</span></li>
`;
}
