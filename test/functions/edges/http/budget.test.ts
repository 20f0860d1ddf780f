import { describe, expect, test } from "vitest";
import { withCircuitBreaker } from "../../../../functions/edges/http/circuitBreaker.ts";
import { ledgerBudget } from "../../../../functions/edges/http/ledgerBudget.ts";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { EdgeError, type FailureReason, type Ledger, type PageOrder, type Pager } from "../../../../functions/pipeline/ports.ts";
import { VirtualClock } from "../../../../rehearsal/world/clock.ts";
import { seeded } from "../../../../rehearsal/world/random.ts";

const start = Date.UTC(2026, 10, 24, 10);

function time() {
	let now = start;
	return {
		now: () => now,
		forward: (seconds: number) => {
			now += seconds * 1000;
		},
	};
}

describe("a budget in the ledger", () => {
	test("is shared by name, and grants again when its tokens are back", async () => {
		const clock = time();
		const ledger = memoryLedger(clock);
		const [one, other] = [ledgerBudget(ledger, clock), ledgerBudget(ledger, clock)];
		await one.take("twilio", 2);
		await other.take("twilio", 2);
		await other.take("pagerduty-primary", 2);
		await expect(one.take("twilio", 2)).rejects.toMatchObject({ reason: "budget-spent", retry: true, retryAfterSeconds: 65 });
		clock.forward(65);
		await expect(one.take("twilio", 2)).resolves.toBeUndefined();
		expect(ledger.items().map(({ key }) => key)).toEqual(["bucket:1:pagerduty-primary", "bucket:1:twilio"]);
	});

	test("expires an hour later", async () => {
		const clock = time();
		const ledger = memoryLedger(clock);
		await ledgerBudget(ledger, clock).take("twilio", 2);
		expect(ledger.items()[0]?.exp).toBe(start / 1000 + 3600);
	});

	test("tries a conditional write that lost again after a pause that grows, and grants after eight lost races: nothing is spent then", async () => {
		const clock = time();
		const pauses: number[] = [];
		const timers = { random: () => 0.5, sleep: async (milliseconds: number) => void pauses.push(milliseconds) };
		const losing = (losses: number) => {
			const inner = memoryLedger(clock);
			let writes = 0;
			const ledger: Ledger = {
				...inner,
				write: (...write) => {
					writes += 1;
					return writes <= losses ? Promise.resolve("conflict") : inner.write(...write);
				},
			};
			return { ledger, writes: () => writes };
		};
		const four = losing(4);
		await expect(ledgerBudget(four.ledger, clock, timers).take("twilio", 1)).resolves.toBeUndefined();
		expect(pauses).toEqual([5, 10, 20, 40]);
		const eight = losing(8);
		await expect(ledgerBudget(eight.ledger, clock, timers).take("twilio", 1)).resolves.toBeUndefined();
		expect([four.writes(), eight.writes()]).toEqual([5, 8]);
	});

	test("refuses none of ten takers at once while tokens are left", async () => {
		const clock = new VirtualClock(start);
		const random = seeded(7);
		const inner = memoryLedger(clock);
		const late = <T>(work: () => Promise<T>): Promise<T> => clock.sleep(Math.floor(3 + random() * 9)).then(work);
		const ledger: Ledger = {
			...inner,
			read: (key) => late(() => inner.read(key)),
			write: (...write) => late(() => inner.write(...write)),
		};
		const budget = ledgerBudget(ledger, clock, { sleep: (milliseconds) => clock.sleep(milliseconds), random });
		const answers: string[] = [];
		for (let round = 0; round < 30; round += 1)
			clock.at(start + round * 5000, "work", async () => {
				await Promise.all(Array.from({ length: 10 }, async () => answers.push(await reasonOf(budget.take("twilio", 300)))));
			});
		await clock.run(start + 200_000);
		expect(answers).toEqual(Array.from({ length: 300 }, () => "no error"));
	});

	test("grants when the ledger does not answer: a page is worth more than a limit", async () => {
		const clock = time();
		await expect(ledgerBudget(deadLedger(), clock).take("twilio", 1)).resolves.toBeUndefined();
	});

	test("reads an item that is no bucket as a full one, and mends it", async () => {
		const clock = time();
		const ledger = memoryLedger(clock);
		await ledger.write("bucket:1:twilio", { taken: "everything" }, 0);
		await ledgerBudget(ledger, clock).take("twilio", 1);
		await expect(ledgerBudget(ledger, clock).take("twilio", 1)).rejects.toMatchObject({ reason: "budget-spent" });
	});

	test("of less than one request a minute is a mistake in the settings", async () => {
		const clock = time();
		await expect(ledgerBudget(memoryLedger(clock), clock).take("twilio", 0)).rejects.toMatchObject({
			reason: "misconfigured",
			retry: false,
		});
	});
});

function deadLedger(): Ledger {
	const dead = () => Promise.reject(new EdgeError("unavailable", "DynamoDB: expected an answer, got none", { retry: true }));
	return { read: dead, write: dead, transact: dead, due: dead };
}

const order: PageOrder = {
	channel: { kind: "sms", name: "sms", to: "+4915112345678" },
	dedupKey: "k",
	severity: "high",
	summary: "s",
	title: "SIP trunk down",
	body: "SIP trunk down",
	source: "s",
	details: {},
	intendedAt: start,
};

/** A pager that fails as it is told, and counts. */
function tellablePager() {
	let failing: FailureReason | undefined;
	let calls = 0;
	const answer = async <T>(value: T): Promise<T> => {
		calls += 1;
		if (failing !== undefined) throw new EdgeError(failing, "vendor", { retry: failing === "unavailable" });
		return value;
	};
	const pager: Pager = {
		send: () => answer({ receipt: "r" }),
		read: () => answer({ state: "absent" }),
		resolve: () => answer({ receipt: "r" }),
	};
	const fail = (reason: FailureReason | undefined) => {
		failing = reason;
	};
	return { pager, fail, calls: () => calls };
}

function guardedPager(ledgerOf: (clock: ReturnType<typeof time>) => Ledger = memoryLedger) {
	const clock = time();
	const vendor = tellablePager();
	const ledger = ledgerOf(clock);
	return { ...vendor, clock, ledger, guarded: withCircuitBreaker(vendor.pager, { ledger, clock, name: "twilio" }) };
}

async function reasonOf(call: Promise<unknown>): Promise<string> {
	const error = await call.then(
		() => undefined,
		(thrown: unknown) => thrown,
	);
	return error instanceof EdgeError ? error.reason : "no error";
}

describe("a pager with a circuit breaker", () => {
	test("stops calling a vendor that failed five times, probes it, and calls again once it answers", async () => {
		const { guarded, fail, calls, clock } = guardedPager();
		fail("unavailable");
		for (let failed = 0; failed < 5; failed += 1) expect(await reasonOf(guarded.send(order))).toBe("unavailable");
		expect(await reasonOf(guarded.resolve(order))).toBe("circuit-open");
		expect(calls()).toBe(5);
		clock.forward(30);
		expect(await reasonOf(guarded.send(order))).toBe("unavailable");
		expect(await reasonOf(guarded.send(order))).toBe("circuit-open");
		fail(undefined);
		clock.forward(30);
		await expect(guarded.send(order)).resolves.toEqual({ receipt: "r" });
		await expect(guarded.resolve(order)).resolves.toEqual({ receipt: "r" });
		expect(calls()).toBe(8);
	});

	test("sends however often it could not read back, and reads however often it could not send", async () => {
		const { guarded, fail } = guardedPager();
		fail("unavailable");
		for (let failed = 0; failed < 6; failed += 1) await reasonOf(guarded.read(order));
		expect(await reasonOf(guarded.read(order))).toBe("circuit-open");
		fail(undefined);
		await expect(guarded.send(order)).resolves.toEqual({ receipt: "r" });
		fail("unavailable");
		for (let failed = 0; failed < 6; failed += 1) await reasonOf(guarded.send(order));
		expect(await reasonOf(guarded.send(order))).toBe("circuit-open");
		expect(await reasonOf(guarded.read(order))).toBe("circuit-open");
	});

	test.each(["rejected", "unauthorized", "budget-spent", "misconfigured"] as const)("does not open for %s", async (reason) => {
		const { guarded, fail, calls } = guardedPager();
		fail(reason);
		for (let failed = 0; failed < 8; failed += 1) expect(await reasonOf(guarded.send(order))).toBe(reason);
		expect(calls()).toBe(8);
	});

	test("writes nothing while all is well", async () => {
		const clock = time();
		const ledger = memoryLedger(clock);
		await withCircuitBreaker(tellablePager().pager, { ledger, clock, name: "twilio" }).send(order);
		expect(ledger.items()).toEqual([]);
	});

	test("lets everything through when the ledger does not answer", async () => {
		const { guarded, fail, calls } = guardedPager(deadLedger);
		fail("unavailable");
		for (let failed = 0; failed < 8; failed += 1) expect(await reasonOf(guarded.send(order))).toBe("unavailable");
		expect(calls()).toBe(8);
	});

	test("has an acknowledge only where the vendor has one", async () => {
		const clock = time();
		const options = { ledger: memoryLedger(clock), clock, name: "pagerduty-primary" };
		const { pager } = tellablePager();
		expect(withCircuitBreaker(pager, options).acknowledge).toBeUndefined();
		const logged: string[] = [];
		const acknowledge = async ({ dedupKey }: PageOrder) => {
			logged.push(dedupKey);
		};
		await withCircuitBreaker({ ...pager, acknowledge }, options).acknowledge?.(order);
		expect(logged).toEqual(["k"]);
	});
});
