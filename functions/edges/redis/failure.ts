import { EdgeError, type FailureReason } from "../../pipeline/ports.ts";

/** What the first word of a server's error means for us. https://redis.io/docs/latest/develop/reference/protocol-spec/#simple-errors */
const byWord: Readonly<Record<string, FailureReason>> = {
	WRONGPASS: "unauthorized",
	NOAUTH: "unauthorized",
	NOPERM: "forbidden",
	LOADING: "unavailable",
	BUSY: "unavailable",
	OOM: "unavailable",
	READONLY: "unavailable",
	MASTERDOWN: "unavailable",
	CLUSTERDOWN: "unavailable",
	TRYAGAIN: "unavailable",
	NOREPLICAS: "unavailable",
};

const retried: ReadonlySet<FailureReason> = new Set(["unavailable", "timeout", "unreachable"]);

/** The EdgeError for whatever the client threw. Its message never repeats the server's, which may quote what was written. */
export function redisFailure(wanted: string, error: unknown): EdgeError {
	if (error instanceof EdgeError) return error;
	const { reason, got } = whatFailed(error);
	return new EdgeError(reason, `Redis: expected ${wanted}, got ${got}`, { retry: retried.has(reason) });
}

function whatFailed(error: unknown): { readonly reason: FailureReason; readonly got: string } {
	if (!(error instanceof Error)) return { reason: "unreachable", got: typeof error };
	if (error.name === "ReplyError") {
		const [word = ""] = error.message.split(" ");
		const reason = byWord[word];
		return { reason: reason ?? "rejected", got: reason === undefined ? "a refusal" : word };
	}
	if (/timed out|ETIMEDOUT/i.test(error.message)) return { reason: "timeout", got: "no answer in time" };
	return { reason: "unreachable", got: "no connection" };
}
