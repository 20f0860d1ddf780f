import { watchedRunbook } from "../../../conditions/runbooks.ts";
import { withFrequency } from "../confirm/intermittent.ts";
import type { AskedSignal, CountedStep } from "../confirm/rules.ts";
import type { Counted } from "../confirm/streakShard.ts";
import { enqueue } from "../dispatch/enqueue.ts";
import { groupOpenings } from "../group/flow.ts";
import { placeIncident } from "../ledger/incidents.ts";
import { readItem } from "../ledger/store.ts";
import { countReadings } from "../ledger/streaks.ts";
import { rawText } from "../model/bounds.ts";
import type { Child, GroupRef, Incident, Reading } from "../model/incident.ts";
import { keyOfReading } from "../model/keys.ts";
import { heldText, pageSummary, relapseText } from "../page/words.ts";
import { EdgeError, type Ports } from "../ports.ts";
import { logRouted } from "../route/flow.ts";
import { isOverseersAlone, policyOf } from "../route/policy.ts";
import { routePlan } from "../route/rules.ts";
import type { RunbookSettings } from "../settings.ts";
import { logSilenced, readSilences } from "../silence/flow.ts";
import { isSilentReading, nothingSilent, type Silences, silencePlan } from "../silence/rules.ts";
import type { DeduplicatePlan } from "./plan.ts";
import { deduplicate, newOccurrence } from "./rules.ts";

export type ReadingPorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue">;

/** What the topology says of a reading. */
export interface Relations {
	/** Why it pages nobody of its own, and who pages for it. */
	readonly inhibitedBy?: { readonly reason: string; readonly parentKey: string };
	/** What it explains: told in its page. */
	readonly children?: readonly Child[];
}

/** What is known beside the reading of what it opens. */
export interface Opening {
	/** What is silent now. */
	readonly silences: Silences;
	/** What it explains. */
	readonly children?: readonly Child[];
	/** The group that pages for it. */
	readonly memberOf?: GroupRef | undefined;
}

/**
 * Takes one reading through streak, deduplication and queue. The incident is written before it is queued: a crash between the two leaves an
 * open incident that the overseer finds, never a message about nothing. An inhibited reading is counted and opens nothing. Throws EdgeError.
 */
export async function processReading(
	ports: ReadingPorts,
	reading: Reading,
	relations: Relations = {},
	counts: CountsAs = reading.confirmed === true ? "both-streaks" : "a-look",
): Promise<void> {
	const runbook = ports.settings.runbooks[reading.condition];
	if (runbook?.enabled !== true) return;
	// Only a clear one asks: it may have to close what is open.
	const hasIncident = reading.verdict === "clear" && (await hasOpenIncident(ports, reading));
	const [counted] = await countReadings(ports, [{ reading, runbook: streakOf(runbook, counts), hasIncident }], (error) => {
		throw error;
	});
	const signal = counted && logCounted(ports, counted, relations);
	if (counted === undefined || signal === undefined) return;
	const silences = signal === "open" ? await readSilences(ports) : nothingSilent;
	const isLoud = signal === "open" && !isSilentReading(reading, silences);
	const memberOf = isLoud ? (await groupOpenings(ports, [reading])).get(reading) : undefined;
	const enriched = withFrequency(reading, counted.step?.streak.recent, runbook.intermittent);
	await openOrRecover(ports, enriched, signal, { silences, memberOf, ...relations });
}

/**
 * What one reading counts as: one look; a whole streak where it breaches, because whoever tells it tells a change of state; or a whole streak whatever
 * it says: a confirmed alert has had its streak elsewhere.
 */
export type CountsAs = "a-look" | "a-streak" | "both-streaks";

const streakOf = (runbook: RunbookSettings, counts: CountsAs): RunbookSettings => ({
	...runbook,
	...(counts === "a-look" ? {} : { breachesToOpen: 1 }),
	...(counts === "both-streaks" ? { clearsToClose: 1 } : {}),
});

async function hasOpenIncident({ ledger, settings }: ReadingPorts, reading: Reading): Promise<boolean> {
	return (await readItem<Incident>(ledger, keyOfReading(settings, reading)))?.state === "open";
}

/** Tells what one reading counted for. Returns what is to be done about its incident; undefined where nothing is. Throws EdgeError where it was not counted. */
export function logCounted(
	ports: Pick<ReadingPorts, "journal" | "settings">,
	counted: Counted,
	relations: Relations,
): AskedSignal | undefined {
	const { reading, step } = counted;
	if (step === undefined) throw noRoom(reading);
	logObserved(ports, reading, step, relations);
	const withheld = step.signal === "open" && relations.inhibitedBy !== undefined;
	return step.signal === "none" || withheld ? undefined : step.signal;
}

const noRoom = ({ condition, entity }: Reading): EdgeError =>
	new EdgeError("rejected", `Expected room for the streak of ${condition} ${entity.id}, got an item that is full`, { retry: true });

/** Clears are no news once they are settled. Of an entity that never failed the first looks are told where its runbook says so. */
function logObserved(
	{ journal, settings }: Pick<ReadingPorts, "journal" | "settings">,
	reading: Reading,
	step: CountedStep,
	{ inhibitedBy }: Relations,
): void {
	const settled = (step.before?.clears ?? 0) >= step.clearsToClose;
	const shown = step.before?.troubled === true || watchedRunbook(reading.condition)?.logsFirstReadings === true;
	if (reading.verdict === "clear" && (settled || !shown)) return;
	const withheld = step.signal === "open" && inhibitedBy !== undefined;
	const why = [
		...(step.flapping ? ["held-because-it-flaps"] : []),
		...(inhibitedBy === undefined ? [] : [`${inhibitedBy.reason}: ${inhibitedBy.parentKey}`]),
	];
	journal.log({
		what: "observed",
		incident: keyOfReading(settings, reading),
		outcome: withheld ? "inhibited" : reading.verdict,
		detail: [`${reading.entity.name}: ${reading.reason}, ${step.reason}`, ...why].join(", "),
	});
}

/** Deduplicates one signal into the ledger and queues what it opened. */
export async function openOrRecover(
	ports: ReadingPorts,
	reading: Reading,
	signal: AskedSignal,
	{ silences, children = [], memberOf }: Opening,
): Promise<DeduplicatePlan> {
	const { settings, clock, journal } = ports;
	const key = keyOfReading(settings, reading);
	const plan = await placeIncident(ports, key, (existing) => {
		const roundSeconds = policyOf(settings, existing ?? {}).staleSeconds;
		const made = deduplicate(existing, reading, signal, settings.environment, clock.now(), children, memberOf, roundSeconds);
		const routed = routePlan(settings, made, newOccurrence(made), clock.now());
		return silencePlan(routed, newOccurrence(made), silences, clock.now());
	});
	const { incident, reason } = plan;
	if (incident === undefined) return plan;
	const about = { incident: key, occurrence: incident.occurrence };
	if (reason === "seen-again" || (reason === "resumed" && signal === "open"))
		journal.log({ what: "incident-seen-again", ...about, outcome: reason, detail: `seen ${incident.seen} times` });
	if (reason === "recovered") journal.log({ what: "recovered", ...about, outcome: reason, detail: reading.reason });
	if (reason === "held") journal.log({ what: "held", ...about, outcome: "flapping", detail: heldText(incident) });
	if (plan.archive !== undefined && reason === "relapsed")
		journal.log({
			what: "recovered",
			...about,
			occurrence: plan.archive.occurrence,
			outcome: "relapsed",
			detail: pageSummary(plan.archive),
		});
	if (reason === "relapsed") journal.log({ what: "relapsed", ...about, outcome: reason, detail: relapseText(incident) });
	if (newOccurrence(plan)) {
		journal.log({ what: "incident-opened", ...about, outcome: incident.severity, detail: incident.summary, raw: rawText(reading.raw) });
		await respond(ports, incident);
	}
	return plan;
}

/** Begins the response to what opened, or tells why nobody is paged for it. */
async function respond(ports: ReadingPorts, incident: Incident): Promise<void> {
	const { key, occurrence, memberOf, silenced } = incident;
	if (memberOf !== undefined) {
		ports.journal.log({ what: "grouped", incident: key, occurrence, outcome: "member", detail: memberOf.key });
		return;
	}
	logRouted(ports, incident);
	if (silenced !== undefined) logSilenced(ports, incident);
	else if (!isOverseersAlone(ports.settings, incident)) await enqueue(ports, incident);
}
