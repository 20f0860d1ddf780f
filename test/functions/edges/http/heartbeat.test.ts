import { describe, expect, test } from "vitest";
import { heartbeat } from "../../../../functions/edges/http/heartbeat.ts";
import { EdgeError, type Entry } from "../../../../functions/pipeline/ports.ts";

const address = "https://heartbeat.example/ping/PLANTED-secret-path";

/** A good end of a run whose call fares like that. */
async function beat(fetch: typeof globalThis.fetch, url: (() => Promise<string>) | undefined = async () => address, left = 30_000) {
	const entries: Entry[] = [];
	await heartbeat({ fetch, url, deadline: { remainingMilliseconds: () => left }, journal: { log: (entry) => entries.push(entry) } })();
	return entries;
}

const never: typeof fetch = () => Promise.reject(new Error("expected no call"));
const answers =
	(status: number): typeof fetch =>
	async () =>
		new Response(status === 204 ? null : "words", { status });

describe("the good end of a run", () => {
	test("is counted, and nothing outside is called where the stack wants none", async () => {
		const entries: Entry[] = [];
		const journal = { log: (entry: Entry) => void entries.push(entry) };
		await heartbeat({ fetch: never, url: undefined, deadline: { remainingMilliseconds: () => 0 }, journal })();
		expect(entries).toEqual([{ what: "heartbeat" }]);
	});

	test("is told outside by one GET, with nothing but the address, that follows no redirect and ends within 3 s", async () => {
		const calls: [string, RequestInit | undefined][] = [];
		const signals: number[] = [];
		const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
			calls.push([String(url), init]);
			return new Response("OK");
		};
		const signalAfter = (milliseconds: number): AbortSignal => {
			signals.push(milliseconds);
			return new AbortController().signal;
		};
		expect(await beat(Object.assign(fetch, { signalAfter }))).toEqual([{ what: "heartbeat" }]);
		expect(calls).toEqual([[address, { method: "GET", redirect: "manual", signal: expect.any(AbortSignal) }]]);
		expect(signals).toEqual([3000]);
	});

	test("takes any 2xx for a yes", async () => {
		expect(await beat(answers(204))).toEqual([{ what: "heartbeat" }]);
	});

	const late = Object.assign(new Error("late"), { name: "TimeoutError" });
	test.each<[string, typeof fetch, string, string]>([
		["a refusal", answers(404), "rejected", "The dead-man's switch: expected 2xx, got 404"],
		["a redirect", answers(302), "rejected", "The dead-man's switch: expected 2xx, got 302"],
		["an error of its own", answers(500), "rejected", "The dead-man's switch: expected 2xx, got 500"],
		["no connection", () => Promise.reject(new TypeError(`fetch failed: ${address}`)), "unreachable", "an answer within 3 s, got none"],
		["silence", () => Promise.reject(late), "timeout", "an answer within 3 s, got none"],
	])("is one all the same after %s, which is told without the address", async (_name, fetch, outcome, words) => {
		const [first, told, ...more] = await beat(fetch);
		expect(first).toEqual({ what: "heartbeat" });
		expect(told).toMatchObject({ what: "heartbeat-unsent", outcome, detail: expect.stringContaining(words) });
		expect(more).toEqual([]);
		expect(JSON.stringify(told)).not.toMatch(/PLANTED|heartbeat\.example/);
	});

	test("is not told outside where the run has no time left for it", async () => {
		expect(await beat(never, async () => address, 1000)).toEqual([
			{ what: "heartbeat" },
			expect.objectContaining({ what: "heartbeat-unsent", outcome: "timeout" }),
		]);
	});

	test("is not spoiled by a secret that cannot be read", async () => {
		const url = () => Promise.reject(new EdgeError("forbidden", "Secrets Manager: expected a secret, got a refusal", { retry: false }));
		expect(await beat(never, url)).toEqual([
			{ what: "heartbeat" },
			expect.objectContaining({ what: "heartbeat-unsent", outcome: "forbidden" }),
		]);
		const broken = () => Promise.reject(new Error(`unexpected ${address}`));
		expect(JSON.stringify(await beat(never, broken))).not.toContain("PLANTED");
	});
});
