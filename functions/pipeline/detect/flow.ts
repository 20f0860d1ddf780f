import { type Act, actOf, inOrder, isOwed } from "../confirm/acts.ts";
import type { Counted, ToCount } from "../confirm/streakShard.ts";
import { logCounted, openOrRecover } from "../deduplicate/flow.ts";
import { groupOpenings } from "../group/flow.ts";
import { mostIncidentsRead } from "../ledger/incidents.ts";
import { healthBefore, healthIn, recordHealth } from "../ledger/pollerHealth.ts";
import { writeSeen } from "../ledger/seen.ts";
import { readItem } from "../ledger/store.ts";
import { countReadings } from "../ledger/streaks.ts";
import { callsAtOnce, sideBySide } from "../limits/sideBySide.ts";
import type { GroupRef, Incident, Reading } from "../model/incident.ts";
import { keyOfReading } from "../model/keys.ts";
import { normalize } from "../normalize/rules.ts";
import { troubleOf } from "../page/flow.ts";
import { EdgeError, type Ports } from "../ports.ts";
import { readSilences } from "../silence/flow.ts";
import { isSilentReading, nothingSilent } from "../silence/rules.ts";
import type { FailedPoll } from "./health.ts";
import type { Observation } from "./observation.ts";
import { readSources, type SourcePorts } from "./readSources.ts";
import { keyOf, relationsOf } from "./relations.ts";
import { misconfigured, neededSources, observeAll } from "./rules.ts";
import type { Snapshot } from "./snapshot.ts";
import { vanished } from "./vanished.ts";

export type PollPorts = SourcePorts & Pick<Ports, "queue">;

/** Something is begun only while the function has this much time left: it and the telling of health may each wait 9 s for a ledger that hangs. */
const beginMilliseconds = 19_000;

/** One poll: looks at what the enabled runbooks need, judges it as a whole, and takes every observation with what explains it. */
export async function pollAll(ports: PollPorts): Promise<void> {
	const before = await healthBefore(ports);
	const last = healthIn(before)?.next ?? [];
	const needed = neededSources(ports.settings);
	const { snapshot, failed } = await readSources(ports, [...new Set([...last.filter((source) => needed.includes(source)), ...needed])]);
	const remark = logMisconfigured(ports, snapshot);
	let judged: FailedPoll | undefined;
	try {
		judged = await judge(ports, snapshot);
	} catch (error) {
		judged = notJudged(ports, error);
	}
	await remember(ports, snapshot);
	// Last: a poll that could not judge what it read is a failed one.
	await recordHealth(ports, before, failed ?? judged, remark);
}

/** What events are judged against. That it is not up to date makes no poll a failed one: an event is then taken for older, or for news, than it is. */
async function remember(ports: PollPorts, snapshot: Snapshot): Promise<void> {
	if (ports.settings.events === undefined) return;
	try {
		inTime(ports, "write down what was read");
		await writeSeen(ports, snapshot);
	} catch (error) {
		ports.journal.log({ what: "error", ...troubleOf(error) });
	}
}

/** What the settings name and nobody finds is told at each poll, which is no failed one. Returns what was told. */
function logMisconfigured({ settings, journal }: Pick<PollPorts, "settings" | "journal">, snapshot: Snapshot): string | undefined {
	const found = misconfigured(snapshot, settings.runbooks);
	for (const detail of found) journal.log({ what: "error", outcome: "misconfigured", detail });
	return found.length === 0 ? undefined : found.join("; ");
}

/** Tells what kept a poll from judging, and returns it as the failure of the poll. */
function notJudged({ journal }: Pick<PollPorts, "journal">, error: unknown): FailedPoll {
	const { outcome, detail } = troubleOf(error);
	journal.log({ what: "error", outcome, detail });
	// What was read is there: the platform is not out of reach.
	return {
		reason: error instanceof EdgeError ? "unavailable" : "malformed",
		detail: `what was read could not be judged: ${detail}`,
		partly: true,
	};
}

/**
 * Judges what was read: counts every reading, then opens and recovers incidents, side by side, the most urgent first, while there is time.
 * Returns the first failure; one entity's hides no other one.
 */
async function judge(ports: PollPorts, snapshot: Snapshot): Promise<FailedPoll | undefined> {
	let failed: FailedPoll | undefined;
	const note = (error: unknown): void => {
		failed ??= notJudged(ports, error);
	};
	const observations = observeAll(snapshot, ports.settings.runbooks).filter((observation) => hasKey(ports, observation, note));
	inTime(ports, "judge what was read");
	const listed = await listedIncidents(ports, note);
	inTime(ports, "look for what is gone");
	const gone = await readingsOfVanished(ports, snapshot, [...(listed ?? [])]);
	const severityOf = ({ condition }: Observation) => ports.settings.runbooks[condition]?.severity ?? "high";
	const readings = observations.map((observation) => normalize(observation, severityOf(observation), ports.clock.now()));
	const toCount = toBeCounted(ports, [...readings, ...gone.missing], listed);
	inTime(ports, "count what was read");
	const counted = await countReadings(ports, toCount, note);
	inTime(ports, "open and recover incidents");
	const acts = [...(await actsOf(ports, observations, counted, listed, note)), ...gone.disabled.map(closing)];
	await carryOut(ports, inOrder(acts), listed, note);
	return failed;
}

/** An id that no key can hold blinds nobody else. */
function hasKey(ports: PollPorts, observation: Observation, note: (error: unknown) => void): boolean {
	try {
		return keyOf(ports, observation) !== "";
	} catch (error) {
		note(error);
		return false;
	}
}

/** The keys of the incidents that are not closed, all at once; undefined where they could not be listed: detection does not wait for that. */
async function listedIncidents({ ledger, clock }: PollPorts, note: (error: unknown) => void): Promise<ReadonlySet<string> | undefined> {
	try {
		return new Set(await ledger.due(clock.now(), mostIncidentsRead));
	} catch (error) {
		note(error);
		return undefined;
	}
}

interface Gone {
	/** Clear readings of what is no longer listed: it recovers after as many polls as any other. */
	readonly missing: readonly Reading[];
	/** Of what nobody looks for any more: it recovers at once. */
	readonly disabled: readonly Reading[];
}

async function readingsOfVanished(ports: PollPorts, snapshot: Snapshot, keys: readonly string[]): Promise<Gone> {
	const { ledger, clock, settings } = ports;
	const gone: { missing: Reading[]; disabled: Reading[] } = { missing: [], disabled: [] };
	await sideBySide(vanished(keys, snapshot, settings.runbooks), callsAtOnce, async ({ key, reason }) => {
		const incident = await readItem<Incident>(ledger, key);
		if (incident?.state !== "open") return;
		const clear = { verdict: "clear", reason, observedAt: clock.now(), metrics: {}, source: "poller", raw: null } as const;
		// Somebody else sees what no listing has, and tells its end.
		if (reason === "no-longer-listed" && incident.reading.confirmed === true) return;
		gone[reason === "runbook-disabled" ? "disabled" : "missing"].push({ ...incident.reading, ...clear });
	});
	return gone;
}

function toBeCounted({ settings }: PollPorts, readings: readonly Reading[], listed: ReadonlySet<string> | undefined): readonly ToCount[] {
	return readings.flatMap((reading) => {
		const runbook = settings.runbooks[reading.condition];
		return runbook?.enabled === true ? [{ reading, runbook, hasIncident: listed?.has(keyOfReading(settings, reading)) }] : [];
	});
}

/** Tells what the readings counted for, and returns what they ask for. */
async function actsOf(
	ports: PollPorts,
	observations: readonly Observation[],
	counted: readonly Counted[],
	listed: ReadonlySet<string> | undefined,
	note: (error: unknown) => void,
): Promise<readonly Act[]> {
	const byKey = await relationsOf(ports, observations, counted, listed);
	return counted.flatMap((each) => {
		const key = keyOfReading(ports.settings, each.reading);
		const { children = [], ...relations } = byKey.get(key) ?? {};
		try {
			const signal = logCounted(ports, each, relations);
			return signal === undefined ? [] : [actOf(each, signal, children, listed?.has(key) ?? false)];
		} catch (error) {
			note(error);
			return [];
		}
	});
}

const closing = (reading: Reading): Act => ({ reason: "recovers", reading, signal: "close", children: [] });

/** A few are carried out one after the other, in the order of their urgency; the more there are, the more of them side by side. */
const actsAtOnce = (acts: number): number => Math.min(callsAtOnce, Math.ceil(acts / callsAtOnce));

async function carryOut(
	ports: PollPorts,
	acts: readonly Act[],
	listed: ReadonlySet<string> | undefined,
	note: (error: unknown) => void,
): Promise<void> {
	const late: Act[] = [];
	const opening = acts.filter(({ reason }) => reason === "opens").map(({ reading }) => reading);
	const silences = acts.some(({ signal }) => signal === "open") ? await readSilences(ports) : nothingSilent;
	const loud = opening.filter((reading) => !isSilentReading(reading, silences));
	const groups = await groupsOf(ports, loud, listed, note);
	await sideBySide(acts, actsAtOnce(acts.length), async (act) => {
		if (isOutOfTime(ports)) {
			late.push(act);
			return;
		}
		try {
			await openOrRecover(ports, act.reading, act.signal, { silences, children: act.children, memberOf: groups.get(act.reading) });
		} catch (error) {
			// An incident that was written and not queued is found by the overseer.
			note(error);
		}
	});
	const owed = late.filter(isOwed).length;
	if (owed > 0) note(outOfTime(`carry out ${acts.length} changes of incidents`, `${owed} that come first in the next one`));
}

/** Rather a page too many: where the ledger cannot say whether there are many, each of them is paged. */
async function groupsOf(
	ports: PollPorts,
	opening: readonly Reading[],
	listed: ReadonlySet<string> | undefined,
	note: (error: unknown) => void,
): Promise<ReadonlyMap<Reading, GroupRef>> {
	try {
		return await groupOpenings(ports, opening, listed);
	} catch (error) {
		note(error);
		return new Map();
	}
}

const isOutOfTime = ({ deadline }: PollPorts): boolean => deadline.remainingMilliseconds() < beginMilliseconds;

const outOfTime = (wanted: string, got: string): EdgeError =>
	new EdgeError("timeout", `Expected to ${wanted} within one poll, got ${got}`, { retry: true });

/** Throws EdgeError "timeout" where it is too late to begin something: the next poll has its time again. */
function inTime(ports: PollPorts, wanted: string): void {
	if (isOutOfTime(ports)) throw outOfTime(wanted, "too late for it");
}
