/** The longest delay of one SQS message and of `DelaySeconds`. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SendMessage.html */
export const longestDelaySeconds = 900;

/**
 * How long a message that failed for the `receiveCount`-th time (from 1) stays invisible: 30, 60, 120, … seconds, or as long as the system that
 * refused it asks for where that is longer; at most 900.
 */
export function backOffSeconds({ receiveCount, retryAfterSeconds = 0 }: Omit<Delivery, "receiptHandle">): number {
	return Math.min(longestDelaySeconds, Math.max(retryAfterSeconds, 30 * 2 ** Math.max(0, receiveCount - 1)));
}

/** A delivery of a message, as its receiver names it. */
export interface Delivery {
	readonly receiptHandle: string;
	/** Counts from 1. */
	readonly receiveCount: number;
	/** What the system that refused it asked for, in whole seconds. */
	readonly retryAfterSeconds?: number | undefined;
}

/** What the receiver of a failed message may do besides failing: make the next delivery wait, longer each time. */
export interface BackOff {
	/** Throws only EdgeError. */
	backOff(delivery: Delivery): Promise<void>;
}
