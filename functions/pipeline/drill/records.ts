import type { DrillEnd, DrillReason } from "../model/drill.ts";
import type { Instant } from "../model/words.ts";

/** A drill that somebody, or a schedule, wants. */
export interface DrillRequest {
	/** Unique among those that the ledger keeps. */
	readonly id: string;
	readonly policy: string;
	/** A person's name, or the schedule in words. */
	readonly by: string;
	readonly at: Instant;
}

/** A drill that has begun. */
export interface RunningDrill extends DrillRequest {
	/** When it began: written before its incident is opened. */
	readonly begunAt: Instant;
	/** Of its incident; absent until that is known to be open. */
	readonly occurrence?: number;
}

/** Why a drill that was wanted never began. */
export type NotBegunReason =
	/** Nobody was there to begin it in its time. */
	| "missed"
	/** A failure was being answered all that time, or another drill of its policy ran. */
	| "put-off"
	/** The deployed settings have no such policy. */
	| "unknown-policy";

/** What became of a drill. */
export interface DrillOutcome extends DrillRequest {
	readonly verdict: DrillEnd["verdict"] | "missed" | "put-off";
	readonly reason: DrillReason | NotBegunReason;
	readonly begunAt?: Instant;
	readonly occurrence?: number;
	readonly endedAt: Instant;
	/** Pages that reached somebody's channel, such as `tier 1 pagerduty`. */
	readonly proven: readonly string[];
	/** Pages that were tried and are not proven. */
	readonly missing: readonly string[];
	readonly answeredBy?: string;
}

/** A policy whose last drill did not pass. */
export interface FailingPolicy {
	readonly verdict: "failed" | "missed";
	readonly at: Instant;
	readonly words: string;
	/** Whether its incident was opened with these words. */
	readonly told?: true;
	/** Set once a drill of it has passed: its incident ends. */
	readonly over?: true;
}

/** The one item of a stack's drills. */
export interface DrillsItem {
	readonly requests: readonly DrillRequest[];
	readonly running: readonly RunningDrill[];
	/** The latest last. */
	readonly ended: readonly DrillOutcome[];
	/** By the id of a scheduled drill: its time that was dealt with last, or since when it is known. */
	readonly dealtWith: Readonly<Record<string, Instant>>;
	/** By the same: its time that came while something kept it from beginning. */
	readonly waiting: Readonly<Record<string, Instant>>;
	readonly failing: Readonly<Record<string, FailingPolicy>>;
}

export const noDrills: DrillsItem = { requests: [], running: [], ended: [], dealtWith: {}, waiting: {}, failing: {} };

/** More waiting at once than anybody needs. */
export const mostRequests = 20;
/** More outcomes than this are forgotten, the oldest first: the item stays small. */
const mostEnded = 50;

/** The item with one more request; undefined where it is full. */
export const withRequest = (item: DrillsItem, request: DrillRequest): DrillsItem | undefined =>
	item.requests.length >= mostRequests ? undefined : { ...item, requests: [...item.requests, request] };

/** The item with one more drill that is over, and what that means for its policy. */
export function withOutcome(item: DrillsItem, outcome: DrillOutcome): DrillsItem {
	const running = item.running.filter(({ id }) => id !== outcome.id);
	return { ...item, running, ended: [...item.ended, outcome].slice(-mostEnded), failing: failingAfter(item.failing, outcome) };
}

function failingAfter(failing: DrillsItem["failing"], outcome: DrillOutcome): DrillsItem["failing"] {
	const { policy, verdict, reason, endedAt } = outcome;
	const known = failing[policy];
	if (reason === "unknown-policy" || verdict === "put-off") return failing;
	if (verdict === "passed") return known === undefined ? failing : { ...failing, [policy]: { ...known, over: true } };
	return { ...failing, [policy]: { verdict, at: endedAt, words: failureWords(outcome) } };
}

/** What is wrong, in a sentence. */
export function failureWords({ reason, missing, by, at, begunAt = at }: DrillOutcome): string {
	const when = `${new Date(begunAt).toISOString().slice(0, 16)}Z`;
	const lost = missing.length === 0 ? "nothing was sent" : `not proven: ${missing.join(", ")}`;
	switch (reason) {
		case "missed":
			return `its drill of ${when} did not begin, because nobody was there to begin it (${by})`;
		case "channel-not-proven":
			return `its drill of ${when} reached somebody, and not by every channel that was tried; ${lost}`;
		case "no-end":
			return `its drill of ${when} came to no end: nobody answered, and its tiers were not all asked`;
		case "not-in-ledger":
			return `the incident of its drill of ${when} is not in the ledger any more`;
		default:
			return `its drill of ${when} reached nobody for certain; ${lost}`;
	}
}
