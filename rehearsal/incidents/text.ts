import { fitted } from "../../commands/terminal.ts";
import { drillMarkOf } from "../../functions/pipeline/model/drill.ts";
import { type Incident, type Instant, severities } from "../../functions/pipeline/model/incident.ts";
import { standingOf } from "../../functions/pipeline/operate/standing.ts";
import { oneLine } from "../../functions/pipeline/page/spelling.ts";
import { cutText } from "../../functions/pipeline/page/text.ts";
import { dateOf, durationOf } from "../../functions/pipeline/page/times.ts";

/** No line is longer, but for a key that is: a key that is cut off is worth nothing. */
const columns = 80;

/** The lines of a text, none longer than a terminal is wide; those after the first begin with `indent`. */
export const wrapped = (text: string, indent = ""): readonly string[] => fitted(oneLine(text), () => indent, columns).split("\n");

/** Four lines for each incident, the worst first; how many there are last. */
export function listText(incidents: readonly Incident[], now: Instant, what: "open" | "closed"): string {
	if (incidents.length === 0) return `No incident is ${what}.`;
	const count = incidents.length === 1 ? `1 incident is ${what}.` : `${incidents.length} incidents are ${what}.`;
	return [...incidents.flatMap((incident) => [...linesOf(incident, now), ""]), count].join("\n");
}

function linesOf(incident: Incident, now: Instant): readonly string[] {
	const { key, occurrence, severity, condition, entityName, openedAt, closedAt, state } = incident;
	const age = state === "closed" ? `for ${durationOf(openedAt, closedAt ?? now)}` : `${durationOf(openedAt, now)} ago`;
	return [
		occurrence === 1 ? key : `${key}  (occurrence ${occurrence})`,
		cutText(`  ${drillMarkOf(incident)}${severity.toUpperCase()} ${condition}: ${oneLine(entityName)}`, columns),
		`  since ${dateOf(openedAt)}, ${age}`,
		cutText(`  ${oneLine(standingOf(incident, now).words)}`, columns),
	];
}

/** What is open by severity and age, what is closed the latest first. */
export const inOrder = (incidents: readonly Incident[], what: "open" | "closed"): readonly Incident[] =>
	incidents.toSorted((one, other) =>
		what === "closed"
			? (other.closedAt ?? 0) - (one.closedAt ?? 0)
			: severities.indexOf(one.severity) - severities.indexOf(other.severity) || one.openedAt - other.openedAt,
	);
