import { changeIncident } from "../ledger/incidents.ts";
import type { Incident, Page } from "../model/incident.ts";
import { wasNotSent } from "../page/fate.ts";
import { about, failureOf, orderOf, type PagingPorts, threadOf } from "../page/flow.ts";
import { proofIn } from "../page/prove.ts";
import { type PageNews, withPageNews } from "../page/rules.ts";
import type { PageOrder, PageReading } from "../ports.ts";
import type { Channel } from "../settings.ts";
import { changeNotices, informedChannel, isUnproven, noticesDue, noticesToProve, withNotice } from "./rules.ts";

/** Tells the channels that inform what is new, and looks whether their vendors have what they took. Nothing waits for any of it. */
export async function inform(ports: PagingPorts, incident: Incident): Promise<Incident> {
	const { clock, settings } = ports;
	let current = incident;
	for (const notice of noticesToProve(incident)) current = (await prove(ports, current, notice)) ?? current;
	for (const notice of noticesDue(settings, current, clock.now())) current = (await tell(ports, current, notice)) ?? current;
	return current;
}

async function tell(ports: PagingPorts, incident: Incident, notice: Page): Promise<Incident | undefined> {
	const { clock, settings, journal } = ports;
	const channel = informedChannel(settings, incident, notice);
	if (channel === undefined) return incident;
	const attempt: Page = { ...notice, state: "sending", attempts: notice.attempts + 1, lastAttemptAt: clock.now() };
	await changeIncident(ports, incident, (item) => withNotice(item, attempt));
	const news = await callVendor(ports, incident, attempt, channel);
	journal.log({
		what: news.what === "accepted" ? "informed" : "inform-failed",
		...about(incident, attempt),
		attempt: attempt.attempts,
		outcome: news.what === "accepted" ? attempt.purpose : news.failure,
	});
	return changeIncident(ports, incident, (item) => changeNotices(item, (notices) => withPageNews(notices, attempt, news, clock.now())));
}

type Told = Extract<PageNews, { readonly what: "accepted" | "failed" | "owed" }>;

async function callVendor(ports: PagingPorts, incident: Incident, notice: Page, channel: Channel): Promise<Told> {
	const pager = ports.pagers(channel);
	// Among the notices is the one that this is news of.
	const thread = threadOf({ ...incident, pages: incident.notices ?? [] }, notice);
	const order: PageOrder = { ...orderOf(ports, incident, notice, channel), urgency: "news", ...thread };
	try {
		if (notice.purpose === "page") return { what: "accepted", receipt: (await pager.send(order)).receipt };
		if (notice.purpose === "recovery") return { what: "accepted", receipt: (await pager.resolve(order)).receipt };
		await (pager.acknowledge ?? pager.update)?.(order);
		return { what: "accepted", receipt: notice.receipt ?? notice.dedupKey };
	} catch (error) {
		const { reason } = failureOf(error);
		return { what: wasNotSent(reason) ? "owed" : "failed", failure: reason };
	}
}

async function prove(ports: PagingPorts, incident: Incident, notice: Page): Promise<Incident | undefined> {
	const { clock, settings, journal, pagers } = ports;
	const channel = informedChannel(settings, incident, notice);
	if (channel === undefined) return incident;
	const news = await readNews(notice, () => pagers(channel).read(orderOf(ports, incident, notice, channel)));
	if (news === undefined && !isUnproven(notice, clock.now())) return incident;
	journal.log({ what: news === undefined ? "inform-unproven" : "inform-proven", ...about(incident, notice) });
	const found: PageNews = news ?? { what: "unproven" };
	return changeIncident(ports, incident, (item) => changeNotices(item, (notices) => withPageNews(notices, notice, found, clock.now())));
}

async function readNews(notice: Page, read: () => Promise<PageReading>): Promise<PageNews | undefined> {
	try {
		const receipt = proofIn(notice, await read());
		return receipt === undefined ? undefined : { what: "proven", receipt };
	} catch (error) {
		failureOf(error);
		return undefined;
	}
}
