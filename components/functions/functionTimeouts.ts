import { callsAtOnce } from "../../functions/pipeline/limits/sideBySide.ts";
import { maximumEntities } from "../../functions/pipeline/normalize/heard.ts";
import type { FunctionName } from "./bundle.ts";

/**
 * What one run asks outside, one call after the other, on one of its long ways. Lost races, credentials that change at that very moment, and what is
 * done side by side, are left out.
 */
export interface LongRun {
	readonly way: string;
	/** Calls to DynamoDB, SQS and Secrets Manager. */
	readonly aws: number;
	/** Calls to Genesys Cloud, its token included. */
	readonly genesys?: number;
	/** Calls to an incident system, or to Amazon SNS for its certificate. */
	readonly vendor?: number;
	/** Waits for the remediator. */
	readonly remediator?: number;
}

export interface FunctionTimeout {
	/** The function's timeout. */
	readonly seconds: number;
	/** Absent: the function looks at the time that it has left before it begins the next piece of work, and begins none that may not fit. */
	readonly longRuns?: readonly LongRun[];
}

/** A reading: its incident, its streak (2), who opened lately (2), nine groups, one of them placed (3) and queued, its incident (3), the queue. */
const readingCalls = 22;
/** Two of what was heard of its entity come on top of that. */
const alertCalls = 2 + readingCalls;

/** Every function's timeout, and what has to fit into it when everything is slow at once: `test/components/functions/functionTimeouts.test.ts` sums it. */
export const functionTimeouts = {
	/** Once a minute, never two at once: the next one must find it gone. */
	poller: { seconds: 50 },
	/** The same. */
	overseer: { seconds: 55 },
	/**
	 * One message. A launch: the incident, a lease (2), the intent (2), the lease of a lost launch (2), the secret, an allowance (2), a token and a
	 * launch, the execution's id (2); where the token is refused, the secret anew and a note of it (2). Without a lease: the incident, the leases, a
	 * mark (2), the intent (2), two secrets, a breaker, two allowances (4) for a look and a page, what the breaker makes of it (2), the page's fate (2),
	 * the next turn; where they are refused, the same three. In the end the message's own wait.
	 */
	dispatcher: {
		seconds: 75,
		longRuns: [
			{ way: "a launch", aws: 16, genesys: 2 },
			{ way: "a first page without a lease", aws: 22, vendor: 2 },
		],
	},
	/** An incident read and written, and a lease read and written; the secret of a link beside the lease. */
	ledger: { seconds: 12, longRuns: [{ way: "a claim", aws: 4 }] },
	/** The secret and what is remembered of the request (2), beside the reading or the alerts; or a person's approval, which waits for the remedy to begin. */
	normalizer: {
		seconds: 285,
		longRuns: [
			{ way: "a reading", aws: 3 + readingCalls },
			{ way: "alerts of as many entities as are taken", aws: 3 + Math.ceil(maximumEntities / callsAtOnce) * alertCalls, vendor: 1 },
			{ way: "an approval", aws: 7, remediator: 1 },
			{ way: "what a vendor tells of a page of an earlier occurrence", aws: 6 },
		],
	},
	/**
	 * An incident, two secrets, a breaker, three allowances (6) for a look, a repeat and a page, what the breaker makes of it (2), and a note of a
	 * refusal (2).
	 */
	messenger: { seconds: 57, longRuns: [{ way: "a page", aws: 14, vendor: 3 }] },
	/** Events one after the other: one for which there is no time comes back, and the polls find what it told of meanwhile. */
	listener: { seconds: 60 },
	/** An incident and the flight of its remedy read and written, a secret, an allowance, a token, and an emergency group read and written. */
	remediator: { seconds: 60, longRuns: [{ way: "a remedy", aws: 10, genesys: 3 }] },
} as const satisfies Readonly<Record<FunctionName, FunctionTimeout>>;

/** How long a queue hides a message that is being worked on: AWS asks for six times the timeout of the function that reads it. */
const visibility = (seconds: number): number => seconds * 6;

export const dispatchVisibilitySeconds = visibility(functionTimeouts.dispatcher.seconds);
export const eventVisibilitySeconds = visibility(functionTimeouts.listener.seconds);
