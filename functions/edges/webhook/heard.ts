import { change } from "../../pipeline/ledger/store.ts";
import { callsAtOnce, sideBySide } from "../../pipeline/limits/sideBySide.ts";
import type { Instant, Reading } from "../../pipeline/model/incident.ts";
import { alertsKey, incidentKey } from "../../pipeline/model/keys.ts";
import type { AlertReading } from "../../pipeline/normalize/alert.ts";
import {
	byEntity,
	type EntityAlerts,
	type Heard,
	hear,
	heardUntil,
	type LeftOut,
	maximumEntities,
} from "../../pipeline/normalize/heard.ts";
import type { Ports } from "../ports.ts";

/** What is news of what was told, one reading an entity and condition. */
export interface HeardAlerts {
	readonly readings: readonly Reading[];
	/** Why there is none of the last one that was left out. */
	readonly left: LeftOut | undefined;
	readonly problems: readonly string[];
}

type HearPorts = Pick<Ports, "settings" | "journal" | "ledger">;

/** Hears what a request tells, in its order; of too much that which fails comes first. Throws EdgeError. */
export async function heardAlerts(ports: HearPorts, format: string, alerts: readonly AlertReading[], now: Instant): Promise<HeardAlerts> {
	const entities = byEntity(alerts);
	const isTooMuch = entities.length > maximumEntities;
	const taken = isTooMuch ? failingFirst(entities).slice(0, maximumEntities) : entities;
	const heard = new Map<EntityAlerts, Reading | LeftOut>();
	await sideBySide(taken, callsAtOnce, async (each) => {
		heard.set(each, await heardOf(ports, format, each, now));
	});
	const inOrder = taken.flatMap((each) => heard.get(each) ?? []);
	return {
		readings: inOrder.filter((each) => typeof each !== "string"),
		left: inOrder.findLast((each) => typeof each === "string"),
		problems: isTooMuch ? [`alerts: expected those of at most ${maximumEntities} entities in one request, got ${entities.length}`] : [],
	};
}

function failingFirst(entities: readonly EntityAlerts[]): readonly EntityAlerts[] {
	const fails = ({ alerts }: EntityAlerts): boolean => alerts.some(({ reading }) => reading.verdict === "breach");
	return [...entities.filter(fails), ...entities.filter((each) => !fails(each))];
}

/** Remembers before anything is taken, so that two requests at once know of each other: the sender's repeat of one that fails comes to the same. */
async function heardOf(
	{ ledger, settings: { environment }, journal }: HearPorts,
	format: string,
	{ condition, entity, alerts }: EntityAlerts,
	now: Instant,
): Promise<Reading | LeftOut> {
	const news = await change<Heard, Reading | LeftOut>(ledger, alertsKey(environment, condition, entity.id), (before) => {
		const { heard, news: result } = hear(before, format, alerts, now);
		return { write: result === "older-than-known" ? undefined : heard, exp: heardUntil(heard), result };
	});
	if (news === "another-still-fires")
		journal.log({
			what: "observed",
			incident: incidentKey({ environment, condition, entityId: entity.id }),
			outcome: "clear",
			detail: `${entity.name}: ${news}`,
		});
	return news;
}
