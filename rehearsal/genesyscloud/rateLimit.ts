import { ApiError } from "./errors.ts";

/** Requests of one token in one minute (`token.rate.per.minute`, vendor's default). */
const requestsPerMinute = 300;
const windowSeconds = 60;

interface Window {
	readonly startedAt: number;
	readonly count: number;
}

/** Counts the calls of each token in windows of a minute that begin with its first call. */
export class RateLimit {
	readonly #windows = new Map<string, Window>();

	/** Counts one call; the answer's headers, and the error when it was one too many. */
	take(token: string, now: number): { readonly headers: Record<string, string>; readonly exceeded: ApiError | undefined } {
		const last = this.#windows.get(token);
		const open = last !== undefined && now < last.startedAt + windowSeconds * 1000;
		const window: Window = open ? { startedAt: last.startedAt, count: last.count + 1 } : { startedAt: now, count: 1 };
		this.#windows.set(token, window);
		const resetSeconds = Math.max(1, Math.ceil((window.startedAt + windowSeconds * 1000 - now) / 1000));
		const headers = {
			"inin-ratelimit-count": String(window.count),
			"inin-ratelimit-allowed": String(requestsPerMinute),
			"inin-ratelimit-reset": String(resetSeconds),
		};
		return { headers, exceeded: window.count > requestsPerMinute ? tooMany(resetSeconds) : undefined };
	}
}

function tooMany(retryAfterSeconds: number): ApiError {
	const message = `Rate limit exceeded the maximum [${requestsPerMinute}] requests within [${windowSeconds}] seconds`;
	return new ApiError(429, "too.many.requests", message, {
		retryAfterSeconds,
		messageParams: { limit: String(requestsPerMinute), seconds: String(windowSeconds) },
	});
}
