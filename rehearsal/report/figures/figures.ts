import type { Occurrence } from "../occurrences.ts";
import { reachedOf } from "../places.ts";
import { type Spread, spreadOf } from "./spread.ts";

/** What is measured of each incident, in seconds. */
export const measures = {
	/** From the failure, or where nobody knows it from the first look that failed, until the incident opened. */
	detect: ({ failedAt, breachedAt, openedAt }) => since(failedAt ?? breachedAt, openedAt),
	/** From the opening until a page was first proven. */
	page: ({ openedAt, provenAt }) => since(openedAt, provenAt),
	/** From the opening until somebody answered. */
	acknowledge: ({ openedAt, acknowledgedAt }) => since(openedAt, acknowledgedAt),
	/** From the opening until the failure was over. */
	recover: ({ openedAt, recoveredAt }) => since(openedAt, recoveredAt),
	/** From the opening until everybody was told of the end. */
	resolve: ({ openedAt, resolvedAt }) => since(openedAt, resolvedAt),
} as const satisfies Record<string, (occurrence: Occurrence) => number | undefined>;
export type Measure = keyof typeof measures;

const since = (from: number | undefined, to: number | undefined): number | undefined =>
	from === undefined || to === undefined ? undefined : to - from;

/** The figures of some incidents. */
export interface Figures {
	readonly incidents: number;
	/** Absent where it is known of none. */
	readonly spreads: { readonly [Name in Measure]?: Spread };
	/** Of how many the detection counts from the failure itself, which only a rehearsal knows. */
	readonly detectedFromFailure: number;
	/** Places whose vendor took a page. */
	readonly placesTold: number;
	/** Those of them where it was never proven, nor taken by a carrier that says no more. */
	readonly placesLost: number;
	/** Incidents with such a place. */
	readonly incidentsWithLoss: number;
	/** Over before anybody answered: nobody was needed. */
	readonly clearedUnanswered: number;
	readonly pagesPerIncident: number;
}

/** Drills show whether people are reached: what they took is no figure of a failure. */
export interface DrillFigures {
	readonly begun: number;
	/** Drills of which a page was proven. */
	readonly reached: number;
	readonly answered: number;
	/** From the opening until a page was first proven, in seconds; absent where none was. */
	readonly page?: Spread;
	/** Until somebody answered. */
	readonly acknowledge?: Spread;
}

export interface AllFigures extends Figures {
	/** Counted nowhere else. */
	readonly drills: DrillFigures;
	/** Members of group incidents: they page nobody, and are counted nowhere else. */
	readonly members: number;
	readonly byCondition: Readonly<Record<string, Figures>>;
	readonly byPolicy: Readonly<Record<string, Figures>>;
}

/** What a month of incidents, or a file of rehearsals, comes to. */
export function figuresOf(occurrences: readonly Occurrence[]): AllFigures {
	const drills = occurrences.filter(isDrill);
	const failures = occurrences.filter((occurrence) => !isDrill(occurrence));
	const own = failures.filter(({ group }) => group === undefined);
	return {
		...figuresOfSome(own),
		members: failures.length - own.length,
		drills: drillFigures(drills),
		byCondition: groupedBy(own, ({ condition }) => condition),
		byPolicy: groupedBy(own, ({ policy = "none" }) => policy),
	};
}

const isDrill = ({ condition }: Occurrence): boolean => condition === "drill";

function drillFigures(drills: readonly Occurrence[]): DrillFigures {
	const { page, acknowledge } = spreadsOf(drills);
	return {
		begun: drills.length,
		reached: drills.filter(({ provenAt }) => provenAt !== undefined).length,
		answered: drills.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined).length,
		...(page === undefined ? {} : { page }),
		...(acknowledge === undefined ? {} : { acknowledge }),
	};
}

function groupedBy(occurrences: readonly Occurrence[], nameOf: (occurrence: Occurrence) => string): Readonly<Record<string, Figures>> {
	const groups = [...Map.groupBy(occurrences, nameOf)].toSorted(([one], [other]) => (one < other ? -1 : 1));
	return Object.fromEntries(groups.map(([name, some]) => [name, figuresOfSome(some)]));
}

function figuresOfSome(occurrences: readonly Occurrence[]): Figures {
	const told = occurrences.map(({ places }) => places.filter(({ sentAt, informs }) => sentAt !== undefined && !informs));
	const lost = told.map((places) => places.filter((place) => reachedOf(place) === "lost").length);
	const placesTold = told.reduce((sum, { length }) => sum + length, 0);
	return {
		incidents: occurrences.length,
		spreads: spreadsOf(occurrences),
		detectedFromFailure: occurrences.filter(({ failedAt }) => failedAt !== undefined).length,
		placesTold,
		placesLost: lost.reduce((sum, count) => sum + count, 0),
		incidentsWithLoss: lost.filter((count) => count > 0).length,
		clearedUnanswered: occurrences.filter(isNoise).length,
		pagesPerIncident: occurrences.length === 0 ? 0 : placesTold / occurrences.length,
	};
}

const isNoise = ({ recoveredAt, acknowledgedAt }: Occurrence): boolean =>
	recoveredAt !== undefined && (acknowledgedAt === undefined || acknowledgedAt > recoveredAt);

function spreadsOf(occurrences: readonly Occurrence[]): Figures["spreads"] {
	const entries = Object.entries(measures).map(([name, measure]) => [
		name,
		spreadOf(occurrences.flatMap((occurrence) => measure(occurrence) ?? [])),
	]);
	return Object.fromEntries(entries.filter(([, spread]) => spread !== undefined));
}
