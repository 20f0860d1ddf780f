import { type Occurrence, occurrencesOf } from "../occurrences.ts";
import type { Story } from "../story.ts";
import { signs } from "./drawing/svg.ts";
import { expectationList } from "./expectations.ts";
import { incidentSections } from "./incidents.ts";
import { html, Markup } from "./markup.ts";
import { style } from "./style.ts";
import { lostText, verdictBanner } from "./verdict.ts";

/**
 * A story as one HTML document: it needs no server, no script and no other file, and the same story gives the same bytes. Whatever stands in the
 * story is text.
 */
export function reportPage(story: Story): string {
	const occurrences = occurrencesOf(story.events, story.names);
	return `${
		html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${titleOf(story)}</title>
<style>${new Markup(style)}</style>
</head>
<body>
${signs()}
<header>
<p class="kicker">${kickerOf(story)}</p>
<h1>${story.title}</h1>
${story.why === undefined ? "" : html`<p class="why">${story.why}</p>`}
${verdictBanner(story, occurrences)}
</header>
<main>
${incidentSections(story, occurrences)}
${expectationList(story.expectations)}
</main>
${footer(story, occurrences)}
</body>
</html>
`.text
	}`;
}

const kinds = { rehearsal: "Rehearsal", incident: "Incident" } as const;

const titleOf = ({ kind, title, stack, verdict }: Story): string =>
	`${verdict === "failed" ? "Failed: " : ""}${title} (${kinds[kind].toLowerCase()}, ${stack})`;

function kickerOf({ kind, stack, seed, begins }: Story): string {
	const day = begins === undefined ? "" : ` · begins ${begins.slice(0, 10)} ${begins.slice(11, 19)} UTC`;
	return `${kinds[kind]} · stack ${stack}${seed === undefined ? "" : ` · seed ${seed}`}${day}`;
}

function footer({ kind, begins }: Story, occurrences: readonly Occurrence[]): Markup {
	const clock =
		kind === "rehearsal"
			? "Times are minutes and seconds from the beginning of the story."
			: `Times in the drawing are minutes and seconds from ${begins?.slice(0, 19).replace("T", " ") ?? "the beginning"} UTC; all others are UTC.`;
	return html`<footer><section><p>${clock} A page is proven once it was read back from its vendor: that a vendor took it is not enough. ${lostText(occurrences)}</p></section></footer>`;
}
