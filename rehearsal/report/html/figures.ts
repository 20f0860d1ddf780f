import type { Occurrence } from "../occurrences.ts";
import { instantText, spanText } from "../spans.ts";
import { html, type Markup } from "./markup.ts";

interface Figure {
	readonly name: string;
	readonly value: string;
	/** From when to when, and how. */
	readonly note: string;
	/** What should have happened did not. */
	readonly missing?: true;
}

/** The four figures of an incident: until it was detected, a page was proven, somebody answered, and all was over and told. */
export const figureCards = (occurrence: Occurrence, begins: string | undefined): Markup => html`<dl class="figures">
${figuresOf(occurrence, begins).map(
	({ name, value, note, missing }) =>
		html`<div${missing ? html` class="missing"` : ""}><dt>${name}</dt><dd><b>${value}</b> <span>${note}</span></dd></div>
`,
)}</dl>`;

function figuresOf(occurrence: Occurrence, begins: string | undefined): readonly Figure[] {
	return [detected(occurrence, begins), paged(occurrence, begins), acknowledged(occurrence, begins), resolved(occurrence, begins)];
}

function detected({ failedAt, breachedAt, openedAt }: Occurrence, begins: string | undefined): Figure {
	const opened = `opened at ${instantText(openedAt, begins)}`;
	const from = failedAt ?? breachedAt;
	if (from === undefined) return { name: "To detect", value: "not known", note: `${opened}; when it began to fail is not known` };
	const counted = failedAt === undefined ? "counted from the first look that failed" : "counted from the failure itself";
	return { name: "To detect", value: spanText(openedAt - from), note: `${opened}; ${counted}` };
}

function paged({ provenAt, openedAt, places, group }: Occurrence, begins: string | undefined): Figure {
	const name = "To a proven page";
	if (provenAt !== undefined) {
		const place = places.find((each) => each.provenAt === provenAt);
		const where = place === undefined ? "" : ` on ${place.channel}, tier ${place.tier}`;
		return { name, value: spanText(provenAt - openedAt), note: `read back at ${instantText(provenAt, begins)}${where}` };
	}
	if (group !== undefined) return { name, value: "by its group", note: "a group incident pages for it" };
	const presumed = places.find(({ presumedAt }) => presumedAt !== undefined)?.presumedAt;
	if (presumed !== undefined)
		return { name, value: "presumed", note: `a carrier took it and says no more, since ${instantText(presumed, begins)}` };
	return { name, value: "never", note: places.length === 0 ? "nobody was told" : "no page was read back", missing: true };
}

function acknowledged({ acknowledgedAt, acknowledgedBy, openedAt, recoveredAt }: Occurrence, begins: string | undefined): Figure {
	const name = "To acknowledge";
	if (acknowledgedAt === undefined)
		return {
			name,
			value: "never",
			note: recoveredAt === undefined ? "nobody answered" : "it was over before anybody answered",
			missing: true,
		};
	const by = acknowledgedBy === undefined ? "" : ` by ${acknowledgedBy}`;
	return { name, value: spanText(acknowledgedAt - openedAt), note: `answered${by} at ${instantText(acknowledgedAt, begins)}` };
}

function resolved({ resolvedAt, recoveredAt, openedAt }: Occurrence, begins: string | undefined): Figure {
	const name = "To resolve";
	const over = recoveredAt === undefined ? "" : `the failure was over at ${instantText(recoveredAt, begins)}`;
	if (resolvedAt === undefined) {
		const note = recoveredAt === undefined ? "it still failed at the end" : `${over}; its end was not told everybody`;
		return { name, value: "still open", note, missing: true };
	}
	const closed = `closed at ${instantText(resolvedAt, begins)}`;
	return { name, value: spanText(resolvedAt - openedAt), note: over === "" ? closed : `${over}, ${closed}` };
}
