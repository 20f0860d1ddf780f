import type { IncidentTable } from "./announce/ports.ts";
import type { EdgeState, QueueActivity, TrunkInstance } from "./detect/sources.ts";
import type { Bulk } from "./limits/budget.ts";
import type { Urgency } from "./limits/shedding.ts";
import type { EventName } from "./model/events.ts";
import type { Instant } from "./model/incident.ts";
import type { AcknowledgeLinks } from "./page/linkPorts.ts";
import type { Approvals, Remedies, RemedyActs } from "./remedy/ports.ts";
import type { Channel, RuntimeSettings } from "./settings.ts";

export type * from "./announce/ports.ts";
export type { EdgeState, QueueActivity, TrunkInstance } from "./detect/sources.ts";
export { EdgeError, type FailureReason, failureReasons } from "./model/failure.ts";
export type * from "./page/linkPorts.ts";
export type * from "./remedy/ports.ts";

/** A value of the ledger with the version that a conditional write must name. */
export interface Stored {
	readonly version: number;
	readonly value: unknown;
}

/** One conditional write of a transaction. */
export interface LedgerWrite {
	readonly key: string;
	readonly value: unknown;
	/** 0: does not exist, or has expired. */
	readonly expectedVersion: number;
	readonly options?: { readonly dueAt?: Instant; readonly exp?: Instant };
}

/**
 * The ledger as its users need it: single items, conditional writes, no rule inside. Values are plain JSON.
 * Items whose `exp` is not after `now` are gone for every reader.
 */
export interface Ledger {
	read(key: string): Promise<Stored | undefined>;
	/**
	 * Writes `value` if the item still has `expectedVersion` (0: does not exist, or has expired); the new version is `expectedVersion + 1`.
	 * `dueAt` puts the item on the due list, its absence takes it off. Throws only EdgeError.
	 */
	write(
		key: string,
		value: unknown,
		expectedVersion: number,
		options?: { readonly dueAt?: Instant; readonly exp?: Instant },
	): Promise<"written" | "conflict">;
	/** Writes all of them, or none where one of them has another version than expected. At most 100, each key once. Throws only EdgeError. */
	transact(writes: readonly LedgerWrite[]): Promise<"written" | "conflict">;
	/** Waits before another try after so many lost races (from 0); grows, with jitter. Absent where nobody races. */
	pause?(tried: number): Promise<void>;
	/** Keys of items with `dueAt <= now`, earliest first, at most `limit`. A hint: read again before acting. */
	due(now: Instant, limit: number): Promise<readonly string[]>;
}

/** One message of the dispatch queue: which incident wants a response. */
export interface DispatchMessage {
	readonly incidentKey: string;
	readonly occurrence: number;
}

export interface DispatchQueue {
	send(message: DispatchMessage, delaySeconds: number): Promise<void>;
}

export interface TrunkSource {
	/** Every external trunk instance with its metrics. Throws EdgeError. */
	trunks(): Promise<readonly TrunkInstance[]>;
}

export interface EdgeSource {
	/** Every edge. Throws EdgeError. */
	edges(): Promise<readonly EdgeState[]>;
}

export interface QueueSource {
	/** The queues of these names, in any order; a name that no queue has is missing in the answer. Throws EdgeError. */
	queues(names: readonly string[]): Promise<readonly QueueActivity[]>;
}

/** The inputs of the response workflow: flat, keyed `Flow.x`, never a key or a secret. */
export type WorkflowInputs = Readonly<Record<`Flow.${string}`, string | number>>;

export type ExecutionStatus = "running" | "completed" | "failed" | "unknown";

export interface Workflows {
	/** Launches the response workflow of a policy; returns the execution's id. Throws EdgeError. */
	launch(policy: string, inputs: WorkflowInputs, name: string): Promise<string>;
	status(executionId: string): Promise<{ readonly status: ExecutionStatus; readonly reason?: string }>;
}

/** One page as a vendor's adapter is asked to send, read back, acknowledge or resolve it. */
export interface PageOrder {
	readonly channel: Channel;
	readonly dedupKey: string;
	readonly severity: "critical" | "high" | "medium" | "low";
	readonly summary: string;
	/** The same in one line of at most 130 characters. */
	readonly title: string;
	/** Everything that is known, in several lines. */
	readonly body: string;
	/** What is new, in one line; absent where it is the page itself. */
	readonly note?: string;
	/** The entity, as the vendor's `source`. */
	readonly source: string;
	readonly details: Readonly<Record<string, string>>;
	/** By which it is acknowledged, where its vendor takes no answers; absent where it holds none. */
	readonly acknowledgeUrl?: string;
	/** How much it matters where the vendor's allowance runs short; absent: it is held back for nothing. */
	readonly urgency?: Urgency;
	/** A proof must not be older than this. */
	readonly intendedAt: Instant;
	/** From an earlier acceptance, where there was one. */
	readonly receipt?: string;
	/** Nobody knows whether the vendor took an earlier attempt: it is looked for before it is sent again. */
	readonly mayBeThere?: true;
	/** The receipt of the page that this is news of, where that is known; absent for a page. */
	readonly thread?: string;
}

/** What a vendor says of a page when it is read back. `absent`: it does not know of it (yet). `sent`: the carrier has it, and may say no more. */
export type PageReading =
	| { readonly state: "absent" }
	| {
			readonly state: "pending" | "sent" | "delivered" | "acknowledged" | "resolved" | "failed";
			readonly receipt: string;
			readonly by?: string;
			/** The vendor's own id of its record, where its webhooks may name the page by nothing else. */
			readonly recordId?: string;
	  };

/** One vendor. Every method throws EdgeError and nothing else; a value returned is a 2xx, which proves nothing but `read`. */
export interface Pager {
	/** Sends or sends again under the same dedup key; the receipt is the vendor's id. */
	send(order: PageOrder): Promise<{ readonly receipt: string }>;
	read(order: PageOrder): Promise<PageReading>;
	/** Absent where the vendor has no such notion (SMS). */
	acknowledge?(order: PageOrder): Promise<void>;
	/** Tells what is new about a message that is there. Absent where the vendor has no such notion. */
	update?(order: PageOrder): Promise<void>;
	/** Tells that it is over: PagerDuty resolves the incident, Twilio sends one more message. */
	resolve(order: PageOrder): Promise<{ readonly receipt: string }>;
}

export type Pagers = (channel: Channel) => Pager;

/** Whether a credential is taken, asked of its own system without any effect there. */
export interface CredentialChecks {
	/** Resolves where it is taken. Throws EdgeError: refused, or not to be asked now. Names are those of `credentials/rules.ts`. */
	check(name: string): Promise<void>;
}

/** One line of an incident's story: logged and counted in AWS, printed as the timeline in a rehearsal. */
export interface Entry {
	readonly what: EventName;
	/** Who did it, where that is not the function that says it. */
	readonly who?: string;
	readonly incident?: string;
	readonly occurrence?: number;
	readonly channel?: string;
	readonly tier?: number;
	readonly attempt?: number;
	readonly outcome?: string;
	readonly detail?: string;
	/** The reading that opened an incident, as text: logged, and in no timeline. */
	readonly raw?: string;
}

export interface Journal {
	log(entry: Entry): void;
}

/** A shared allowance of requests: resolves when one request may be made, throws EdgeError "budget-spent" when none is to be had. */
export interface Budget {
	/** `leaving`: how many of the minute must be left to what matters more; 0 when absent. */
	take(name: string, perMinute: number, leaving?: number): Promise<void>;
	/** Takes up to so many at once: resolves with how many, throws EdgeError "budget-spent" when there is none. */
	acquireUpTo(name: string, perMinute: number, bulk: Bulk): Promise<number>;
}

export interface Clock {
	now(): Instant;
}

/** How long the invocation under way may still run. */
export interface Deadline {
	/** Milliseconds until the function is killed; never below 0. */
	remainingMilliseconds(): number;
}

/** Everything outside that a function may touch; each flow takes only what it uses. */
export interface Ports {
	readonly settings: RuntimeSettings;
	readonly clock: Clock;
	readonly deadline: Deadline;
	readonly journal: Journal;
	readonly ledger: Ledger;
	readonly queue: DispatchQueue;
	readonly trunks: TrunkSource;
	readonly edges: EdgeSource;
	readonly contactQueues: QueueSource;
	readonly workflows: Workflows;
	readonly pagers: Pagers;
	/** Only where the settings want the table. */
	readonly incidentTable: IncidentTable;
	readonly credentials: CredentialChecks;
	/** The remediator, for everybody but itself. */
	readonly remedies: Remedies;
	/** The remediator's own: what it acts on. */
	readonly remedyActs: RemedyActs;
	readonly approvals: Approvals;
	readonly acknowledgeLinks: AcknowledgeLinks;
	/** A new launch id: unique, and no secret. */
	readonly newId: () => string;
}
