import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Clock, Ledger } from "../../../../functions/pipeline/ports.ts";

const start = Date.UTC(2026, 10, 24, 9, 0, 0);

/** A clock that stands still until a test moves it. */
export function standingClock(): Clock & { move(milliseconds: number): void } {
	let now = start;
	return {
		now: () => now,
		move: (milliseconds) => {
			now += milliseconds;
		},
	};
}

/** JSON that DynamoDB can hold: no empty property name, numbers between 1e-130 and 1e126. */
const json = fc.letrec((tie) => ({
	value: fc.oneof(
		{ depthSize: "small" },
		fc.string(),
		fc.integer(),
		fc.integer().map((number) => number / 1e6),
		fc.boolean(),
		fc.constant(null),
		fc.array(tie("value"), { maxLength: 4 }),
		fc.dictionary(fc.string({ minLength: 1 }), tie("value"), { maxKeys: 4 }),
	),
})).value;

/** A number inside this many lists. */
const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)]);

/** What every ledger promises. `make` gives an empty one on the clock that it is handed. */
export function ledgerContract(name: string, make: (clock: Clock) => Promise<Ledger>): void {
	const fresh = async () => {
		const clock = standingClock();
		return { clock, ledger: await make(clock) };
	};

	describe(`${name}: versions`, () => {
		test("an item that was never written is undefined", async () => {
			const { ledger } = await fresh();
			expect(await ledger.read("inc:1:dev:trunk-down:a")).toBeUndefined();
		});

		test("a first write makes version 1, each further write the next", async () => {
			const { ledger } = await fresh();
			expect(await ledger.write("k", { n: 1 }, 0)).toBe("written");
			expect(await ledger.read("k")).toEqual({ version: 1, value: { n: 1 } });
			expect(await ledger.write("k", { n: 2 }, 1)).toBe("written");
			expect(await ledger.read("k")).toEqual({ version: 2, value: { n: 2 } });
		});

		test.each([
			{ name: "as if it did not exist", expected: 0 },
			{ name: "on an older version", expected: 1 },
			{ name: "on a version that is yet to come", expected: 3 },
		])("a write $name is a conflict and changes nothing", async ({ expected }) => {
			const { ledger } = await fresh();
			await ledger.write("k", "first", 0);
			await ledger.write("k", "second", 1);
			expect(await ledger.write("k", "intruder", expected)).toBe("conflict");
			expect(await ledger.read("k")).toEqual({ version: 2, value: "second" });
		});

		test("a write on a version of an item that does not exist is a conflict", async () => {
			const { ledger } = await fresh();
			expect(await ledger.write("k", "x", 1)).toBe("conflict");
			expect(await ledger.read("k")).toBeUndefined();
		});

		test.each([0, 1])("of 50 writes at once on version %i exactly one wins", async (version) => {
			const { ledger } = await fresh();
			if (version === 1) await ledger.write("k", "before", 0);
			const results = await Promise.all(Array.from({ length: 50 }, (_, writer) => ledger.write("k", { writer }, version)));
			expect(results.filter((result) => result === "written")).toHaveLength(1);
			expect(await ledger.read("k")).toEqual({ version: version + 1, value: { writer: results.indexOf("written") } });
		});
	});

	describe(`${name}: expiry`, () => {
		test("an item is there until the second before its expiry, and gone at it", async () => {
			const { ledger, clock } = await fresh();
			await ledger.write("k", "x", 0, { exp: start + 60_000 });
			clock.move(59_000);
			expect(await ledger.read("k")).toEqual({ version: 1, value: "x" });
			clock.move(1000);
			expect(await ledger.read("k")).toBeUndefined();
		});

		test("an expired item can be written as new, and begins at version 1 again", async () => {
			const { ledger, clock } = await fresh();
			await ledger.write("k", "old", 0, { exp: start + 1000 });
			await ledger.write("k", "older", 1, { exp: start + 1000 });
			clock.move(1000);
			expect(await ledger.write("k", "new", 0)).toBe("written");
			expect(await ledger.read("k")).toEqual({ version: 1, value: "new" });
		});

		test("a write on the version of an expired item is a conflict", async () => {
			const { ledger, clock } = await fresh();
			await ledger.write("k", "old", 0, { exp: start + 1000 });
			clock.move(1000);
			expect(await ledger.write("k", "late", 1)).toBe("conflict");
		});

		test("a write without an expiry takes the expiry off", async () => {
			const { ledger, clock } = await fresh();
			await ledger.write("k", "x", 0, { exp: start + 1000 });
			await ledger.write("k", "y", 1);
			clock.move(3_600_000);
			expect(await ledger.read("k")).toEqual({ version: 2, value: "y" });
		});
	});

	describe(`${name}: the due list`, () => {
		test("holds what is due now or earlier, earliest first, at most as many as asked", async () => {
			const { ledger } = await fresh();
			await ledger.write("later", 1, 0, { dueAt: start + 1 });
			await ledger.write("now", 1, 0, { dueAt: start });
			await ledger.write("long-ago", 1, 0, { dueAt: start - 5000 });
			await ledger.write("before", 1, 0, { dueAt: start - 1 });
			await ledger.write("never", 1, 0);
			expect(await ledger.due(start, 10)).toEqual(["long-ago", "before", "now"]);
			expect(await ledger.due(start, 2)).toEqual(["long-ago", "before"]);
		});

		test("loses an item that is written again without a due time, and moves one that is written with another", async () => {
			const { ledger } = await fresh();
			await ledger.write("a", 1, 0, { dueAt: start - 2 });
			await ledger.write("b", 1, 0, { dueAt: start - 1 });
			await ledger.write("a", 2, 1);
			await ledger.write("b", 2, 1, { dueAt: start + 60_000 });
			expect(await ledger.due(start, 10)).toEqual([]);
			expect(await ledger.due(start + 60_000, 10)).toEqual(["b"]);
		});

		test("is not touched by a write that lost", async () => {
			const { ledger } = await fresh();
			await ledger.write("a", 1, 0);
			await ledger.write("a", 2, 0, { dueAt: start });
			expect(await ledger.due(start, 10)).toEqual([]);
		});
	});

	describe(`${name}: values`, () => {
		test("come back as they went in: empty texts, null, empty and nested lists and objects", async () => {
			const { ledger } = await fresh();
			const value = {
				empty: "",
				nothing: null,
				list: [],
				object: {},
				nested: [
					[1, [2, [""]]],
					[null, false, { deep: [{ key: "" }] }],
				],
				numbers: [0, -1, 0.1, 1_795_000_000_123, 1e-7],
				text: 'quote " backslash \\ newline \n snowman ☃ 📟',
			};
			await ledger.write("k", value, 0);
			expect(await ledger.read("k")).toEqual({ version: 1, value });
		});

		test("any JSON comes back equal", async () => {
			const { ledger } = await fresh();
			let version = 0;
			await fc.assert(
				fc.asyncProperty(json, async (value) => {
					expect(await ledger.write("any", value, version)).toBe("written");
					version += 1;
					expect(await ledger.read("any")).toEqual({ version, value });
				}),
				{ numRuns: 50, seed: 20261124 },
			);
		});

		test("an undefined property is absent, as in JSON", async () => {
			const { ledger } = await fresh();
			await ledger.write("k", { kept: 1, dropped: undefined }, 0);
			expect(Object.keys(Object((await ledger.read("k"))?.value))).toEqual(["kept"]);
		});

		test("are not changed by what a caller does to what it wrote or read", async () => {
			const { ledger } = await fresh();
			const value = { pages: ["first"] };
			await ledger.write("k", value, 0);
			value.pages.push("second");
			const read = await ledger.read("k");
			// It may refuse to be changed as well.
			Reflect.set(Object(read?.value), "pages", []);
			expect(await ledger.read("k")).toEqual({ version: 1, value: { pages: ["first"] } });
		});

		test.each([
			{ name: "an item over 400 KB", value: "s3cret".repeat(70_000), got: "an item of more than 400 KB" },
			{ name: "400 KB of names", value: { [`s3cret${"n".repeat(410_000)}`]: 1 }, got: "an item of more than 400 KB" },
			{ name: "an integer above the safe ones", value: { at: [2 ** 53] }, got: "a number that it cannot hold at value.at[0]" },
			{ name: "an integer below the safe ones", value: -(2 ** 53), got: "a number that it cannot hold at value" },
			{ name: "a huge number", value: { n: 1e200 }, got: "a number that it cannot hold at value.n" },
			{ name: "a tiny number", value: { n: 1e-131 }, got: "a number that it cannot hold at value.n" },
			{ name: "what is no number", value: { n: Number.NaN }, got: "a number that it cannot hold at value.n" },
			{ name: "nesting over 32 levels", value: nested(32), got: "nesting of more than 32 levels" },
			{ name: "an empty name", value: { inner: { "": 1 } }, got: "an empty name at value.inner" },
			{ name: "the name __proto__", value: JSON.parse('{"a":{"__proto__":1}}'), got: "the name __proto__ at value.a" },
			{ name: "an undefined value", value: undefined, got: "undefined at value" },
			{ name: "an undefined entry of a list", value: [1, undefined], got: "undefined at value[1]" },
			{ name: "an object of a class", value: { at: new Date(0) }, got: "an object of a class at value.at" },
			{ name: "a bigint", value: 1n, got: "bigint at value" },
		])("$name is refused without a retry, with the reason and without the value, and nothing is written", async ({ value, got }) => {
			const { ledger } = await fresh();
			const refusal = { name: "EdgeError", reason: "rejected", retry: false, message: `ledger: expected to write k, got ${got}` };
			await expect(ledger.write("k", value, 0)).rejects.toMatchObject(refusal);
			expect(await ledger.read("k")).toBeUndefined();
		});

		test("an empty key is refused", async () => {
			const { ledger } = await fresh();
			await expect(ledger.write("", 1, 0)).rejects.toMatchObject({ reason: "rejected", retry: false });
		});

		test.each([
			{ name: "the largest integers", value: [Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER] },
			{ name: "the smallest number", value: 1e-130 },
			{ name: "32 levels", value: nested(31) },
			{ name: "399 KB", value: "x".repeat(399 * 1024) },
		])("$name come back as they went in", async ({ value }) => {
			const { ledger } = await fresh();
			expect(await ledger.write("k", value, 0)).toBe("written");
			expect(await ledger.read("k")).toEqual({ version: 1, value });
		});
	});
}

/** What a ledger promises of transactions: all writes or none. */
export function transactionContract(name: string, make: (clock: Clock) => Promise<Ledger>): void {
	const fresh = async () => make(standingClock());

	describe(`${name}: transactions`, () => {
		test("write all items, each with its own options, and each gets its next version", async () => {
			const ledger = await fresh();
			await ledger.write("a", 1, 0, { dueAt: start });
			const writes = [
				{ key: "a", value: 2, expectedVersion: 1, options: { dueAt: start + 1 } },
				{ key: "b", value: { n: 1 }, expectedVersion: 0, options: { exp: start + 60_000 } },
			];
			expect(await ledger.transact(writes)).toBe("written");
			expect([await ledger.read("a"), await ledger.read("b")]).toEqual([
				{ version: 2, value: 2 },
				{ version: 1, value: { n: 1 } },
			]);
			expect([await ledger.due(start, 9), await ledger.due(start + 1, 9)]).toEqual([[], ["a"]]);
		});

		test("write nothing where one item has another version", async () => {
			const ledger = await fresh();
			await ledger.write("a", 1, 0);
			const writes = [
				{ key: "b", value: 1, expectedVersion: 0 },
				{ key: "a", value: 2, expectedVersion: 0 },
			];
			expect(await ledger.transact(writes)).toBe("conflict");
			expect([await ledger.read("a"), await ledger.read("b")]).toEqual([{ version: 1, value: 1 }, undefined]);
		});

		test("refuse what no item can hold, and write nothing then", async () => {
			const ledger = await fresh();
			const writes = [
				{ key: "a", value: 1, expectedVersion: 0 },
				{ key: "b", value: 2 ** 60, expectedVersion: 0 },
			];
			await expect(ledger.transact(writes)).rejects.toMatchObject({ name: "EdgeError", reason: "rejected" });
			expect(await ledger.read("a")).toBeUndefined();
		});
	});
}
