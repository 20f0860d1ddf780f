import { isNoticeOwed } from "../inform/rules.ts";
import { changeIncident, decideIncident } from "../ledger/incidents.ts";
import type { Incident, Instant, Page } from "../model/incident.ts";
import { isByHand } from "../page/byHand.ts";
import { isLostIntent, wasNotSent } from "../page/fate.ts";
import { about, failureOf, orderOf, type PagingPorts } from "../page/flow.ts";
import { endsByMessage } from "../page/link.ts";
import type { PagesRead } from "../page/prove.ts";
import { type PageNews, roundOf, withPage, withPageNews } from "../page/rules.ts";
import { channelOf, policyOf, policyOfPage } from "../route/policy.ts";
import type { Channel } from "../settings.ts";
import { type CloseReason, close, closes, endPauseMilliseconds, mirrorsDue, recoveriesDue, supersededDue, whyClose } from "./rules.ts";

/** Tells every other open page of the acknowledgement; each mirror is an intent first, like a page. */
export async function mirrorAcknowledgement(ports: PagingPorts, incident: Incident): Promise<void> {
	for (const mirror of [...mirrorsDue(incident, ports.clock.now()), ...unsent(incident, "acknowledgement", ports)])
		await sendNews(ports, incident, mirror);
}

/** Tells every place that was told that it is over, and closes once each of them is proven to have heard it. */
export async function sendRecoveries(ports: PagingPorts, incident: Incident): Promise<void> {
	for (const recovery of [
		...recoveriesDue(incident, policyOf(ports.settings, incident), ports.clock.now()),
		...unsent(incident, "recovery", ports),
	])
		await sendNews(ports, incident, recovery);
	const now = ports.clock.now();
	// Decided on what is written: somebody may have been told of the failure while we told of its end.
	const reason = await decideIncident<CloseReason>(ports, incident, (item = incident) => {
		const why = isNoticeOwed(item, now) ? "recovery-pending" : whyClose(item, policyOf(ports.settings, item), now);
		return closes(why) ? { write: close(item, now), result: why } : { result: why };
	});
	if (reason === "recovery-untold") {
		const detail = "a vendor could not be told for seven days that it is over: resolve its incident by hand";
		ports.journal.log({ what: "error", ...about(incident), outcome: reason, detail });
	}
	if (closes(reason)) ports.journal.log({ what: "incident-resolved", ...about(incident), outcome: reason, ...silenceOf(incident) });
}

/** Why nobody heard of it at all. */
const silenceOf = ({ silenced }: Incident): { readonly detail?: string } =>
	silenced === undefined ? {} : { detail: `it ended while ${silenced.name} kept it silent: ${silenced.why} (${silenced.who})` };

/** Ends the pages of earlier rounds at their vendor; what cannot be told is tried again by later ticks. */
export async function endSuperseded(ports: PagingPorts, { incident, said }: PagesRead): Promise<void> {
	if (incident.state !== "open" || roundOf(incident) === 1) return;
	const isRead = (page: Page): boolean => said(page) !== undefined;
	for (const end of [...supersededDue(incident, isRead, ports.clock.now()), ...unsent(incident, "recovery", ports)])
		await sendNews(ports, incident, end);
}

/**
 * What was told and did not arrive is told again at the next tick; a message that may have arrived, and costs somebody's sleep, at most as often as a
 * page. One that was refused cost nobody anything: it is owed for as long as the incident waits.
 */
function unsent(
	incident: Incident,
	purpose: Page["purpose"],
	{ settings, clock }: Pick<PagingPorts, "settings" | "clock">,
): readonly Page[] {
	const now = clock.now();
	if (purpose === "acknowledgement" && incident.state !== "open") return [];
	const missed = incident.pages.filter(
		(page) => page.purpose === purpose && isMissed(page, now) && now >= page.lastAttemptAt + endPauseMilliseconds(page),
	);
	const mayRing = ({ kind, acceptedAt, doubtfulAt }: Page): boolean =>
		endsByMessage(kind) && (acceptedAt !== undefined || doubtfulAt !== undefined);
	return missed.filter((page) => !mayRing(page) || page.attempts < policyOfPage(settings, incident, page).attemptsPerChannel);
}

const isMissed = (page: Page, now: Instant): boolean =>
	page.state === "failed" || page.state === "unproven" || page.state === "owed" || isLostIntent(page, now);

async function sendNews(ports: PagingPorts, incident: Incident, page: Page): Promise<void> {
	const { clock, settings } = ports;
	const channel = channelOf(settings, incident, page);
	if (channel === undefined) return;
	const attempt: Page = { ...page, state: "sending", attempts: page.attempts + 1, lastAttemptAt: clock.now() };
	await changeIncident(ports, incident, (item) => withPage(item, attempt));
	const news = await callVendor(ports, incident, attempt, channel);
	await changeIncident(ports, incident, (item) => withPageNews(item, attempt, news, clock.now()));
}

const mirroredFrom = ({ acknowledged }: Incident): string =>
	acknowledged !== undefined && isByHand(acknowledged) ? "answered by hand" : `mirrored from tier ${acknowledged?.tier}`;

async function callVendor(ports: PagingPorts, incident: Incident, attempt: Page, channel: Channel): Promise<PageNews> {
	const { journal, pagers } = ports;
	const entry = { ...about(incident, attempt), attempt: attempt.attempts };
	const pager = pagers(channel);
	const order = orderOf(ports, incident, attempt, channel);
	try {
		if (attempt.purpose === "recovery") {
			const { receipt } = await pager.resolve(order);
			journal.log({ what: "recovery-sent", ...entry, outcome: "accepted" });
			return { what: "accepted", receipt };
		}
		await pager.acknowledge?.(order);
		journal.log({ what: "acknowledged", ...entry, outcome: "mirrored", detail: mirroredFrom(incident) });
		return { what: "accepted", receipt: attempt.dedupKey };
	} catch (error) {
		const { reason, message } = failureOf(error);
		journal.log({ what: "page-failed", ...entry, outcome: reason, detail: `${attempt.purpose}: ${message}` });
		return { what: wasNotSent(reason) ? "owed" : "failed", failure: reason };
	}
}
