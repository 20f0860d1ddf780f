import { type DeduplicatePlan, deduplicate } from "./deduplicate.ts";
import { advanceHistory, dampedClears, type FlapHistory, isFlapping } from "./flapping.ts";
import type { Child, Reading } from "./incident.ts";
import { type IncidentKeyParts, incidentKey, streakKey } from "./keys.ts";
import { placeIncident } from "./ledger/incidents.ts";
import { rawText } from "./model/bounds.ts";
import type { Ports } from "./ports.ts";
import type { RunbookSettings } from "./settings.ts";
import { change } from "./store.ts";
import { advanceStreak, type Streak, type StreakStep } from "./streak.ts";

type TakePorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue">;

/** How long a streak that nobody adds to is remembered. */
const streakLifeMilliseconds = 86_400_000;

/** The item of one entity under one condition: its streak, how often it flapped, and whether it breached since it was last settled as clear. */
type StoredStreak = Streak & { readonly flaps?: FlapHistory; readonly troubled?: boolean };

/** What the topology says of a reading. */
export interface Family {
	/** Why it pages nobody of its own, and who pages for it. */
	readonly inhibitedBy?: { readonly reason: string; readonly parentKey: string };
	/** What it explains: told in its page. */
	readonly children?: readonly Child[];
}

/**
 * Takes one reading through streak, deduplication and queue. The incident is written before it is queued: a crash between the two leaves an
 * open incident that the overseer finds, never a message about nothing. An inhibited reading is counted and opens nothing.
 */
export async function takeReading(ports: TakePorts, reading: Reading, family: Family = {}): Promise<void> {
	const { settings } = ports;
	const runbook = settings.runbooks[reading.condition];
	if (runbook?.enabled !== true) return;
	const parts = { environment: settings.environment, condition: reading.condition, entityId: reading.entity.id };
	const step = await count(ports, parts, reading, runbook);
	tellObserved(ports, parts, reading, step, family);
	if (step.signal === "none") return;
	if (step.signal === "open" && family.inhibitedBy !== undefined) return;
	await openOrRecover(ports, reading, step.signal, family.children);
}

interface CountedStep extends StreakStep {
	readonly before: StoredStreak | undefined;
	/** Clears in a row that it takes to close, flap damping included. */
	readonly clearsToClose: number;
	readonly flapping: boolean;
}

function count({ ledger, clock }: TakePorts, parts: IncidentKeyParts, reading: Reading, runbook: RunbookSettings): Promise<CountedStep> {
	return change<StoredStreak, CountedStep>(ledger, streakKey(parts), (before) => {
		const { observedAt, verdict } = reading;
		const flapping = before?.flaps?.open === true && isFlapping(before.flaps, observedAt);
		const clearsToClose = flapping ? dampedClears(runbook.clearsToClose, before?.flaps, observedAt) : runbook.clearsToClose;
		const next = advanceStreak(before, verdict, observedAt, { breachesToOpen: runbook.breachesToOpen, clearsToClose });
		const troubled = verdict === "breach" || (before?.troubled === true && next.signal !== "close");
		const write: StoredStreak = { ...next.streak, flaps: advanceHistory(before?.flaps, next.signal, observedAt), troubled };
		return { write, exp: clock.now() + streakLifeMilliseconds, result: { ...next, before, clearsToClose, flapping } };
	});
}

/** Clears are no news once they are settled. An entity that never failed is shown at its first looks as a trunk only: a quiet hour stays short. */
function tellObserved({ journal }: TakePorts, parts: IncidentKeyParts, reading: Reading, step: CountedStep, { inhibitedBy }: Family): void {
	const settled = (step.before?.clears ?? 0) >= step.clearsToClose;
	const shown = step.before?.troubled === true || reading.condition === "trunk-down";
	if (reading.verdict === "clear" && (settled || !shown)) return;
	const withheld = step.signal === "open" && inhibitedBy !== undefined;
	const why = [
		...(step.flapping ? ["held-because-it-flaps"] : []),
		...(inhibitedBy === undefined ? [] : [`${inhibitedBy.reason}: ${inhibitedBy.parentKey}`]),
	];
	journal.tell({
		what: "observed",
		incident: incidentKey(parts),
		outcome: withheld ? "inhibited" : reading.verdict,
		detail: [`${reading.entity.name}: ${reading.reason}, ${step.reason}`, ...why].join(", "),
	});
}

/** Deduplicates one signal into the ledger and queues what it opened. */
export async function openOrRecover(
	ports: TakePorts,
	reading: Reading,
	signal: "open" | "close",
	children: readonly Child[] = [],
): Promise<DeduplicatePlan> {
	const { settings, clock, journal } = ports;
	const key = incidentKey({ environment: settings.environment, condition: reading.condition, entityId: reading.entity.id });
	const plan = await placeIncident(ports, key, (existing) =>
		deduplicate(existing, reading, signal, settings.environment, clock.now(), children),
	);
	const { incident, reason } = plan;
	if (incident === undefined) return plan;
	const about = { incident: key, occurrence: incident.occurrence };
	if (reason === "seen-again")
		journal.tell({ what: "incident-seen-again", ...about, outcome: reason, detail: `seen ${incident.seen} times` });
	if (reason === "recovered") journal.tell({ what: "recovered", ...about, outcome: reason, detail: reading.reason });
	if (reason === "first" || reason === "next-occurrence") {
		journal.tell({ what: "incident-opened", ...about, outcome: incident.severity, detail: incident.summary, raw: rawText(reading.raw) });
		if (reading.source !== "overseer") {
			await ports.queue.send({ incidentKey: key, occurrence: incident.occurrence }, 0);
			journal.tell({ what: "queued", ...about });
		}
	}
	return plan;
}
