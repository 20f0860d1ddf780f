import { type Decision, decideIncident, type IncidentPorts } from "../ledger/incidents.ts";
import { change } from "../ledger/store.ts";
import type { DrillEnd } from "../model/drill.ts";
import type { Incident } from "../model/incident.ts";
import { drillsKey } from "../model/keys.ts";
import type { Ports } from "../ports.ts";
import { policyOf } from "../route/policy.ts";
import { type DrillOutcome, type DrillsItem, failureWords, noDrills, type RunningDrill, withOutcome } from "./records.ts";
import { drillStep, endDrill, missingPages, provenPages } from "./rules.ts";
import { drillSettingsOf } from "./settings.ts";

type JudgePorts = IncidentPorts & Pick<Ports, "journal">;

interface Judged {
	readonly end?: DrillEnd;
	readonly incident?: Incident;
	/** Whether it ends here and now, and not because an operator or an earlier tick ended it. */
	readonly isNew: boolean;
}

/**
 * Ends a drill that is over: its incident first, with what came of it, then the record of the drill, and last the journal. A tick that died in
 * between is made up for by the next one. Throws EdgeError.
 */
export async function judgeDrill(ports: JudgePorts, drill: RunningDrill & { readonly occurrence: number }, key: string): Promise<void> {
	const { journal, clock } = ports;
	const { occurrence } = drill;
	const { end, incident, isNew } = await decideIncident<Judged>(ports, { key, occurrence }, (item) => judged(ports, item));
	if (end === undefined) return;
	if (isNew) journal.log({ what: "recovered", incident: key, occurrence, outcome: "drill-over", detail: end.reason });
	const outcome = outcomeOf(drill, end, incident, incident?.recoveredAt ?? clock.now());
	if (!(await recordOutcome(ports, outcome))) return;
	const about = { incident: key, occurrence, outcome: drill.policy };
	if (end.verdict === "passed") journal.log({ what: "drill-passed", ...about, detail: passedWords(outcome) });
	else journal.log({ what: "drill-failed", ...about, detail: failureWords(outcome) });
}

function judged({ settings, clock }: JudgePorts, item: Incident | undefined): Decision<Judged> {
	if (item === undefined) return { result: { end: { verdict: "failed", reason: "not-in-ledger" }, isNew: false } };
	const now = clock.now();
	const step = drillStep(item, policyOf(settings, item), drillSettingsOf(settings), now);
	if (step.do === "wait") return { result: { isNew: false } };
	const end: DrillEnd = { verdict: step.verdict, reason: step.reason };
	if (item.state === "open") {
		const incident = endDrill(item, end, now);
		return { write: incident, result: { end, incident, isNew: true } };
	}
	const incident = item.drill === undefined ? { ...item, drill: end } : item;
	return { ...(incident === item ? {} : { write: incident }), result: { end, incident, isNew: false } };
}

function outcomeOf(drill: RunningDrill, { verdict, reason }: DrillEnd, incident: Incident | undefined, endedAt: number): DrillOutcome {
	const answeredBy = incident?.acknowledged?.by;
	return {
		...drill,
		verdict,
		reason,
		endedAt,
		proven: incident === undefined ? [] : provenPages(incident),
		missing: incident === undefined ? [] : missingPages(incident),
		...(answeredBy === undefined ? {} : { answeredBy }),
	};
}

const passedWords = ({ proven, answeredBy, reason }: DrillOutcome): string =>
	[
		`proven: ${proven.length === 0 ? "by its answer" : proven.join(", ")}`,
		answeredBy === undefined ? reason : `answered by ${answeredBy}`,
	].join("; ");

/** Whether it was recorded here: another tick may have been faster. */
const recordOutcome = ({ ledger, settings }: JudgePorts, outcome: DrillOutcome): Promise<boolean> =>
	change<DrillsItem, boolean>(ledger, drillsKey(settings.environment), (item = noDrills) =>
		item.running.some(({ id }) => id === outcome.id) ? { write: withOutcome(item, outcome), result: true } : { result: false },
	);
