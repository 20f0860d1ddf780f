import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
	acquireLease,
	type Leases,
	leaseSeconds,
	leasesInUse,
	releaseLease,
	renewLease,
} from "../../../../functions/pipeline/limits/leases.ts";
import { policy, seconds } from "../fixtures.ts";

type Move = { readonly take: string; readonly for: number } | { readonly release: string };

const launches = fc.constantFrom("a", "b", "c", "d", "e", "f");
const moves = fc.array(
	fc.record({
		at: fc.integer({ min: 0, max: 60 }),
		move: fc.oneof(fc.record({ take: launches, for: fc.integer({ min: 1, max: 300 }) }), fc.record({ release: launches })),
	}),
	{ maxLength: 60 },
);

describe("leases", () => {
	test("never more are held than there are, and a refusal means that all are held", () => {
		fc.assert(
			fc.property(moves, fc.integer({ min: 1, max: 4 }), (played, maximum) => {
				let leases: Leases | undefined;
				let now = seconds(0);
				for (const { at, move } of played as readonly { readonly at: number; readonly move: Move }[]) {
					now += at * 1000;
					if ("release" in move) {
						leases = releaseLease(leases, move.release).leases;
						continue;
					}
					const before = leasesInUse(leases, now);
					const taken = acquireLease(leases, { launchId: move.take, incidentKey: "k", until: now + move.for * 1000 }, maximum, now);
					expect(taken.leases.held.length).toBeLessThanOrEqual(maximum);
					if (taken.reason === "none-free") expect(before).toBe(maximum);
					leases = taken.leases;
				}
			}),
		);
	});

	test("one launch holds one lease, however often it asks", () => {
		const wanted = { launchId: "a", incidentKey: "k", until: seconds(100) };
		const once = acquireLease(undefined, wanted, 10, seconds(0));
		const twice = acquireLease(once.leases, wanted, 10, seconds(1));
		expect([once.reason, twice.reason, twice.leases.held.length]).toEqual(["granted", "already-held", 1]);
	});

	test("an expired lease is free for the next one", () => {
		const held = acquireLease(undefined, { launchId: "a", incidentKey: "k", until: seconds(10) }, 1, seconds(0)).leases;
		const wanted = { launchId: "b", incidentKey: "l", until: seconds(99) };
		expect(acquireLease(held, wanted, 1, seconds(9)).reason).toBe("none-free");
		expect(acquireLease(held, wanted, 1, seconds(10)).reason).toBe("granted");
	});

	test("giving back what is not held changes nothing", () => {
		expect(releaseLease({ held: [] }, "a")).toEqual({ leases: { held: [] }, released: false });
	});

	test("a lease lasts ten minutes without a word, and longer only where the policy's own waits are", () => {
		expect(leaseSeconds(policy)).toBe(600);
		expect(leaseSeconds({ ...policy, waitsSeconds: [30, 900] })).toBe(1020);
	});

	test("a word of its workflow renews it, and takes one again for a workflow whose lease had ended, where one is free", () => {
		const lease = (launchId: string, until: number) => ({ launchId, incidentKey: "k", until: seconds(until) });
		const wanted = lease("a", 700);
		expect(renewLease({ held: [lease("a", 600), lease("b", 600)] }, wanted, 2, seconds(100)).held).toEqual([lease("b", 600), wanted]);
		expect(renewLease({ held: [lease("a", 90), lease("b", 600)] }, wanted, 2, seconds(100)).held).toEqual([lease("b", 600), wanted]);
		expect(renewLease({ held: [lease("b", 600)] }, wanted, 1, seconds(100)).held).toEqual([lease("b", 600)]);
	});

	test("a lease counts as in use until the instant it ends", () => {
		const leases = { held: [{ launchId: "a", incidentKey: "k", until: seconds(10) }] };
		expect([leasesInUse(leases, seconds(9)), leasesInUse(leases, seconds(10)), leasesInUse(undefined, seconds(0))]).toEqual([1, 0, 0]);
	});

	test("an expired lease is dropped when the next one asks, and released ones are told", () => {
		const held = [
			{ launchId: "a", incidentKey: "k", until: seconds(10) },
			{ launchId: "b", incidentKey: "l", until: seconds(20) },
		];
		const taken = acquireLease({ held }, { launchId: "c", incidentKey: "m", until: seconds(99) }, 10, seconds(15));
		expect(taken.leases.held.map(({ launchId }) => launchId)).toEqual(["b", "c"]);
		expect(acquireLease({ held }, { launchId: "b", incidentKey: "l", until: seconds(99) }, 10, seconds(15)).leases.held).toEqual([held[1]]);
		expect(releaseLease({ held }, "a")).toEqual({ leases: { held: [held[1]] }, released: true });
	});
});
