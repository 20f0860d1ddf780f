import { setTimeout as wait } from "node:timers/promises";

/** A call of the provider that was refused: whose, which, and the vendor's own words. Never a body that was sent. */
export class ProviderError extends Error {
	readonly status: number;
	readonly code: string;

	constructor(resource: string, call: string, status: number, code: string, message: string) {
		super(`${resource}: ${call} answered ${status} ${code}: ${message}`);
		this.name = "ProviderError";
		this.status = status;
		this.code = code;
	}
}

export type Body = Readonly<Record<string, unknown>>;

export interface ApiOptions {
	readonly fetch: typeof fetch;
	readonly apiBase: string;
	readonly loginBase: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** Waits before a call is made again; in real time without one. */
	readonly pause?: (milliseconds: number) => Promise<void>;
}

/** How patient the provider's client is with a 429. */
const mostRetries = 20;
const longestRetryAfterSeconds = 180;
const longestWaitSeconds = 30;

/** The provider's view of the API: a bearer token, JSON both ways, calls that are throttled are made again, errors that name the resource. */
export class Api {
	readonly #options: ApiOptions;
	#token: string | undefined;

	constructor(options: ApiOptions) {
		this.#options = options;
	}

	async login(): Promise<void> {
		const { fetch, loginBase, clientId, clientSecret } = this.#options;
		const basic = Buffer.from(`${clientId}:${clientSecret}`, "utf8").toString("base64");
		const answer = await fetch(`${loginBase}/oauth/token`, {
			method: "POST",
			headers: { authorization: `Basic ${basic}`, "content-type": "application/x-www-form-urlencoded" },
			body: "grant_type=client_credentials",
		});
		const body = asBody(await answer.json());
		if (!answer.ok) throw new ProviderError("provider", "POST /oauth/token", answer.status, textOf(body.error), textOf(body.description));
		// The provider's refresh sleeps for the validity minus a minute and ends the process when that is not positive.
		if (Number(body.expires_in) <= 60)
			throw new ProviderError("provider", "POST /oauth/token", answer.status, "expires_in", "expected more than 60 s");
		this.#token = textOf(body.access_token);
	}

	/** One JSON call; `path` is below `/api/v2`. */
	async call(resource: string, method: string, path: string, body?: unknown): Promise<Body> {
		const text = await this.text(resource, method, path, body);
		return text === "" ? {} : asBody(JSON.parse(text));
	}

	/** Like `call`, but the raw text. */
	async text(resource: string, method: string, path: string, body?: unknown): Promise<string> {
		const answer = await this.#send(method, path, body);
		const text = await answer.text();
		if (answer.ok) return text;
		const error = asBody(JSON.parse(text));
		throw new ProviderError(resource, `${method} /api/v2${path}`, answer.status, textOf(error.code), textOf(error.message));
	}

	/** After a delete the provider reads until the thing is gone. */
	async expectGone(resource: string, path: string): Promise<void> {
		const answer = await this.#send("GET", path, undefined);
		const error = asBody(JSON.parse(await answer.text()));
		if (answer.status === 404) return;
		throw new ProviderError(resource, `GET /api/v2${path}`, answer.status, textOf(error.code), "expected 404 after the delete");
	}

	/** The upload goes to an absolute, presigned URL and must answer exactly 200. */
	async upload(resource: string, url: string, headers: Readonly<Record<string, string>>, body: string): Promise<void> {
		const answer = await this.#options.fetch(url, { method: "PUT", headers, body });
		if (answer.status !== 200) throw new ProviderError(resource, "PUT of the upload", answer.status, "upload", await answer.text());
	}

	async #send(method: string, path: string, body: unknown): Promise<Response> {
		const { pause = wait } = this.#options;
		for (let retries = 0; ; retries += 1) {
			const answer = await this.#sendOnce(method, path, body);
			const seconds = waitSeconds(answer, retries);
			if (seconds === undefined) return answer;
			await pause(seconds * 1000);
		}
	}

	#sendOnce(method: string, path: string, body: unknown): Promise<Response> {
		const headers: Record<string, string> = { authorization: `Bearer ${this.#token ?? ""}`, accept: "application/json" };
		if (body !== undefined) headers["content-type"] = "application/json";
		const payload = body === undefined ? {} : { body: JSON.stringify(body) };
		return this.#options.fetch(`${this.#options.apiBase}/api/v2${path}`, { method, headers, ...payload });
	}
}

/** How long to wait before the next try; undefined where the answer counts. */
function waitSeconds({ status, headers }: Response, retries: number): number | undefined {
	if (status !== 429 || retries >= mostRetries) return undefined;
	const retryAfter = headers.get("retry-after");
	if (retryAfter === null) return Math.min(longestWaitSeconds, 2 ** retries);
	return Number(retryAfter) <= longestRetryAfterSeconds ? Number(retryAfter) : undefined;
}

export function asBody(value: unknown): Body {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return {};
	return Object.fromEntries(Object.entries(value));
}

export function textOf(value: unknown): string {
	return typeof value === "string" ? value : "";
}

export function listOf(value: unknown): readonly unknown[] {
	return Array.isArray(value) ? value : [];
}

/** Text values of a map; everything else is left out. */
export function textMap(value: unknown): Record<string, string> {
	return Object.fromEntries(Object.entries(asBody(value)).filter((entry): entry is [string, string] => typeof entry[1] === "string"));
}

/** Without the keys that have no value. */
export function present(values: Readonly<Record<string, unknown>>): Record<string, unknown> {
	return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined));
}
