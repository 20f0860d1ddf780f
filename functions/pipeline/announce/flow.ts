import { mostIncidentsRead } from "../ledger/incidents.ts";
import { readItem } from "../ledger/store.ts";
import { callsAtOnce, sideBySide } from "../limits/sideBySide.ts";
import type { Incident } from "../model/incident.ts";
import { parseIncidentKey } from "../model/keys.ts";
import { failureOf } from "../page/flow.ts";
import { EdgeError, type Ports } from "../ports.ts";
import { mostWrites, planTable, type TableStep } from "./plan.ts";

export type AnnouncePorts = Pick<Ports, "ledger" | "settings" | "clock" | "deadline" | "journal" | "incidentTable">;

/** Writes that are under way at once. */
const writesAtOnce = 8;
/** Mirroring is begun, and a write, only while the function has this much time left: a call that hangs ends before the function does. */
const announceMilliseconds = 15_000;
/** A tick spends no longer on it: slow answers are the next tick's. */
const mostMilliseconds = 20_000;

/**
 * Brings the data table of active incidents up to date, where the settings want one: the last thing of a tick, so that no page ever waits for it. Nothing
 * is remembered between two ticks: each compares what is open with the rows that are there. What fails is an error of the journal once a tick, which
 * an alarm counts, and is made good by the next tick.
 */
export async function announce(ports: AnnouncePorts): Promise<void> {
	if (ports.settings.activeIncidents !== true) return;
	try {
		await mirror(ports);
	} catch (error) {
		const { reason, message } = failureOf(error);
		ports.journal.log({ what: "error", outcome: reason, detail: `the table of active incidents is not up to date: ${message}` });
	}
}

async function mirror(ports: AnnouncePorts): Promise<void> {
	const { settings, clock, deadline, incidentTable, journal } = ports;
	if (deadline.remainingMilliseconds() < announceMilliseconds) throw tooLate("the tick had other work");
	const began = clock.now();
	const rows = await incidentTable.rows();
	const { steps, left } = planTable(settings, { incidents: await openIncidents(ports), rows, now: began }, mostWrites(settings.limits));
	const failures: EdgeError[] = [];
	let made = 0;
	try {
		await sideBySide(steps, writesAtOnce, async (step) => {
			if (clock.now() - began > mostMilliseconds || deadline.remainingMilliseconds() < announceMilliseconds)
				throw tooLate(`${made} of ${steps.length} rows were written in time`);
			if (await isMade(ports, step, failures)) made += 1;
		});
	} finally {
		// Rows that were only renewed are no news.
		if (made > 0 && steps.some(({ reason }) => reason !== "renewed"))
			journal.log({ what: "announced", detail: wordsOf(steps, made, left) });
	}
	const [first] = failures;
	if (first !== undefined) throw first;
}

const tooLate = (why: string): EdgeError => new EdgeError("timeout", `expected the time for it, got too little: ${why}`, { retry: true });

/** Every incident that is open now; one that moves aside meanwhile is found at the next tick. */
async function openIncidents({ ledger, clock }: AnnouncePorts): Promise<readonly Incident[]> {
	const keys = (await ledger.due(clock.now(), mostIncidentsRead)).filter((key) => parseIncidentKey(key) !== undefined);
	const found = new Map<string, Incident>();
	await sideBySide(keys, callsAtOnce, async (key) => {
		const incident = await readItem<Incident>(ledger, key);
		if (incident !== undefined) found.set(key, incident);
	});
	return keys.flatMap((key) => found.get(key) ?? []);
}

/** One row that the vendor does not take keeps no other one back; where it takes us for nobody, or is in trouble, the rest waits. */
async function isMade({ incidentTable }: AnnouncePorts, step: TableStep, failures: EdgeError[]): Promise<boolean> {
	try {
		if (step.do === "remove") await incidentTable.remove(step.key);
		else if (step.do === "add") await incidentTable.add(step.row);
		else return (await incidentTable.replace(step.row)) === "replaced";
		return true;
	} catch (error) {
		const failure = failureOf(error);
		if (!isOfRow(failure)) throw failure;
		failures.push(failure);
		return false;
	}
}

/** A refusal of this very row, and not of us: one that somebody made meanwhile, or that the table has no column for. */
const isOfRow = ({ reason }: EdgeError): boolean => reason === "rejected";

function wordsOf(steps: readonly TableStep[], made: number, left: number): string {
	const counts = [...Map.groupBy(steps, ({ reason }) => reason)].map(([reason, same]) => `${same.length} ${reason}`);
	const rest = [...(made < steps.length ? [`${made} written`] : []), ...(left > 0 ? [`${left} left for the next tick`] : [])];
	return `rows: ${[...counts, ...rest].join(", ")}`;
}
