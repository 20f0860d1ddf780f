import { canBeFound } from "../../../vendors/actions.ts";
import { traitsOf } from "../../../vendors/kinds.ts";
import { pollEverySeconds, readEverySeconds } from "../limits/pace.ts";
import type { Incident, Instant, Page, PageState } from "../model/incident.ts";
import { tellableSince } from "../model/silenced.ts";
import { findPage, isInFlight, type Place, roundOf, tierReachedAt } from "../page/rules.ts";
import { holdsPaging } from "../remedy/rules.ts";
import type { EscalationPolicy, Limits } from "../settings.ts";

/** What the policy wants next of an incident that the overseer carries out itself. */
export type Step =
	| { readonly do: "send"; readonly place: Place; readonly reason: "first-channel" | "fallback" | "next-attempt" }
	| { readonly do: "give-up"; readonly page: Page; readonly reason: "attempts-used-up" }
	| { readonly do: "call-unproven"; readonly page: Page; readonly reason: "proof-deadline-passed" }
	| { readonly do: "escalate"; readonly tier: number; readonly reason: "not-acknowledged" | "tier-unreachable" }
	| { readonly do: "exhaust"; readonly reason: "last-tier-not-acknowledged" | "last-tier-unreachable" }
	| {
			readonly do: "wait";
			readonly reason:
				| "between-attempts"
				| "in-flight"
				| "for-proof"
				| "for-acknowledgement"
				| "for-remedy"
				| "for-its-turn"
				/** It is clear, and flap damping holds it open. */
				| "held"
				| "silenced"
				| "answered"
				| "exhausted";
	  };

/** Escalation is state and `now`, evaluated on each tick: no timer that could be lost. The compiled workflow walks the same policy. */
export function nextStep(incident: Incident, policy: EscalationPolicy, now: Instant): Step {
	if (incident.state !== "open" || incident.acknowledged !== undefined) return { do: "wait", reason: "answered" };
	if (incident.heldSince !== undefined) return { do: "wait", reason: "held" };
	if (incident.silenced !== undefined) return { do: "wait", reason: "silenced" };
	if (incident.exhausted !== undefined) return { do: "wait", reason: "exhausted" };
	if (holdsPaging(incident, now)) return { do: "wait", reason: "for-remedy" };
	const number = Math.max(incident.tier, 1);
	const tier = policy.tiers[number - 1];
	if (tier === undefined) return { do: "exhaust", reason: "last-tier-unreachable" };
	const reachedAt = tierReachedAt(incident, number);
	if (reachedAt !== undefined) {
		if (now < reachedAt + policy.acknowledgeSeconds * 1000) return { do: "wait", reason: "for-acknowledgement" };
		return after(number, policy, "not-acknowledged");
	}
	for (const [index, channel] of tier.channels.entries()) {
		const step = channelStep(incident, { tier: number, channel }, index, policy, now);
		if (step !== undefined) return step;
	}
	return after(number, policy, "tier-unreachable");
}

function after(tier: number, policy: EscalationPolicy, reason: "not-acknowledged" | "tier-unreachable"): Step {
	if (tier < policy.tiers.length) return { do: "escalate", tier: tier + 1, reason };
	return { do: "exhaust", reason: reason === "not-acknowledged" ? "last-tier-not-acknowledged" : "last-tier-unreachable" };
}

/** The step on one channel of an unproven tier; undefined where this channel has nothing more to give. */
function channelStep(incident: Incident, place: Place, index: number, policy: EscalationPolicy, now: Instant): Step | undefined {
	const page = findPage(incident, place.tier, place.channel.name);
	if (page === undefined) return { do: "send", place, reason: index === 0 ? "first-channel" : "fallback" };
	if (page.state === "accepted") {
		const due = (page.acceptedAt ?? page.lastAttemptAt) + policy.proofSeconds * 1000;
		return now < due ? { do: "wait", reason: "for-proof" } : { do: "call-unproven", page, reason: "proof-deadline-passed" };
	}
	if (page.state === "owed") return owedStep(page, policy, now);
	if (page.state !== "failed" && page.state !== "sending") return undefined;
	if (page.by !== "overseer" && isInFlight(page, now)) return { do: "wait", reason: "in-flight" };
	const used = page.by === "overseer" ? page.attempts : 0;
	if (used >= policy.attemptsPerChannel) return { do: "give-up", page, reason: "attempts-used-up" };
	const wait = policy.waitsSeconds[used - 1] ?? 0;
	return now < page.lastAttemptAt + wait * 1000
		? { do: "wait", reason: "between-attempts" }
		: { do: "send", place, reason: "next-attempt" };
}

/** What is owed is sent by the ticks. Another channel is used where the vendor is known to fail, or where its turn did not come within a proof's time. */
function owedStep({ failure, intendedAt }: Page, policy: EscalationPolicy, now: Instant): Step | undefined {
	if (failure === "circuit-open" || now >= intendedAt + policy.proofSeconds * 1000) return undefined;
	return { do: "wait", reason: "for-its-turn" };
}

export type TakeOverReason =
	/** The normal case: the workflow, or its turn in the queue, is in order. */
	| "not-yet"
	| "already"
	| "answered"
	| "not-launched"
	| "not-claimed"
	/** It claimed and has not spoken for three polls. */
	| "workflow-silent"
	| "workflow-died"
	/** It ended because the last tier did not answer, and could not record it. */
	| "workflow-ended"
	/** It ended because somebody had answered, and the answer was withdrawn. */
	| "answer-withdrawn"
	/** No lease became free before the wait for an acknowledgement of its first page was over. */
	| "waited-too-long"
	/** The first page, sent by the dispatcher, was not accepted. */
	| "first-page-failed";

/** A claimed workflow polls the ledger once a minute while it waits for an answer, and says nothing while it waits between attempts or for a proof. */
const shortestSilenceSeconds = 180;
const callsSeconds = 120;

/** How long a claimed workflow may say nothing: its longest wait without a question to the ledger, and the calls around it. */
export const longestSilenceSeconds = (policy: EscalationPolicy): number =>
	Math.max(
		shortestSilenceSeconds,
		...policy.waitsSeconds.map((wait) => wait + callsSeconds),
		policy.proofSeconds + readEverySeconds(policy) + callsSeconds,
		pollEverySeconds(policy) + callsSeconds,
	);

/** Whether the overseer must carry out the policy itself, and why. `execution` is what Genesys Cloud says of the workflow, where it could be asked. */
export function whyTakeOver(
	incident: Incident,
	execution: "running" | "completed" | "failed" | "unknown" | undefined,
	policy: EscalationPolicy,
	limits: Pick<Limits, "takeOverSeconds">,
	now: Instant,
): TakeOverReason {
	if (incident.takenOver !== undefined) return "already";
	if (incident.state !== "open" || incident.acknowledged !== undefined) return "answered";
	const patience = limits.takeOverSeconds * 1000;
	const { launch, waitingSince } = incident;
	if (waitingSince !== undefined) return whyStopWaiting(incident, policy, now);
	if (launch?.endedAt !== undefined) return whyGoOn(incident);
	if (execution === "failed" || execution === "completed") return "workflow-died";
	// A launch that is only intended, however often it is tried, is none.
	if (launch === undefined || (launch.executionId === undefined && launch.claimedAt === undefined)) {
		return now < Math.max(incident.waitedUntil ?? 0, tellableSince(incident)) + patience ? "not-yet" : "not-launched";
	}
	if (launch.claimedAt === undefined) return now < launch.at + patience ? "not-yet" : "not-claimed";
	return now < (launch.seenAt ?? launch.claimedAt) + longestSilenceSeconds(policy) * 1000 ? "not-yet" : "workflow-silent";
}

/** Why somebody must go on where the workflow has ended in order. */
function whyGoOn({ launch, exhausted, waitsFrom }: Incident): TakeOverReason {
	if (waitsFrom !== undefined) return "answer-withdrawn";
	return launch?.outcome === "exhausted" && exhausted === undefined ? "workflow-ended" : "not-yet";
}

function whyStopWaiting(incident: Incident, policy: EscalationPolicy, now: Instant): TakeOverReason {
	const [first] = incident.pages;
	if (first === undefined || notThere.has(first.state)) return "first-page-failed";
	// The dispatcher died between intent and answer.
	if (first.state === "sending" && !isInFlight(first, now)) return "first-page-failed";
	const reachedAt = tierReachedAt(incident, 1) ?? first.intendedAt;
	return now < reachedAt + policy.acknowledgeSeconds * 1000 ? "not-yet" : "waited-too-long";
}

const notThere: ReadonlySet<PageState> = new Set<PageState>(["given-up", "failed", "unproven", "owed"]);

export const takesOver = (reason: TakeOverReason): boolean => reason !== "not-yet" && reason !== "already" && reason !== "answered";

/**
 * The tier that a stale incident comes to now, whatever the workflow is doing: the next one once it is old and unacknowledged, and one more after
 * each wait for an answer. Undefined where nothing is due; later rounds are walked by the overseer anyway.
 */
export function staleTier(incident: Incident, policy: EscalationPolicy, now: Instant): number | undefined {
	const { state, acknowledged, heldSince, silenced, stale, staleStep } = incident;
	if (state !== "open" || acknowledged !== undefined || heldSince !== undefined || silenced !== undefined) return undefined;
	if (roundOf(incident) > 1) return undefined;
	if (stale === undefined) {
		const isOld = now >= tellableSince(incident) + policy.staleSeconds * 1000;
		return isOld ? Math.min(Math.max(incident.tier, 1) + 1, policy.tiers.length) : undefined;
	}
	if (staleStep === undefined || staleStep.tier >= policy.tiers.length) return undefined;
	return now >= staleStep.at + policy.acknowledgeSeconds * 1000 ? staleStep.tier + 1 : undefined;
}

/** Every place of the policy up to a tier that has no page on its way yet: what a stale incident still has to try. Bounded by the policy. */
export function placesLeft(incident: Incident, policy: EscalationPolicy, upTo: number): readonly Place[] {
	return policy.tiers
		.slice(0, upTo)
		.flatMap(({ channels }, index) =>
			channels
				.filter((channel) => findPage(incident, index + 1, channel.name) === undefined)
				.map((channel) => ({ tier: index + 1, channel })),
		);
}

/**
 * A page that its executor gave up or nobody could read back: sent again once a tick under the same dedup key. A vendor that deduplicates is
 * offered it until it has it, so that it can be acknowledged there. A text is sent again until the incident is stale (one that was first wanted
 * then: as long again), and on after that for as long as no page of the incident is proven at all; it is bounded by what its vendor took. What was
 * never sent is owed until somebody answers.
 */
export function isDueAgain(incident: Incident, page: Page, policy: EscalationPolicy, now: Instant): boolean {
	if (page.purpose !== "page" || incident.state !== "open" || incident.acknowledged !== undefined) return false;
	if (roundOf(page) !== roundOf(incident)) return false;
	if (incident.heldSince !== undefined) return false;
	const { acceptances = 0 } = page;
	if (page.state === "owed" && acceptances === 0) return true;
	if (page.state !== "given-up" && page.state !== "unproven" && page.state !== "owed" && !isLeft(incident, page, policy, now)) return false;
	if (traitsOf(page.kind).deduplicates) return true;
	if (now < blindUntil(page)) return false;
	if (acceptances >= policy.attemptsPerChannel) return false;
	return now < repeatedUntil(incident, page, policy) || !isProvenAnywhere(incident);
}

/** Nobody can look for a call or an e-mail whose answer was lost, and each may have rung: the pauses grow threefold. */
function blindUntil({ kind, receipt, doubtfulAt, lastAttemptAt }: Page): Instant {
	const isBlind = doubtfulAt !== undefined && receipt === undefined && !canBeFound(kind);
	return isBlind ? lastAttemptAt + 2 * (lastAttemptAt - doubtfulAt) : lastAttemptAt;
}

/** Between two attempts, and nobody makes the next one, since the policy has gone on. A text has no use then: its tier was told, or asked in vain. */
function isLeft(incident: Incident, { kind, state, tier, lastAttemptAt }: Page, { waitsSeconds }: EscalationPolicy, now: Instant): boolean {
	const isOver = tier < incident.tier || incident.exhausted !== undefined;
	return (
		traitsOf(kind).deduplicates &&
		state === "failed" &&
		isOver &&
		now >= lastAttemptAt + Math.max(0, ...waitsSeconds) * 1000 + leftMilliseconds
	);
}

/** What the calls of an attempt may take beside the wait before it. */
const leftMilliseconds = 60_000;

function repeatedUntil(incident: Incident, { intendedAt }: Page, { staleSeconds }: EscalationPolicy): Instant {
	const stale = tellableSince(incident) + staleSeconds * 1000;
	return intendedAt < stale ? stale : intendedAt + staleSeconds * 1000;
}

/** Whether nothing of it is proven, and texts may all the same have reached somebody. */
export const isOnlyPresumed = (incident: Incident): boolean =>
	!isProvenAnywhere(incident) && incident.pages.some(({ state }) => state === "presumed");

const isProvenAnywhere = (incident: Incident): boolean =>
	incident.pages.some(({ purpose, state }) => purpose === "page" && state === "proven");
