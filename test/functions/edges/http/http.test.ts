import { describe, expect, test } from "vitest";
import { request, type TimedFetch, timedFetch } from "../../../../functions/edges/http/http.ts";
import { realTimers } from "../../../../functions/edges/timers.ts";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { endless } from "../../pipeline/fixtures.ts";
import { adapterContract } from "../vendors/adapterContract.ts";

const secret = "s3cr3t-0123456789";

function call(fetch: TimedFetch, headers: Readonly<Record<string, string>> = {}, mayBeEmpty = false) {
	const url = `https://vendor.example/v1/things?key=${secret}`;
	return request({ fetch, url, method: "POST", headers, body: secret, timeoutSeconds: 10, system: "Vendor", name: "a thing", mayBeEmpty });
}

async function errorOf(promise: Promise<unknown>): Promise<EdgeError> {
	const error = await promise.catch((thrown: unknown) => thrown);
	if (error instanceof EdgeError) return error;
	throw new Error(`expected an EdgeError, got ${String(error)}`);
}

adapterContract({
	system: "Vendor",
	secrets: [secret],
	operations: [{ name: "request", call: (fetch) => call(fetch, { authorization: `Bearer ${secret}` }) }],
});

describe("request", () => {
	test("resolves with status, headers, text and JSON of a 2xx, and follows no redirect", async () => {
		let seen: RequestInit | undefined;
		const answer = await call(async (_input, init) => {
			seen = init;
			return Response.json({ id: 7 }, { status: 201, headers: { "x-request": "1" } });
		});
		expect(answer.status).toBe(201);
		expect(answer.json).toEqual({ id: 7 });
		expect(answer.text).toBe('{"id":7}');
		expect(answer.headers.get("x-request")).toBe("1");
		expect(seen?.redirect).toBe("manual");
	});

	test("takes a 2xx that holds nothing, or a text, for an answer only where one may, and a page for people never", async () => {
		const nothing = async () => new Response(null, { status: 204 });
		expect((await errorOf(call(nothing))).reason).toBe("malformed");
		await expect(call(nothing, {}, true)).resolves.toMatchObject({ status: 204, json: undefined, text: "" });
		await expect(call(async () => new Response("Accepted"), {}, true)).resolves.toMatchObject({ json: undefined, text: "Accepted" });
		const page = async () => new Response("<html>", { headers: { "content-type": "text/html" } });
		expect((await errorOf(call(page, {}, true))).reason).toBe("malformed");
	});

	test.each([
		{ name: "a number", code: 21211, shown: " (21211)" },
		{ name: "dotted words", code: "missing.permissions", shown: " (missing.permissions)" },
		{ name: "anything else", code: "0123456789abcdef0123456789abcdef", shown: "" },
	])("repeats a vendor's code that is $name as '$shown'", async ({ code, shown }) => {
		const error = await errorOf(call(async () => Response.json({ code }, { status: 400 })));
		expect(error.message).toBe(`Vendor: expected 2xx from a thing, got 400${shown}`);
	});

	test.each([
		{ name: "retry-after", value: "12", seconds: 12 },
		{ name: "inin-ratelimit-reset", value: "31", seconds: 31 },
		{ name: "ratelimit-reset", value: "5", seconds: 5 },
		{ name: "retry-after", value: "Tue, 24 Nov 2026 10:00:00 GMT", seconds: 45 },
		{ name: "retry-after", value: "Tue, 24 Nov 2026 09:00:00 GMT", seconds: 0 },
		{ name: "retry-after", value: "Wed, 25 Nov 2026 10:00:00 GMT", seconds: 900 },
		{ name: "retry-after", value: "86400", seconds: 900 },
		{ name: "retry-after", value: "soon", seconds: undefined },
	])("reads $name: $value as $seconds seconds", async ({ name, value, seconds }) => {
		const headers = { [name]: value, date: "Tue, 24 Nov 2026 09:59:15 GMT" };
		const error = await errorOf(call(async () => new Response("", { status: 429, headers })));
		expect(error.retryAfterSeconds).toBe(seconds);
	});

	test("says that a credential does not fit into a header, without the credential", async () => {
		const error = await errorOf(call(async () => Response.json({}), { authorization: `Bearer ${secret}\nx` }));
		expect({ reason: error.reason, retry: error.retry }).toEqual({ reason: "misconfigured", retry: false });
		expect(error.message).not.toContain(secret);
	});

	test.each([
		{ code: "ETIMEDOUT", reason: "unreachable" },
		{ code: "UND_ERR_CONNECT_TIMEOUT", reason: "unreachable" },
		{ code: "ENOTFOUND", reason: "unreachable" },
		{ code: "UND_ERR_HEADERS_TIMEOUT", reason: "timeout" },
		{ code: "UND_ERR_BODY_TIMEOUT", reason: "timeout" },
	])("reads a fetch that failed by $code as $reason", async ({ code, reason }) => {
		const fails = () => Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error(""), { code }) }));
		expect(await errorOf(call(fails))).toMatchObject({ reason, retry: true });
	});

	test("gives up by its own timeout, not before", async () => {
		const clock = new VirtualClock(0);
		const never: typeof fetch = (_input, init) =>
			new Promise((_resolve, reject) => {
				init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
			});
		const ended: (readonly [number, string])[] = [];
		const pending = errorOf(call(timedFetch(never, clock, endless, () => new Set()))).then(({ reason }) =>
			ended.push([clock.now(), reason]),
		);
		await clock.run(9_999);
		expect(ended).toEqual([]);
		await clock.run(20_000);
		await pending;
		expect(ended).toEqual([[10_000, "timeout"]]);
	});

	test("gives up by real time where nobody brings timers", async () => {
		let signal: AbortSignal | null | undefined;
		await call(async (_input, init) => {
			signal = init?.signal;
			return Response.json({});
		});
		expect(signal).toMatchObject({ aborted: false });
	});

	test("what did not answer in time is not asked again in the same run, and a send does not wait for reads", async () => {
		const silent = new Set<string>();
		const asked: string[] = [];
		const plain: typeof fetch = async (input, init) => {
			asked.push(`${init?.method} ${input}`);
			throw new DOMException("late", "TimeoutError");
		};
		const fetch = timedFetch(plain, realTimers, { remainingMilliseconds: () => 60_000 }, () => silent);
		const ask = (method: "GET" | "POST", host: string) =>
			request({ fetch, url: `https://${host}/secret-path`, method, headers: {}, timeoutSeconds: 5, system: "Vendor", name: "a thing" });
		const reasons = [];
		for (const [method, host] of [
			["GET", "a"],
			["GET", "a"],
			["POST", "a"],
			["GET", "b"],
		] as const)
			reasons.push((await errorOf(ask(method, host))).reason);
		expect(reasons).toEqual(["timeout", "circuit-open", "timeout", "timeout"]);
		expect(asked).toHaveLength(3);
		silent.clear();
		expect((await errorOf(ask("GET", "a"))).message).toBe("Vendor: expected an answer to a thing within 5 s, got none");
	});

	test("lets a vendor read a status otherwise", async () => {
		const options = {
			url: "https://vendor.example/",
			method: "GET",
			headers: {},
			timeoutSeconds: 10,
			system: "Vendor",
			name: "a thing",
		} as const;
		const fetch = async () => Response.json({ error: "throttled" }, { status: 400 });
		const error = await errorOf(request({ ...options, fetch, vendorReason: () => "rate-limited" }));
		expect({ reason: error.reason, retry: error.retry }).toEqual({ reason: "rate-limited", retry: true });
	});
});
