/** Why an outside system did not do what it was asked: a closed set, also the metric label. */
export const failureReasons = [
	"unreachable",
	"timeout",
	"rate-limited",
	"unavailable",
	"rejected",
	"unauthorized",
	"forbidden",
	"not-found",
	"malformed",
	"budget-spent",
	"circuit-open",
	"misconfigured",
] as const;
export type FailureReason = (typeof failureReasons)[number];

/** After these the other side is there and refuses *us*: a secret, a role or a setting is wrong. */
export const refusals: readonly FailureReason[] = ["unauthorized", "forbidden", "misconfigured", "rejected", "not-found"];

/** The one error that an edge throws. Its message says expected / got, and never holds a secret. */
export class EdgeError extends Error {
	readonly reason: FailureReason;
	/** Whether the same request may succeed later. */
	readonly retry: boolean;
	readonly retryAfterSeconds: number | undefined;
	constructor(
		reason: FailureReason,
		message: string,
		options: { readonly retry: boolean; readonly retryAfterSeconds?: number | undefined },
	) {
		super(message);
		this.name = "EdgeError";
		this.reason = reason;
		this.retry = options.retry;
		this.retryAfterSeconds = options.retryAfterSeconds;
	}
}
