import { doubtfulReasons } from "../../../contracts/doubt.ts";
import type { Instant, Page, PageState } from "../model/incident.ts";
import type { FailureReason } from "../ports.ts";

const doubtful: ReadonlySet<string> = new Set<FailureReason>(doubtfulReasons);

/** After these nothing was sent: it was our own allowance that said no. */
const unsent: ReadonlySet<string> = new Set<FailureReason>(["budget-spent", "circuit-open"]);

/** Whether the vendor may have taken what failed like this. */
export const leavesDoubt = (failure: string | undefined): boolean => failure !== undefined && doubtful.has(failure);

/** Whether an attempt that failed like this was none: the page is owed as before. */
export const wasNotSent = (failure: string): boolean => unsent.has(failure);

/** An intent this old was lost with the function that wrote it. */
const lostAfterMilliseconds = 60_000;

/** Whether nobody will write any more what became of an attempt. */
export const isLostIntent = ({ state, lastAttemptAt }: Page, now: Instant): boolean =>
	state === "sending" && now >= lastAttemptAt + lostAfterMilliseconds;

/**
 * Whether the vendor has it, or may have it. What may be there is read before another channel is used and before it is sent again, and its end
 * is told: one message too many is better than an incident that stays open.
 */
export const mayHaveBeenAccepted = ({ state, acceptedAt, doubtfulAt, failure }: Page): boolean =>
	state !== "cancelled" && (acceptedAt !== undefined || doubtfulAt !== undefined || underWay.has(state) || leavesDoubt(failure));

const underWay: ReadonlySet<PageState> = new Set<PageState>(["sending", "accepted", "unproven", "presumed", "proven"]);
