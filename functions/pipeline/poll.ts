import { neededSources, observeAll } from "./detection.ts";
import { type Gauges, readGauges } from "./gauges.ts";
import { afterPoll, type FailedPoll, type PollerHealth } from "./health.ts";
import { type Child, type Incident, type Reading, watchedConditions } from "./incident.ts";
import { gaugesKey, incidentKey, pollerKey, streakKey } from "./keys.ts";
import { normalize } from "./normalize.ts";
import type { Observation, Sight, Source } from "./observation.ts";
import { failureOf, troubleOf } from "./paging.ts";
import { EdgeError, type FailureReason, type Ports } from "./ports.ts";
import { change, readItem } from "./store.ts";
import type { Streak } from "./streak.ts";
import { type Family, openOrRecover, takeReading } from "./take.ts";
import { type Inhibition, inhibitions, type Place, possibleParents } from "./topology.ts";
import { vanished } from "./vanished.ts";

export type PollPorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue" | "trunks" | "edges" | "contactQueues">;

/** One poll: looks at what the enabled runbooks need, judges it as a whole, and takes every observation with what explains it. */
export async function pollAll(ports: PollPorts): Promise<void> {
	const { settings } = ports;
	const needed = neededSources(settings.runbooks);
	const { sight, failed } = await look(ports, needed);
	let judged: FailedPoll | undefined;
	try {
		judged = await judge(ports, sight);
	} catch (error) {
		judged = notJudged(ports, error);
	}
	const { ledger, clock } = ports;
	// Last: a poll that could not judge what it read is a failed one.
	await change<PollerHealth, undefined>(ledger, pollerKey(settings.environment), (health) => ({
		write: afterPoll(health, failed ?? judged, clock.now()),
		result: undefined,
	}));
}

/** Tells what kept a poll from judging, and returns it as the failure of the poll. */
function notJudged({ journal }: PollPorts, error: unknown): FailedPoll {
	const { outcome, detail } = troubleOf(error);
	journal.tell({ what: "alarm", outcome, detail });
	// What was read is there: the platform is not out of reach.
	return {
		reason: error instanceof EdgeError ? "unavailable" : "malformed",
		detail: `what was read could not be judged: ${detail}`,
		partly: true,
	};
}

/** Judges what was read and takes every observation with what explains it. Returns the first failure; one entity's hides no other one. */
async function judge(ports: PollPorts, sight: Sight): Promise<FailedPoll | undefined> {
	const { settings, clock } = ports;
	let failed: FailedPoll | undefined;
	const observations = observeAll(sight, settings.runbooks).filter((observation) => {
		try {
			return keyOf(ports, observation) !== "";
		} catch (error) {
			// An id that no key can hold blinds nobody else.
			failed ??= notJudged(ports, error);
			return false;
		}
	});
	const open = await openAmong(ports, observations);
	const inhibited = inhibitions(observations, ({ condition, id }) => open.has(keyOf(ports, { condition, id })));
	for (const observation of observations) {
		const severity = settings.runbooks[observation.condition]?.severity ?? "high";
		try {
			await takeReading(ports, normalize(observation, severity, clock.now()), familyOf(ports, observation, inhibited));
		} catch (error) {
			// An incident that was written and not queued is found by the overseer.
			failed ??= notJudged(ports, error);
		}
	}
	await endVanished(ports, sight);
	return failed;
}

/** More open incidents than this are looked through at the next poll. */
const openIncidentsLookedThrough = 200;

/** Ends the incidents of what is gone: after as many polls as a recovery takes, or at once where nobody looks any more. */
async function endVanished(ports: PollPorts, sight: Sight): Promise<void> {
	const { ledger, clock, settings } = ports;
	const keys = await ledger.due(clock.now(), openIncidentsLookedThrough);
	for (const { key, reason } of vanished(keys, sight, settings.runbooks, watchedConditions)) {
		const incident = await readItem<Incident>(ledger, key);
		if (incident?.state !== "open") continue;
		const reading: Reading = {
			...incident.reading,
			verdict: "clear",
			reason,
			observedAt: clock.now(),
			metrics: {},
			source: "poller",
			raw: null,
		};
		if (reason === "runbook-disabled") await openOrRecover(ports, reading, "close");
		else await takeReading(ports, reading);
	}
}

const keyOf = ({ settings }: Pick<PollPorts, "settings">, { condition, id }: Place): string =>
	incidentKey({ environment: settings.environment, condition, entityId: id });

/** The keys, among what breaches and what might explain it, that have an open incident which still says something of the present. */
async function openAmong(ports: PollPorts, observations: readonly Observation[]): Promise<ReadonlySet<string>> {
	const parents = possibleParents(observations);
	const children = parents.length === 0 ? [] : observations.filter(({ verdict }) => verdict === "breach");
	const places = new Map([...parents, ...children].map((place) => [keyOf(ports, place), place] as const));
	const open = new Set<string>();
	for (const [key, place] of places) {
		if ((await readItem<Incident>(ports.ledger, key))?.state !== "open") continue;
		if (!(await isLongClear(ports, place))) open.add(key);
	}
	return open;
}

/** An incident that only flap damping keeps open explains nothing that fails now: its entity is well. */
async function isLongClear({ ledger, settings }: PollPorts, { condition, id }: Place): Promise<boolean> {
	const runbook = settings.runbooks[condition];
	const streak = await readItem<Streak>(ledger, streakKey({ environment: settings.environment, condition, entityId: id }));
	return runbook !== undefined && streak !== undefined && streak.clears >= runbook.clearsToClose;
}

function familyOf(ports: PollPorts, observation: Observation, inhibited: ReadonlyMap<Observation, Inhibition>): Family {
	const own = inhibited.get(observation);
	const key = keyOf(ports, observation);
	const children: readonly Child[] = [...inhibited].flatMap(([child, { parent }]) =>
		keyOf(ports, parent) === key
			? [{ key: keyOf(ports, child), condition: child.condition, name: child.name, since: ports.clock.now() }]
			: [],
	);
	return {
		...(own === undefined ? {} : { inhibitedBy: { reason: own.reason, parentKey: keyOf(ports, own.parent) } }),
		children,
	};
}

/** Reads every source that is needed; one that cannot be read is told and left out, the others are judged all the same. */
async function look(
	ports: PollPorts,
	needed: readonly Source[],
): Promise<{ readonly sight: Sight; readonly failed: FailedPoll | undefined }> {
	const { clock } = ports;
	let sight: Sight = { now: clock.now() };
	let seen = 0;
	let failed: EdgeError | undefined;
	for (const source of needed) {
		try {
			sight = { ...sight, ...(await read(ports, source)) };
			seen += 1;
		} catch (error) {
			const failure = failureOf(error);
			ports.journal.tell({ what: "alarm", outcome: failure.reason, detail: `the ${source} could not be read: ${failure.message}` });
			failed ??= failure;
			if (everywhere.includes(failure.reason)) break;
		}
	}
	return { sight, failed: failed && failedPoll(failed, seen) };
}

const failedPoll = ({ reason, message }: EdgeError, seen: number): FailedPoll => ({
	reason,
	detail: message,
	...(seen === 0 ? {} : { partly: true as const }),
});

/** After one of these the next request would end the same way, and a poll has a minute. */
const everywhere: readonly FailureReason[] = ["unreachable", "timeout", "unauthorized", "budget-spent", "rate-limited"];

async function read(ports: PollPorts, source: Source): Promise<Partial<Sight>> {
	switch (source) {
		case "trunks": {
			const trunks = await ports.trunks.trunks();
			return { trunks, ...(await levels(ports, trunks)) };
		}
		case "edges":
			return { edges: await ports.edges.edges() };
		case "queues":
			return { queues: await readQueues(ports) };
	}
}

/** What is compared with the poll before; only trunk-degraded needs it. */
async function levels({ settings, ledger, clock }: PollPorts, trunks: NonNullable<Sight["trunks"]>): Promise<Partial<Sight>> {
	if (settings.runbooks["trunk-degraded"]?.enabled !== true) return {};
	const gauges = readGauges(trunks, clock.now());
	return change<Gauges, Partial<Sight>>(ledger, gaugesKey(settings.environment), (gaugesBefore) => ({
		write: gauges,
		result: { gauges, gaugesBefore },
	}));
}

/** A queue of the settings that does not exist is a fault of the settings: told at each poll, and nothing is judged of it. */
async function readQueues({ settings, contactQueues, journal }: PollPorts): Promise<NonNullable<Sight["queues"]>> {
	const names = (settings.runbooks["queue-overflow"]?.queues ?? []).map(({ name }) => name);
	const queues = await contactQueues.queues(names);
	const missing = names.filter((name) => !queues.some((queue) => queue.name === name));
	if (missing.length > 0)
		journal.tell({ what: "alarm", outcome: "misconfigured", detail: `no queue is named ${missing.join(", ")}: it cannot be watched` });
	return queues;
}
