import { areClientsFailing } from "../credentials/flow.ts";
import { keepLease } from "../ledger/leases.ts";
import { readItem } from "../ledger/store.ts";
import { readStreak } from "../ledger/streaks.ts";
import { type Leases, leasesInUse } from "../limits/leases.ts";
import type { Incident, RemedyBeginner, RemedyRun } from "../model/incident.ts";
import { leasesKey } from "../model/keys.ts";
import { about, failureOf } from "../page/flow.ts";
import type { Entry, FailureReason, Ports, RemedyBegun, RemedyChecked, RemedyOrder, RemedyRequest, RemedyUndone } from "../ports.ts";
import { renewsLease } from "../respond/rules.ts";
import type { Remediation } from "../settings.ts";
import { occurrenceOf, owned, recordRemedy, reserveFlight, returnFlight } from "./items.ts";
import {
	activeRemediation,
	approvalSeconds,
	approvalText,
	lostAfterMilliseconds,
	remediationSkippedFrom,
	verdictOf,
	whyHelped,
	whyRemedy,
} from "./rules.ts";

export type RemedyPorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "remedyActs" | "approvals">;

/** Who tells a remedy's event: the executor that asked for it. A person's approval comes in through the normalizer. */
const actorOf: Readonly<Record<RemedyBeginner, string>> = { workflow: "workflow", overseer: "overseer", person: "normalizer" };

/** After these nothing was done; after any other failure nobody knows. */
const surelyNotDone: readonly FailureReason[] = [
	"rejected",
	"unauthorized",
	"forbidden",
	"not-found",
	"misconfigured",
	"rate-limited",
	"budget-spent",
	"circuit-open",
];

/** The first question of an executor: may a remedy be tried? Begins it, offers it to a person, or says why not. */
export async function answerBegin(ports: RemedyPorts, request: RemedyRequest): Promise<RemedyBegun> {
	const { settings, clock } = ports;
	const incident = await owned(ports, request);
	if (incident === undefined) return { decision: "gone", reason: "not-owner", approvalUrl: "" };
	const remediation = activeRemediation(settings.runbooks[incident.condition]);
	const leases = await readItem<Leases>(ports.ledger, leasesKey(settings.environment));
	const load = {
		leasesInUse: leasesInUse(leases, clock.now()),
		skippedFrom: remediationSkippedFrom(settings.limits),
		credentialsFailing: await areClientsFailing(ports),
	};
	const reason = whyRemedy(incident, remediation, load);
	if (reason === "already-offered") return { decision: "offered", reason, approvalUrl: incident.remedy?.link ?? "" };
	if (remediation !== undefined && reason === "offer") return offer(ports, incident, remediation, request);
	if (remediation !== undefined && reason === "begin") return beginRemedy(ports, incident, remediation, request.by);
	return skip(ports, incident, remediation, request.by, reason);
}

/** Does it: looks, takes the flight, writes the intent, acts, writes what undoing needs. In this order. */
export async function beginRemedy(
	ports: RemedyPorts,
	incident: Incident,
	remediation: Remediation,
	by: RemedyBeginner,
): Promise<RemedyBegun> {
	const before = await inspect(ports, incident, remediation);
	if ("failure" in before) return skip(ports, incident, remediation, by, before.failure);
	if (before.state === "in-effect") return skip(ports, incident, remediation, by, "already-in-effect");
	const flight = await reserveFlight(ports, incident, remediation);
	if (flight !== "granted") return skip(ports, incident, remediation, by, flight);
	const intended = await recordRemedy(ports, incident, { what: "intend", remediation, by, before: before.state });
	if (intended === undefined) {
		await returnFlight(ports, incident, remediation.remedy, false);
		return { decision: "skipped", reason: "already-begun", approvalUrl: "" };
	}
	return act(ports, intended, remediation, by);
}

async function act(ports: RemedyPorts, incident: Incident, remediation: Remediation, by: RemedyBeginner): Promise<RemedyBegun> {
	const { journal } = ports;
	const entry = { ...about(incident), who: actorOf[by] };
	try {
		const { receipt } = await ports.remedyActs.act(orderOf(incident));
		await recordRemedy(ports, incident, { what: "acted", receipt, windowSeconds: remediation.windowSeconds });
		journal.log({ what: "remediated", ...entry, outcome: remediation.remedy.kind, detail: `has ${remediation.windowSeconds} s to help` });
		return { decision: "begun", reason: "acted", approvalUrl: "" };
	} catch (error) {
		const failure = failureOf(error);
		const detail = `the remedy failed: ${failure.message}`;
		journal.log({ what: "remediation-skipped", ...entry, outcome: failure.reason, detail });
		if (surelyNotDone.includes(failure.reason)) {
			await recordRemedy(ports, incident, { what: "refused", reason: failure.reason });
			await returnFlight(ports, incident, remediation.remedy, false);
		} else await undoRemedy(ports, incident, "outcome-unknown", by);
		return { decision: "skipped", reason: failure.reason, approvalUrl: "" };
	}
}

/** What the detector says of a remedy in effect. Each question is also the workflow's sign of life. */
export async function answerCheck(ports: RemedyPorts, request: RemedyRequest): Promise<RemedyChecked> {
	const { clock, ledger } = ports;
	const incident = await owned(ports, request);
	if (incident === undefined) return { verdict: "gone", reason: "not-owner" };
	if (request.by === "workflow" && renewsLease(incident.launch)) await keepLease(ports, request, incident);
	const run = incident.remedy;
	if (run?.state === "helped") return { verdict: "helped", reason: run.reason };
	if (run?.state !== "in-effect") return { verdict: "not-helped", reason: run?.reason ?? "no-remedy" };
	const reason = whyHelped(incident, await readStreak(ledger, incident), run);
	const verdict = verdictOf(reason, run, clock.now());
	if (verdict === "waiting")
		return (await hasFailed(ports, incident)) ? { verdict: "not-helped", reason: "remedy-failed" } : { verdict, reason };
	if (verdict === "not-helped") return { verdict, reason };
	if ((await recordRemedy(ports, incident, { what: "helped", reason })) !== undefined) {
		ports.journal.log({ what: "remediation-verified", ...about(incident), who: actorOf[request.by], outcome: reason });
		await returnFlight(ports, incident, run.remedy, true);
	}
	return { verdict, reason };
}

/** Undoes what was begun, whoever began it; undoing again what is undone changes nothing. */
export async function answerUndo(ports: RemedyPorts, request: RemedyRequest, why: string): Promise<RemedyUndone> {
	const incident = await occurrenceOf(ports, request);
	if (incident?.remedy === undefined) return { undone: false, reason: "nothing-begun" };
	if (incident.remedy.state === "undone") return { undone: true, reason: incident.remedy.reason };
	return undoRemedy(ports, incident, why, request.by);
}

async function undoRemedy(ports: RemedyPorts, incident: Incident, why: string, by: RemedyBeginner): Promise<RemedyUndone> {
	const { journal, clock } = ports;
	const { state, undoTriedAt = 0 } = incident.remedy ?? {};
	// Somebody else is undoing it at this moment.
	if (state === "undoing" && clock.now() < undoTriedAt + lostAfterMilliseconds) return { undone: false, reason: "under-way" };
	const intended = await recordRemedy(ports, incident, { what: "undo", reason: why });
	if (intended?.remedy === undefined) return { undone: false, reason: "not-begun-or-given-up" };
	const entry = { ...about(intended), who: actorOf[by], outcome: why };
	try {
		const done = await ports.remedyActs.undo(orderOf(intended));
		await recordRemedy(ports, intended, { what: "undone", reason: why });
		await returnFlight(ports, intended, intended.remedy.remedy, true);
		journal.log({ what: "rolled-back", ...entry, detail: done });
		return { undone: true, reason: why };
	} catch (error) {
		const failure = failureOf(error);
		await recordRemedy(ports, intended, { what: "undo-failed", reason: why });
		const detail = `the remedy could not be undone (attempt ${intended.remedy.undoAttempts}): ${failure.message}`;
		journal.log({ what: "error", ...about(intended), outcome: failure.reason, detail });
		return { undone: false, reason: failure.reason };
	}
}

async function offer(ports: RemedyPorts, incident: Incident, remediation: Remediation, { by }: RemedyRequest): Promise<RemedyBegun> {
	const { approvals, clock } = ports;
	const expires = Math.floor(clock.now() / 1000) + approvalSeconds;
	const text = approvalText(incident.key, incident.occurrence, remediation.remedy, expires);
	const link = await approvals.link(text, { incidentKey: incident.key, occurrence: incident.occurrence, expires });
	const offered = await recordRemedy(ports, incident, { what: "offer", remediation, by, link });
	return offered === undefined
		? { decision: "skipped", reason: "already-begun", approvalUrl: "" }
		: { decision: "offered", reason: "offer", approvalUrl: link };
}

/** Records why nothing is done, so that no executor asks again in this occurrence. */
async function skip(
	ports: RemedyPorts,
	incident: Incident,
	remediation: Remediation | undefined,
	by: RemedyBeginner,
	reason: string,
): Promise<RemedyBegun> {
	if (remediation !== undefined) await recordRemedy(ports, incident, { what: "skip", remediation, by, reason });
	const entry: Entry = { what: "remediation-skipped", ...about(incident), who: actorOf[by], outcome: reason };
	ports.journal.log(remediation === undefined ? { ...entry, detail: reason } : { ...entry, detail: remediation.remedy.kind });
	return { decision: "skipped", reason, approvalUrl: "" };
}

async function inspect(
	ports: RemedyPorts,
	incident: Incident,
	{ remedy }: Remediation,
): Promise<{ readonly state: string } | { readonly failure: string }> {
	try {
		return { state: await ports.remedyActs.inspect(orderFor(incident, remedy)) };
	} catch (error) {
		return { failure: failureOf(error).reason };
	}
}

/** A document that failed will not help any more: the rest of the window would be lost. What cannot be read is waited for. */
async function hasFailed(ports: RemedyPorts, incident: Incident): Promise<boolean> {
	try {
		return (await ports.remedyActs.progress(orderOf(incident))) === "failed";
	} catch (error) {
		const failure = failureOf(error);
		const entry: Entry = { what: "error", ...about(incident), outcome: failure.reason };
		ports.journal.log({ ...entry, detail: `the remedy could not be followed: ${failure.message}` });
		return false;
	}
}

function orderFor(incident: Incident, remedy: RemedyRun["remedy"]): RemedyOrder {
	const { environment, key, occurrence, condition, entityId, entityName, severity } = incident;
	const names = { environment, incidentKey: key, occurrence, condition, entityId, entityName, severity };
	return { remedy, ...names, before: incident.remedy?.before ?? "", receipt: incident.remedy?.receipt ?? "" };
}

function orderOf(incident: Incident): RemedyOrder {
	const { remedy } = incident;
	if (remedy === undefined) throw new RangeError(`Expected a remedy of ${incident.key}, got none`);
	return orderFor(incident, remedy.remedy);
}
