import type { FunctionName } from "./bundle.ts";

/**
 * What one run asks outside, one call after the other, on its longest way. A host that hangs is asked once in a run; lost races, and what is done side
 * by side, are left out.
 */
export interface LongestRun {
	/** Calls to DynamoDB, SQS and Secrets Manager. */
	readonly aws: number;
	/** Calls to Genesys Cloud, its token included. */
	readonly genesys: number;
	/** Calls to an incident system. */
	readonly vendor: number;
	/** Waits for the remediator. */
	readonly remediator: number;
}

export interface FunctionTimeout {
	/** The function's timeout. */
	readonly seconds: number;
	/** Absent: the function looks at the time that it has left before it begins the next piece of work, and begins none that may not fit. */
	readonly longestRun?: LongestRun;
}

/** Every function's timeout, and what has to fit into it when everything is slow at once: `test/components/functions/functionTimeouts.test.ts` sums it. */
export const functionTimeouts = {
	/** Once a minute, never two at once: the next one must find it gone. */
	poller: { seconds: 50 },
	/** The same. */
	overseer: { seconds: 55 },
	/**
	 * One message: the incident, a lease, the intent, the secret, an allowance, a token and a launch, the execution's id; then the message's own wait.
	 * Without a lease: a mark, two secrets, an allowance, a breaker, one page, its fate, the next turn: one call of AWS more and a vendor's instead of
	 * the platform's, which is less.
	 */
	dispatcher: { seconds: 60, longestRun: { aws: 13, genesys: 2, vendor: 0, remediator: 0 } },
	/** An incident read and written, and a lease read and written; the secret of a link beside the lease. */
	ledger: { seconds: 12, longestRun: { aws: 4, genesys: 0, vendor: 0, remediator: 0 } },
	/**
	 * The signing secret, the streak and the incident read and written, the queue; or a person's approval, which waits for the remedy to begin.
	 * An alarm by SNS asks the ledger up to ten times and SNS for its certificate, which is less.
	 */
	normalizer: { seconds: 40, longestRun: { aws: 6, genesys: 0, vendor: 0, remediator: 1 } },
	/** An incident and the flight of its remedy read and written, a secret, an allowance, a token, and an emergency group read and written. */
	remediator: { seconds: 60, longestRun: { aws: 10, genesys: 3, vendor: 0, remediator: 0 } },
} as const satisfies Readonly<Record<FunctionName, FunctionTimeout>>;

/** How long the queue hides a message that is being worked on: AWS asks for six times the timeout of the function that reads it. */
export const dispatchVisibilitySeconds = functionTimeouts.dispatcher.seconds * 6;
