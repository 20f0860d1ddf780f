import { EdgeError, type FailureReason } from "../../pipeline/ports.ts";

/** What AWS's error names mean for us, where the HTTP status alone does not say it. Names: the `errors` of the SDK's models. */
const reasons: Readonly<Record<string, FailureReason>> = {
	AccessDenied: "forbidden",
	AccessDeniedException: "forbidden",
	CredentialsProviderError: "unauthorized",
	ExpiredTokenException: "unauthorized",
	UnrecognizedClientException: "unauthorized",
	InvalidClientTokenId: "unauthorized",
	ResourceNotFoundException: "not-found",
	QueueDoesNotExist: "not-found",
	"AWS.SimpleQueueService.NonExistentQueue": "not-found",
	ProvisionedThroughputExceededException: "rate-limited",
	RequestLimitExceeded: "rate-limited",
	RequestThrottled: "rate-limited",
	ThrottlingException: "rate-limited",
	InternalServerError: "unavailable",
	InternalServiceError: "unavailable",
	TimeoutError: "timeout",
	RequestTimeout: "timeout",
	DecryptionFailure: "misconfigured",
};

/** What an error's name says; undefined where the status has to. */
export const reasonOfName = (name: string): FailureReason | undefined => (Object.hasOwn(reasons, name) ? reasons[name] : undefined);

const retried: ReadonlySet<FailureReason> = new Set(["rate-limited", "unavailable", "timeout", "unreachable"]);

/**
 * The EdgeError for whatever an AWS SDK client threw, after the SDK's own retries. Its message names the system, what was wanted and the
 * error's name: never AWS's message, which may quote the request.
 */
export function awsFailure(system: string, wanted: string, error: unknown): EdgeError {
	if (error instanceof EdgeError) return error;
	const name = error instanceof Error ? error.name : typeof error;
	const reason = reasonOfName(name) ?? byStatus(status(error));
	return new EdgeError(reason, `${system}: expected ${wanted}, got ${name}`, { retry: retried.has(reason) });
}

function byStatus(code: number | undefined): FailureReason {
	if (code === undefined) return "unreachable";
	if (code === 429) return "rate-limited";
	if (code >= 500) return "unavailable";
	return code === 401 ? "unauthorized" : code === 403 ? "forbidden" : "rejected";
}

function status(error: unknown): number | undefined {
	if (typeof error !== "object" || error === null || !("$metadata" in error)) return undefined;
	const metadata = error.$metadata;
	if (typeof metadata !== "object" || metadata === null || !("httpStatusCode" in metadata)) return undefined;
	return typeof metadata.httpStatusCode === "number" ? metadata.httpStatusCode : undefined;
}
