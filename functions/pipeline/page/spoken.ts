import { drillMark } from "../model/drill.ts";
import type { Incident } from "../model/incident.ts";
import { cutText } from "./text.ts";

/** Twenty seconds of speech: whoever picks up at night hears no more than that before they are asked for a key. */
const maximumSpoken = 300;

/** What a voice does not say, and no document that it is put into has to escape; `’` stands for an apostrophe, which ends an attribute. */
const unspeakable = /[^\p{L}\p{M}\p{N} .,:;!?%+\-/()#@=°€$£’]/gu;

/** A text as it is said on a phone: one line without pictures and signs, of which no character means anything in XML. */
export const spokenText = (text: string): string =>
	text.normalize("NFKC").replaceAll("&", " and ").replaceAll("'", "’").replaceAll(unspeakable, " ").replaceAll(/ +/g, " ").trim();

/** The first words of a call that pages: nobody knows the number that rings. */
export const spokenOpening = (severity: Incident["severity"]): string => `On-call page, ${severity}`;

/** The first word of what a call says of the end. */
export const overOpening = "Recovered";

/** What a call about a drill says first, so that nobody gets up for it. */
const drillOpening = "This is a drill. ";

/** What a call says of a page, at most 300 characters: `opening` is what it is about. */
export function spokenLine(opening: string, summary: string): string {
	const isDrill = summary.startsWith(drillMark);
	const line = isDrill ? `${drillOpening}${opening}: ${summary.slice(drillMark.length)}` : `${opening}: ${summary}`;
	return cutText(spokenText(line), maximumSpoken);
}
