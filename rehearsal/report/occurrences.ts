import { drillMark } from "../../functions/pipeline/model/drill.ts";
import { type IncidentKeyParts, isDrillKey, parseIncidentKey } from "../../functions/pipeline/model/keys.ts";
import { type Place, placesOf } from "./places.ts";
import type { Happening, TimelineEvent } from "./timelineEvent.ts";
import { breaks } from "./words.ts";

/** One occurrence of an incident, as its events tell it. All instants are seconds of the story; what is absent did not happen, or nobody knows. */
export interface Occurrence {
	readonly key: string;
	/** From 1. */
	readonly number: number;
	readonly condition: IncidentKeyParts["condition"] | "unknown";
	readonly entity: string;
	readonly severity?: string | undefined;
	readonly summary: string;
	/** The policy that it was paged by last. */
	readonly policy?: string | undefined;
	/** When its entity was made to fail, which only a rehearsal knows. */
	readonly failedAt?: number | undefined;
	/** The first of the breaches in a row that led to it. */
	readonly breachedAt?: number | undefined;
	readonly openedAt: number;
	/** The first page that was proven. */
	readonly provenAt?: number | undefined;
	readonly acknowledgedAt?: number | undefined;
	readonly acknowledgedBy?: string | undefined;
	readonly recoveredAt?: number | undefined;
	readonly resolvedAt?: number | undefined;
	/** The group incident that pages for it. */
	readonly group?: string | undefined;
	readonly places: readonly Place[];
	/** Its own events, and the looks that led to it. */
	readonly events: readonly TimelineEvent[];
}

type Names = ReadonlyMap<string, string>;
const noNames: Names = new Map();

/** Every occurrence that was opened, in order. `names` are those of entities, by incident key, where no event tells them. */
export function occurrencesOf(events: readonly TimelineEvent[], names: Names = noNames): readonly Occurrence[] {
	const injected = events.filter(({ who }) => who === "scenario");
	const own = Map.groupBy(
		events.filter(({ incident }) => incident !== undefined),
		({ incident }) => incident ?? "",
	);
	const opened = events.filter(({ what, incident }) => what === "incident-opened" && incident !== undefined);
	return opened.map((opening) => occurrenceOf(opening, own.get(opening.incident ?? "") ?? [], injected, names));
}

function occurrenceOf(
	opening: TimelineEvent,
	ofKey: readonly TimelineEvent[],
	injected: readonly TimelineEvent[],
	names: Names,
): Occurrence {
	const { incident: key = "", occurrence: number = 1, atSeconds: openedAt, outcome: severity, detail: summary = "" } = opening;
	const end = ofKey.find(({ what, occurrence, id }) => what === "incident-opened" && occurrence !== number && id > opening.id);
	const looks = looksOf(ofKey, opening, end);
	const events = ofKey.filter((event) => event.occurrence === number || looks.includes(event));
	const first = (what: Happening, isIt: (event: TimelineEvent) => boolean = () => true): TimelineEvent | undefined =>
		events.find((event) => event.what === what && isIt(event));
	const parts = parseIncidentKey(key);
	const entity = names.get(key) ?? looks.find(({ what }) => what === "observed")?.detail?.split(": ")[0] ?? parts?.entityId ?? key;
	const isAnswer = ({ outcome }: TimelineEvent): boolean => outcome !== "mirrored";
	// That somebody pressed is one thing, and that we know of it another: an answer that nobody hears is none.
	const answer = first("acknowledged", (event) => isAnswer(event) && event.who !== "person") ?? first("acknowledged", isAnswer);
	return {
		key,
		number,
		condition: parts?.condition ?? "unknown",
		entity,
		severity,
		summary: `${isDrillKey(key) ? drillMark : ""}${summary === "" ? `${parts?.condition ?? key} ${entity}` : summary}`,
		policy: events.findLast(({ what }) => what === "routed")?.outcome,
		failedAt: injected.findLast((event) => event.detail === entity && event.id < opening.id && breaks.has(event.what))?.atSeconds,
		breachedAt: breachesBefore(looks, opening)[0]?.atSeconds,
		openedAt,
		provenAt: first("page-proven", isOfPage)?.atSeconds,
		acknowledgedAt: answer?.atSeconds,
		acknowledgedBy: answererOf(answer),
		recoveredAt: first("recovered")?.atSeconds,
		resolvedAt: first("incident-resolved")?.atSeconds,
		group: first("grouped", ({ outcome }) => outcome === "member")?.detail,
		places: placesOf(events),
		events,
	};
}

/** Whether the news of a page is that of the page itself, and not of its acknowledgement or its end. */
const isOfPage = ({ outcome }: TimelineEvent): boolean => outcome !== "acknowledgement" && outcome !== "recovery";

/** Looks carry no occurrence: they belong to the one that they led to, or that stood when they were made. */
function looksOf(ofKey: readonly TimelineEvent[], opening: TimelineEvent, end: TimelineEvent | undefined): readonly TimelineEvent[] {
	const ended = ofKey.findLast(({ what, id, occurrence }) => what === "incident-resolved" && id < opening.id && occurrence !== undefined);
	return ofKey.filter(({ id, occurrence }) => occurrence === undefined && id > (ended?.id ?? 0) && (end === undefined || id < end.id));
}

/** The breaches in a row that end with the opening. */
function breachesBefore(looks: readonly TimelineEvent[], opening: TimelineEvent): readonly TimelineEvent[] {
	const before = looks.filter(({ id, what }) => what === "observed" && id < opening.id);
	const calm = before.findLastIndex(({ outcome }) => outcome === "clear");
	return before.slice(calm + 1).filter(({ outcome }) => outcome === "breach");
}

/** Whoever answered, where the answer says it: `by Ada`, `Ada answers on …`. */
function answererOf(answer: TimelineEvent | undefined): string | undefined {
	if (answer === undefined) return undefined;
	return /^by (.+)$/s.exec(answer.detail ?? "")?.[1] ?? /^(.+?) answers /s.exec(answer.detail ?? "")?.[1];
}
