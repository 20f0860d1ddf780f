import { type Remedy, remedyId } from "../../../remedies/kinds.ts";
import type { Streak } from "../confirm/streak.ts";
import type { Incident, Instant, RemedyBeginner, RemedyRun, RemedyState } from "../model/incident.ts";
import type { Limits, Remediation, RunbookSettings } from "../settings.ts";

/** How long a person may take to approve. */
export const approvalSeconds = 300;

/** What a page says before an approval link, whoever sends it. */
export const approvalInvitation = `Approve the remedy within ${approvalSeconds / 60} minutes: `;

/** Undoing is tried this often; then a person has to do it. */
export const maximumUndoAttempts = 3;

/** An intent this old was lost with the function that wrote it. */
export const lostAfterMilliseconds = 60_000;

/** How long after the end of a window the one who waits for its verdict may be late. */
export const verdictGraceMilliseconds = 120_000;

/** The remediation of a runbook that may act; undefined on the lowest rung. */
export function activeRemediation(runbook: RunbookSettings | undefined): Remediation | undefined {
	if (runbook?.enabled !== true || runbook.remediation === "observe") return undefined;
	return runbook.remediation.mode === "observe" ? undefined : runbook.remediation;
}

/** With this many leases in use or more, looking for a remedy would only delay the page. The incident itself holds one. */
export const remediationSkippedFrom = ({ incidentsInResponse }: Pick<Limits, "incidentsInResponse">): number =>
	Math.max(2, Math.ceil(incidentsInResponse / 2));

export type RemedyReason =
	| "begin"
	| "offer"
	/** The lowest rung of the ladder. */
	| "observe"
	| "not-open"
	| "acknowledged"
	/** Whoever works on it must not be disturbed by a remedy. */
	| "silenced"
	/** Straight to people. */
	| "critical"
	/** Many incidents at once are no failure that one remedy mends. */
	| "load"
	/** Genesys Cloud refuses a client of ours: what is configured wrong is not trusted to act. */
	| "credentials-failing"
	/** Somebody was paged before, by the dispatcher or another executor: the remedy would only delay the next tier. */
	| "people-paged"
	| "already-offered"
	| "already-begun";

/** What the ladder says of an incident that has no remedy yet. Cooldown and single flight are the remedy's own, and are asked after this. */
export function whyRemedy(
	incident: Incident,
	remediation: Remediation | undefined,
	load: { readonly leasesInUse: number; readonly skippedFrom: number; readonly credentialsFailing: boolean },
): RemedyReason {
	if (remediation === undefined || remediation.mode === "observe") return "observe";
	if (incident.state !== "open") return "not-open";
	if (incident.remedy?.state === "offered") return "already-offered";
	if (incident.remedy !== undefined) return "already-begun";
	if (incident.acknowledged !== undefined) return "acknowledged";
	if (incident.silenced !== undefined) return "silenced";
	if (incident.severity === "critical") return "critical";
	if (load.credentialsFailing) return "credentials-failing";
	if (load.leasesInUse >= load.skippedFrom) return "load";
	if (incident.pages.some((page) => page.purpose === "page" && page.acceptedAt !== undefined)) return "people-paged";
	return remediation.mode === "auto" ? "begin" : "offer";
}

export type ApprovalReason = "approved" | "forged" | "expired" | "not-open" | "already-used";

/** What an approval link is worth. Only the holder of a valid one learns more than that it is none. */
export function whyApproval(incident: Incident | undefined, signatureValid: boolean, expires: number, now: Instant): ApprovalReason {
	const run = incident?.remedy;
	if (incident === undefined || run === undefined || !signatureValid) return "forged";
	if (run.state !== "offered" && run.reason !== "not-approved") return "already-used";
	if (now >= expires * 1000 || run.state !== "offered") return "expired";
	return incident.state === "open" ? "approved" : "not-open";
}

/** What is signed: a link for another incident, occurrence, remedy or time is another link. */
export const approvalText = (incidentKey: string, occurrence: number, remedy: Remedy, expires: number): string =>
	`approve.1.${incidentKey}.${occurrence}.${remedyId(remedy)}.${expires}`;

/** What happens to a remedy, one at a time. */
export type RemedyNews =
	| { readonly what: "skip"; readonly reason: string; readonly remediation: Remediation; readonly by: RemedyBeginner }
	/** Nobody took up the offer. */
	| { readonly what: "expire"; readonly reason: string }
	| { readonly what: "offer"; readonly remediation: Remediation; readonly by: RemedyBeginner; readonly link: string }
	| { readonly what: "intend"; readonly remediation: Remediation; readonly by: RemedyBeginner; readonly before: string }
	| { readonly what: "acted"; readonly receipt: string; readonly windowSeconds: number }
	/** Nothing was done. Where nobody knows, the news is `undo`. */
	| { readonly what: "refused"; readonly reason: string }
	| { readonly what: "helped"; readonly reason: string }
	| { readonly what: "undo"; readonly reason: string }
	| { readonly what: "undone"; readonly reason: string }
	| { readonly what: "undo-failed"; readonly reason: string };

/** From which states each piece of news leads on; `none` is an occurrence without a remedy so far. */
const leadsOn: Readonly<Record<RemedyNews["what"], readonly (RemedyState | "none")[]>> = {
	skip: ["none", "offered"],
	expire: ["offered"],
	offer: ["none"],
	intend: ["none", "offered"],
	acted: ["intended"],
	refused: ["intended"],
	helped: ["in-effect"],
	undo: ["intended", "in-effect", "helped", "undoing", "undo-failed"],
	undone: ["undoing"],
	"undo-failed": ["undoing"],
};

export type AdvanceReason = "advanced" | "not-from-this-state" | "undo-attempts-used-up";

/** The remedy's one way through its states. News that does not fit changes nothing: somebody else was faster. */
export function advanceRemedy(
	run: RemedyRun | undefined,
	news: RemedyNews,
	now: Instant,
): { readonly run: RemedyRun | undefined; readonly reason: AdvanceReason } {
	if (!leadsOn[news.what].includes(run?.state ?? "none")) return { run, reason: "not-from-this-state" };
	if (news.what === "undo" && (run?.undoAttempts ?? 0) >= maximumUndoAttempts) return { run, reason: "undo-attempts-used-up" };
	return { run: next(run, news, now), reason: "advanced" };
}

function next(run: RemedyRun | undefined, news: RemedyNews, now: Instant): RemedyRun | undefined {
	switch (news.what) {
		case "skip":
			return { ...(run ?? first(news)), state: "skipped", reason: news.reason };
		case "offer":
			return { ...first(news), state: "offered", reason: "offer", expiresAt: now + approvalSeconds * 1000, link: news.link };
		case "intend":
			return { ...(run ?? first(news)), by: news.by, state: "intended", reason: "begin", before: news.before, intendedAt: now };
	}
	if (run === undefined) return undefined;
	switch (news.what) {
		case "expire":
			return { ...run, state: "skipped", reason: news.reason };
		case "acted": {
			const window = { actedAt: now, verifyBy: now + news.windowSeconds * 1000 };
			return { ...run, state: "in-effect", reason: "acted", receipt: news.receipt, ...window };
		}
		case "refused":
			return { ...run, state: "failed", reason: news.reason };
		case "helped":
			return { ...run, state: "helped", reason: news.reason, verifiedAt: now };
		case "undo":
			return { ...run, state: "undoing", reason: news.reason, undoTriedAt: now, undoAttempts: run.undoAttempts + 1 };
		case "undone":
			return { ...run, state: "undone", reason: news.reason };
		case "undo-failed":
			return { ...run, state: "undo-failed", reason: news.reason };
	}
}

function first({
	remediation,
	by,
}: {
	readonly remediation: Remediation;
	readonly by: RemedyBeginner;
}): Omit<RemedyRun, "state" | "reason"> {
	return { mode: remediation.mode === "auto" ? "auto" : "approve", remedy: remediation.remedy, by, undoAttempts: 0 };
}

export type HelpReason =
	/** The incident's clear streak is complete. */
	| "recovered"
	/** A reading since the act was clear; the overseer watches for a relapse until the incident recovers. */
	| "clearing"
	| "still-failing"
	| "no-reading-since";

/** Whether the metric recovered: what the detector says since the act, never what the remedy's own system says. */
export function whyHelped(incident: Incident, streak: Streak | undefined, run: RemedyRun): HelpReason {
	if (incident.state !== "open") return "recovered";
	if (streak === undefined || streak.countedAt <= (run.actedAt ?? 0)) return "no-reading-since";
	return streak.clears > 0 ? "clearing" : "still-failing";
}

/** The verdict on a remedy in effect: it may help until the end of its window, and not a moment longer. */
export function verdictOf(reason: HelpReason, run: RemedyRun, now: Instant): "helped" | "waiting" | "not-helped" {
	if (reason === "recovered" || reason === "clearing") return "helped";
	return now < (run.verifyBy ?? 0) ? "waiting" : "not-helped";
}

/** A helped remedy whose entity fails again before the incident recovered did not help after all. */
export const hasRelapsed = (incident: Incident, streak: Streak | undefined): boolean =>
	incident.state === "open" &&
	incident.remedy?.state === "helped" &&
	streak !== undefined &&
	streak.breaches > 0 &&
	streak.countedAt > (incident.remedy.verifiedAt ?? 0);

/** Whether people are not paged yet because a remedy has its chance; a verdict that does not come holds nobody up. Only `auto` does that. */
export function holdsPaging(incident: Incident, now: Instant): boolean {
	const run = incident.remedy;
	if (run?.mode !== "auto") return false;
	if (run.state === "helped") return true;
	if (run.state === "intended") return now < (run.intendedAt ?? 0) + lostAfterMilliseconds;
	return run.state === "in-effect" && now < (run.verifyBy ?? 0) + verdictGraceMilliseconds;
}
