import type { Streak } from "../confirm/streak.ts";
import { changeIncident, itemKey } from "../ledger/incidents.ts";
import { readItem } from "../ledger/store.ts";
import { readStreak } from "../ledger/streaks.ts";
import type { Incident, Instant, RemedyRun } from "../model/incident.ts";
import { about, type PagingPorts, troubleOf } from "../page/flow.ts";
import type { Ports, RemedyRequest } from "../ports.ts";
import type { Remediation } from "../settings.ts";
import { recordRemedy } from "./items.ts";
import { activeRemediation, hasRelapsed, lostAfterMilliseconds, maximumUndoAttempts, verdictGraceMilliseconds } from "./rules.ts";

export type OverseeRemedyPorts = PagingPorts & Pick<Ports, "remedies">;

/** What the second executor does about a remedy at one tick. */
export type RemedyStep =
	| { readonly do: "nothing"; readonly reason: "none" | "offer-open" | "workflow-verifies" | "under-way" | "over" }
	| { readonly do: "begin"; readonly reason: "taken-over" }
	/** Silence: paging goes on without the remedy. */
	| { readonly do: "expire"; readonly reason: "not-approved" }
	| { readonly do: "check"; readonly reason: "ours" | "verdict-overdue" }
	| { readonly do: "undo"; readonly reason: "outcome-unknown" | "relapsed" | "undo-again" };

/** Decides from the remedy's state and `now` alone, so that a function that died anywhere is made up for at the next tick. */
export function nextRemedyStep(
	incident: Incident,
	remediation: Remediation | undefined,
	streak: Streak | undefined,
	now: Instant,
): RemedyStep {
	const run = incident.remedy;
	if (run === undefined) return mayBegin(incident, remediation) ? { do: "begin", reason: "taken-over" } : { do: "nothing", reason: "none" };
	switch (run.state) {
		case "offered":
			if (incident.state === "open" && now < (run.expiresAt ?? 0)) return { do: "nothing", reason: "offer-open" };
			return { do: "expire", reason: "not-approved" };
		case "intended":
			if (now < (run.intendedAt ?? 0) + lostAfterMilliseconds) return { do: "nothing", reason: "under-way" };
			return { do: "undo", reason: "outcome-unknown" };
		case "in-effect":
			return whoseVerdict(incident, run, now);
		case "helped":
			return hasRelapsed(incident, streak) ? { do: "undo", reason: "relapsed" } : { do: "nothing", reason: "over" };
		case "undoing":
		case "undo-failed":
			if (run.undoAttempts >= maximumUndoAttempts) return { do: "nothing", reason: "over" };
			if (now < (run.undoTriedAt ?? 0) + lostAfterMilliseconds) return { do: "nothing", reason: "under-way" };
			return { do: "undo", reason: "undo-again" };
		default:
			return { do: "nothing", reason: "over" };
	}
}

const mayBegin = (incident: Incident, remediation: Remediation | undefined): boolean =>
	remediation !== undefined &&
	incident.takenOver !== undefined &&
	incident.heldSince === undefined &&
	incident.silenced === undefined &&
	incident.state === "open" &&
	incident.pages.length === 0;

/** The workflow waits for the verdict of what it began itself; everything else, and what it forgets, is the overseer's. */
function whoseVerdict(incident: Incident, run: RemedyRun, now: Instant): RemedyStep {
	const { launch, takenOver, state } = incident;
	const workflowWaits = run.by === "workflow" && takenOver === undefined && launch !== undefined && launch.endedAt === undefined;
	if (!workflowWaits || state !== "open") return { do: "check", reason: "ours" };
	return now >= (run.verifyBy ?? 0) + verdictGraceMilliseconds
		? { do: "check", reason: "verdict-overdue" }
		: { do: "nothing", reason: "workflow-verifies" };
}

/** One tick of an incident's remedy. Whatever fails here never keeps people from being paged: the hold on paging ends by itself. */
export async function overseeRemedy(ports: OverseeRemedyPorts, incident: Incident): Promise<Incident> {
	const remediation = activeRemediation(ports.settings.runbooks[incident.condition]);
	const streak = incident.remedy?.state === "helped" ? await readStreak(ports.ledger, incident) : undefined;
	const step = nextRemedyStep(incident, remediation, streak, ports.clock.now());
	if (step.do === "nothing") return incident;
	try {
		await take(ports, incident, step);
	} catch (error) {
		await leaveIt(ports, incident, remediation, troubleOf(error));
	}
	return (await readItem<Incident>(ports.ledger, itemKey(incident))) ?? incident;
}

async function take(ports: OverseeRemedyPorts, incident: Incident, step: Exclude<RemedyStep, { do: "nothing" }>): Promise<void> {
	const { remedies } = ports;
	const request: RemedyRequest = { by: "overseer", launchId: "", incidentKey: incident.key, occurrence: incident.occurrence };
	switch (step.do) {
		case "begin":
			await remedies.begin(request);
			return;
		case "expire":
			return expire(ports, incident, step.reason);
		case "check": {
			const { verdict, reason } = await remedies.check(request);
			if (verdict === "not-helped") await undo(ports, incident, request, reason);
			return;
		}
		case "undo":
			return undo(ports, incident, request, step.reason === "undo-again" ? (incident.remedy?.reason ?? step.reason) : step.reason);
	}
}

/** Undone, and then people: an incident whose workflow ended because the remedy seemed to help has nobody else. */
async function undo(ports: OverseeRemedyPorts, incident: Incident, request: RemedyRequest, why: string): Promise<void> {
	await ports.remedies.undo(request, why);
	if (incident.remedy?.mode !== "auto") return;
	const { clock, journal } = ports;
	const taken = await changeIncident(ports, incident, (item) => {
		const answered = item.state !== "open" || item.takenOver !== undefined || item.launch?.endedAt === undefined;
		return answered ? undefined : { ...item, takenOver: { at: clock.now(), reason: "remedy-did-not-help" } };
	});
	if (taken?.takenOver !== undefined && incident.takenOver === undefined)
		journal.log({ what: "taken-over", ...about(taken), outcome: taken.takenOver.reason });
}

async function expire(ports: OverseeRemedyPorts, incident: Incident, reason: string): Promise<void> {
	const expired = await recordRemedy(ports, incident, { what: "expire", reason });
	if (expired !== undefined) ports.journal.log({ what: "remediation-skipped", ...about(incident), outcome: reason });
}

/** The remediator could not be asked: without a remedy so far there will be none, and people are paged at this tick. */
async function leaveIt(
	ports: OverseeRemedyPorts,
	incident: Incident,
	remediation: Remediation | undefined,
	trouble: ReturnType<typeof troubleOf>,
): Promise<void> {
	const { journal } = ports;
	const { outcome, detail } = trouble;
	journal.log({ what: "error", ...about(incident), outcome, detail: `the remediator was not reached: ${detail}` });
	if (incident.remedy !== undefined || remediation === undefined) return;
	const left = await recordRemedy(ports, incident, { what: "skip", reason: outcome, remediation, by: "overseer" });
	if (left !== undefined) journal.log({ what: "remediation-skipped", ...about(incident), outcome });
}
