import { type DeduplicatePlan, deduplicate } from "./deduplicate.ts";
import type { Incident, Reading } from "./incident.ts";
import { archiveKey, incidentKey, streakKey } from "./keys.ts";
import type { Ports } from "./ports.ts";
import { change, readItem } from "./store.ts";
import { advanceStreak, type Streak, type StreakStep } from "./streak.ts";

type TakePorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "queue">;

/** How long a streak that nobody adds to is remembered. */
const streakLifeMilliseconds = 86_400_000;

/**
 * Takes one reading through streak, deduplication and queue. The incident is written before it is queued: a crash between the two leaves an
 * open incident that the overseer finds, never a message about nothing.
 */
export async function takeReading(ports: TakePorts, reading: Reading): Promise<void> {
	const { settings, clock, journal, ledger } = ports;
	const runbook = settings.runbooks[reading.condition];
	if (runbook?.enabled !== true) return;
	const parts = { environment: settings.environment, condition: reading.condition, entityId: reading.entity.id };
	const step = await change<Streak, StreakStep & { readonly before: Streak | undefined }>(ledger, streakKey(parts), (before) => {
		const next = advanceStreak(before, reading.verdict, reading.observedAt, runbook);
		return { write: next.streak, exp: clock.now() + streakLifeMilliseconds, result: { ...next, before } };
	});
	if (reading.verdict !== "clear" || (step.before?.clears ?? 0) < runbook.clearsToClose) {
		journal.tell({
			what: "observed",
			incident: incidentKey(parts),
			outcome: reading.verdict,
			detail: `${reading.entity.name}: ${reading.reason}, ${step.reason}`,
		});
	}
	if (step.signal !== "none") await openOrRecover(ports, reading, step.signal);
}

/** Deduplicates one signal into the ledger and queues what it opened. */
export async function openOrRecover(ports: TakePorts, reading: Reading, signal: "open" | "close"): Promise<DeduplicatePlan> {
	const { settings, clock, ledger, journal } = ports;
	const key = incidentKey({ environment: settings.environment, condition: reading.condition, entityId: reading.entity.id });
	const before = await readItem<Incident>(ledger, key);
	if (before?.state === "closed" && signal === "open") await ledger.write(archiveKey(key, before.occurrence), before, 0);
	const plan = await change<Incident, DeduplicatePlan>(ledger, key, (existing) => {
		const made = deduplicate(existing, reading, signal, settings.environment, clock.now());
		return made.incident === undefined ? { result: made } : { write: made.incident, dueAt: made.incident.openedAt, result: made };
	});
	const { incident, reason } = plan;
	if (incident === undefined) return plan;
	const about = { incident: key, occurrence: incident.occurrence };
	if (reason === "seen-again")
		journal.tell({ what: "incident-seen-again", ...about, outcome: reason, detail: `seen ${incident.seen} times` });
	if (reason === "recovered") journal.tell({ what: "recovered", ...about, outcome: reason, detail: reading.reason });
	if (reason === "first" || reason === "next-occurrence") {
		journal.tell({ what: "incident-opened", ...about, outcome: incident.severity, detail: incident.summary });
		if (reading.source !== "overseer") {
			await ports.queue.send({ incidentKey: key, occurrence: incident.occurrence }, 0);
			journal.tell({ what: "queued", ...about });
		}
	}
	return plan;
}
