import { describe, expect, test } from "vitest";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { distributions, Latency, latencySetting } from "../../../rehearsal/world/latency.ts";
import { network } from "../../../rehearsal/world/network.ts";
import { seeded } from "../../../rehearsal/world/random.ts";
import { type FaultPlace, type WireFault, WireFaults } from "../../../rehearsal/world/wireFaults.ts";

const start = Date.UTC(2026, 0, 5, 8);
const host = "api.vendor.example";

/** One call over the wires, and what became of it when. */
async function called(
	faults: readonly (readonly [FaultPlace, WireFault])[],
	{ path = "/a", timeout = 10_000, latency = "off" }: { path?: string; timeout?: number; latency?: "off" | "normal" } = {},
) {
	const clock = new VirtualClock(start);
	const wires = { clock, latency: new Latency(latency, seeded(1)), faults: new WireFaults() };
	wires.latency.begin();
	for (const [place, fault] of faults) wires.faults.begin(place, fault);
	let served = 0;
	const net = network(
		[
			{
				host,
				fetch: () => {
					served += 1;
					return new Response("ok");
				},
			},
		],
		wires,
	);
	let outcome = "none";
	let at = -1;
	clock.spawn(async () => {
		outcome = await net(`https://${host}${path}`, { signal: clock.signalAfter(timeout) }).then(
			({ status, headers }) => `${status} ${headers.get("retry-after") ?? ""}`.trim(),
			(error: Error) => (error.cause instanceof Error && "code" in error.cause ? String(error.cause.code) : error.name),
		);
		at = clock.now() - start;
	});
	await clock.run(start + 60_000);
	return { outcome, at, served };
}

const everywhere = { at: [host] };

describe("a call over the wires", () => {
	test.each([
		{ name: "nothing", faults: [], outcome: "200", at: 0, served: 1 },
		{ name: "a host that refuses connections", faults: [[everywhere, { kind: "unreachable" }]], outcome: "ECONNREFUSED", at: 0, served: 0 },
		{ name: "a host that hangs", faults: [[everywhere, { kind: "hangs" }]], outcome: "TimeoutError", at: 10_000, served: 0 },
		{ name: "a host that is slow", faults: [[everywhere, { kind: "slow", seconds: 4 }]], outcome: "200", at: 4000, served: 1 },
		{
			name: "two that are slow",
			faults: [
				[everywhere, { kind: "slow", seconds: 4 }],
				[everywhere, { kind: "slow", seconds: 3 }],
			],
			outcome: "200",
			at: 7000,
			served: 1,
		},
		{
			name: "a host slower than the caller's patience, which does the work",
			faults: [[everywhere, { kind: "slow", seconds: 30 }]],
			outcome: "TimeoutError",
			at: 10_000,
			served: 1,
		},
		{ name: "a lost answer", faults: [[everywhere, { kind: "drops-answers" }]], outcome: "ECONNRESET", at: 0, served: 1 },
		{ name: "a throttle", faults: [[everywhere, { kind: "throttles", retryAfter: undefined }]], outcome: "429", at: 0, served: 0 },
		{
			name: "a throttle with seconds",
			faults: [[everywhere, { kind: "throttles", retryAfter: () => "30" }]],
			outcome: "429 30",
			at: 0,
			served: 0,
		},
		{
			name: "a throttle with a date",
			faults: [[everywhere, { kind: "throttles", retryAfter: (now: number) => new Date(now + 60_000).toUTCString() }]],
			outcome: "429 Mon, 05 Jan 2026 08:01:00 GMT",
			at: 0,
			served: 0,
		},
		{ name: "a fault of another host", faults: [[{ at: ["other.example"] }, { kind: "hangs" }]], outcome: "200", at: 0, served: 1 },
		{ name: "a fault of another path", faults: [[{ at: [host], path: "/b" }, { kind: "hangs" }]], outcome: "200", at: 0, served: 1 },
	] as const)("that meets $name: $outcome after $at ms", async ({ faults, outcome, at, served }) => {
		expect(await called(faults)).toEqual({ outcome, at, served });
	});

	test("takes time by the distribution, the same for the same seed", async () => {
		const [one, two] = [await called([], { latency: "normal" }), await called([], { latency: "normal" })];
		expect(one).toEqual(two);
		expect(one.at).toBeGreaterThanOrEqual(distributions.normal.http.from);
		expect(one.at).toBeLessThanOrEqual(distributions.normal.http.to);
	});
});

test("a fault that ends leaves the others of its place", () => {
	const faults = new WireFaults();
	const end = faults.begin(everywhere, { kind: "hangs" });
	faults.begin(everywhere, { kind: "slow", seconds: 1 });
	end();
	expect(faults.of(host)).toEqual([{ kind: "slow", seconds: 1 }]);
});

describe("latency", () => {
	test("is nothing before the story begins: a deployment takes no virtual time", () => {
		expect(new Latency("slow", seeded(1)).oneWay("http")).toBe(0);
	});

	test("may be given for some services over the normal one", () => {
		const latency = new Latency(latencySetting.parse({ ledger: [40, 40] }), seeded(1));
		latency.begin();
		expect([latency.oneWay("ledger"), latency.oneWay("ledger")]).toEqual([20, 20]);
		expect(latency.oneWay("http")).toBeGreaterThanOrEqual(25);
	});

	test("of an unknown service is a mistake", () => {
		expect(latencySetting.safeParse({ pager: [1, 2] }).success).toBe(false);
	});
});
