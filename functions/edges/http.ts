import { type Deadline, EdgeError, type FailureReason } from "../pipeline/ports.ts";
import { realTimers, type Timers } from "./timers.ts";

/** A fetch that may bring timers of its own: requests end by them, and within what the function has left. */
export type TimedFetch = typeof fetch & { readonly signalAfter?: (milliseconds: number) => AbortSignal };

/** Time that is kept back of what a function has left, so that it can still tell what did not answer. */
const reserveMilliseconds = 1500;

/** Makes requests of a function end by its timers, and so long before the function does. */
export function timedFetch(
	plain: typeof fetch,
	timers: Pick<Timers, "signalAfter">,
	deadline: Deadline,
	keptMilliseconds = reserveMilliseconds,
): TimedFetch {
	const timed: typeof fetch = (...request) => plain(...request);
	const signalAfter = (milliseconds: number): AbortSignal => {
		const left = deadline.remainingMilliseconds() - keptMilliseconds;
		return timers.signalAfter(Math.max(1, Math.min(milliseconds, left)));
	};
	return Object.assign(timed, { signalAfter });
}

export interface OutboundRequest {
	readonly fetch: TimedFetch;
	readonly url: string;
	readonly method: "GET" | "POST" | "PUT";
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly timeoutSeconds: number;
	/** The outside system, as it is named in errors. */
	readonly system: string;
	/** What a vendor says by a status or body that the shared table reads otherwise; `undefined` leaves it to the table. */
	readonly vendorReason?: (status: number, json: unknown) => FailureReason | undefined;
}

/** A 2xx. `json` is what `text` holds; a 2xx that is not JSON is thrown as "malformed". */
export interface OutboundAnswer {
	readonly status: number;
	readonly headers: Headers;
	readonly json: unknown;
	readonly text: string;
}

/** Whether the same request may succeed later, for each reason that an answer can have. */
const retryable: Readonly<Record<FailureReason, boolean>> = {
	unreachable: true,
	timeout: true,
	"rate-limited": true,
	unavailable: true,
	rejected: false,
	unauthorized: false,
	forbidden: false,
	"not-found": false,
	// A 2xx with something else than JSON is a proxy or a hibernating instance: it passes.
	malformed: true,
	"budget-spent": true,
	"circuit-open": true,
	misconfigured: false,
};

/** The one retry table: what a status that is not 2xx means, for every vendor. */
export function reasonOfStatus(status: number): FailureReason {
	if (status === 401) return "unauthorized";
	if (status === 403) return "forbidden";
	if (status === 404) return "not-found";
	if (status === 408 || status === 504) return "timeout";
	if (status === 429) return "rate-limited";
	return status >= 500 ? "unavailable" : "rejected";
}

/** An EdgeError whose `retry` follows the shared table. */
export function failure(reason: FailureReason, message: string, retryAfterSeconds?: number): EdgeError {
	return new EdgeError(reason, message, { retry: retryable[reason], retryAfterSeconds });
}

/**
 * Makes one HTTP request and resolves with a 2xx that holds JSON; everything else is an EdgeError by the shared retry table.
 * The message names the method, host and path, never the query, a header or a body. Redirects are not followed: a credential goes to nobody else.
 */
export async function request(options: OutboundRequest): Promise<OutboundAnswer> {
	const call = `${options.method} ${place(options)}`;
	const headers = checkedHeaders(options);
	const signal = (options.fetch.signalAfter ?? realTimers.signalAfter)(options.timeoutSeconds * 1000);
	let response: Response;
	let text: string;
	try {
		const init = { method: options.method, headers, signal, redirect: "manual" as const };
		response = await options.fetch(options.url, options.body === undefined ? init : { ...init, body: options.body });
		text = await response.text();
	} catch (error) {
		throw unanswered(error, options, call);
	}
	const json = parsed(text);
	if (response.ok) {
		if (json === undefined)
			throw failure("malformed", `${options.system}: expected JSON from ${call}, got ${response.status} with something else`);
		return { status: response.status, headers: response.headers, json, text };
	}
	const reason = options.vendorReason?.(response.status, json) ?? reasonOfStatus(response.status);
	const said = `${options.system}: expected 2xx from ${call}, got ${response.status}${vendorCode(json)}`;
	throw failure(reason, said, retryAfterSeconds(response.headers));
}

function place(options: OutboundRequest): string {
	const url = URL.parse(options.url);
	if (url === null) throw failure("misconfigured", `${options.system}: expected an absolute URL to call, got something else`);
	return `${url.host}${url.pathname}`;
}

/** A secret with a line break would otherwise fail inside fetch, with the secret in the message. */
function checkedHeaders(options: OutboundRequest): Headers {
	try {
		return new Headers({ ...options.headers });
	} catch {
		throw failure("misconfigured", `${options.system}: expected credentials that fit into an HTTP header, got characters that do not`);
	}
}

function unanswered(error: unknown, options: OutboundRequest, call: string): EdgeError {
	const code = errorCode(error);
	const timedOut = error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
	// ETIMEDOUT and UND_ERR_CONNECT_TIMEOUT are connections that never were: nothing was sent.
	if (timedOut || code === "UND_ERR_HEADERS_TIMEOUT" || code === "UND_ERR_BODY_TIMEOUT") {
		return failure("timeout", `${options.system}: expected an answer to ${call} within ${options.timeoutSeconds} s, got none`);
	}
	return failure("unreachable", `${options.system}: expected an answer to ${call}, got no connection${code && ` (${code})`}`);
}

function errorCode(error: unknown): string {
	const cause = error instanceof Error ? error.cause : undefined;
	const code = field(cause, "code");
	return typeof code === "string" && /^[A-Z_]{1,40}$/.test(code) ? code : "";
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** Vendors' error codes are numbers (Twilio) or dotted words (Genesys Cloud). Only these shapes are repeated: a body may echo a secret. */
function vendorCode(json: unknown): string {
	const code = field(json, "code");
	if (typeof code === "number" && Number.isSafeInteger(code) && code < 1_000_000) return ` (${code})`;
	return typeof code === "string" && /^[a-z]{2,20}(\.[a-z]{2,20}){1,5}$/.test(code) ? ` (${code})` : "";
}

/** Seconds, in the header of HTTP or in those of Genesys Cloud and PagerDuty; the date form of Retry-After is used by none of our vendors. */
function retryAfterSeconds(headers: Headers): number | undefined {
	const said = headers.get("retry-after") ?? headers.get("inin-ratelimit-reset") ?? headers.get("ratelimit-reset");
	return said !== null && /^\d{1,6}$/.test(said) ? Number(said) : undefined;
}

/** One field of parsed JSON, or `undefined` where it is not an object. */
export function field(json: unknown, name: string): unknown {
	return typeof json === "object" && json !== null ? Reflect.get(json, name) : undefined;
}

/** A field that must be a non-empty string; throws EdgeError "malformed". */
export function text(json: unknown, name: string, system: string): string {
	const value = field(json, name);
	if (typeof value === "string" && value !== "") return value;
	throw failure("malformed", `${system}: expected a text in "${name}" of the answer, got ${value === "" ? "an empty one" : typeof value}`);
}

/** A field that must be an array; throws EdgeError "malformed". */
export function list(json: unknown, name: string, system: string): readonly unknown[] {
	const value = field(json, name);
	if (Array.isArray(value)) return value;
	throw failure("malformed", `${system}: expected an array in "${name}" of the answer, got ${typeof value}`);
}
