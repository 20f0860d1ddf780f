import { channelOf } from "./escalate.ts";
import type { Incident, Page } from "./incident.ts";
import { tellPage, withPage } from "./pages.ts";
import { about, changeIncident, failureOf, itemKey, orderOf, type PagingPorts } from "./paging.ts";
import { close, closes, mirrorsDue, recoveriesDue, whyClose } from "./resolve.ts";

/** Tells every other open page of the acknowledgement; each mirror is an intent first, like a page. */
export async function mirrorAcknowledgement(ports: PagingPorts, incident: Incident): Promise<Incident> {
	let current = incident;
	for (const mirror of [...mirrorsDue(incident, ports.clock.now()), ...untold(incident, "acknowledgement", ports)])
		current = await tellPlace(ports, current, mirror);
	return current;
}

/** Tells every place that was told that it is over, and closes once each of them is proven to have heard it. */
export async function tellRecovery(ports: PagingPorts, incident: Incident): Promise<void> {
	let current = incident;
	const pending = untold(incident, "recovery", ports);
	for (const recovery of [...recoveriesDue(incident, ports.clock.now()), ...pending]) current = await tellPlace(ports, current, recovery);
	const reason = whyClose(current, ports.clock.now());
	if (!closes(reason)) return;
	const closed = await changeIncident(ports, itemKey(current), (item) =>
		closes(whyClose(item, ports.clock.now())) ? close(item, ports.clock.now()) : undefined,
	);
	if (closed?.state === "closed") ports.journal.tell({ what: "incident-resolved", ...about(closed), outcome: reason });
}

/** What was told and did not arrive is told again at the next tick; a message that costs somebody's sleep at most as often as a page. */
function untold(incident: Incident, purpose: Page["purpose"], { settings }: Pick<PagingPorts, "settings">): readonly Page[] {
	if (purpose === "acknowledgement" && incident.state !== "open") return [];
	const missed = incident.pages.filter((page) => page.purpose === purpose && (page.state === "failed" || page.state === "unproven"));
	return missed.filter((page) => page.kind !== "sms" || page.attempts < settings.escalation.attemptsPerChannel);
}

async function tellPlace(ports: PagingPorts, incident: Incident, page: Page): Promise<Incident> {
	const { clock, journal, settings } = ports;
	const channel = channelOf(settings.escalation, page);
	if (channel === undefined) return incident;
	const attempt: Page = { ...page, state: "sending", attempts: page.attempts + 1, lastAttemptAt: clock.now() };
	const intended = await changeIncident(ports, itemKey(incident), (item) => withPage(item, attempt));
	const entry = { ...about(incident, page), attempt: attempt.attempts };
	try {
		const pager = ports.pagers(channel);
		const order = orderOf(incident, attempt, channel);
		const receipt =
			page.purpose === "recovery" ? (await pager.resolve(order)).receipt : await acknowledge(() => pager.acknowledge?.(order), page);
		journal.tell({
			what: page.purpose === "recovery" ? "recovery-sent" : "acknowledged",
			...entry,
			outcome: page.purpose === "recovery" ? "accepted" : "mirrored",
			...(page.purpose === "recovery" ? {} : { detail: `mirrored from tier ${incident.acknowledged?.tier ?? 0}` }),
		});
		return (
			(await changeIncident(ports, itemKey(incident), (item) => tellPage(item, attempt, { what: "accepted", receipt }, clock.now()))) ??
			incident
		);
	} catch (error) {
		const failure = failureOf(error);
		journal.tell({ what: "page-failed", ...entry, outcome: failure.reason, detail: `${page.purpose}: ${failure.message}` });
		return (
			(await changeIncident(ports, itemKey(incident), (item) =>
				tellPage(item, attempt, { what: "failed", failure: failure.reason }, clock.now()),
			)) ??
			intended ??
			incident
		);
	}
}

async function acknowledge(request: () => Promise<void> | undefined, page: Page): Promise<string> {
	await request();
	return page.vendorKey;
}
