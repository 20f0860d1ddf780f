import { drillMarkOf, isDrill } from "../model/drill.ts";
import type { Incident } from "../model/incident.ts";
import { pageBody } from "./body.ts";
import { endedText, whereAnswered } from "./byHand.ts";
import { oneLine } from "./spelling.ts";
import { spokenLine, spokenOpening } from "./spoken.ts";
import { cutText } from "./text.ts";
import { clockOf } from "./times.ts";
import type { Told } from "./told.ts";
import { maximumSummary, nameOf, pageSummary, pageTitle, smsLine, smsOpening, stackMark } from "./words.ts";

/** One line for whoever has little room: Opsgenie's and Jira Service Management's `message` takes no more. */
export const maximumTitle = 130;

/** What a page says, in the lengths that vendors take. */
export interface PageTexts {
	readonly summary: string;
	/** The line of an SMS, before its reference. */
	readonly shortText: string;
	/** At most 130 UTF-16 units. */
	readonly title: string;
	/** At most 3000 UTF-16 units, lines included. */
	readonly body: string;
	/** The line of a call. */
	readonly spoken: string;
}

/** What is asked of no page. */
export const noTexts: PageTexts = { summary: "", shortText: "", title: "", body: "", spoken: "" };

/** The texts of a page, whoever sends it. */
export function pageTexts(told: Told): PageTexts {
	const { settings, incident } = told;
	const { environment } = incident;
	const entityName = nameOf(incident);
	const mark = `${drillMarkOf(incident)}${settings.production === true ? "" : stackMark(environment)}`;
	const line = `${mark}${pageSummary(incident)}`;
	const summary = cutText(line, maximumSummary);
	return {
		summary,
		shortText: smsLine(smsOpening(incident.severity), summary, { environment, entityName }),
		title: pageTitle(incident, mark, maximumTitle),
		body: pageBody(told, mark),
		spoken: spokenLine(spokenOpening(incident.severity), summary),
	};
}

/** More is no note. */
const maximumNote = 250;

/** What is new about a page that people have: in one line. */
export function noteOf(incident: Incident, purpose: "acknowledgement" | "recovery"): string {
	const { acknowledged, recoveredAt, entityName } = incident;
	const note = (text: string): string => cutText(oneLine(`${drillMarkOf(incident)}${text}`), maximumNote);
	if (purpose === "acknowledgement")
		return acknowledged === undefined ? "" : note(`Acknowledged by ${acknowledged.by} (${whereAnswered(acknowledged)})`);
	if (recoveredAt === undefined) return note("Replaced by a newer page.");
	const ended = endedText(incident);
	return note(
		`Over since ${clockOf(recoveredAt)}: ${ended === "" ? (isDrill(incident) ? "the drill is at its end." : `${entityName} is well.`) : ended}`,
	);
}
