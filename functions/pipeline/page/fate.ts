import type { Page, PageState } from "../model/incident.ts";
import type { FailureReason } from "../ports.ts";

/** After these nobody knows whether the vendor took it: no answer, a late one, a gateway's own, or a 2xx that is no vendor's. */
const doubtful: ReadonlySet<string> = new Set<FailureReason>(["timeout", "unreachable", "unavailable", "malformed"]);

/** After these nothing was sent: it was our own allowance that said no. */
const unsent: ReadonlySet<string> = new Set<FailureReason>(["budget-spent", "circuit-open"]);

/** Whether the vendor may have taken what failed like this. */
export const leavesDoubt = (failure: string | undefined): boolean => failure !== undefined && doubtful.has(failure);

/** Whether an attempt that failed like this was none: the page is owed as before. */
export const wasNotSent = (failure: string): boolean => unsent.has(failure);

/**
 * Whether the vendor has it, or may have it. What may be there is read before another channel is used and before it is sent again, and its end
 * is told: one message too many is better than an incident that stays open.
 */
export const mayHaveBeenAccepted = ({ state, acceptedAt, doubtfulAt, failure }: Page): boolean =>
	state !== "cancelled" && (acceptedAt !== undefined || doubtfulAt !== undefined || underWay.has(state) || leavesDoubt(failure));

const underWay: ReadonlySet<PageState> = new Set<PageState>(["sending", "accepted", "unproven", "presumed", "proven"]);
