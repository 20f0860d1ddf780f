import type { Incident, Instant, Page } from "./incident.ts";
import { changeIncident } from "./ledger/incidents.ts";
import { findPage, tellPage, withPage } from "./pages.ts";
import { about, type PagingPorts, readPage } from "./paging.ts";
import type { PageReading } from "./ports.ts";

/** Reads back every page that is not proven, and every proven one that somebody may have acknowledged since. Returns the incident as it then stands. */
export async function proveAll(ports: PagingPorts, incident: Incident): Promise<Incident> {
	let current = incident;
	for (const page of incident.pages.filter((candidate) => worthReading(incident, candidate))) {
		const reading = await readPage(ports, current, page);
		if (reading === undefined) continue;
		current = (await tellProof(ports, current, page, reading)) ?? current;
		current = (await tellAcknowledgement(ports, current, page, reading)) ?? current;
	}
	return current;
}

/** A page whose last attempt was refused cannot be there; one whose fate is unknown can. */
function worthReading(incident: Incident, page: Page): boolean {
	if (page.state === "proven")
		return page.purpose === "page" && page.kind === "pagerduty" && incident.state === "open" && incident.acknowledged === undefined;
	if (page.state === "accepted" || page.state === "unproven" || page.state === "sending") return true;
	return (page.state === "failed" || page.state === "given-up") && (page.failure === "timeout" || page.failure === "unreachable");
}

/** The receipt of a reading that proves a page of this purpose; undefined where it proves nothing. */
function proofIn(page: Page, reading: PageReading): string | undefined {
	if (reading.state === "absent" || reading.state === "pending" || reading.state === "failed") return undefined;
	return isProof(page, reading.state) ? reading.receipt : undefined;
}

/** What the vendor must say of it: a text has only its delivery, and an incident that is merely there is no news of its end. */
function isProof({ kind, purpose }: Page, state: "delivered" | "acknowledged" | "resolved"): boolean {
	if (kind === "sms") return state === "delivered";
	if (purpose === "recovery") return state === "resolved";
	return purpose === "page" || state !== "delivered";
}

async function tellProof(ports: PagingPorts, incident: Incident, page: Page, reading: PageReading): Promise<Incident | undefined> {
	if (page.state === "proven") return incident;
	const { clock, journal } = ports;
	const receipt = proofIn(page, reading);
	if (receipt !== undefined) {
		journal.tell({ what: "page-proven", ...about(incident, page), outcome: page.purpose, detail: `read back: ${reading.state}` });
		return changeIncident(ports, incident, (item) => tellPage(item, page, { what: "proven", receipt }, clock.now()));
	}
	const missing = reading.state === "absent" || reading.state === "failed";
	if (page.purpose === "page") {
		if (!missing || !isOverdue(ports, page)) return incident;
		journal.tell({ what: "page-unproven", ...about(incident, page), outcome: reading.state });
		return changeIncident(ports, incident, (item) => unproven(item, page, clock.now()));
	}
	if (page.purpose === "recovery" && reading.state === "absent" && findPage(incident, page.tier, page.channel)?.state !== "proven")
		return cancelRecovery(ports, incident, page);
	// A recovery or a mirror that the vendor lost is told again at the next tick. PagerDuty acts on an event within seconds, an SMS may take its time.
	const lost = page.state === "accepted" && (missing || page.kind === "pagerduty");
	return lost ? changeIncident(ports, incident, (item) => unproven(item, page, clock.now())) : incident;
}

const unproven = (incident: Incident, page: Page, now: Instant): Incident => tellPage(incident, page, { what: "unproven" }, now);

const isOverdue = ({ settings, clock }: PagingPorts, { state, acceptedAt }: Page): boolean =>
	state === "accepted" && acceptedAt !== undefined && clock.now() >= acceptedAt + settings.escalation.proofSeconds * 1000;

/** The vendor took the page and never had it: there is nothing that could be resolved. */
async function cancelRecovery(ports: PagingPorts, incident: Incident, page: Page): Promise<Incident | undefined> {
	ports.journal.tell({
		what: "page-unproven",
		...about(incident, page),
		outcome: "recovery",
		detail: "the vendor never had this page: nothing to resolve",
	});
	return changeIncident(ports, incident, (item) => withPage(item, { ...page, state: "cancelled" }));
}

async function tellAcknowledgement(
	ports: PagingPorts,
	incident: Incident,
	page: Page,
	reading: PageReading,
): Promise<Incident | undefined> {
	if (page.purpose !== "page" || page.kind !== "pagerduty") return incident;
	if (incident.acknowledged !== undefined || incident.state !== "open") return incident;
	// Resolved by hand while the failure goes on: somebody has seen it.
	if (reading.state !== "acknowledged" && reading.state !== "resolved") return incident;
	const { by = "somebody" } = reading;
	const { clock, journal } = ports;
	journal.tell({ what: "acknowledged", ...about(incident, page), outcome: reading.state, detail: `by ${by}` });
	return changeIncident(ports, incident, (item) => ({
		...item,
		acknowledged: item.acknowledged ?? { at: clock.now(), by, tier: page.tier, channel: page.channel },
	}));
}
