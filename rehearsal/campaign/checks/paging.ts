import { readEverySeconds } from "../../../functions/pipeline/limits/pace.ts";
import { watchedConditions } from "../../../functions/pipeline/model/incident.ts";
import { parseIncidentKey } from "../../../functions/pipeline/model/keys.ts";
import { activeRemediation } from "../../../functions/pipeline/remedy/rules.ts";
import type { TimelineEvent } from "../../report/timelineEvent.ts";
import { companions, pageBound, roundSeconds, roundsBy, stormSeconds, tickSeconds } from "../bounds.ts";
import type { Facts, Story } from "../facts.ts";
import { secondsOf } from "../facts.ts";
import { type Arrival, arrivalsOf } from "../places.ts";
import { policyOfStory } from "../policies.ts";
import type { Violation } from "../violation.ts";
import { asTold, isOfAnotherSystem, isOwnAnswer, nameOf, staysSilent, tellableAt } from "./story.ts";

const first = (story: Story, fits: (event: TimelineEvent) => boolean): number => story.events.find(fits)?.atSeconds ?? Infinity;

/** A proof of a page, not of its end or of a mirrored answer. */
const isPageProof = ({ what, outcome }: TimelineEvent): boolean =>
	what === "page-proven" && outcome !== "recovery" && outcome !== "acknowledgement";

/** Why nobody had to be paged, or nobody could be; a group's own incident is paged for its members. */
const isReason = ({ what }: TimelineEvent): boolean =>
	what === "recovered" || what === "held" || what === "acknowledged" || what === "incident-resolved" || what === "grouped";

export function unpaged(facts: Facts): readonly Violation[] {
	return facts.stories.flatMap((told) => {
		// What is silent to its end has that for a reason.
		if (staysSilent(told)) return [];
		const story = asTold(told);
		// One whose group is over stands alone from then on.
		const from = story.events.findLast(({ what }) => what === "ungrouped")?.atSeconds;
		if (from !== undefined) return unpagedSince(facts, story, Math.max(from, tellableAt(story)));
		const limit = facts.cover.after(story.openedAt, pageBound(facts, story));
		const paged = first(story, isPageProof);
		// Where a carrier says no more than that it has a text, its tier counts as told.
		const isReasonOfFaults = ({ what }: TimelineEvent): boolean => what === "exhausted" || what === "page-presumed";
		const exhausted = facts.cover.touches(story.openedAt, limit) ? first(story, isReasonOfFaults) : Infinity;
		const answered = Math.min(paged, first(story, isReason), exhausted);
		if (limit > facts.end || answered <= limit) return [];
		const got = paged === Infinity ? "none" : `one at ${paged.toFixed(0)} s`;
		return [{ atSeconds: limit, what: `${nameOf(story)}, opened at ${story.openedAt.toFixed(0)} s: expected a proven page, got ${got}` }];
	});
}

function unpagedSince(facts: Facts, story: Story, from: number): readonly Violation[] {
	const limit = facts.cover.after(from, pageBound(facts, story));
	const isAnswered = story.events.some(
		(event) => event.atSeconds >= from && event.atSeconds <= limit && (isPageProof(event) || isReason(event)),
	);
	return limit > facts.end || isAnswered
		? []
		: [{ atSeconds: limit, what: `${nameOf(story)}: alone since its group ended, and nobody is paged` }];
}

/** Where nothing is broken, nothing waits for its turn and nothing is tried first. */
function isPlain(facts: Facts, story: Story): boolean {
	const { limits, runbooks } = facts.settings;
	const condition = parseIncidentKey(story.incident)?.condition;
	const watched = watchedConditions.find((each) => each === condition);
	if (watched === undefined || activeRemediation(runbooks[watched]) !== undefined) return false;
	const alone = companions(facts, story);
	return (
		alone <= Math.min(limits.incidentsInResponse, Math.floor(limits.vendorRequestsPerMinute / 10)) &&
		limits.genesysRequestsPerMinute * limits.genesysShare >= 40 + 3 * alone &&
		policyOfStory(facts, story).proofSeconds >= 30 &&
		facts.latency !== "slow" &&
		!facts.cover.touches(story.openedAt - 120, story.openedAt + plainBound(facts, story))
	);
}

const plainBound = (facts: Facts, story: Story): number =>
	60 + 3 * readEverySeconds(policyOfStory(facts, story)) + tickSeconds + roundSeconds;

export function pagedLate(facts: Facts): readonly Violation[] {
	return facts.stories.map(asTold).flatMap((story) => {
		const limit = story.openedAt + plainBound(facts, story);
		if (staysSilent(story)) return [];
		if (limit > facts.end || !isPlain(facts, story)) return [];
		if (Math.min(first(story, isPageProof), first(story, isReason)) <= limit) return [];
		return [{ atSeconds: limit, what: `${nameOf(story)}, opened at ${story.openedAt.toFixed(0)} s with nothing broken: not paged yet` }];
	});
}

/** How long after an answer or an end a page may still be on its way. */
const lateSeconds = 2 * tickSeconds + roundSeconds;

/** Answered while we were ending it, at a place that has a newer page by then, on which people can answer: nobody could read that answer any more. */
function isOvertaken({ skew }: Facts, { where, at, answeredAt, resolvedAt }: Arrival, received: readonly Arrival[]): boolean {
	if (answeredAt === undefined || resolvedAt === undefined || resolvedAt > answeredAt + tickSeconds + roundSeconds + skew) return false;
	return received.some((other) => other.kind === "page" && other.where === where && other.at > at && other.at <= answeredAt);
}

export function pagedAfterAnswer(facts: Facts): readonly Violation[] {
	return facts.stories.flatMap((story) => {
		const received = arrivalsOf(facts, story);
		// At a vendor, or by the link of a text, of which only our side tells.
		const answers = [
			...received.filter((arrival) => !isOvertaken(facts, arrival, received)).flatMap(({ answeredAt }) => answeredAt ?? []),
			...story.events.filter(isOwnAnswer).map(({ atSeconds }) => atSeconds),
		];
		const renewed = story.events.filter(({ what }) => what === "repeated" || what === "unacknowledged").map(({ atSeconds }) => atSeconds);
		// An answer that expired or was withdrawn silences nobody any more.
		const answeredBefore = (at: number): number => {
			const since = Math.max(0, ...renewed.filter((each) => each <= at + facts.skew));
			const answer = Math.min(...answers.filter((each) => each >= since), Infinity);
			return facts.cover.after(answer, lateSeconds + facts.skew + stormSeconds(facts, story, roundsBy(story, answer)));
		};
		const ended = first(story, ({ what }) => what === "recovered" || what === "incident-resolved") + lateSeconds + facts.skew;
		return received
			.filter(({ at, kind }) => kind === "page" && at > Math.min(answeredBefore(at), ended))
			.map(({ at, where }) => ({
				atSeconds: at,
				what: `${nameOf(story)}: ${where} paged at ${at.toFixed(0)} s, long after it was ${at > ended ? "over" : "acknowledged"}`,
			}));
	});
}

export function pagedWhileClear(facts: Facts): readonly Violation[] {
	return facts.stories.flatMap((story) => {
		// A vendor's clock that is behind dates a page before its failure.
		const calm = calmTimes(facts, story).filter(({ from }) => from > story.openedAt);
		return arrivalsOf(facts, story)
			.filter(({ at, kind }) => kind === "page" && calm.some(({ from, until }) => at > from && at < until))
			.map(({ at, where }) => ({ atSeconds: at, what: `${nameOf(story)}: ${where} paged at ${at.toFixed(0)} s, while it was well` }));
	});
}

/** From when its entity was clear for the calm number of readings in a row, and a page under way had its time, until it breached again. */
function calmTimes(facts: Facts, story: Story): readonly { readonly from: number; readonly until: number }[] {
	const condition = parseIncidentKey(story.incident)?.condition;
	const runbook = condition === undefined ? undefined : facts.settings.runbooks[condition];
	if (runbook === undefined || isOfAnotherSystem(facts, story)) return [];
	const times: { from: number; until: number }[] = [];
	let clears = 0;
	for (const { what, incident, outcome, detail = "", atSeconds } of facts.events) {
		if (what !== "observed" || incident !== story.incident || detail.includes("already-counted")) continue;
		const open = times.at(-1);
		if (outcome === "clear") clears += 1;
		else if (outcome !== "no-data") {
			clears = 0;
			if (open?.until === Infinity) open.until = atSeconds;
		}
		if (outcome === "clear" && clears === runbook.clearsToClose)
			times.push({ from: facts.cover.after(atSeconds, lateSeconds + stormSeconds(facts, story)), until: Infinity });
	}
	return times;
}

export function notEscalated(facts: Facts): readonly Violation[] {
	return facts.stories.flatMap((story) => {
		const escalation = policyOfStory(facts, story);
		// Routed anew, its tiers are others, whose first round is told by `asked-again`.
		const until = story.events.find(({ what }) => what === "repeated")?.atSeconds ?? Infinity;
		return escalation.tiers.flatMap((_, index) => {
			const tier = index + 1;
			const proven = first(story, (event) => isPageProof(event) && event.tier === tier);
			if (proven === Infinity || proven >= until) return [];
			const limit = facts.cover.after(proven + escalation.acknowledgeSeconds, pageBound(facts, story));
			const next = (event: TimelineEvent): boolean =>
				isReason(event) ||
				event.what === "exhausted" ||
				((event.what === "page-sent" || event.what === "page-failed" || event.what === "escalated") && (event.tier ?? 0) > tier);
			const isLast = tier === escalation.tiers.length;
			if (isLast || limit > facts.end || first(story, next) <= limit) return [];
			return [
				{ atSeconds: limit, what: `${nameOf(story)}: tier ${tier} proven at ${proven.toFixed(0)} s, and tier ${tier + 1} never asked` },
			];
		});
	});
}

export function answersUnseen(facts: Facts): readonly Violation[] {
	return facts.arrivals.flatMap(({ answeredAt, record, resolvedAt }) => {
		const at = answeredAt === undefined ? Infinity : secondsOf(facts, answeredAt);
		const story = facts.stories.find(({ incident, occurrence }) => record?.key.startsWith(`${incident}:${occurrence}:`));
		if (story === undefined) return [];
		const limit = facts.cover.after(at, lateSeconds + tickSeconds + facts.skew + stormSeconds(facts, story, roundsBy(story, at)));
		if (limit > facts.end) return [];
		const seen = story.events.some(({ what, who, atSeconds }) => what === "acknowledged" && who !== "person" && atSeconds <= limit);
		const over = story.events.some(({ what, atSeconds }) => what === "recovered" && atSeconds <= limit);
		if (seen || over || (resolvedAt !== undefined && secondsOf(facts, resolvedAt) <= limit)) return [];
		return [{ atSeconds: limit, what: `${nameOf(story)}: answered at ${at.toFixed(0)} s, and nobody took notice` }];
	});
}
