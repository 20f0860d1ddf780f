import type { ValuesOf } from "../../../contracts/contract.ts";
import type { Answers, Asks, notOwnerReasons, owner, recordable } from "../../../contracts/ledger.ts";
import type { Incident, Instant, Launch, Page } from "../model/incident.ts";
import { reasonOfStatus } from "../model/status.ts";
import { findPage, firstPage, intend, withPageNews } from "../page/rules.ts";
import type { PageTexts } from "../page/texts.ts";
import { type FailureReason, failureReasons } from "../ports.ts";
import type { EscalationPolicy } from "../settings.ts";

/** Who asks: a workflow names its launch and the occurrence that it was launched for. */
export type WorkflowIdentity = ValuesOf<typeof owner>;

export type OwnerReason = "owner" | (typeof notOwnerReasons)[number];

/** Whether the asker is the one workflow of this open incident; everything else is an explicit *not owner*. */
export function whyOwner(incident: Incident | undefined, asker: WorkflowIdentity): OwnerReason {
	if (incident === undefined) return "unknown-incident";
	if (incident.occurrence !== asker.occurrence) return "other-occurrence";
	if (incident.takenOver !== undefined) return "taken-over";
	if (incident.launch?.id !== asker.launchId) return "other-launch";
	return incident.state === "open" ? "owner" : "not-open";
}

export interface Claimed {
	readonly incident?: Incident;
	readonly answer: Answers<"claim">["answer"];
	readonly reason: Answers<"claim">["reason"];
}

/** Claims for a launch; a repeated claim of the same launch gets the same answer, since the first one may have been lost on its way. */
export function claim(incident: Incident | undefined, asker: WorkflowIdentity, now: Instant): Claimed {
	const reason = whyOwner(incident, asker);
	if (incident?.launch === undefined || reason !== "owner") return { answer: "not-owner", reason };
	const again = incident.launch.claimedAt !== undefined;
	const launch = { ...incident.launch, claimedAt: incident.launch.claimedAt ?? now, seenAt: now };
	return { incident: { ...incident, launch }, answer: "owner", reason: again ? "claimed-again" : "owner" };
}

/** A lease is renewed at every sign of life that comes so long after the last renewal. */
const renewMilliseconds = 120_000;

/** Two questions that a waiting workflow could not ask. A longer wait between two attempts looks the same, and costs a few reads. */
const gapMilliseconds = 150_000;

/** The launch after one more sign of life of its workflow. */
export function alive(launch: Launch, now: Instant): Launch {
	const renews = now >= (launch.renewedAt ?? launch.at) + renewMilliseconds;
	return { ...launch, seenAt: now, ...(renews ? { renewedAt: now } : {}), ...gapOf(launch, now) };
}

const gapOf = ({ seenAt }: Launch, now: Instant): Pick<Launch, "gap"> =>
	seenAt !== undefined && now >= seenAt + gapMilliseconds ? { gap: true } : {};

/** Whether the sign of life that was just written has to reach the lease. */
export const renewsLease = (launch: Launch | undefined): boolean => launch?.renewedAt !== undefined && launch.renewedAt === launch.seenAt;

/**
 * The closed reason behind what a data action told the workflow: `timeout`, or `failed <errorCode> <HTTP status>`. A status that is missing leaves
 * open whether the vendor has the page.
 */
export function workflowFailure(text: string): FailureReason {
	const word = failureReasons.find((reason) => reason === text);
	if (word !== undefined) return word;
	const status = Number(/(\d{3})\s*$/.exec(text)?.[1] ?? 0);
	return status >= 400 ? reasonOfStatus(status) : "unreachable";
}

export type Recordable = (typeof recordable)[number];

export type RecordRequest = Asks<"record">;

/** What a rule can say of a record; the texts of a page and its link are made beside it. */
export type RecordAnswer = Omit<Answers<"record">, "acknowledgeUrl" | keyof PageTexts>;

export interface Recorded {
	readonly incident?: Incident;
	readonly answer: RecordAnswer;
}

/** Joins one record of the workflow to the incident, and tells the workflow where the incident stands. */
export function record(incident: Incident | undefined, request: RecordRequest, policy: EscalationPolicy, now: Instant): Recorded {
	const reason = whyOwner(incident, request);
	if (incident?.launch === undefined || (reason !== "owner" && reason !== "not-open"))
		return { answer: standing(incident, request, false, reason) };
	const seen: Incident = { ...incident, launch: alive(incident.launch, now) };
	if (request.what === "page-sending") return askToSend(seen, request, policy, now);
	const reachedOne = reached(join(seen, request, policy, now), request.tier);
	return { incident: reachedOne, answer: standing(reachedOne, request, reason === "owner", reason) };
}

function askToSend(incident: Incident, request: RecordRequest, policy: EscalationPolicy, now: Instant): Recorded {
	const channel = policy.tiers[request.tier - 1]?.channels.find(({ name }) => name === request.channel);
	// A channel that the settings no longer have: the deployed workflow is older than they are, and a page is better than none.
	if (channel === undefined) return { incident, answer: standing(incident, request, true, "unknown-channel") };
	const intent = intend(incident, { tier: request.tier, channel }, "workflow", now);
	return { incident: intent.incident, answer: standing(intent.incident, request, intent.granted, intent.reason) };
}

function join(incident: Incident, request: RecordRequest, policy: EscalationPolicy, now: Instant): Incident {
	const page = findPage(incident, request.tier, request.channel) ?? unasked(incident, request, policy, now);
	switch (request.what) {
		case "page-sent":
			return changePage(incident, page, (known) => withPageNews(incident, known, { what: "accepted", receipt: request.receipt }, now));
		case "page-failed":
			return changePage(incident, page, (known) =>
				withPageNews(incident, known, { what: "failed", failure: workflowFailure(request.detail) }, now),
			);
		case "page-given-up":
			return changePage(incident, page, (known) =>
				withPageNews(
					incident,
					known,
					{ what: "given-up", failure: request.detail === "" ? (known.failure ?? "unreachable") : workflowFailure(request.detail) },
					now,
				),
			);
		case "page-proven":
			return changePage(incident, page, (known) => withPageNews(incident, known, { what: "proven", receipt: request.receipt }, now));
		case "page-presumed":
			return changePage(incident, page, (known) => withPageNews(incident, known, { what: "presumed" }, now));
		case "page-unproven":
			return changePage(incident, page, (known) => withPageNews(incident, known, { what: "unproven" }, now));
		case "exhausted":
			return { ...incident, exhausted: incident.exhausted ?? now };
		default:
			return incident;
	}
}

/** How far the policy came, as its workflow says: what it said on its way may be lost. */
const reached = (incident: Incident, tier: number): Incident => (tier > incident.tier ? { ...incident, tier } : incident);

/** The page of a workflow whose question for leave did not arrive: it was sent all the same. */
function unasked(
	incident: Incident,
	{ what, tier, channel: name }: RecordRequest,
	policy: EscalationPolicy,
	now: Instant,
): Page | undefined {
	const channel = policy.tiers[tier - 1]?.channels.find((each) => each.name === name);
	return channel === undefined || !saysSent.has(what) ? undefined : firstPage(incident, { tier, channel }, "workflow", now);
}

/** A page that was refused its leave is read back, and called unproven, though nobody sent it. */
const saysSent: ReadonlySet<Recordable> = new Set<Recordable>(["page-sent", "page-failed", "page-proven", "page-presumed"]);

const changePage = (incident: Incident, page: Page | undefined, next: (page: Page) => Incident): Incident =>
	page === undefined ? incident : next(page);

function standing(incident: Incident | undefined, request: RecordRequest, proceed: boolean, reason: string): RecordAnswer {
	const page = incident === undefined ? undefined : findPage(incident, request.tier, request.channel);
	return {
		proceed,
		reason,
		proven: page?.state === "proven",
		acknowledged: incident?.acknowledged !== undefined,
		recovered: incident !== undefined && incident.state !== "open",
		receipt: page?.receipt ?? "",
	};
}

export type ReadAnswer = Answers<"read">;

export interface Read {
	readonly incident?: Incident;
	readonly answer: ReadAnswer;
}

export type ReadRequest = Asks<"read">;

/** Where the incident stands, asked once a poll while the workflow waits; also its sign of life. */
export function readStanding(incident: Incident | undefined, asker: ReadRequest, now: Instant): Read {
	const reason = whyOwner(incident, asker);
	const answer: ReadAnswer = {
		proceed: reason === "owner",
		reason,
		acknowledged: incident?.acknowledged !== undefined,
		recovered: incident !== undefined && incident.state !== "open",
	};
	if (incident?.launch === undefined || reason !== "owner") return { answer };
	return { incident: reached({ ...incident, launch: alive(incident.launch, now) }, asker.tier), answer };
}

export type ReleaseRequest = Asks<"release">;

/** The workflow's last word. Anybody but the launch itself changes nothing. */
export function release(incident: Incident | undefined, asker: ReleaseRequest, now: Instant): Incident | undefined {
	if (incident?.launch?.id !== asker.launchId || incident.occurrence !== asker.occurrence) return undefined;
	const { outcome, tierReached } = asker;
	const { launch } = incident;
	const gap = launch.endedAt === undefined ? gapOf(launch, now) : {};
	const ended = { ...incident, launch: { ...launch, ...gap, endedAt: launch.endedAt ?? now, outcome } };
	// Whoever took over is at a tier, and in a round, of its own.
	return ended.takenOver === undefined ? reached(ended, tierReached) : ended;
}
