import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { change, readItem } from "../../../../functions/pipeline/ledger/store.ts";
import { EdgeError, type Ledger } from "../../../../functions/pipeline/ports.ts";
import { seconds } from "../fixtures.ts";

const counter = (current: number | undefined) => ({ write: (current ?? 0) + 1, result: current });

/** A ledger where somebody else is faster so many times. */
function contested(times: number) {
	const plain = memoryLedger({ now: () => seconds(0) });
	const written: unknown[][] = [];
	let left = times;
	const ledger: Ledger = {
		...plain,
		write: async (key, ...rest) => {
			written.push([key, ...rest]);
			if (left > 0) {
				left -= 1;
				const stored = await plain.read(key);
				await plain.write(key, 100 + left, stored?.version ?? 0);
			}
			return plain.write(key, ...rest);
		},
	};
	return { ledger, plain, written };
}

describe("changing one item", () => {
	test("writes on the version that was read, with what the rule says of its dates and nothing else", async () => {
		const { ledger, written } = contested(0);
		expect(await change(ledger, "k", counter)).toBeUndefined();
		expect(await change<number, number | undefined>(ledger, "k", (current) => ({ ...counter(current), dueAt: 7, exp: seconds(9) }))).toBe(
			1,
		);
		expect(await change<number, number | undefined>(ledger, "k", (current) => ({ ...counter(current), dueAt: 0 }))).toBe(2);
		expect(written).toStrictEqual([
			["k", 1, 0, {}],
			["k", 2, 1, { dueAt: 7, exp: seconds(9) }],
			["k", 3, 2, { dueAt: 0 }],
		]);
		expect(await readItem(ledger, "k")).toBe(3);
	});

	test("writes nothing where the rule writes nothing", async () => {
		const { ledger, written } = contested(0);
		expect(await change(ledger, "k", () => ({ result: "nothing to do" }))).toBe("nothing to do");
		expect(written).toEqual([]);
		expect(await readItem(ledger, "k")).toBeUndefined();
	});

	test("decides again on what somebody faster wrote", async () => {
		const { ledger, plain } = contested(9);
		expect(await change(ledger, "k", counter)).toBe(100);
		expect((await plain.read("k"))?.value).toBe(101);
	});

	test("gives up after ten conflicts in a row, and says that a retry may help", async () => {
		const { ledger, written } = contested(10);
		const failure: unknown = await change(ledger, "k", counter).catch((error: unknown) => error);
		expect(failure).toBeInstanceOf(EdgeError);
		expect(failure).toMatchObject({
			reason: "unavailable",
			retry: true,
			message: "Expected to change k within 10 tries, got a newer version each time",
		});
		expect(written).toHaveLength(10);
	});
});
