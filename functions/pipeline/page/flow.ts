import { changeIncident, decideIncident, type IncidentRef } from "../ledger/incidents.ts";
import { urgencyOf } from "../limits/shedding.ts";
import type { Executor, Incident, Page } from "../model/incident.ts";
import { EdgeError, type Entry, type PageOrder, type PageReading, type Ports } from "../ports.ts";
import { channelOf, policyOfPage } from "../route/policy.ts";
import type { Channel } from "../settings.ts";
import { wasNotSent } from "./fate.ts";
import { holdsLink } from "./link.ts";
import { entryOf, type Intent, intend, type PageNews, type Place, withPageNews } from "./rules.ts";
import { noteOf, pageTexts } from "./texts.ts";
import { nameOf, pageDetails } from "./words.ts";

export type PagingPorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "pagers" | "acknowledgeLinks">;

/** Any error as the journal tells it: one that is no EdgeError is a fault of ours, and is told all the same. */
export function troubleOf(error: unknown): { readonly outcome: string; readonly detail: string } {
	if (error instanceof EdgeError) return { outcome: error.reason, detail: error.message };
	return { outcome: "malformed", detail: error instanceof Error ? error.message : String(error) };
}

export const about = (incident: Incident, page?: Page): Pick<Entry, "incident" | "occurrence" | "channel" | "tier"> => ({
	incident: incident.key,
	occurrence: incident.occurrence,
	...(page === undefined ? {} : { channel: page.channel, tier: page.tier }),
});

/** What a vendor is asked to page, read, acknowledge or end at this moment. */
export function orderOf(
	{ settings, clock }: Pick<Ports, "settings" | "clock">,
	incident: Incident,
	page: Page,
	channel: Channel,
	acknowledgeUrl = "",
): PageOrder {
	const { summary, title, body } = pageTexts({ settings, incident, page, now: clock.now(), acknowledgeUrl });
	const { purpose } = page;
	return {
		channel,
		dedupKey: page.dedupKey,
		severity: incident.severity,
		summary,
		title,
		body,
		...(purpose === "page" ? {} : { note: noteOf(incident, purpose) }),
		source: nameOf(incident),
		urgency: urgencyOf(page),
		details: pageDetails(incident, page.tier, approvalOf(incident)),
		// The key holds the occurrence: whatever came after its opening is this page, also one that a workflow sent and could not record.
		intendedAt: incident.openedAt,
		...(acknowledgeUrl === "" ? {} : { acknowledgeUrl }),
		...(page.receipt === undefined ? {} : { receipt: page.receipt }),
		...(page.doubtfulAt === undefined ? {} : { mayBeThere: true }),
		...threadOf(incident, page),
	};
}

/** Where news of a page belongs. */
export function threadOf(incident: Incident, page: Page): Pick<PageOrder, "thread"> {
	const thread = page.purpose === "page" ? undefined : entryOf(incident, page, "page")?.receipt;
	return thread === undefined ? {} : { thread };
}

/** The approval link, for as long as somebody may use it. */
function approvalOf({ remedy }: Incident): string {
	return remedy?.state === "offered" ? (remedy.link ?? "") : "";
}

/** The link by which a page is acknowledged, "" where its vendor takes answers. One that cannot be made keeps no page back. */
export async function acknowledgeUrlOf(
	{ settings, journal, acknowledgeLinks }: Pick<Ports, "settings" | "journal" | "acknowledgeLinks">,
	incident: Incident,
	page: Page,
): Promise<string> {
	if (!holdsLink(policyOfPage(settings, incident, page), page.kind)) return "";
	try {
		return await acknowledgeLinks.link(page.dedupKey);
	} catch (error) {
		const { reason, message } = failureOf(error);
		journal.log({ what: "error", ...about(incident, page), outcome: reason, detail: `a page without its acknowledge link: ${message}` });
		return "";
	}
}

/** What an edge's failure is called in the ledger and the journal; anything but an EdgeError is a fault of ours and is thrown on. */
export function failureOf(error: unknown): EdgeError {
	if (error instanceof EdgeError) return error;
	throw error;
}

/**
 * How a place is paged. `attempt`: one of several that the policy counts. `once`: nobody counts, so what fails is given up and sent again by the
 * overseer's next ticks. `again`: one of these repeats, of a page that the vendor may have.
 */
export type SendKind = "attempt" | "once" | "again";

/**
 * Pages one place: writes the intent, sends, writes what became of it. Somebody who was faster is found at the intent, and nothing is sent.
 * Returns the incident as it then stands.
 */
export async function sendPage(
	ports: PagingPorts,
	ref: IncidentRef,
	place: Place,
	by: Executor,
	how: SendKind = "attempt",
): Promise<Incident | undefined> {
	const { clock, journal, pagers } = ports;
	const again = how === "again";
	const intent = await decideIncident<Intent | undefined>(ports, ref, (incident) => {
		if (incident === undefined) return { result: undefined };
		const wanted = intend(incident, place, by, clock.now(), again);
		return wanted.granted ? { write: wanted.incident, result: wanted } : { result: wanted };
	});
	if (intent?.page === undefined) return intent?.incident;
	const { incident, page } = intent;
	const entry = { ...about(incident, page), ...(again ? {} : { attempt: page.attempts }) };
	const acknowledgeUrl = await acknowledgeUrlOf(ports, incident, page);
	const order = orderOf(ports, incident, page, place.channel, acknowledgeUrl);
	const news = await send(() => pagers(place.channel).send(order), how);
	journal.log({
		what: news.what === "accepted" ? "page-sent" : "page-failed",
		...entry,
		outcome: news.what === "accepted" ? "accepted" : news.failure,
		...(news.what === "owed"
			? { detail: "nothing was sent: it waits its turn" }
			: again
				? { detail: "sent again under the same key" }
				: {}),
	});
	return changeIncident(ports, ref, (current) => withPageNews(current, page, news, clock.now()));
}

/** What an attempt can come to. */
type SendNews = Extract<PageNews, { readonly what: "accepted" | "failed" | "given-up" | "owed" }>;

async function send(request: () => Promise<{ readonly receipt: string }>, how: SendKind): Promise<SendNews> {
	const again = how === "again";
	try {
		return { what: "accepted", receipt: (await request()).receipt, again };
	} catch (error) {
		const failure = failureOf(error).reason;
		if (wasNotSent(failure)) return { what: "owed", failure, again };
		return { what: how === "attempt" ? "failed" : "given-up", failure };
	}
}

/** Reads one page back. A page that cannot be read is an error and stays as it is; it is read again at the next tick. */
export async function readPage(ports: PagingPorts, incident: Incident, page: Page): Promise<PageReading | undefined> {
	const channel = channelOf(ports.settings, incident, page);
	if (channel === undefined) return undefined;
	try {
		return await ports.pagers(channel).read(orderOf(ports, incident, page, channel));
	} catch (error) {
		const { reason, message } = failureOf(error);
		// That a vendor which did not take it cannot be read for the same reason is no news.
		if (page.acceptedAt === undefined && page.failure === reason) return undefined;
		ports.journal.log({ what: "error", ...about(incident, page), outcome: reason, detail: `the page could not be read back: ${message}` });
		return undefined;
	}
}
