import type { Answers } from "../../../contracts/ledger.ts";
import { noteCredential } from "../credentials/flow.ts";
import { newsOfRecord } from "../credentials/records.ts";
import { decideCurrent } from "../ledger/incidents.ts";
import { freeLease, keepLease } from "../ledger/leases.ts";
import { type Leases, leasesInUse } from "../limits/leases.ts";
import type { Incident } from "../model/incident.ts";
import { leasesKey } from "../model/keys.ts";
import { acknowledgeUrlOf } from "../page/flow.ts";
import { findPage, roundOf } from "../page/rules.ts";
import { noTexts, type PageTexts, pageTexts } from "../page/texts.ts";
import type { Ports } from "../ports.ts";
import { policyOf } from "../route/policy.ts";
import type { EscalationPolicy } from "../settings.ts";
import {
	claim,
	type Read,
	type ReadAnswer,
	type ReadRequest,
	type Recorded,
	type RecordRequest,
	type ReleaseRequest,
	readStanding,
	record,
	release,
	renewsLease,
	type WorkflowIdentity,
	workflowFailure,
} from "./rules.ts";

export type RespondPorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "acknowledgeLinks">;

/** How many open incidents the workflow is told of at most; above it only the order of magnitude matters. */
const countedIncidents = 100;

/** The workflow's first question: is this incident mine? */
export async function answerClaim(ports: RespondPorts, asker: WorkflowIdentity): Promise<Answers<"claim">> {
	const { settings, clock, journal, ledger } = ports;
	const claimed = await decideCurrent<ReturnType<typeof claim>>(ports, asker.incidentKey, (incident) => {
		const made = claim(incident, asker, clock.now());
		return { write: made.incident, result: made };
	});
	journal.log({
		what: claimed.answer === "owner" ? "workflow-claimed" : "workflow-refused",
		who: "workflow",
		incident: asker.incidentKey,
		occurrence: asker.occurrence,
		outcome: claimed.reason,
	});
	const leases = (await ledger.read(leasesKey(settings.environment)))?.value as Leases | undefined;
	const open = await ledger.due(clock.now(), countedIncidents);
	return { answer: claimed.answer, reason: claimed.reason, openIncidents: open.length, leasesInUse: leasesInUse(leases, clock.now()) };
}

/** Joins what the workflow did to the incident; `page-sending` asks for leave and is no news. */
export async function answerRecord(ports: RespondPorts, request: RecordRequest): Promise<Answers<"record">> {
	const { settings, clock, journal } = ports;
	const {
		answer,
		incident: written,
		policy,
	} = await decideCurrent<Recorded & { readonly policy: EscalationPolicy | undefined }>(ports, request.incidentKey, (incident) => {
		const own = policyOf(settings, incident ?? {});
		const made = record(incident, request, own, clock.now());
		return { write: made.incident, result: { ...made, policy: roundOf(incident ?? {}) === 1 ? own : undefined } };
	});
	const news = newsOfRecord(request, policy);
	// One of the two: what a record costs has to fit into the function's time, and a lease is renewed at the next sign of life as well.
	if (news !== undefined) await noteCredential(ports, news.name, news.news);
	const [acknowledgeUrl] = await Promise.all([
		answer.proceed ? linkFor(ports, written, request) : "",
		news === undefined && written !== undefined && renewsLease(written.launch) ? keepLease(ports, request, written) : undefined,
	]);
	if (request.what !== "page-sending" && request.what !== "page-given-up") {
		journal.log({
			what: request.what,
			who: "workflow",
			incident: request.incidentKey,
			occurrence: request.occurrence,
			...(request.channel === "" ? {} : { channel: request.channel }),
			...(request.tier > 0 ? { tier: request.tier } : {}),
			...(request.attempt > 0 ? { attempt: request.attempt } : {}),
			...(request.what === "page-failed" ? { outcome: workflowFailure(request.detail) } : {}),
			...(request.detail === "" ? {} : { detail: request.detail }),
		});
	}
	return { ...answer, ...textsOf(ports, written, request, acknowledgeUrl), acknowledgeUrl };
}

/** The workflow was launched with the texts of that moment; a page says what is so when it is sent. */
function textsOf(
	{ settings, clock }: RespondPorts,
	incident: Incident | undefined,
	{ what, tier, channel }: RecordRequest,
	acknowledgeUrl: string,
): PageTexts {
	if (incident === undefined || what !== "page-sending") return noTexts;
	const page = findPage(incident, tier, channel);
	return pageTexts({ settings, incident, ...(page === undefined ? {} : { page }), now: clock.now(), acknowledgeUrl });
}

/** The secret that signs it is nowhere in the workflow: its link comes with the leave to send. */
async function linkFor(ports: RespondPorts, incident: Incident | undefined, { what, tier, channel }: RecordRequest): Promise<string> {
	const page = incident === undefined || what !== "page-sending" ? undefined : findPage(incident, tier, channel);
	return incident === undefined || page === undefined ? "" : acknowledgeUrlOf(ports, incident, page);
}

export async function answerRead(ports: RespondPorts, asker: ReadRequest): Promise<ReadAnswer> {
	const { answer, incident: written } = await decideCurrent<Read>(ports, asker.incidentKey, (incident) => {
		const made = readStanding(incident, asker, ports.clock.now());
		return { write: made.incident, result: made };
	});
	if (written !== undefined && renewsLease(written.launch)) await keepLease(ports, asker, written);
	return answer;
}

/** The workflow's last word: its lease is free for the next incident. */
export async function answerRelease(
	ports: RespondPorts,
	asker: ReleaseRequest,
): Promise<{ readonly answer: "released"; readonly reason: string }> {
	const { clock, journal } = ports;
	await decideCurrent(ports, asker.incidentKey, (incident) => ({
		write: release(incident, asker, clock.now()),
		result: undefined,
	}));
	const released = await freeLease(ports, asker.launchId);
	if (released) journal.log({ what: "lease-released", incident: asker.incidentKey, occurrence: asker.occurrence, outcome: "by-workflow" });
	return { answer: "released", reason: released ? asker.outcome : "no-lease-held" };
}
