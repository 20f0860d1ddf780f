import type { CountsAs, ReadingPorts } from "../deduplicate/flow.ts";
import { type Gauges, readGauges, restoreGauges, type StoredGauges } from "../detect/gauges.ts";
import type { Observation } from "../detect/observation.ts";
import { observeAll } from "../detect/rules.ts";
import type { Snapshot } from "../detect/snapshot.ts";
import { change, readItem } from "../ledger/store.ts";
import { type Condition, trunkConditions } from "../model/incident.ts";
import { gaugesKey, seenKey } from "../model/keys.ts";
import type { Ports } from "../ports.ts";
import { operationOf, trunkNumbers, trunkState, waitingCalls } from "./bodies.ts";
import type { BusEvent } from "./busEvent.ts";
import { hearTrunk, type LeftOut, measured, queued, type SeenWorld, snapshotOf, standsAlone, type TrunkNews } from "./rules.ts";
import { type SeenItem, type SeenTrunk, shardOf, trunksIn, withTrunk } from "./seen.ts";
import type { EventSettings } from "./settings.ts";

export type ListenPorts = ReadingPorts & Pick<Ports, "deadline">;

/** What an event says of one entity, judged by the rules of the polls. */
export interface Observed {
	readonly observation: Observation;
	/** What the same rules say of everything else, as it was last seen. */
	readonly all: readonly Observation[];
	readonly counts: CountsAs;
}

/** Judges an event, or says why there is nothing to judge. Throws EdgeError. */
export async function observed(
	ports: ListenPorts,
	settings: EventSettings,
	seen: SeenWorld,
	event: BusEvent,
	isRepeat: boolean,
): Promise<Observed | LeftOut> {
	switch (event.topic) {
		case "trunks":
			return ofTrunk(ports, settings, seen, event, isRepeat);
		case "trunk-metrics":
			return ofMetrics(ports, seen, event);
		case "queue-observations":
			return ofQueue(ports, seen, event);
		case "operations":
			return ofOperation(ports, settings, seen, event);
	}
}

const countsOf = (opens: "at-once" | "like-a-poll" | undefined): CountsAs => (opens === "at-once" ? "a-streak" : "a-look");

/** A state: what it says of one instance is laid over what was seen of all, and the whole trunk is judged. */
async function ofTrunk(
	ports: ListenPorts,
	{ topics }: EventSettings,
	seen: SeenWorld,
	event: BusEvent,
	isRepeat: boolean,
): Promise<Observed | LeftOut> {
	const known = seen.trunks.find(({ id }) => id === event.entityId);
	if (known === undefined) return "not-watched";
	const { reason, trunk } = await heard(ports, seen, known, event);
	if (trunk === undefined) return "not-watched";
	if (reason !== "changed" && reason !== "confirmed" && !(isRepeat && reason === "unchanged")) return reason;
	replace(seen, trunk);
	return found(ports, snapshotOf(seen, ports.clock.now()), "trunk-down", trunk.trunkBase.id, countsOf(topics.trunks?.opens));
}

/** Most events say nothing new: those are decided by what was read for all of them. What may be news is decided anew on the item itself. */
async function heard(
	{ ledger, settings: { environment } }: ListenPorts,
	{ looked: { trunks: lookedAt = 0 } }: SeenWorld,
	known: SeenTrunk,
	{ at, body }: BusEvent,
): Promise<{ readonly reason: TrunkNews["reason"]; readonly trunk: SeenTrunk | undefined }> {
	const state = trunkState(body);
	const first = hearTrunk(known, state, at, lookedAt);
	if (first.write === undefined) return { reason: first.reason, trunk: known };
	return change<SeenItem, { readonly reason: TrunkNews["reason"]; readonly trunk: SeenTrunk | undefined }>(
		ledger,
		seenKey(environment, shardOf(known)),
		(item) => {
			const before = trunksIn(item).find(({ id }) => id === known.id);
			const { reason, write } = hearTrunk(before, state, at, lookedAt);
			const isWritten = item !== undefined && write !== undefined;
			return { write: isWritten ? withTrunk(item, write) : undefined, result: { reason, trunk: write ?? before } };
		},
	);
}

/** The next event of the same batch sees it. */
function replace(seen: SeenWorld, trunk: SeenTrunk): void {
	const index = seen.trunks.findIndex(({ id }) => id === trunk.id);
	if (index !== -1) seen.trunks[index] = trunk;
}

/** A measure: it may say that a number is too high; that all is well only a poll can say, which compares whole minutes. */
async function ofMetrics(ports: ListenPorts, seen: SeenWorld, { entityId, at, body }: BusEvent): Promise<Observed | LeftOut> {
	const trunk = seen.trunks.find(({ id }) => id === entityId);
	if (trunk === undefined) return "not-watched";
	if (at < (seen.looked.trunks ?? 0)) return "older-than-known";
	if (!standsAlone(trunk, seen.trunks)) return "seen-in-part";
	const numbers = trunkNumbers(body);
	if (numbers.qosMismatches === undefined) return "says-nothing";
	const snapshot = measured(snapshotOf(seen, ports.clock.now()), entityId, numbers);
	return breachOnly(
		found(ports, { ...snapshot, ...(await gaugesOf(ports, snapshot, trunk.trunkBase.id)) }, "trunk-degraded", trunk.trunkBase.id, "a-look"),
	);
}

/** The level now, and that of the last poll: what is new since then is at most what is new in a minute. */
async function gaugesOf(
	{ ledger, settings, clock }: ListenPorts,
	{ trunks = [] }: Snapshot,
	baseId: string,
): Promise<{ readonly gauges: Gauges; readonly gaugesBefore: Gauges | undefined }> {
	const gauges = readGauges(
		trunks.filter(({ trunkBase }) => trunkBase.id === baseId),
		clock.now(),
	);
	return { gauges, gaugesBefore: restoreGauges(await readItem<StoredGauges>(ledger, gaugesKey(settings.environment)), [baseId]) };
}

async function ofQueue(ports: ListenPorts, seen: SeenWorld, { entityId, at, body }: BusEvent): Promise<Observed | LeftOut> {
	const queue = seen.queues.find(({ id }) => id === entityId);
	if (queue === undefined) return "not-watched";
	if (at < (seen.looked.queues ?? 0)) return "older-than-known";
	const waiting = waitingCalls(body);
	if (waiting === undefined) return "says-nothing";
	const snapshot = queued(snapshotOf(seen, ports.clock.now()), queue, waiting);
	return breachOnly(found(ports, snapshot, "queue-overflow", queue.id, "a-look"));
}

/** What the settings say that its definition means, of the entity that it names. */
async function ofOperation(
	ports: ListenPorts,
	{ topics: { operations } }: EventSettings,
	seen: SeenWorld,
	{ at, body }: BusEvent,
): Promise<Observed | LeftOut> {
	const { definitions, entityId } = operationOf(body);
	const word = definitions.find((each) => Object.hasOwn(operations?.definitions ?? {}, each));
	const meaning = word === undefined ? undefined : operations?.definitions[word];
	if (meaning === undefined || entityId === undefined) return "says-nothing";
	const { condition, verdict } = meaning;
	const isOfTrunk = trunkConditions.some((each) => each === condition);
	const source = isOfTrunk ? "trunks" : condition === "queue-overflow" ? "queues" : "edges";
	if (at < (seen.looked[source] ?? 0)) return "older-than-known";
	const trunk = seen.trunks.find(({ id, trunkBase }) => id === entityId || trunkBase.id === entityId);
	const queue = seen.queues.find(({ id }) => id === entityId);
	const plain = snapshotOf(seen, ports.clock.now());
	const snapshot = queue === undefined ? plain : queued(plain, queue, 0);
	const result = found(ports, snapshot, condition, isOfTrunk ? (trunk?.trunkBase.id ?? "") : entityId, countsOf(operations?.opens));
	if (typeof result === "string") return result;
	const said = { ...result.observation, verdict, reason: "operational-event", metrics: {} };
	return { ...result, observation: said, all: result.all.map((each) => (each === result.observation ? said : each)) };
}

function found({ settings }: ListenPorts, snapshot: Snapshot, condition: Condition, id: string, counts: CountsAs): Observed | LeftOut {
	const all = observeAll(snapshot, settings.runbooks);
	const observation = all.find((each) => each.condition === condition && each.id === id);
	return observation === undefined ? "not-watched" : { observation, all, counts };
}

const breachOnly = (result: Observed | LeftOut): Observed | LeftOut =>
	typeof result === "string" || result.observation.verdict === "breach" ? result : "left-to-the-polls";
