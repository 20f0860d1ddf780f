import type { Instant, Reading, Verdict } from "../model/incident.ts";
import type { AlertReading } from "./alert.ts";

/** What is remembered of one alert. */
interface HeardAlert {
	readonly heardAt: Instant;
	/** When it became so, where its system says that. */
	readonly changedAt?: Instant;
	readonly fires: boolean;
}

/** What all systems have told of one entity and condition, by the format and the alert. */
export type Heard = Readonly<Record<string, HeardAlert>>;

/** Why nothing is taken of what was told: it is older than what is known, or it tells an end while another alert fires. */
export type LeftOut = "older-than-known" | "another-still-fires";

/** A message comes late by hours at most. */
const rememberedMilliseconds = 86_400_000;
/** Some systems tell once that an alert fires, and no more until its end. */
const firingMilliseconds = 7 * rememberedMilliseconds;
/** So many alerts of one entity are remembered, the latest. */
const maximumHeard = 100;
const maximumNameLength = 256;

/** So many entities of one request are taken: what they ask of the ledger must fit into the function's time (`components/functions/functionTimeouts.ts`). */
export const maximumEntities = 64;

/** The alerts of a request that are about one entity and condition, which is one incident. */
export interface EntityAlerts extends Pick<Reading, "condition" | "entity"> {
	readonly alerts: readonly AlertReading[];
}

export function byEntity(readings: readonly AlertReading[]): readonly EntityAlerts[] {
	const groups = Map.groupBy(readings, ({ reading: { condition, entity } }) => `${condition} ${entity.id}`);
	return [...groups.values()].flatMap((alerts) =>
		alerts.slice(0, 1).map(({ reading: { condition, entity } }) => ({ condition, entity, alerts })),
	);
}

/**
 * What several alerts of one entity and condition come to, with what is remembered of them from then on. An alert that its system has overtaken is
 * left out: messages may come late, and in another order. The worst of the others counts, and an end only once no alert of the entity fires. The
 * same again comes to the same.
 */
export function hear(
	before: Heard | undefined,
	format: string,
	alerts: readonly AlertReading[],
	now: Instant,
): { readonly heard: Heard; readonly news: Reading | LeftOut } {
	const known = Object.fromEntries(Object.entries(before ?? {}).filter(([, each]) => now < until(each)));
	const newest = [...Map.groupBy(alerts, (each) => nameOf(format, each)).values()].flatMap(latestOf);
	const recent = newest.filter((each) => each.changedAt === undefined || (known[nameOf(format, each)]?.changedAt ?? 0) <= each.changedAt);
	const worst = worstOf(recent);
	if (worst === undefined) return { heard: known, news: "older-than-known" };
	const entries = [...Map.groupBy(recent, (each) => nameOf(format, each))].flatMap(([name, same]) => {
		const one = worstOf(same);
		return one === undefined ? [] : [[name, heardOf(one, known[name], now)] as const];
	});
	const heard = latest({ ...known, ...Object.fromEntries(entries) });
	const { reading } = worst;
	const stillFires = reading.verdict === "clear" && Object.values(heard).some(({ fires }) => fires);
	return { heard, news: stillFires ? "another-still-fires" : reading };
}

/** Of several messages about one alert those that its system told last; one without a time may be any. */
function latestOf(same: readonly AlertReading[]): readonly AlertReading[] {
	const last = Math.max(...same.map(({ changedAt = 0 }) => changedAt));
	return same.filter(({ changedAt }) => changedAt === undefined || changedAt === last);
}

/** How long an entity's alerts are worth remembering. */
export const heardUntil = (heard: Heard): Instant => Math.max(0, ...Object.values(heard).map(until));

const until = ({ heardAt, fires }: HeardAlert): Instant => heardAt + (fires ? firingMilliseconds : rememberedMilliseconds);

const nameOf = (format: string, { alert = "" }: AlertReading): string => `${format} ${alert}`.slice(0, maximumNameLength).toWellFormed();

const heardOf = ({ reading: { verdict }, changedAt }: AlertReading, before: HeardAlert | undefined, now: Instant): HeardAlert => ({
	heardAt: now,
	...(changedAt === undefined ? {} : { changedAt }),
	// Without data nobody knows that it is over.
	fires: verdict === "no-data" ? before?.fires === true : verdict === "breach",
});

function latest(heard: Heard): Heard {
	const entries = Object.entries(heard);
	if (entries.length <= maximumHeard) return heard;
	return Object.fromEntries(entries.toSorted(([, one], [, other]) => other.heardAt - one.heardAt).slice(0, maximumHeard));
}

const rank: Readonly<Record<Verdict, number>> = { breach: 2, "no-data": 1, clear: 0 };

/** Of equals the first. */
const worstOf = (readings: readonly AlertReading[]): AlertReading | undefined =>
	readings.toSorted((one, other) => rank[other.reading.verdict] - rank[one.reading.verdict])[0];
