import type { DeduplicatePlan } from "../deduplicate/plan.ts";
import type { Incident, Instant } from "../model/incident.ts";
import { archiveKey } from "../model/keys.ts";
import { EdgeError, type Ledger, type LedgerWrite, type Ports, type Stored } from "../ports.ts";
import { type Change, change } from "./store.ts";

/** What writing an incident needs. */
export type IncidentPorts = Pick<Ports, "ledger" | "clock" | "settings">;

/** One occurrence of an incident, wherever the ledger keeps it. An `Incident` is one. */
export interface IncidentRef {
	readonly key: string;
	readonly occurrence: number;
}

/** What a rule decides about one occurrence: the incident to write (absent: nothing is written) and what its caller is told. */
export interface Decision<R> {
	readonly write?: Incident | undefined;
	readonly result: R;
}

/** More incidents that are not closed than this are read at a later turn. */
export const mostIncidentsRead = 10_000;

const dayMilliseconds = 86_400_000;

/** Under which key the ledger holds it. */
export const itemKey = ({ key, storedAs }: Pick<Incident, "key" | "storedAs">): string => storedAs ?? key;

/** The write options of an incident: an open one is on the due list at its next visit, a closed one expires. */
function optionsOf(incident: Incident, { clock, settings }: Pick<IncidentPorts, "clock" | "settings">): { dueAt?: Instant; exp?: Instant } {
	if (incident.state === "closed") return { exp: (incident.closedAt ?? clock.now()) + settings.limits.keepClosedDays * dayMilliseconds };
	return { dueAt: incident.dueAt ?? incident.openedAt };
}

const asChange = <R>({ write, result }: Decision<R>, ports: IncidentPorts): Change<Incident, R> =>
	write === undefined ? { result } : { write, ...optionsOf(write, ports), result };

/** Marks that the item under an incident's key is another occurrence. */
const elsewhere = Symbol("another occurrence");

/**
 * Lets a rule decide about one occurrence and writes what it wants on the version that was read. An occurrence that moved aside for the next one
 * is found where it moved; a writer of an earlier occurrence never touches a later one. The rule gets undefined where the occurrence is nowhere.
 * Throws EdgeError.
 */
export async function decideIncident<R>(
	ports: IncidentPorts,
	ref: IncidentRef,
	rule: (incident: Incident | undefined) => Decision<R>,
): Promise<R> {
	const inPlace = await change<Incident, R | typeof elsewhere>(ports.ledger, ref.key, (item) =>
		item !== undefined && item.occurrence !== ref.occurrence ? { result: elsewhere } : asChange(rule(item), ports),
	);
	if (inPlace !== elsewhere) return inPlace as R;
	return change<Incident, R>(ports.ledger, archiveKey(ref.key, ref.occurrence), (item) => asChange(rule(item), ports));
}

/** Changes one occurrence; `next` returns undefined or the same incident where nothing changes. Returns the incident as it then stands. */
export function changeIncident(
	ports: IncidentPorts,
	ref: IncidentRef,
	next: (incident: Incident) => Incident | undefined,
): Promise<Incident | undefined> {
	return decideIncident<Incident | undefined>(ports, ref, (incident) => {
		const changed = incident === undefined ? undefined : next(incident);
		return changed === undefined || changed === incident ? { result: incident } : { write: changed, result: changed };
	});
}

/** Lets a rule decide about whatever occurrence stands under the key now: for those who do not know it, or say it themselves. */
export const decideCurrent = <R>(ports: IncidentPorts, key: string, rule: (incident: Incident | undefined) => Decision<R>): Promise<R> =>
	change<Incident, R>(ports.ledger, key, (incident) => asChange(rule(incident), ports));

/** Reads one occurrence, also where it moved aside. */
export async function readIncident({ ledger }: Pick<Ports, "ledger">, { key, occurrence }: IncidentRef): Promise<Incident | undefined> {
	const current = (await ledger.read(key))?.value as Incident | undefined;
	if (current === undefined || current.occurrence === occurrence) return current;
	return (await ledger.read(archiveKey(key, occurrence)))?.value as Incident | undefined;
}

/** The overseer's alone: puts a visited occurrence behind those that wait for their visit. The item may have moved since it was listed. */
export async function setNextVisit(ports: IncidentPorts, listedKey: string, dueAt: Instant): Promise<void> {
	await decideCurrent(ports, listedKey, (incident) =>
		incident === undefined || incident.state === "closed" ? { result: undefined } : { write: { ...incident, dueAt }, result: undefined },
	);
}

const maximumTries = 10;

/**
 * Lets deduplication decide about a key and writes what it wants. Where a new occurrence begins, the one before moves aside in the same
 * transaction: either both are written or none. Throws EdgeError "unavailable" after ten lost races.
 */
export async function placeIncident(
	ports: IncidentPorts,
	key: string,
	plan: (existing: Incident | undefined) => DeduplicatePlan,
): Promise<DeduplicatePlan> {
	const { ledger } = ports;
	for (let tried = 0; tried < maximumTries; tried += 1) {
		const stored = await ledger.read(key);
		const made = plan(stored?.value as Incident | undefined);
		if (made.incident === undefined) return made;
		const writes = await writesOf(ports, key, stored, made.incident, made.archive);
		if ((await writeAll(ledger, writes)) === "written") return made;
		await ledger.pause?.(tried);
	}
	throw new EdgeError("unavailable", `Expected to write ${key} within ${maximumTries} tries, got a newer version each time`, {
		retry: true,
	});
}

async function writesOf(
	ports: IncidentPorts,
	key: string,
	stored: Stored | undefined,
	incident: Incident,
	archive: Incident | undefined,
): Promise<readonly LedgerWrite[]> {
	const own = { key, value: incident, expectedVersion: stored?.version ?? 0, options: optionsOf(incident, ports) };
	if (archive === undefined) return [own];
	const aside = itemKey(archive);
	// A copy that an earlier version of this program made before it died may have gone on since.
	if ((await ports.ledger.read(aside)) !== undefined) return [own];
	return [{ key: aside, value: archive, expectedVersion: 0, options: optionsOf(archive, ports) }, own];
}

function writeAll(ledger: Ledger, writes: readonly LedgerWrite[]): Promise<"written" | "conflict"> {
	const [first, ...others] = writes;
	if (first === undefined) return Promise.resolve("written");
	return others.length > 0 ? ledger.transact(writes) : ledger.write(first.key, first.value, first.expectedVersion, first.options);
}
