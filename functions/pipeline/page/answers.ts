import type { Acknowledgement, Incident, Instant, Page } from "../model/incident.ts";
import type { Entry } from "../ports.ts";
import { entryOf, isAnswered, roundOf } from "./rules.ts";
import { cutText } from "./text.ts";

/** How a page stands at its vendor, as far as somebody's answer goes: `open` waits for one, or for another one; `unknown` says nothing of it. */
export type AnswerState = "acknowledged" | "resolved" | "open" | "unknown";

export type AnswerReason =
	/** The first answer. */
	| "acknowledged"
	/** Ended by hand at its vendor while the failure goes on: somebody has seen it, and it is told again sooner than after another answer. */
	| "resolved"
	/** It timed out at its vendor, somebody took it back, or its snooze is over: the vendor asks its people anew, and ours waits for another answer. */
	| "withdrawn"
	/** The answer to this very page is as it was. */
	| "stands"
	/** It is no page whose answer counts now, or nobody answered. */
	| "no-news";

export interface Answered {
	readonly reason: AnswerReason;
	readonly incident: Incident;
}

/** The answer to a page. */
export const answerTo = ({ tier, channel, round }: Page, by: string, now: Instant): Acknowledgement => ({
	at: now,
	by,
	tier,
	channel,
	...(round === undefined ? {} : { round }),
});

/** What becomes of an incident by what its vendor says of the answer to one of its pages, whether it was asked or told it. */
export function withAnswer(
	incident: Incident,
	page: Page,
	{ state, by }: { readonly state: AnswerState; readonly by: string },
	now: Instant,
): Answered {
	const nothing: Answered = { reason: "no-news", incident };
	if (page.purpose !== "page" || incident.state !== "open") return nothing;
	if (roundOf(page) !== roundOf(incident) && !mayBeAnswered(incident, page)) return nothing;
	const { acknowledged: known } = incident;
	if (known !== undefined) return isAnswered(known, page) ? withKnown(incident, known, state, now) : nothing;
	if (state !== "acknowledged" && state !== "resolved") return nothing;
	const answer = answerTo(page, by, now);
	return { reason: state, incident: { ...incident, acknowledged: state === "resolved" ? { ...answer, resolvedAt: now } : answer } };
}

/** What became of an answer that was taken notice of. */
function withKnown(incident: Incident, known: Acknowledgement, state: AnswerState, now: Instant): Answered {
	if (state === "open") {
		const { acknowledged: _withdrawn, exhausted: _over, ...item } = incident;
		return { reason: "withdrawn", incident: { ...item, waitsFrom: now } };
	}
	const { resolvedAt, ...answer } = known;
	if (state === "resolved" && resolvedAt === undefined)
		return { reason: "resolved", incident: { ...incident, acknowledged: { ...known, resolvedAt: now } } };
	// Opened again at its vendor, and answered there.
	const again = state === "acknowledged" && resolvedAt !== undefined;
	return { reason: "stands", incident: again ? { ...incident, acknowledged: answer } : incident };
}

/** The journal's line of an answer, or of what became of it. */
export const answerEntry = (
	reason: "acknowledged" | "resolved" | "withdrawn",
	{ acknowledged }: Pick<Incident, "acknowledged">,
	by: string,
): Pick<Entry, "what" | "outcome" | "detail"> =>
	reason === "withdrawn"
		? { what: "unacknowledged", outcome: reason, detail: `the answer of ${acknowledged?.by}` }
		: { what: "acknowledged", outcome: reason, detail: `by ${by}` };

/** Whether somebody may yet answer a page of an earlier round: until its end is on its way people may have no newer one. */
export const mayBeAnswered = (incident: Incident, page: Page): boolean =>
	incident.acknowledged === undefined && incident.answerExpired === undefined && entryOf(incident, page, "recovery") === undefined;

const longestName = 64;

/**
 * A person's name as a vendor gives it, for people and the log: one short line, and of an address what stands before its @. Undefined where nothing
 * is left of it.
 */
export function personName(said: string | undefined): string | undefined {
	const line = (said ?? "")
		.replaceAll(/[\p{C}\s]+/gu, " ")
		.replaceAll(/([^\s@])@[^\s@]*/g, "$1")
		.trim();
	return line === "" ? undefined : cutText(line, longestName);
}
