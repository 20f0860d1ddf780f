import { conditionsOf, overseerRunbooks, type RunbookName, type WatchedName, watchedRunbooks } from "../../../conditions/runbooks.ts";
import type { Remedy } from "../../../remedies/kinds.ts";
import type { ChannelKind } from "../../../vendors/kinds.ts";
import type { DrillEnd } from "./drill.ts";
import type { GroupRef, Members } from "./members.ts";
import type { OperatorAct } from "./operatorAct.ts";
import type { Silenced } from "./silenced.ts";
import type { Instant, Location, Named, Severity, Verdict } from "./words.ts";

export type { GroupRef, Member, Members } from "./members.ts";
export type { Silenced } from "./silenced.ts";
export { type Instant, type Location, type Named, type Severity, severities, type Verdict } from "./words.ts";

/** What the poller looks for, from the top of the topology down. */
export type WatchedCondition = WatchedName;
export const watchedConditions: readonly WatchedCondition[] = watchedRunbooks.map(({ name }) => name);

/** What can be wrong with a trunk: its entity is the trunk's base, and its page tells on how many edges it is connected. */
export const trunkConditions: readonly WatchedCondition[] = conditionsOf("trunks");

/** What only the overseer can know: they mean that Genesys Cloud or the poller is out of reach, and are never compiled to a workflow. */
export const overseerConditions = overseerRunbooks.map(({ name }) => name);

/** What can be wrong. */
export type Condition = RunbookName;
export const conditions: readonly Condition[] = [...watchedConditions, ...overseerConditions];

/** The R3 document: one reading of one entity, as the poller, a webhook or an event bus reports it. */
export interface Reading {
	readonly schema: "genesyscloud-runbooks/reading/1";
	readonly condition: Condition;
	readonly entity: Named;
	readonly severity: Severity;
	readonly verdict: Verdict;
	/** Why the verdict is what it is, from the detector's closed set. */
	readonly reason: string;
	/** Where the entity is, for people: a site or an edge. */
	readonly place?: string;
	/** Where it is in the organization, for routes. */
	readonly location?: Location;
	readonly observedAt: Instant;
	readonly metrics: Readonly<Record<string, number>>;
	/** `drill`: nothing fails, and its incident takes the whole way all the same. No webhook can say so. */
	readonly source: "poller" | "webhook" | "event-bus" | "overseer" | "drill";
	/** Another system's alert, which that system has confirmed: it counts as a whole streak, and only that system tells its end. */
	readonly confirmed?: true;
	/** The reading as it came, for the person who doubts the summary; a webhook's is its original text. */
	readonly raw: unknown;
}

/** What an incident keeps of a reading that breached: `raw` is of any size and shape, and stands in the log only. */
export type KeptReading = Omit<Reading, "raw">;

/** Who carries out the policy for an incident, or sent one page of it. */
export type Executor = "workflow" | "dispatcher" | "overseer";

export type { ChannelKind };

export type PageState =
	/** The intent is written and the vendor may or may not have it. */
	| "sending"
	/** The vendor refused the last attempt; its executor may try again. */
	| "failed"
	/** A 2xx: an intent received, nothing proven. */
	| "accepted"
	/** Read back from the vendor: it reached the human's channel. */
	| "proven"
	/** A text that its carrier has and says no more of, as some carriers do: told as far as anybody can know. */
	| "presumed"
	/** Accepted, and not readable by its proof deadline; or accepted only when it was sent again, which no channel waits for. */
	| "unproven"
	/** Its executor used up its attempts; the overseer sends it again once a tick until its deadline. */
	| "given-up"
	/** Nothing was sent, for want of our own allowance: it waits its turn, and is never dropped for that. */
	| "owed"
	/** Nobody needs it any more (recovered before it was sent). */
	| "cancelled";

/** One entry of the outbox, and its receipt: an intent is written before it is sent. */
export interface Page {
	readonly purpose: "page" | "acknowledgement" | "recovery";
	/** Counts from 1. */
	readonly tier: number;
	/** The round of the policy, from 1; absent in the first. */
	readonly round?: number;
	/** The channel's name inside its tier. */
	readonly channel: string;
	readonly kind: ChannelKind;
	/** The policy that it was sent by, where that is not its incident's any more. */
	readonly policy?: string;
	readonly dedupKey: string;
	readonly state: PageState;
	readonly by: Executor;
	readonly attempts: number;
	/** How often the vendor took it, all executors together: what bounds a channel that cannot deduplicate. */
	readonly acceptances?: number;
	readonly intendedAt: Instant;
	readonly lastAttemptAt: Instant;
	readonly acceptedAt?: Instant;
	readonly provenAt?: Instant;
	readonly presumedAt?: Instant;
	/** When an attempt first ended without anybody knowing whether the vendor took it. */
	readonly doubtfulAt?: Instant;
	/** The vendor's own id of what it took (a Twilio message SID, a PagerDuty dedup key). */
	readonly receipt?: string;
	/** The vendor's own id of its record, where its webhooks may name the page by nothing else. */
	readonly recordId?: string;
	/** Why the last attempt failed, from the closed set of reasons. */
	readonly failure?: string;
	/** When that happened, by its vendor's clock, which its vendor told last and which changed something. */
	readonly heardAt?: Instant;
}

/** Who began a remedy: the workflow, the overseer as the second executor, or a person by an approval link. */
export type RemedyBeginner = "workflow" | "overseer" | "person";

export type RemedyState =
	/** A person may approve it, until its link expires. */
	| "offered"
	/** Nothing was done, and nothing will be in this occurrence. */
	| "skipped"
	/** The intent is written; whether it was done is not known yet. */
	| "intended"
	/** Nothing was done: the attempt was refused. */
	| "failed"
	| "in-effect"
	| "helped"
	/** The intent to undo is written. */
	| "undoing"
	| "undone"
	/** The last attempt to undo failed. */
	| "undo-failed";

/** The one remedy of one occurrence, from its offer or intent to its proof or its undoing. */
export interface RemedyRun {
	readonly state: RemedyState;
	/** Why it is in this state, from the closed sets of `remedy/rules.ts`. */
	readonly reason: string;
	readonly mode: "approve" | "auto";
	/** What was done: what is undone is this, whatever the settings say by then. */
	readonly remedy: Remedy;
	readonly by: RemedyBeginner;
	/** When an approval is too late. */
	readonly expiresAt?: Instant;
	/** The approval link, good for one use: it is in the page, and in no log. */
	readonly link?: string;
	readonly intendedAt?: Instant;
	/** What was found before the act, so that undoing restores it and nothing else. */
	readonly before?: string;
	readonly actedAt?: Instant;
	/** The end of its window. */
	readonly verifyBy?: Instant;
	/** The outside system's own id of what it did. */
	readonly receipt?: string;
	readonly verifiedAt?: Instant;
	readonly undoTriedAt?: Instant;
	readonly undoAttempts: number;
}

export interface Launch {
	/** Written before the workflow is launched; the workflow claims with it. */
	readonly id: string;
	readonly at: Instant;
	readonly executionId?: string;
	readonly claimedAt?: Instant;
	/** When the workflow last spoke to the ledger. */
	readonly seenAt?: Instant;
	/** When a sign of life last renewed its lease; absent before the first. */
	readonly renewedAt?: Instant;
	/** It was not heard of for longer than it waits between two questions: what it sent meanwhile may be unwritten. */
	readonly gap?: true;
	readonly endedAt?: Instant;
	readonly outcome?: string;
}

export interface Acknowledgement {
	readonly at: Instant;
	readonly by: string;
	/** Where somebody answered. */
	readonly tier: number;
	readonly channel: string;
	/** The round of the page that somebody answered; absent: the first. */
	readonly round?: number;
	/** When the vendor was last asked whether it stands; absent: since the beginning it was not. */
	readonly checkedAt?: Instant;
	/** When its page was found to be ended by hand at its vendor, while the failure went on. */
	readonly resolvedAt?: Instant;
}

/** A failure that another one explains: it breaches, is listed with its parent, and pages nobody of its own while the parent is open. */
export interface Child {
	readonly key: string;
	readonly condition: Condition;
	readonly name: string;
	/** When it was first seen as a child. */
	readonly since: Instant;
}

/** Why an incident has its policy. */
export interface Routing {
	/** Counts from 1. */
	readonly route: number;
	/** Why, for people. */
	readonly words: string;
	/** The route says what it counts as. */
	readonly severity?: Severity;
}

/** One open (or closed) failure of one entity: the one item that every stage reads and writes. */
export interface Incident {
	readonly key: string;
	/** The ledger key of an occurrence that moved aside for the next one, while its recovery is still being told. */
	readonly storedAs?: string;
	readonly environment: string;
	readonly condition: Condition;
	readonly entityId: string;
	readonly entityName: string;
	readonly severity: Severity;
	readonly summary: string;
	/** Counts from 1; a second outage after a close is the same key with the next occurrence. */
	readonly occurrence: number;
	readonly state: "open" | "recovered" | "closed";
	readonly openedAt: Instant;
	readonly lastSeenAt: Instant;
	/** When a poll last saw it fail; absent where only another system did. */
	readonly polledAt?: Instant;
	/** Since when its entity has been clear while flap damping holds it open: nobody is paged meanwhile. */
	readonly heldSince?: Instant;
	/** Since when it has been so for the number of readings that would end a calm one: a confirmed failure after that is a relapse. */
	readonly calmSince?: Instant;
	/** When its entity failed again while it was held: the next occurrence tells of that. */
	readonly relapsedAt?: Instant;
	/** What this occurrence is a relapse of: its entity had been clear from then until this opened. */
	readonly clearSince?: Instant;
	/** Readings that joined this incident instead of opening another. */
	readonly seen: number;
	readonly recoveredAt?: Instant;
	readonly closedAt?: Instant;
	/** When the overseer visits it next; only the overseer moves it. `openedAt` before the first visit. */
	readonly dueAt?: Instant;
	readonly acknowledged?: Acknowledgement;
	/** How often everybody was asked, from 1; absent in the first round. */
	readonly round?: number;
	/** When the rounds of the last day began. */
	readonly repeatedAt?: readonly Instant[];
	/** An answer was withdrawn: the wait for another one counts from here. */
	readonly waitsFrom?: Instant;
	/** Its round began because an answer had expired: what its earlier pages say of that answer is no news. */
	readonly answerExpired?: true;
	/** Set while no lease was free: the dispatcher has sent the first page and the incident waits its turn. */
	readonly waitingSince?: Instant;
	/** When its waiting ended: patience with the launch counts from here. */
	readonly waitedUntil?: Instant;
	readonly launch?: Launch;
	readonly takenOver?: { readonly at: Instant; readonly reason: string };
	/** The highest tier that somebody decided to page, from 1; 0 before the first page. */
	readonly tier: number;
	readonly stale?: Instant;
	/** The tier that a stale incident has come to, and when. */
	readonly staleStep?: { readonly tier: number; readonly at: Instant };
	readonly exhausted?: Instant;
	readonly remedy?: RemedyRun;
	readonly pages: readonly Page[];
	/** What channels were told that only inform; absent where there are none. */
	readonly notices?: readonly Page[];
	/** Set while a silence keeps it from being told: no page is sent and no workflow is launched. */
	readonly silenced?: Silenced;
	/** When its silence ended while it was open: patience, age and waits count from here. */
	readonly silenceEndedAt?: Instant;
	/** Set for a failure that a group incident pages for. */
	readonly memberOf?: GroupRef;
	/** Who is paged for it; absent in one that an earlier version opened: the default. */
	readonly policy?: string;
	readonly routed?: Routing;
	/** Set for a group incident. */
	readonly members?: Members;
	/** What this failure brought with it, in the order in which it was seen. */
	readonly children?: readonly Child[];
	/** What operators did by hand, the latest last. */
	readonly acts?: readonly OperatorAct[];
	/** What came of a drill, written with its end. */
	readonly drill?: DrillEnd;
	/** The latest reading that breached and said something new. */
	readonly reading: KeptReading;
}
