import { drillMark } from "../model/drill.ts";
import type { Incident } from "../model/incident.ts";
import { oneLine, spelledInGsm, withShortName } from "./spelling.ts";
import { cutSms, cutText, fitsSms } from "./text.ts";
import { clockOf } from "./times.ts";

/** Events API v2 refuses a longer `payload.summary`; no vendor needs more. */
export const maximumSummary = 1024;

/**
 * The units of an SMS before its reference. The longest reference takes 105: so two messages or three in GSM-7, and at most three in UCS-2. With an
 * acknowledge link it is at most 210: three in GSM-7, and at most five in UCS-2.
 */
const smsUnits = { gsm: 240, ucs2: 96 };

/** More names than this make no page more useful. */
const namedChildren = 6;

/** What the page says of the failures that this one brought with it; "" where there are none. */
export function childrenText({ children = [] }: Pick<Incident, "children">): string {
	if (children.length === 0) return "";
	const named = children.slice(0, namedChildren).map(({ condition, name }) => `${name} (${condition})`);
	const more = children.length - named.length;
	return `with it: ${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}

/** That everybody was asked before. */
function againText({ round = 1, openedAt }: Partial<Pick<Incident, "round" | "openedAt">>): string {
	return round === 1 || openedAt === undefined ? "" : `still failing, open since ${new Date(openedAt).toISOString().slice(0, 16)}Z`;
}

/** What a held incident says of the present. */
export const heldText = ({ entityName = "it", heldSince = 0 }: Partial<Pick<Incident, "entityName" | "heldSince">>): string =>
	`${entityName}: well since ${clockOf(heldSince)}, held open because it flapped`;

/** How long it had been well before it failed again; "" where it did not. */
export function relapseText({ clearSince, openedAt }: Partial<Pick<Incident, "clearSince" | "openedAt">>): string {
	if (clearSince === undefined || openedAt === undefined) return "";
	const minutes = Math.max(1, Math.round((openedAt - clearSince) / 60_000));
	return `failed again after ${minutes} ${minutes === 1 ? "minute" : "minutes"}`;
}

type PageFacts = Pick<Incident, "summary" | "children"> &
	Partial<Pick<Incident, "state" | "entityName" | "heldSince" | "relapsedAt" | "clearSince" | "openedAt" | "round">>;

/** What is so now, an old reading says nothing of an entity that is well; what came before it; and what it brought with it. */
function present(incident: PageFacts): readonly [now: string, course: readonly string[], children: string] {
	if (incident.relapsedAt !== undefined) {
		const [well, failed] = [clockOf(incident.heldSince ?? 0), clockOf(incident.relapsedAt)];
		return [`${incident.entityName}: well from ${well}, failed again at ${failed}, with a page of its own`, [], ""];
	}
	if (incident.state === "open" && incident.heldSince !== undefined) return [heldText(incident), [], ""];
	// What is over does not fail any more, however often it did.
	const course = incident.state === "recovered" ? [] : [againText(incident), relapseText(incident)];
	return [incident.summary, course, childrenText(incident)];
}

function joined(incident: PageFacts, parts: readonly string[]): string {
	const text = parts.filter((part) => part !== "").join("; ");
	return oneLine(withShortName(text, incident.entityName ?? "", maximumName));
}

/** The one line of every page, at most 1024 characters: what failed, and what it brought with it. */
export function pageSummary(incident: PageFacts): string {
	const [now, course, children] = present(incident);
	return cutText(joined(incident, [now, ...course, children]), maximumSummary);
}

/** The same behind `mark` in so many units. Where it has to be cut, what came before stands first: that it failed again is the news. */
export function pageTitle(incident: PageFacts & Pick<Incident, "entityName">, mark: string, units: number): string {
	const [now, course, children] = present(incident);
	const lines = [
		[now, ...course, children],
		[...course, now, children],
	].map((parts) => `${mark}${joined(incident, parts)}`);
	const [title = "", courseFirst = ""] = lines.map((line) => inShort(line, nameOf(incident), units));
	return cutText(title.length <= units ? title : courseFirst, units);
}

/** A line with at most so many units; where it is longer, the name of what it is about is first shortened. */
export const fitting = (line: string, name: string, units: number): string => cutText(inShort(line, name, units), units);

const inShort = (line: string, name: string, units: number): string =>
	line.length <= units ? line : withShortName(line, oneLine(name), shortName);

/** What each line of a page begins with where its stack is not production. */
export const stackMark = (environment: string): string => `[${environment.toUpperCase()}] `;

/** Opsgenie refuses an entity with more than 512; no name in Genesys Cloud is longer than this. */
const maximumName = 256;

/** What fails, as the vendors' own field for it: as it is called, whatever is in the name. */
export const nameOf = ({ entityName }: Pick<Incident, "entityName">): string => cutText(entityName, maximumName);

/** More of a name than this makes no short line more useful. */
export const shortName = 48;

/** What a line is about. */
interface About {
	readonly environment?: string;
	readonly entityName?: string;
}

/**
 * The line of an SMS, before the reference by which it is found again: `opening` is the severity, or that it is over. It stands behind the marks of a
 * drill and of the stack, where the summary begins with them.
 */
export function smsLine(opening: string, summary: string, { environment = "", entityName = "" }: About = {}): string {
	const mark = leadingMarks(summary, environment);
	const line = `${mark}${opening}: ${summary.slice(mark.length)}`;
	const whole = spelledInGsm(line);
	return cutSms(fitsSms(whole, smsUnits) ? whole : spelledInGsm(withShortName(line, oneLine(entityName), shortName)), smsUnits);
}

/** The marks that a line begins with: of a drill, and of a stack. */
function leadingMarks(line: string, environment: string): string {
	const drill = line.startsWith(drillMark) ? drillMark : "";
	const stack = stackMark(environment);
	return line.startsWith(stack, drill.length) ? `${drill}${stack}` : drill;
}

/** What leads to the link by which a text is acknowledged. */
export const acknowledgeInvitation = "Acknowledge: ";

/**
 * The end of an SMS: the reference by which it is found again, whatever was lost between its vendor and us. An acknowledge link ends in that
 * reference, too, so that a text has room for it; nothing follows that a phone could take for a part of it.
 */
export const smsEnding = (dedupKey: string, acknowledgeUrl = ""): string =>
	acknowledgeUrl === "" ? ` ref ${dedupKey}` : ` ${acknowledgeInvitation}${acknowledgeUrl}`;

/** Whether a text ends in this reference. */
export const endsIn = (text: string, dedupKey: string): boolean => text.endsWith(` ref ${dedupKey}`) || text.endsWith(`/${dedupKey}`);

/** The first words of an SMS that pages. */
export const smsOpening = (severity: Incident["severity"]): string => severity.toUpperCase();

/** What a page tells apart from its line, by name; every page has each of them, "" where there is nothing to tell. */
export const detailNames = [
	"condition",
	"environment",
	"occurrence",
	"tier",
	"openedAt",
	"reason",
	"children",
	"health",
	"approval",
] as const;
export type PageDetails = Readonly<Record<(typeof detailNames)[number], string>>;

/** What an executor says of a health that it did not read. */
const healthUnread = "as the summary says";

/** The details of a page of one tier. Only the workflow reads the health once more before it pages. */
export function pageDetails(incident: Incident, tier: number, approval: string): PageDetails {
	return {
		condition: incident.condition,
		environment: incident.environment,
		occurrence: String(incident.occurrence),
		tier: String(tier),
		openedAt: new Date(incident.openedAt).toISOString(),
		reason: incident.reading.reason,
		children: childrenText(incident),
		health: healthUnread,
		approval,
	};
}
