import type { FailureReason } from "../ports.ts";

const named: Readonly<Record<number, FailureReason>> = {
	401: "unauthorized",
	403: "forbidden",
	404: "not-found",
	408: "timeout",
	429: "rate-limited",
	504: "timeout",
};

/** The one table of HTTP statuses, for the functions and for what the workflow tells of its calls: what a status that is not 2xx means. */
export const reasonOfStatus = (status: number): FailureReason => named[status] ?? (status >= 500 ? "unavailable" : "rejected");
