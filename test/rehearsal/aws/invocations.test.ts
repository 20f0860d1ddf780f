import { describe, expect, test } from "vitest";
import type { Ports } from "../../../functions/edges/ports.ts";
import { longestAwsCallSeconds } from "../../../functions/edges/timeouts.ts";
import { Latency } from "../../../rehearsal/world/latency.ts";
import { seeded } from "../../../rehearsal/world/random.ts";
import { WireFaults } from "../../../rehearsal/world/wireFaults.ts";
import { allow, arns, declareFunction, declareTable, doing, offline, start } from "./declaredAccount.ts";

const name = "runbooks-dev-ledger";
const policy = allow({ Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: arns.table });

/** An account whose ledger function does one thing, with faults of its services. */
function ledgerThat(work: (ports: Ports, event: unknown) => Promise<unknown>, latency: "off" | "normal" = "off") {
	const faults = new WireFaults();
	const killed: string[] = [];
	const time = new Latency(latency, seeded(3));
	time.begin();
	const account = offline(
		{ ledger: doing(work) },
		{ faults, latency: time, random: seeded(4), killed: (kind, because) => killed.push(`${kind} ${because}`) },
	);
	declareTable(account);
	declareFunction(account, "ledger", { policy });
	const items = () => account.aws.state.tables[0]?.ledger.items().map(({ key, version }) => `${key} ${version}`) ?? [];
	const invoke = (event: unknown = {}) => account.aws.invoke(name, event);
	return { ...account, faults, killed, items, invoke };
}

const threeWrites = async ({ ledger, journal }: Ports): Promise<string> => {
	for (const key of ["a", "b", "c"]) await ledger.write(key, 1, 0);
	journal.log({ what: "observed" });
	return "done";
};

describe("a function that is killed at an outside call", () => {
	test.each([
		{ after: 1, items: ["a 1"] },
		{ after: 3, items: ["a 1", "b 1", "c 1"] },
	])("did that call, and nothing after it (call $after)", async ({ after, items }) => {
		const account = ledgerThat(threeWrites);
		account.aws.killAfter("ledger", after);
		await expect(account.run(() => account.invoke())).rejects.toMatchObject({
			name: "FunctionFailed",
			cause: { reason: "unavailable" },
		});
		expect([account.items(), account.logged, account.killed]).toEqual([items, [], ["ledger killed"]]);
	});

	test("is killed once; the next invocation starts in a new environment", async () => {
		const seen: Ports[] = [];
		const account = ledgerThat(async (ports) => {
			seen.push(ports);
			await ports.ledger.read("k");
			return "done";
		});
		account.aws.killAfter("ledger", 1);
		await account.run(() => account.invoke()).catch(() => undefined);
		expect(await account.run(() => account.invoke())).toBe("done");
		expect(await account.run(() => account.invoke())).toBe("done");
		expect([seen[0] === seen[1], seen[1] === seen[2]]).toEqual([false, true]);
	});
});

describe("execution environments", () => {
	test("run one invocation at a time: two at once have two, and a third takes a free one", async () => {
		const seen: Ports[] = [];
		const account = ledgerThat(async (ports) => {
			seen.push(ports);
			await ports.ledger.read("k");
			await account.clock.sleep(1000);
			return "done";
		});
		for (const at of [0, 500, 5000]) account.clock.at(start + at, "work", async () => void (await account.invoke()));
		await account.clock.run(start + 60_000);
		expect(new Set(seen).size).toBe(2);
		expect(seen).toHaveLength(3);
	});

	test("count down what is left of the invocation under way", async () => {
		const left: number[] = [];
		const account = ledgerThat(async ({ deadline }) => {
			left.push(deadline.remainingMilliseconds());
			await account.clock.sleep(12_000);
			left.push(deadline.remainingMilliseconds());
		});
		await account.run(() => account.invoke());
		await account.run(() => account.invoke());
		expect(left).toEqual([30_000, 18_000, 30_000, 18_000]);
	});
});

describe("a call to the ledger", () => {
	const reasonOf = async (work: () => Promise<unknown>): Promise<string> =>
		work().then(
			(answer) => `answered ${String(answer)}`,
			(error: { reason?: string }) => error.reason ?? "no reason",
		);

	test.each([
		{ fault: { kind: "hangs" }, outcome: "timeout", seconds: longestAwsCallSeconds, items: [] },
		{ fault: { kind: "slow", seconds: 2 }, outcome: "answered written", seconds: 2, items: ["k 1"] },
		{ fault: { kind: "slow", seconds: 60 }, outcome: "timeout", seconds: longestAwsCallSeconds, items: ["k 1"] },
		{ fault: { kind: "throttles", retryAfter: undefined }, outcome: "rate-limited", seconds: 0, items: [] },
		{ fault: { kind: "unreachable" }, outcome: "unreachable", seconds: 0, items: [] },
		{ fault: { kind: "drops-answers" }, outcome: "unreachable", seconds: 0.1, items: ["k 1"] },
	] as const)("while it $fault.kind: $outcome", async ({ fault, outcome, seconds, items }) => {
		let took = -1;
		const account = ledgerThat(async ({ ledger }) => {
			const began = account.clock.now();
			const reason = await reasonOf(() => ledger.write("k", 1, 0));
			took = (account.clock.now() - began) / 1000;
			return reason;
		});
		account.faults.begin({ at: ["ledger"] }, fault);
		expect(await account.run(() => account.invoke())).toBe(outcome);
		expect([took, account.items()]).toEqual([seconds, items]);
	});

	test("whose answer is lost is repeated by the SDK, and then fails for its own sake", async () => {
		const account = ledgerThat(({ ledger }) => ledger.write("k", 1, 0));
		const end = account.faults.begin({ at: ["ledger"] }, { kind: "drops-answers" });
		account.clock.at(start + 50, "scenario", async () => end());
		expect(await account.run(() => account.invoke())).toBe("conflict");
		expect(account.items()).toEqual(["k 1"]);
	});

	test("that outlives its function kills it", async () => {
		const account = ledgerThat(async ({ ledger }) => {
			for (let tries = 0; tries < 20; tries += 1) await ledger.read("k").catch(() => undefined);
			return "done";
		});
		account.faults.begin({ at: ["ledger"] }, { kind: "hangs" });
		await expect(account.run(() => account.invoke())).rejects.toMatchObject({ cause: { reason: "timeout" } });
		expect(account.killed).toEqual(["ledger timeout"]);
	});

	test("lets others in between: two functions that read and write the same item race", async () => {
		const account = ledgerThat(async ({ ledger }) => {
			const stored = await ledger.read("k");
			return ledger.write("k", 1, stored?.version ?? 0);
		}, "normal");
		const outcomes: unknown[] = [];
		for (let count = 0; count < 2; count += 1) account.clock.at(start, "work", async () => void outcomes.push(await account.invoke()));
		await account.clock.run(start + 60_000);
		expect(outcomes.toSorted()).toEqual(["conflict", "written"]);
	});
});
