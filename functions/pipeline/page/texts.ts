import type { Incident } from "../model/incident.ts";
import { spokenLine, spokenOpening } from "./spoken.ts";
import { cutText } from "./text.ts";
import { acknowledgeInvitation, childrenText, clockOf, pageSummary, smsLine, smsOpening } from "./words.ts";

/** One line for whoever has little room: Opsgenie's and Jira Service Management's `message` takes no more. */
export const maximumTitle = 130;
/** Everything that a page says, in several lines: less than what any vendor takes that has room for a text. */
export const maximumBody = 3000;

/** What a page says, in the lengths that vendors take. */
export interface PageTexts {
	readonly summary: string;
	/** The line of an SMS, before its reference. */
	readonly shortText: string;
	readonly title: string;
	readonly body: string;
	/** The line of a call. */
	readonly spoken: string;
}

/** The texts of a page that is sent now, whoever sends it. */
export function pageTexts(incident: Incident): PageTexts {
	const summary = pageSummary(incident);
	return {
		summary,
		shortText: smsLine(smsOpening(incident.severity), summary),
		title: cutText(summary, maximumTitle),
		body: cutText(bodyLines(incident).join("\n"), maximumBody),
		spoken: spokenLine(spokenOpening(incident.severity), summary),
	};
}

/** A body with the link by which its incident is acknowledged, no longer for that; without one as it is. */
export function withAcknowledgeUrl(body: string, acknowledgeUrl = ""): string {
	if (acknowledgeUrl === "" || body === "") return body;
	const ending = `\n${acknowledgeInvitation}${acknowledgeUrl}`;
	return `${cutText(body, maximumBody - ending.length)}${ending}`;
}

/** What is new about a page that people have: in one line. */
export function noteOf({ acknowledged, recoveredAt, entityName }: Incident, purpose: "acknowledgement" | "recovery"): string {
	if (purpose === "acknowledgement")
		return acknowledged === undefined ? "" : `Acknowledged by ${acknowledged.by} (tier ${acknowledged.tier}, ${acknowledged.channel})`;
	return recoveredAt === undefined ? "Replaced by a newer page." : `Over since ${clockOf(recoveredAt)}: ${entityName} is well.`;
}

function bodyLines(incident: Incident): readonly string[] {
	const { severity, openedAt, reading } = incident;
	const lines = [
		pageSummary({ ...incident, children: [] }),
		`Severity: ${severity}`,
		`Open since: ${new Date(openedAt).toISOString().slice(0, 16).replace("T", " ")} UTC`,
		reading.place === undefined ? "" : `Place: ${reading.place}`,
		childrenText(incident),
	];
	return lines.filter((line) => line !== "");
}
