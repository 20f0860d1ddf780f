import type { Value } from "../architect/model.ts";

/** A data action as a workflow finds it: by category and name, never by id. Both may be `{{placeholders}}`. */
export interface ActionRef {
	readonly category: string;
	readonly name: string;
	/** The data action's own timeout, 1 to 60: what one call can take at most. */
	readonly timeoutSeconds: number;
}

/** One way to reach a tier's people, as the two data actions that send and read back. */
export interface PlannedChannel {
	/** The channel's name inside its tier, as the ledger knows it. */
	readonly name: string;
	readonly send: ActionRef;
	/** May use `State.acknowledgeUrl`, the link that came with the leave to send; it may be empty. */
	readonly sendInputs: Readonly<Record<string, Value>>;
	/** The success output of `send` that holds the vendor's id of what it took. */
	readonly receiptOutput: string;
	/** Whether a success that names none is a failure: the vendor says no with a 2xx, or answers something else. */
	readonly needsReceipt: boolean;
	/** The success output that says why a success without a receipt is none, as a reason of the closed set of failures; absent where there is none. */
	readonly reasonOutput?: string;
	/** Whether what is there already is looked for before each attempt, because the vendor does not join a repeat to it. */
	readonly looksUpFirst: boolean;
	readonly read: ActionRef;
	/** Whether nothing but its receipt tells a page from every other one there: without one nothing is read. */
	readonly readsByReceipt: boolean;
	/** May use `State.receipt`, `State.intendedAt` and `State.dedupKey`. */
	readonly readInputs: Readonly<Record<string, Value>>;
	/** Success outputs of `read`, bound to string variables `State.<name>` that `provenWhen` uses. */
	readonly readOutputs: Readonly<Record<string, string>>;
	/** A boolean expression over the variables above; every one of them may be NOT_SET. */
	readonly provenWhen: string;
	/** The condition under which an unproven page counts as told all the same; absent where there is none. */
	readonly presumedWhen?: string;
}

export interface PlannedTier {
	readonly name: string;
	readonly channels: readonly PlannedChannel[];
}

/** The data actions of the ladder. */
export interface PlannedRemediation {
	readonly begin: ActionRef;
	readonly check: ActionRef;
	readonly undo: ActionRef;
	/** The longest window of a remedy that is begun without asking; 0 where remedies are only offered. */
	readonly windowSeconds: number;
	/** How often, meanwhile, the remediator is asked whether it helped. */
	readonly pollSeconds: number;
}

/** Everything the compiler needs for the response workflow: the runbook and the escalation policy, resolved to data actions. */
export interface ResponsePlan {
	readonly flowName: string;
	readonly description: string;
	readonly division?: string;
	/** Attempts per channel and tier: `Flow.maxRetries`. */
	readonly attemptsPerChannel: number;
	/** One fewer than the attempts. */
	readonly waitsSeconds: readonly number[];
	readonly proofSeconds: number;
	readonly readBackSeconds: number;
	/** From when a tier is told to the next tier. */
	readonly acknowledgeSeconds: number;
	/** How often the ledger is asked, meanwhile, whether somebody acknowledged. */
	readonly acknowledgePollSeconds: number;
	/** With this many leases in use, or incidents open, or more, remediation is skipped and people are paged at once. */
	readonly skipRemediationFromLeases: number;
	readonly actions: {
		readonly claim: ActionRef;
		readonly record: ActionRef;
		readonly read: ActionRef;
		readonly release: ActionRef;
		readonly checkCredentials: ActionRef;
		/** Reads the entity's health once before people are paged; its text goes into the page. */
		readonly healthCheck: ActionRef;
	};
	/** The conditions whose entity `healthCheck` can read; absent: all of them. */
	readonly healthCheckFor?: readonly string[];
	/** Absent where no runbook may act: the workflow then looks, and pages. */
	readonly remediation?: PlannedRemediation;
	readonly tiers: readonly PlannedTier[];
}
