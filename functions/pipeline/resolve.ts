import type { Incident, Instant, Page } from "./incident.ts";
import { mayHaveBeenTaken } from "./page/fate.ts";
import { withPage } from "./pages.ts";

/** How long an unproven recovery keeps an incident from being closed. */
export const recoveryPatienceMilliseconds = 3_600_000;

const twinOf = (incident: Incident, page: Page, purpose: Page["purpose"]): Page | undefined =>
	incident.pages.find((other) => other.purpose === purpose && other.tier === page.tier && other.channel === page.channel);

function twin(page: Page, purpose: Page["purpose"], key: string, now: Instant): Page {
	const {
		acceptedAt: _accepted,
		acceptances: _taken,
		provenAt: _proven,
		receipt: _receipt,
		failure: _failure,
		doubtfulAt: _doubt,
		...rest
	} = page;
	return { ...rest, purpose, vendorKey: key, state: "sending", by: "overseer", attempts: 0, intendedAt: now, lastAttemptAt: now };
}

/** The places that still have to hear that it is over, as intents: every one that was told, once. */
export function recoveriesDue(incident: Incident, now: Instant): readonly Page[] {
	if (incident.state !== "recovered") return [];
	const told = incident.pages.filter(
		(page) => page.purpose === "page" && mayHaveBeenTaken(page) && twinOf(incident, page, "recovery") === undefined,
	);
	return told.map((page) => twin(page, "recovery", page.kind === "sms" ? `${page.vendorKey}:recovery` : page.vendorKey, now));
}

/** The open pages in other places that an acknowledgement in one place must be mirrored to, as intents. */
export function mirrorsDue(incident: Incident, now: Instant): readonly Page[] {
	const { acknowledged } = incident;
	if (acknowledged === undefined || incident.state !== "open") return [];
	const elsewhere = incident.pages.filter(
		(page) =>
			page.purpose === "page" &&
			page.kind === "pagerduty" &&
			page.acceptedAt !== undefined &&
			!(page.tier === acknowledged.tier && page.channel === acknowledged.channel) &&
			twinOf(incident, page, "acknowledgement") === undefined,
	);
	return elsewhere.map((page) => twin(page, "acknowledgement", page.vendorKey, now));
}

export type CloseReason =
	| "everybody-told"
	/** It recovered before anybody was paged. */
	| "nobody-was-told"
	| "recovery-unproven"
	| "recovery-pending"
	| "not-recovered";

/** Whether the incident can be closed: every recovery proven, or given up after an hour with that as the recorded reason. */
export function whyClose(incident: Incident, now: Instant): CloseReason {
	if (incident.state !== "recovered") return "not-recovered";
	const recoveries = incident.pages.filter((page) => page.purpose === "recovery");
	if (recoveriesDue(incident, now).length === 0) {
		if (recoveries.length === 0) return "nobody-was-told";
		if (recoveries.every(({ state }) => state === "proven" || state === "cancelled")) return "everybody-told";
	}
	return now >= (incident.recoveredAt ?? now) + recoveryPatienceMilliseconds ? "recovery-unproven" : "recovery-pending";
}

export const closes = (reason: CloseReason): boolean =>
	reason === "everybody-told" || reason === "nobody-was-told" || reason === "recovery-unproven";

/** The closed incident: pages that nobody needs any more are cancelled, so that no later tick sends them. */
export function close(incident: Incident, now: Instant): Incident {
	const waiting = incident.pages.filter((page) => page.state === "failed" || page.state === "given-up" || page.state === "owed");
	const calm = waiting.reduce((item, page) => withPage(item, { ...page, state: "cancelled" }), incident);
	return { ...calm, state: "closed", closedAt: now };
}
