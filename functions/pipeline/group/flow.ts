import type { DeduplicatePlan } from "../deduplicate/plan.ts";
import { whyRelapse } from "../deduplicate/relapse.ts";
import { newOccurrence } from "../deduplicate/rules.ts";
import { enqueue } from "../dispatch/enqueue.ts";
import { placeIncident } from "../ledger/incidents.ts";
import { change, readItem } from "../ledger/store.ts";
import { callsAtOnce, sideBySide } from "../limits/sideBySide.ts";
import { type Condition, type GroupRef, type Incident, type Instant, type Reading, watchedConditions } from "../model/incident.ts";
import { keyOfReading, openingsKey } from "../model/keys.ts";
import { EdgeError, type Ports } from "../ports.ts";
import { logRouted } from "../route/flow.ts";
import { policyOf } from "../route/policy.ts";
import { routePlan } from "../route/rules.ts";
import { countOpenings, crowdOf, crowdsIn, groupEntity, groupKey, joinGroup, type Openings, whyJoin } from "./rules.ts";

export type GroupPorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue">;

/** So many groups of one condition at once; what comes after them is paged one by one. */
const groupsAtOnce = 9;

/**
 * Decides for failures that open now whether a group incident pages for them, and writes that incident: before theirs, so that nobody is left
 * alone by a crash in between. `listed` holds the keys of the incidents that are not closed, where they are known. Returns the group of each
 * entity that has one. Throws EdgeError.
 */
export async function groupOpenings(
	ports: GroupPorts,
	readings: readonly Reading[],
	listed?: ReadonlySet<string>,
): Promise<ReadonlyMap<Reading, GroupRef>> {
	const groups = new Map<Reading, GroupRef>();
	const byCondition = Map.groupBy(await beginning(ports, readings.filter(isWatched), listed), ({ condition }) => condition);
	if (byCondition.size === 0) return groups;
	const crowded = await crowdedConditions(ports, byCondition);
	for (const [condition, opening] of byCondition) {
		const group = await groupFor(ports, condition, opening, crowded.has(condition));
		if (group !== undefined) for (const reading of opening) groups.set(reading, group);
	}
	return groups;
}

/** The group that pages for a failure whose silence is over, where there are many of them; undefined where it pages by itself. Throws EdgeError. */
export async function groupReleased(ports: GroupPorts, { condition, reading }: Incident): Promise<GroupRef | undefined> {
	const released: Reading = { ...reading, raw: null };
	if (!isWatched(released)) return undefined;
	const opening = [released];
	const crowded = await crowdedConditions(ports, new Map([[condition, opening]]));
	return groupFor(ports, condition, opening, crowded.has(condition));
}

/** Those that begin an occurrence: one whose incident is open already is no new failure, and pages by itself or in its group. */
async function beginning(
	{ ledger, settings, clock }: GroupPorts,
	readings: readonly Reading[],
	listed: ReadonlySet<string> | undefined,
): Promise<readonly Reading[]> {
	const known = new Set<Reading>();
	await sideBySide(readings, callsAtOnce, async (reading) => {
		const key = keyOfReading(settings, reading);
		if (listed?.has(key) === false) return;
		const incident = await readItem<Incident>(ledger, key);
		if (!begins(incident, policyOf(settings, incident ?? {}).staleSeconds, clock.now())) known.add(reading);
	});
	return readings.filter((reading) => !known.has(reading));
}

const begins = (incident: Incident | undefined, roundSeconds: number, now: Instant): boolean =>
	incident?.state !== "open" || whyRelapse(incident, roundSeconds, now) === "relapsed";

/** The overseer's own conditions have one entity each. */
const isWatched = ({ condition }: Reading): boolean => watchedConditions.some((watched) => watched === condition);

/** The conditions of a crowd; none where it cannot be counted, such as by many functions at one moment: a page of its own is worth more than a group. */
async function crowdedConditions(
	{ ledger, clock, settings }: GroupPorts,
	byCondition: ReadonlyMap<Condition, readonly Reading[]>,
): Promise<ReadonlySet<Condition>> {
	const crowd = crowdOf(settings);
	const ids = new Map([...byCondition].map(([condition, opening]) => [condition, opening.map(({ entity }) => entity.id)] as const));
	try {
		return await change<Openings, ReadonlySet<Condition>>(ledger, openingsKey(settings.environment), (before) => {
			// Who comes to a crowd adds nothing to it: hundreds at one moment would only be in each other's way.
			const known = crowdsIn(before, [...ids.keys()], crowd, clock.now());
			if (known.size === ids.size) return { result: known };
			const { openings, crowded } = countOpenings(before, ids, crowd, clock.now());
			return { write: openings, exp: clock.now() + crowd.withinSeconds * 1000, result: crowded };
		});
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
		return new Set();
	}
}

/** A growing group takes whatever fails; a crowd without one begins one. */
async function groupFor(
	ports: GroupPorts,
	condition: Condition,
	readings: readonly Reading[],
	isCrowded: boolean,
): Promise<GroupRef | undefined> {
	const { settings, clock, ledger } = ports;
	for (let ordinal = 1; ordinal <= groupsAtOnce; ordinal += 1) {
		const key = groupKey(settings.environment, condition, ordinal);
		const reason = whyJoin(await readItem<Incident>(ledger, key), clock.now());
		if (reason === "join" || (reason === "begin" && isCrowded))
			return place(ports, key, groupEntity(ordinal), readings).catch((error: unknown) => joinUncounted(ports, key, error));
		if (reason === "begin") return undefined;
	}
	return undefined;
}

async function place(ports: GroupPorts, key: string, id: string, readings: readonly Reading[]): Promise<GroupRef | undefined> {
	const { settings, clock, journal } = ports;
	let placed: Incident | undefined;
	const plan = await placeIncident(ports, key, (existing) => {
		const joined = joinGroup(existing, readings, { environment: settings.environment, id }, clock.now());
		const made = routePlan(settings, joined, newOccurrence(joined), clock.now());
		placed = made.incident ?? existing;
		return made;
	});
	if (placed === undefined) return undefined;
	const about = { incident: key, occurrence: placed.occurrence };
	if (newOccurrence(plan)) {
		journal.log({ what: "incident-opened", ...about, outcome: placed.severity, detail: placed.summary });
		logRouted(ports, placed);
		await enqueue(ports, placed);
	} else logJoined(ports, plan, placed);
	return { key, occurrence: placed.occurrence };
}

/**
 * Where too many join at one moment, some lose every race for the group's item. They are members all the same: their own incidents say so, and the
 * overseer counts whoever does. Throws what kept them from being counted where there is no group to join.
 */
async function joinUncounted({ ledger, clock, journal }: GroupPorts, key: string, error: unknown): Promise<GroupRef> {
	const group = error instanceof EdgeError ? await readItem<Incident>(ledger, key) : undefined;
	if (group === undefined || whyJoin(group, clock.now()) !== "join") throw error;
	const { occurrence, summary } = group;
	journal.log({ what: "incident-seen-again", incident: key, occurrence, outcome: "joined-uncounted", detail: summary });
	return { key, occurrence };
}

function logJoined({ journal }: GroupPorts, { incident }: DeduplicatePlan, { key, occurrence, summary }: Incident): void {
	if (incident !== undefined) journal.log({ what: "incident-seen-again", incident: key, occurrence, outcome: "joined", detail: summary });
}
