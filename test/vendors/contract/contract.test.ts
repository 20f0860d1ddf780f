import { describe, expect, test } from "vitest";
import { ledgerBudget } from "../../../functions/edges/http/ledgerBudget.ts";
import { memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import { checkCredential, type VendorOptions, vendorPager } from "../../../functions/edges/vendors/pager.ts";
import { withCircuitBreaker } from "../../../functions/edges/http/circuitBreaker.ts";
import { EdgeError, type FailureReason } from "../../../functions/pipeline/ports.ts";
import { Latency } from "../../../rehearsal/world/latency.ts";
import { network } from "../../../rehearsal/world/network.ts";
import { seeded } from "../../../rehearsal/world/random.ts";
import { type WireFault, WireFaults } from "../../../rehearsal/world/wireFaults.ts";
import { canPage } from "../../../vendors/actions.ts";
import { credentialOf } from "../../../vendors/credentials.ts";
import { channelKinds, type ChannelKind, traitsOf } from "../../../vendors/kinds.ts";
import { openBudget } from "../../functions/edges/vendors/adapterContract.ts";
import { orderOf, placeOf } from "../executors.ts";
import { playContract, type Step, steps } from "./story.ts";

/** An emulated vendor on a network where everything may go wrong; its time passes while a call waits. */
function benchOf(kind: ChannelKind, change: Partial<VendorOptions> = {}) {
	const place = placeOf(kind);
	const { channel, account, credential, routes, clock } = place;
	const faults = new WireFaults();
	const wires = network(routes, { clock, latency: new Latency("off", seeded(1)), faults });
	const fetch = Object.assign<typeof globalThis.fetch, object>((...request) => wires(...request), {
		signalAfter: (milliseconds: number) => clock.signalAfter(milliseconds),
	});
	const options: VendorOptions = {
		kind,
		fetch,
		account,
		credentials: async () => credential,
		budget: openBudget(),
		perMinute: 60,
		clock,
		identity: place.identity,
		...change,
	};
	const later = async (seconds: number): Promise<void> => clock.run(clock.now() + seconds * 1000);
	/** Runs the clock until what was begun has ended. */
	const during = async <T>(work: Promise<T>): Promise<T> => {
		const settled = Promise.allSettled([work]);
		await later(60);
		const [result] = await settled;
		if (result.status === "rejected") throw result.reason;
		return result.value;
	};
	const hosts = routes.map(({ host }) => host);
	return { channel, credential, clock, faults, hosts, options, pager: vendorPager(options), later, during };
}

async function failureOf(work: Promise<unknown>): Promise<EdgeError> {
	const error = await work.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	if (error instanceof EdgeError) return error;
	throw new Error(`Expected an EdgeError, got ${error === undefined ? "a value" : String(error)}`);
}

const wireTable: readonly { readonly name: string; readonly fault: WireFault; readonly reason: FailureReason }[] = [
	{ name: "no connection", fault: { kind: "unreachable" }, reason: "unreachable" },
	{ name: "no answer", fault: { kind: "hangs" }, reason: "timeout" },
	{ name: "a late answer", fault: { kind: "slow", seconds: 8 }, reason: "timeout" },
	{ name: "a lost answer", fault: { kind: "drops-answers" }, reason: "unreachable" },
	{ name: "200 with HTML", fault: { kind: "answers-html" }, reason: "malformed" },
	{ name: "429", fault: { kind: "throttles", retryAfter: () => "17" }, reason: "rate-limited" },
];

describe.each(channelKinds)("the contract of every vendor, at the emulator of %s", (kind) => {
	test("holds, from the check of its credential to the proof of the end", async () => {
		const { pager, options, channel, later } = benchOf(kind);
		const told: Step[] = [];
		const bench = { pager, check: () => checkCredential(options, channel), order: orderOf(channel), later };
		await playContract(bench, (step) => told.push(step));
		const expected = canPage(kind) ? steps : steps.filter((step) => !/repeat|acknowledgement|shows the end/.test(step));
		expect(told).toEqual(expected);
	});

	test.each(wireTable)("tells $name as $reason, and holds no secret", async ({ fault, reason }) => {
		const { pager, faults, hosts, credential, channel, during } = benchOf(kind);
		faults.begin({ at: hosts }, fault);
		const error = await during(failureOf(pager.send(orderOf(channel))));
		expect({ reason: error.reason, retry: error.retry }).toEqual({ reason, retry: true });
		if (reason === "rate-limited") expect(error.retryAfterSeconds).toBe(17);
		const said = JSON.stringify([error.message, error.stack, String(error.cause)]);
		for (const secret of Object.values(credential).filter((each) => each.length > 12)) expect(said).not.toContain(secret);
	});

	test("is called within its budget, which reads have apart", async () => {
		const { clock } = placeOf(kind);
		const budget = ledgerBudget(memoryLedger(clock), clock, { sleep: async () => {}, random: () => 0 });
		const { pager, channel, during } = benchOf(kind, { budget, perMinute: 1 });
		const order = orderOf(channel);
		const first = await during(pager.send(order));
		const other = { ...order, dedupKey: `${order.dedupKey}:2` };
		expect((await during(failureOf(pager.send(other)))).reason).toBe("budget-spent");
		if (canPage(kind) && traitsOf(kind).deduplicates) expect(first.receipt).not.toBe("");
	});

	test("is left alone after five failures in a row", async () => {
		const { pager, faults, hosts, clock, channel, during } = benchOf(kind);
		const guarded = withCircuitBreaker(pager, { ledger: memoryLedger(clock), clock, name: credentialOf(channel) });
		faults.begin({ at: hosts }, { kind: "answers-html" });
		const reasons: string[] = [];
		for (let tried = 0; tried < 6; tried += 1) reasons.push((await failureOf(guarded.send(orderOf(channel)))).reason);
		expect(reasons).toEqual([...Array.from({ length: 5 }, () => "malformed"), "circuit-open"]);
		await during(Promise.resolve());
	});
});
