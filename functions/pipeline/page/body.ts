import { runbookOf, watchedRunbook } from "../../../conditions/runbooks.ts";
import { credentialPageOf } from "../credentials/page.ts";
import type { Incident } from "../model/incident.ts";
import { adminPageOf } from "./adminPage.ts";
import { endedText } from "./byHand.ts";
import { alsoTold, answered, broughtAlong, failingMembers, tried } from "./course.ts";
import { type Fact, factLines } from "./fact.ts";
import { oneLine } from "./spelling.ts";
import { cutMarkup, cutText, markupLength } from "./text.ts";
import { clockOf, dateOf, durationOf, whenOf } from "./times.ts";
import type { Told } from "./told.ts";
import { acknowledgeInvitation, fitting, nameOf, pageSummary } from "./words.ts";

/** Everything that a page says, in several lines, also where a vendor escapes it: less than what any of them takes that has room for a text. */
export const maximumBody = 3000;

/** More of the first line would leave no room for the others. */
const maximumFirstLine = 600;

/**
 * What a person needs who knows nothing yet: what fails, since when, how bad, where, what came of it, what was tried, who knows. It ends in links,
 * which are never cut: what does not fit is cut away above them. `mark` begins the first line.
 */
export function pageBody(told: Told, mark: string): string {
	const links = linkLines(told)
		.map((line) => `\n${line}`)
		.join("");
	return `${cutMarkup(lines(told, mark).join("\n"), maximumBody - markupLength(links))}${links}`;
}

function lines(told: Told, mark: string): readonly string[] {
	const { incident } = told;
	const first = fitting(`${mark}${pageSummary({ ...incident, children: [] })}`, nameOf(incident), maximumFirstLine);
	const { severity } = incident;
	const facts = [
		...courseOf(told),
		{ name: "Severity", text: severity },
		...extentOf(told),
		...meaningOf(incident),
		...answered(incident),
		...failingMembers(incident),
		...broughtAlong(incident),
		...tried(incident),
		...alsoTold(incident, told.page, told.now),
		referenceOf(told),
	];
	return [first, ...facts.flatMap(factLines)];
}

/** Since when, until when, and how long by then. */
export function courseOf({ incident, now }: Told): readonly Fact[] {
	const { openedAt, recoveredAt, state, silenceEndedAt } = incident;
	const age = now === undefined || state !== "open" ? "" : ` (${durationOf(openedAt, now)} ago)`;
	const silent = silenceEndedAt === undefined ? [] : [{ name: "Silenced until", text: whenOf(silenceEndedAt, openedAt) }];
	const since = [{ name: "Since", text: `${dateOf(openedAt)}${age}` }, ...silent];
	if (recoveredAt === undefined) return since;
	const ended = endedText(incident);
	const over = `${whenOf(recoveredAt, openedAt)} (after ${durationOf(openedAt, recoveredAt)})`;
	return [...since, { name: "Over since", text: ended === "" ? over : `${over}, ${ended}` }];
}

/** How bad it is, and where. */
export const extentOf = ({ settings, incident }: Told): readonly Fact[] => [
	...numbers(incident, settings.runbooks[incident.condition] ?? {}),
	...where(incident),
];

/** By what it is found again. */
export const referenceOf = ({ incident: { key, occurrence }, page }: Told): Fact => ({
	name: "Reference",
	text: `${key}, occurrence ${occurrence}${page === undefined ? "" : `, tier ${page.tier}`}`,
});

/** More numbers than this make no page more useful. */
const mostNumbers = 8;

/** How often an intermittent failure was seen, which a reading holds as numbers as well. */
const frequencyNames: readonly string[] = ["recentBreaches", "recentReadings"];

function numbers({ condition, reading, openedAt }: Incident, settings: object): readonly Fact[] {
	const { metrics, observedAt } = reading;
	const own = runbookOf(condition)?.measures?.(metrics, settings) ?? plainNumbers(metrics);
	const { recentBreaches, recentReadings } = metrics;
	const often = recentBreaches === undefined ? [] : [`${recentBreaches} of the last ${recentReadings} readings failed`];
	const told = [...own, ...often].slice(0, mostNumbers);
	return told.length === 0 ? [] : [{ name: `How bad at ${whenOf(observedAt, openedAt)}`, text: told.join("; ") }];
}

const plainNumbers = (metrics: Readonly<Record<string, number>>): readonly string[] =>
	Object.entries(metrics)
		.filter(([name]) => !frequencyNames.includes(name))
		.map(([name, number]) => `${oneLine(name)} ${Number.isInteger(number) ? number : number.toFixed(2)}`);

/** A place is an edge for what an edge carries, and has its own words elsewhere. */
function where({ condition, entityName, reading: { place, location = {} } }: Incident): readonly Fact[] {
	const source = watchedRunbook(condition)?.sources[0];
	const called = (words: string, name: string | undefined): readonly string[] =>
		name === undefined ? [] : [`${words}${cutText(oneLine(name), 100)}`];
	const parts = [
		...called("queue ", source === "queues" ? entityName : undefined),
		...called("edge ", source === "edges" ? entityName : undefined),
		...called(source === "trunks" ? "edge " : "", place),
		...called("site ", location.site?.name),
		...called("division ", location.division?.name),
	];
	return parts.length === 0 ? [] : [{ name: "Where", text: parts.join(", ") }];
}

/** What it breaks, and who says so where that is not us. */
export function meaningOf({ condition, reading }: Incident): readonly Fact[] {
	const why = runbookOf(condition)?.why;
	return [
		...(why === undefined ? [] : [{ name: "What it means", text: why }]),
		...(reading.confirmed === true
			? [{ name: "Reported by", text: `another system's alert (${cutText(oneLine(reading.reason), 200)})` }]
			: []),
	];
}

function linkLines({ settings, incident, now = 0, acknowledgeUrl = "" }: Told): readonly string[] {
	const { remedy, condition, state } = incident;
	const admin = adminPageOf(settings.genesys, incident);
	const page = settings.runbooks[condition]?.page ?? credentialPageOf(settings, incident);
	const { expiresAt = 0 } = remedy ?? {};
	const approval = remedy?.state === "offered" && state === "open" && now < expiresAt ? remedy.link : undefined;
	return [
		...(admin === undefined ? [] : [`Genesys Cloud: ${admin}`]),
		...(page === undefined ? [] : [`Runbook: ${page}`]),
		...(approval === undefined ? [] : [`Approve the remedy until ${clockOf(expiresAt)}: ${approval}`]),
		...(acknowledgeUrl === "" ? [] : [`${acknowledgeInvitation}${acknowledgeUrl}`]),
	];
}
