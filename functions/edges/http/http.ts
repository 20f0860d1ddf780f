import { reasonOfStatus } from "../../pipeline/model/status.ts";
import { type Deadline, EdgeError, type FailureReason } from "../../pipeline/ports.ts";
import { realTimers, type Timers } from "../timers.ts";

/** A fetch that may bring timers of its own: requests end by them, and within what the function has left. */
export type TimedFetch = typeof fetch & {
	readonly signalAfter?: (milliseconds: number) => AbortSignal;
	/** What did not answer in time in the invocation under way: a host, and whether it was read or written. */
	readonly silent?: () => Set<string>;
};

/** Time that is kept back of what a function has left, so that it can still tell what did not answer. */
const reserveMilliseconds = 1500;

/** Makes requests of a function end by its timers, and so long before the function does; `silent` is a set for each invocation. */
export function timedFetch(
	plain: typeof fetch,
	timers: Pick<Timers, "signalAfter">,
	deadline: Deadline,
	silent: () => Set<string>,
	keptMilliseconds = reserveMilliseconds,
): TimedFetch {
	const timed: typeof fetch = (...request) => plain(...request);
	const signalAfter = (milliseconds: number): AbortSignal => {
		const left = deadline.remainingMilliseconds() - keptMilliseconds;
		return timers.signalAfter(Math.max(1, Math.min(milliseconds, left)));
	};
	return Object.assign(timed, { signalAfter, silent });
}

export interface OutboundRequest {
	readonly fetch: TimedFetch;
	readonly url: string;
	readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	readonly timeoutSeconds: number;
	/** The outside system, as it is named in errors. */
	readonly system: string;
	/** The call, as it is named in errors: never its address, whose path may be the secret. */
	readonly name: string;
	/** What a vendor says by a status or body that the shared table reads otherwise; `undefined` leaves it to the table. */
	readonly vendorReason?: (status: number, json: unknown) => FailureReason | undefined;
	/** Whether the body of a 2xx is of no interest, and may be empty: `json` is undefined then. A page for people is malformed all the same. */
	readonly mayBeEmpty?: boolean;
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

/** An EdgeError whose `retry` follows the shared table. */
export function failure(reason: FailureReason, message: string, retryAfterSeconds?: number): EdgeError {
	return new EdgeError(reason, message, { retry: retryable[reason], retryAfterSeconds });
}

/**
 * Makes one HTTP request and resolves with a 2xx that holds JSON; everything else is an EdgeError by the shared retry table.
 * The message holds no part of the address, no header and no body. Redirects are not followed: a credential goes to nobody else. What did not answer
 * in time is not asked again in the same invocation, so that a hanging system costs one time-out and not one for each page: "circuit-open".
 */
export async function request(options: OutboundRequest): Promise<OutboundAnswer> {
	const { name: call, system } = options;
	const line = lineOf(options);
	const silent = options.fetch.silent?.();
	if (silent?.has(line))
		throw failure("circuit-open", `${system}: expected an answer to an earlier call in this run, got none: not asked again`);
	const headers = checkedHeaders(options);
	const signal = (options.fetch.signalAfter ?? realTimers.signalAfter)(options.timeoutSeconds * 1000);
	let response: Response;
	let text: string;
	try {
		const init = { method: options.method, headers, signal, redirect: "manual" as const };
		response = await options.fetch(options.url, options.body === undefined ? init : { ...init, body: options.body });
		text = await response.text();
	} catch (error) {
		const failed = unanswered(error, options);
		if (failed.reason === "timeout") silent?.add(line);
		throw failed;
	}
	const json = parsed(text);
	if (response.ok) {
		const isExpected = json !== undefined || (options.mayBeEmpty === true && !isPage(response));
		if (!isExpected) throw failure("malformed", `${system}: expected JSON from ${call}, got ${response.status} with something else`);
		return { status: response.status, headers: response.headers, json, text };
	}
	const reason = options.vendorReason?.(response.status, json) ?? reasonOfStatus(response.status);
	const said = `${system}: expected 2xx from ${call}, got ${response.status}${vendorCode(json, response.headers)}`;
	throw failure(reason, said, retryAfterSeconds(response.headers));
}

/** A send never waits for reads: the two are silent apart. */
function lineOf({ url, method, system }: OutboundRequest): string {
	const parsed = URL.parse(url);
	if (parsed === null) throw failure("misconfigured", `${system}: expected an absolute URL to call, got something else`);
	return `${method === "GET" ? "read" : "write"} ${parsed.host}`;
}

/** A secret with a line break would otherwise fail inside fetch, with the secret in the message. */
function checkedHeaders(options: OutboundRequest): Headers {
	try {
		return new Headers({ ...options.headers });
	} catch {
		throw failure("misconfigured", `${options.system}: expected credentials that fit into an HTTP header, got characters that do not`);
	}
}

function unanswered(error: unknown, options: OutboundRequest): EdgeError {
	const call = options.name;
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

/** What a proxy or a hibernating instance answers for people. */
const isPage = ({ headers }: Response): boolean => headers.get("content-type")?.startsWith("text/html") ?? false;

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/**
 * Vendors' error codes are numbers (Twilio), dotted words (Genesys Cloud), or the name of an exception in a header (AWS). Only these shapes are
 * repeated: a body may echo a secret.
 */
function vendorCode(json: unknown, headers: Headers): string {
	const exception = headers.get("x-amzn-errortype")?.split(":")[0] ?? "";
	if (/^[A-Z][A-Za-z]{2,40}$/.test(exception)) return ` (${exception})`;
	const code = field(json, "code");
	if (typeof code === "number" && Number.isSafeInteger(code) && code < 1_000_000) return ` (${code})`;
	return typeof code === "string" && /^[a-z]{2,20}(\.[a-z]{2,20}){1,5}$/.test(code) ? ` (${code})` : "";
}

/** Nothing waits for longer than this on a vendor's word: a day that somebody mistyped must not silence a channel. */
const longestRetryAfterSeconds = 900;

/** Seconds or a date (RFC 9110, section 10.2.3), or the headers of Genesys Cloud and PagerDuty. A date counts from the answer's own. */
function retryAfterSeconds(headers: Headers): number | undefined {
	const said = headers.get("retry-after") ?? headers.get("inin-ratelimit-reset") ?? headers.get("ratelimit-reset");
	if (said === null) return undefined;
	const seconds = /^\d+$/.test(said) ? Number(said) : Math.ceil((Date.parse(said) - Date.parse(headers.get("date") ?? "")) / 1000);
	return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), longestRetryAfterSeconds) : undefined;
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
