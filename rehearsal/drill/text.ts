import type { DrillStanding } from "../../functions/pipeline/drill/operate.ts";
import { type DrillOutcome, type DrillsItem, failureWords } from "../../functions/pipeline/drill/records.ts";
import { type ScheduledDrill, scheduleWords } from "../../functions/pipeline/drill/settings.ts";
import type { Instant } from "../../functions/pipeline/model/incident.ts";
import { dateOf, durationOf } from "../../functions/pipeline/page/times.ts";
import { nextTime } from "../../functions/pipeline/silence/windows.ts";
import { wrapped } from "../incidents/text.ts";

/** So many of those that ended are shown; the ledger keeps more. */
const shown = 10;

/** The last drills, those that run or wait, and when the next ones of the schedule come. */
export function drillsText({ requests, running, ended }: DrillsItem, schedule: readonly ScheduledDrill[], now: Instant): string {
	const lines = [
		...ended.slice(-shown).map(outcomeLine),
		...running.map(({ policy, by, begunAt }) => `${policy}: runs since ${dateOf(begunAt)} (${by})`),
		...requests.map(({ policy, by, at }) => `${policy}: asked for at ${dateOf(at)}, not begun yet (${by})`),
		...schedule.flatMap((entry) => nextLine(entry, now)),
	];
	return lines.length === 0 ? "No drill was held, and none is scheduled." : lines.flatMap((line) => wrapped(line, "  ")).join("\n");
}

function nextLine(entry: ScheduledDrill, now: Instant): readonly string[] {
	const next = nextTime(entry.zone, entry, now);
	return next === undefined ? [] : [`${entry.policy}: next at ${dateOf(next)} (${scheduleWords(entry)})`];
}

const outcomeLine = (drill: DrillOutcome): string =>
	`${drill.policy}: ${dateOf(drill.begunAt ?? drill.at)}, ${verdictText(drill)} (${drill.by})`;

/** What came of a drill, in a sentence. */
export function verdictText(drill: DrillOutcome): string {
	const { verdict, reason, proven, answeredBy, begunAt, endedAt } = drill;
	if (reason === "unknown-policy") return "not begun: the deployed settings have no such policy";
	if (verdict === "put-off")
		return "put off: failures were being answered, or another drill of the policy ran, or nobody was there to begin it";
	if (verdict !== "passed") return `${verdict}: ${failureWords(drill)}`;
	const answer = answeredBy === undefined ? "nobody answered, every tier was asked" : `answered by ${answeredBy}`;
	const lasted = begunAt === undefined ? "" : ` after ${durationOf(begunAt, endedAt)}`;
	return `passed${lasted}: ${proven.length === 0 ? "proven by its answer" : `proven by ${proven.join(", ")}`}; ${answer}`;
}

/** Where a drill stands, for whoever waits for it; the same text for as long as nothing is new. */
export function progressText(standing: DrillStanding): string {
	switch (standing.state) {
		case "waiting":
			return "Asked for: the overseer begins it within a minute, or once no failure is being answered.";
		case "running":
			return standing.drill.occurrence === undefined ? "It begins." : "It runs: the page is on its way. Answer it as you would a failure.";
		case "ended":
			return verdictText(standing.drill);
		case "unknown":
			return "The ledger knows nothing of it any more.";
	}
}
