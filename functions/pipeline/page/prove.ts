import { canBeFound } from "../../../vendors/actions.ts";
import { traitsOf } from "../../../vendors/kinds.ts";
import { changeIncident } from "../ledger/incidents.ts";
import type { Acknowledgement, Incident, Instant, Page } from "../model/incident.ts";
import type { PageReading } from "../ports.ts";
import { policyOf, policyOfPage } from "../route/policy.ts";
import { type AnswerState, answerEntry, mayBeAnswered, personName, withAnswer } from "./answers.ts";
import { mayHaveBeenAccepted } from "./fate.ts";
import { about, type PagingPorts, readPage } from "./flow.ts";
import { canAcknowledge, endsByMessage } from "./link.ts";
import { entryOf, isAnswered, isSamePage, roundOf, withPage, withPageNews } from "./rules.ts";
import { unseenPages } from "./unrecorded.ts";

/** One look at an incident's pages: the incident as it then stands, and what the vendors said. */
export interface PagesRead {
	readonly incident: Incident;
	/** When it began. */
	readonly at: Instant;
	/** What was said of a page; undefined where it was not read or could not be. */
	readonly said: (page: Page) => PageReading | undefined;
}

const nameOf = ({ purpose, tier, channel, round = 1 }: Page): string => `${purpose} ${round} ${tier} ${channel}`;

/** Reads back every page that is not proven, and every proven one that somebody may have acknowledged since; each once, for all that it says. */
export async function proveAll(ports: PagingPorts, incident: Incident): Promise<PagesRead> {
	const at = ports.clock.now();
	const readings = new Map<string, PageReading>();
	let current = incident;
	for (const page of pagesToRead(ports, incident, at)) {
		const read = await provePage(ports, current, page);
		const reading = read.said(page);
		if (reading !== undefined) readings.set(nameOf(page), reading);
		current = read.incident;
	}
	return { incident: current, at, said: (page) => readings.get(nameOf(page)) };
}

/** What is written, and what a workflow that cannot reach the ledger may have sent: an answer there is one all the same. */
function pagesToRead({ settings }: PagingPorts, incident: Incident, now: Instant): readonly Page[] {
	const written = incident.pages.filter((page) => worthReading(incident, page, now));
	const unseen = unseenPages(incident, policyOf(settings, incident), now);
	if (incident.state === "open" && incident.acknowledged === undefined) return [...written, ...unseen];
	// Once it is over, whoever has such a text is owed its end; elsewhere the end is told under the page's own key, seen or not.
	if (incident.state === "recovered") return [...written, ...unseen.filter(({ kind }) => endsByMessage(kind))];
	return written;
}

/** Reads one page back and writes what that proves. */
export async function provePage(ports: PagingPorts, incident: Incident, page: Page): Promise<PagesRead> {
	const at = ports.clock.now();
	const reading = await readPage(ports, incident, page);
	if (reading === undefined) return { incident, at, said: () => undefined };
	const proven = (await recordProof(ports, incident, page, reading)) ?? incident;
	const named = (await recordId(ports, proven, page, reading)) ?? proven;
	const answered = (await recordAcknowledgement(ports, named, page, reading)) ?? named;
	return { incident: answered, at, said: () => reading };
}

/** What no vendor ever had cannot be there; what one has, or may have, is read until the incident ends. */
function worthReading(incident: Incident, page: Page, now: Instant): boolean {
	if (page.state !== "proven") return mayHaveBeenAccepted(page);
	if (page.purpose !== "page" || !canAcknowledge(page.kind) || incident.state !== "open") return false;
	if (roundOf(page) !== roundOf(incident)) return mayBeAnswered(incident, page);
	return incident.acknowledged === undefined || isToBeChecked(incident.acknowledged, page, now);
}

/** An answer can be withdrawn at the vendor: it times out there, or somebody takes it back. A look now and then is enough. */
const checkMilliseconds = 600_000;

const isToBeChecked = (answer: Acknowledgement, page: Page, now: Instant): boolean =>
	isAnswered(answer, page) && now >= (answer.checkedAt ?? answer.at) + checkMilliseconds;

/** The receipt of a reading that proves a page of this purpose; undefined where it proves nothing. */
export function proofIn(page: Page, reading: PageReading): string | undefined {
	if (reading.state === "absent" || reading.state === "pending" || reading.state === "sent" || reading.state === "failed") return undefined;
	return isProof(page, reading.state) ? reading.receipt : undefined;
}

/** What the vendor must say of it: a message has only its delivery, and an incident that is merely there is no news of its end. */
export function isProof({ kind, purpose }: Pick<Page, "kind" | "purpose">, state: "delivered" | "acknowledged" | "resolved"): boolean {
	if (traitsOf(kind).proof === "delivery") return state === "delivered";
	if (purpose === "recovery") return state === "resolved";
	return purpose === "page" || state !== "delivered";
}

async function recordProof(ports: PagingPorts, incident: Incident, page: Page, reading: PageReading): Promise<Incident | undefined> {
	if (page.state === "proven") return incident;
	const { clock, journal } = ports;
	const receipt = proofIn(page, reading);
	if (receipt !== undefined) {
		journal.log({ what: "page-proven", ...about(incident, page), outcome: page.purpose, detail: `read back: ${reading.state}` });
		return changeIncident(ports, incident, (item) => withPageNews(item, page, { what: "proven", receipt }, clock.now()));
	}
	const missing = reading.state === "absent" || reading.state === "failed";
	if (page.purpose === "page") {
		if (isNeverHad(incident, page, reading)) return cancelPage(ports, incident, page);
		// What has only its delivery as a proof may be on its way.
		if (!missing && traitsOf(page.kind).proof === "delivery" && !isWritten(incident, page))
			return recordAccepted(ports, incident, page, reading.receipt);
		if (reading.state === "sent" && isOverdue(ports, incident, page)) return recordPresumed(ports, incident, page);
		if (!missing || !isOverdue(ports, incident, page)) return incident;
		journal.log({ what: "page-unproven", ...about(incident, page), outcome: reading.state });
		return changeIncident(ports, incident, (item) => unproven(item, page, clock.now()));
	}
	if (page.purpose === "recovery" && reading.state === "absent") {
		if (await isNeverThere(ports, incident, entryOf(incident, page, "page"))) return cancelPage(ports, incident, page);
		if (isGone(page, clock.now())) return cancelPage(ports, incident, page);
		// No attempt to tell a phone its end arrived: none of them counts.
		if (endsByMessage(page.kind) && canBeFound(page.kind) && page.state === "failed")
			return changeUnchanged(ports, incident, page, { attempts: 0 });
	}
	// A recovery or a mirror that the vendor lost is told again at the next tick. Where a repeat joins what is there, so is what is merely late.
	const lost = page.state === "accepted" && (missing || traitsOf(page.kind).deduplicates);
	return lost ? changeIncident(ports, incident, (item) => unproven(item, page, clock.now())) : incident;
}

/** Writes once by which id its vendor names a page of its own accord: its webhooks may know no other. */
async function recordId(ports: PagingPorts, incident: Incident, page: Page, reading: PageReading): Promise<Incident | undefined> {
	const id = reading.state === "absent" ? undefined : reading.recordId;
	if (id === undefined || page.purpose !== "page" || page.recordId === id || !isWritten(incident, page)) return incident;
	return changeIncident(ports, incident, (item) => {
		const current = item.pages.find((each) => isSamePage(page, each));
		return current === undefined || current.recordId === id ? undefined : withPage(item, { ...current, recordId: id });
	});
}

const isWritten = ({ pages }: Incident, page: Page): boolean => pages.some((written) => isSamePage(page, written));

/** Sent by a workflow that could not write it down, and on its way: its proof and its end are looked for from here on. */
const recordAccepted = (ports: PagingPorts, incident: Incident, page: Page, receipt: string): Promise<Incident | undefined> =>
	changeIncident(ports, incident, (item) => withPageNews(item, page, { what: "accepted", receipt }, ports.clock.now()));

function recordPresumed(ports: PagingPorts, incident: Incident, page: Page): Promise<Incident | undefined> {
	const { clock, journal } = ports;
	journal.log({ what: "page-presumed", ...about(incident, page), outcome: "sent", detail: "the carrier has it and says no more" });
	return changeIncident(ports, incident, (item) => withPageNews(item, page, { what: "presumed" }, clock.now()));
}

const unproven = (incident: Incident, page: Page, now: Instant): Incident => withPageNews(incident, page, { what: "unproven" }, now);

function isOverdue({ settings, clock }: PagingPorts, incident: Incident, page: Page): boolean {
	const { state, acceptedAt } = page;
	const { proofSeconds } = policyOfPage(settings, incident, page);
	return state === "accepted" && acceptedAt !== undefined && clock.now() >= acceptedAt + proofSeconds * 1000;
}

/** Whether its vendor never had the page whose end it does not know. A text and its end are two messages: what is said of one says nothing of the other. */
async function isNeverThere(ports: PagingPorts, incident: Incident, page: Page | undefined): Promise<boolean> {
	if (page === undefined || page.state === "cancelled") return true;
	if (page.state === "proven" || !endsByMessage(page.kind)) return page.state !== "proven";
	const reading = await readPage(ports, incident, page);
	return reading?.state === "failed" || isMissing(page, reading);
}

/** It is over, and nobody has a text of the failure: the first words that somebody gets must not be that it is over. */
const isNeverHad = (incident: Incident, page: Page, reading: PageReading): boolean =>
	incident.state === "recovered" &&
	isWritten(incident, page) &&
	endsByMessage(page.kind) &&
	page.acceptedAt === undefined &&
	isMissing(page, reading);

/** Whether its vendor has no such page. Nobody can say so of one that is found by its receipt alone, and has none. */
const isMissing = ({ kind, receipt }: Page, reading: PageReading | undefined): boolean =>
	reading?.state === "absent" && (receipt !== undefined || canBeFound(kind));

/** What a search may lag behind, where a vendor has one. */
const searchMilliseconds = 300_000;

/** Whether somebody has deleted the record whose end its vendor took: it is not found, and has had its time to be. */
const isGone = ({ kind, intendedAt, acceptedAt }: Page, now: Instant): boolean =>
	traitsOf(kind).proof === "record" && acceptedAt !== undefined && now >= intendedAt + searchMilliseconds;

/** The vendor has no such record: there is nothing that could be resolved. */
async function cancelPage(ports: PagingPorts, incident: Incident, page: Page): Promise<Incident | undefined> {
	const changed = await changeUnchanged(ports, incident, page, { state: "cancelled" });
	if (changed?.pages.some((each) => isSamePage(page, each) && each.state === "cancelled") === true)
		ports.journal.log({
			what: "page-unproven",
			...about(incident, page),
			outcome: page.purpose,
			detail: "the vendor has no such page: nothing to resolve",
		});
	return changed;
}

/** Changes a page as it was when its vendor was asked; what somebody wrote meanwhile is newer than the answer, and stands. */
const changeUnchanged = (ports: PagingPorts, incident: Incident, page: Page, change: Partial<Page>): Promise<Incident | undefined> =>
	changeIncident(ports, incident, (item) => {
		const now = item.pages.find((each) => isSamePage(page, each));
		const isUnchanged = now?.state === page.state && now.acceptedAt === page.acceptedAt && now.lastAttemptAt === page.lastAttemptAt;
		return now !== undefined && isUnchanged ? withPage(item, { ...now, ...change }) : undefined;
	});

async function recordAcknowledgement(
	ports: PagingPorts,
	incident: Incident,
	page: Page,
	reading: PageReading,
): Promise<Incident | undefined> {
	if (!canAcknowledge(page.kind)) return incident;
	const { clock, journal } = ports;
	const said = answerIn(incident, page, reading);
	const { reason } = withAnswer(incident, page, said, clock.now());
	if (reason === "no-news") return incident;
	if (reason !== "stands") journal.log({ ...answerEntry(reason, incident, said.by), ...about(incident, page) });
	return changeIncident(ports, incident, (item) => {
		const answered = withAnswer(item, page, said, clock.now());
		const { acknowledged } = answered.incident;
		const isChecked = incident.acknowledged !== undefined && answered.reason !== "no-news" && acknowledged !== undefined;
		return isChecked ? { ...answered.incident, acknowledged: { ...acknowledged, checkedAt: clock.now() } } : answered.incident;
	});
}

/** What a reading says of the answer to its page. That it is acknowledged says nothing where we told its vendor of another page's answer. */
function answerIn(incident: Incident, page: Page, reading: PageReading): { readonly state: AnswerState; readonly by: string } {
	const by = ("by" in reading ? personName(reading.by) : undefined) ?? "somebody";
	if (reading.state === "resolved") return { state: reading.state, by };
	if (reading.state === "acknowledged") return { state: isMirrored(incident, page) ? "unknown" : reading.state, by };
	return { state: reading.state === "delivered" ? "open" : "unknown", by };
}

function isMirrored(incident: Incident, page: Page): boolean {
	const mirror = entryOf(incident, page, "acknowledgement");
	return mirror !== undefined && mayHaveBeenAccepted(mirror);
}
