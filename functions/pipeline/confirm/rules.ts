import type { Reading } from "../model/incident.ts";
import type { RunbookSettings } from "../settings.ts";
import { advanceHistory, dampedClears, type FlapHistory, isFlapping } from "./flapping.ts";
import { advanceStreak, type Signal, type Streak, type StreakStep } from "./streak.ts";

/** What is remembered of one entity under one condition: its streak, how often it flapped, and whether it breached since it was last settled as clear. */
export interface StoredStreak extends Streak {
	readonly flaps?: FlapHistory;
	readonly troubled?: boolean;
}

/**
 * What a reading asks of the incident of a flapping entity besides: `hold`: it is clear, and does not end yet; repeated while that lasts. `calm`:
 * so for as long as a calm entity has to be. `resume`: it breaches again, and that is not confirmed yet.
 */
export type CountedSignal = Signal | "hold" | "calm" | "resume";

/** What a reading asks of its incident. */
export type AskedSignal = Exclude<CountedSignal, "none">;

/** What one reading did to the streak of its entity. */
export interface CountedStep extends Omit<StreakStep, "signal"> {
	readonly signal: CountedSignal;
	readonly before: StoredStreak | undefined;
	/** Clears in a row that it takes to close, flap damping included. */
	readonly clearsToClose: number;
	readonly flapping: boolean;
	/** What is remembered from now on; undefined where the entity is at rest. */
	readonly after: StoredStreak | undefined;
}

/** What is known of an entity before its reading is counted. */
export interface Known {
	/** What is remembered of it alone; undefined where it was at rest. */
	readonly own: StoredStreak | undefined;
	/** What all entities at rest have in common. */
	readonly rest: Streak | undefined;
	/** Whether an incident of it is not closed, as far as its caller knows. */
	readonly hasIncident: boolean;
}

/**
 * Counts one reading. An entity is at rest while it is clear, was so for as many readings as it takes to close, has not flapped within the
 * hour, and has no incident: nothing is remembered of it alone, and nothing is asked for it.
 */
export function countReading({ own, rest, hasIncident }: Known, reading: Reading, runbook: RunbookSettings): CountedStep {
	const { observedAt, verdict } = reading;
	const before: StoredStreak | undefined = own ?? (hasIncident ? undefined : rest);
	const isOpen = before?.flaps?.open === true;
	// Of a confirmed alert the end is told once: there are no further clears to wait for.
	const flapping = reading.confirmed !== true && isOpen && isFlapping(before.flaps, observedAt);
	const clearsToClose = flapping ? dampedClears(runbook.clearsToClose, before.flaps, observedAt) : runbook.clearsToClose;
	const next = advanceStreak(before, verdict, observedAt, { ...runbook, clearsToClose });
	const settled = (before?.clears ?? 0) >= clearsToClose;
	const troubled = verdict === "breach" || (before?.troubled === true && next.signal !== "close");
	const flaps = advanceHistory(before?.flaps, next.signal, observedAt);
	// Nothing is news of what is settled, not even when it was looked at last: what does not change is not written.
	const stands = verdict === "clear" && settled && before !== undefined && next.streak.recent === undefined;
	const streak = stands ? { ...next.streak, countedAt: before.countedAt } : next.streak;
	const counted: StoredStreak = { ...(next.signal === "close" && before?.flaps?.open === true ? closed(streak) : streak), flaps, troubled };
	const calm = verdict !== "breach" && !hasIncident;
	const isQuiet = !flaps.open && flaps.closings.length === 0 && counted.recent === undefined;
	const leaves = calm && verdict === "clear" && settled && isSettled(rest, runbook) && isQuiet;
	const rests = own === undefined ? calm || verdict === "no-data" : leaves;
	const done = calm && (own === undefined || settled);
	return {
		...next,
		streak,
		signal: next.signal === "none" && isOpen ? damped(verdict, flapping, next, runbook) : done ? withoutClose(next.signal) : next.signal,
		before,
		clearsToClose,
		flapping,
		after: rests ? undefined : counted,
	};
}

/** Before the others are settled, one that is would be taken for one that was never seen. */
const isSettled = (rest: Streak | undefined, { clearsToClose }: RunbookSettings): boolean =>
	rest !== undefined && rest.clears >= clearsToClose;

/** While an incident is held open, by damping or because its failure came and went too often: whether its entity is well meanwhile. */
function damped(
	verdict: Reading["verdict"],
	flapping: boolean,
	{ streak, reason }: StreakStep,
	{ clearsToClose }: RunbookSettings,
): CountedSignal {
	// Whoever was held while it flapped may breach when that is over.
	if (verdict === "breach") return "resume";
	if (verdict === "no-data" || !(flapping || reason === "clear-but-intermittent")) return "none";
	return streak.clears >= clearsToClose ? "calm" : "hold";
}

/** What comes after an incident has a window of its own. */
const closed = ({ recent, ...streak }: Streak): Streak => streak;

/** There is nothing to close. */
const withoutClose = (signal: Signal): Signal => (signal === "close" ? "none" : signal);
