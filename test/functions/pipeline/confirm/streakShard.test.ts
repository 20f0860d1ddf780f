import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { refuseUnstorable } from "../../../../functions/edges/aws/storable.ts";
import {
	countInto,
	maximumMoving,
	type ShardItem,
	shardCount,
	shardOf,
	streakIn,
} from "../../../../functions/pipeline/confirm/streakShard.ts";
import type { Reading } from "../../../../functions/pipeline/model/incident.ts";
import { reading, seconds } from "../fixtures.ts";
import { calm } from "../pollWorld.ts";
import { holding } from "../streakItems.ts";

const minute = 60;

/** One poll after the other of one item: each gives the verdicts of its entities. */
function polls(...looks: readonly Readonly<Record<string, Reading["verdict"]>>[]) {
	let item: ShardItem | undefined;
	const writes: boolean[] = [];
	const signals = looks.map((inspect, turn) => {
		const at = seconds(turn * minute);
		const { write, counted } = countInto(
			item,
			Object.entries(inspect).map(([id, verdict]) => toCount(id, verdict, at)),
			at,
		);
		writes.push(write !== undefined);
		item = write ?? item;
		return counted.map(({ step }) => `${step?.signal} ${step?.reason}`);
	});
	return { item, writes, signals };
}

const toCount = (id: string, verdict: Reading["verdict"], at: number, hasIncident: boolean | undefined = false) => ({
	reading: reading({ entity: { id, name: id }, verdict, observedAt: at }),
	runbook: calm,
	hasIncident,
});

describe("what is at rest", () => {
	test("is written until it is settled, and never again: not by a hundred entities, not after a day", () => {
		const all = Object.fromEntries(Array.from({ length: 100 }, (_, id) => [`base-${id}`, "clear" as const]));
		const { item, writes, signals } = polls(all, all, all, all, all);
		expect(writes).toEqual([true, true, true, false, false]);
		expect(item).toEqual({ rest: { "trunk-down": { clears: 3, countedAt: seconds(120) } }, moving: {} });
		expect(new Set(signals.flat())).toEqual(new Set(["none clear-counted", "none clear-streak-reached"]));
		const later = seconds(86_400 * 3);
		expect(countInto(item, [toCount("base-1", "clear", later)], later).write).toBeUndefined();
	});

	test("asks for nothing to be closed, and is no news", () => {
		const settled = { rest: { "trunk-down": { clears: 3, countedAt: seconds(0) } }, moving: {} };
		const { counted } = countInto(settled, [toCount("base-1", "clear", seconds(60))], seconds(60));
		expect(counted[0]?.step).toMatchObject({ signal: "none", before: { clears: 3 }, after: undefined });
	});

	test("leaves no trace where nothing is known of it", () => {
		expect(countInto(undefined, [toCount("base-1", "no-data", seconds(0))], seconds(0)).write).toBeUndefined();
	});

	test("is settled by webhooks alone as well: one that says every minute that all is well is no news for ever", () => {
		let item: ShardItem | undefined;
		const reasons = Array.from({ length: 6 }, (_, turn) => {
			const at = seconds(turn * minute);
			const webhook = { ...toCount("base-1", "clear", at), reading: reading({ verdict: "clear", source: "webhook", observedAt: at }) };
			const { write, counted } = countInto(item, [webhook], at);
			item = write ?? item;
			return `${write === undefined ? "kept" : "written"} ${counted[0]?.step?.before?.clears ?? 0}`;
		});
		expect(reasons).toEqual(["written 0", "written 1", "written 2", "kept 3", "kept 3", "kept 3"]);
	});

	test("is counted like any other once it has an incident whose streak is not known", () => {
		let item: ShardItem | undefined = { rest: { "trunk-down": { clears: 3, countedAt: seconds(0) } }, moving: {} };
		const signals = [1, 2, 3].map((turn) => {
			const at = seconds(turn * minute);
			const { write, counted } = countInto(item, [toCount("base-1", "clear", at, true)], at);
			item = write;
			return counted[0]?.step?.signal;
		});
		expect(signals).toEqual(["none", "none", "close"]);
	});
});

describe("what is not at rest", () => {
	test("stands alone, opens at its second breach, and leaves after its clears and an hour without a flap", () => {
		const up = { a: "clear", b: "clear" } as const;
		const hour = Array.from({ length: 61 }, () => up);
		const { item, writes, signals } = polls(up, up, up, { ...up, a: "breach" }, { ...up, a: "breach" }, up, up, up, ...hour);
		expect(signals.slice(3, 9).map(([first]) => first)).toEqual([
			"none breach-counted",
			"open breach-streak-reached",
			"none clear-counted",
			"none clear-counted",
			"close clear-streak-reached",
			"none clear-streak-reached",
		]);
		expect(item).toEqual({ rest: { "trunk-down": { clears: 3, countedAt: seconds(120) } }, moving: {} });
		// Three polls settle all, five polls move one; after that only its leaving is written, when its closing is forgotten.
		expect(writes.filter(Boolean)).toHaveLength(3 + 5 + 1);
	});

	test("keeps asking to be closed while its incident is not closed, and not longer", () => {
		const stored = holding({ breaches: 0, clears: 3, countedAt: seconds(0), flaps: { open: false, closings: [seconds(0)] } });
		const asked = (hasIncident: boolean | undefined) =>
			countInto(stored, [{ ...toCount("base-1", "clear", seconds(60)), hasIncident }], seconds(60)).counted[0]?.step?.signal;
		expect([asked(true), asked(undefined), asked(false)]).toEqual(["close", "close", "none"]);
	});

	test("is forgotten a day after its last reading", () => {
		const stored = holding({ breaches: 1, clears: 0, countedAt: seconds(0), flaps: { open: false, closings: [] }, troubled: true });
		const at = (second: number) => countInto(stored, [toCount("other", "no-data", seconds(second))], seconds(second)).write;
		expect(at(86_399)).toBeUndefined();
		expect(at(86_400)).toEqual({ rest: {}, moving: {} });
	});

	test("is the same whatever order the ledger gives its names in", () => {
		const one = { rest: { "trunk-down": { clears: 3, countedAt: 5 }, "edge-offline": { countedAt: 5, clears: 3 } }, moving: {} };
		expect(countInto(one, [toCount("base-1", "clear", seconds(0))], seconds(0)).write).toBeUndefined();
	});

	test("is counted twice by nobody: a webhook beside a poll is one reading, and its incident is asked for all the same", () => {
		const first = countInto(undefined, [toCount("base-1", "breach", seconds(0))], seconds(0)).write;
		const beside = countInto(first, [toCount("base-1", "breach", seconds(5))], seconds(5));
		expect(beside).toMatchObject({ write: undefined, counted: [{ step: { reason: "already-counted", signal: "none" } }] });
	});
});

describe("an item", () => {
	const streak = fc.record({
		breaches: fc.nat(10),
		clears: fc.nat(10),
		countedAt: fc.integer({ min: seconds(0), max: seconds(3600) }),
		flaps: fc.record({ open: fc.boolean(), closings: fc.array(fc.integer({ min: seconds(-60), max: seconds(0) }), { maxLength: 2 }) }),
		troubled: fc.boolean(),
	});

	test("gives back what it holds, whatever the id: not even __proto__ is special", () => {
		fc.assert(
			fc.property(fc.oneof(fc.constant("__proto__"), fc.stringMatching(/^[A-Za-z0-9:._-]{1,64}$/)), streak, (entityId, stored) => {
				const parts = { environment: "dev", condition: "trunk-down", entityId } as const;
				expect(streakIn(holding(stored, parts), "trunk-down", entityId)).toEqual(stored);
				// A reading of nobody writes it out anew, and equal.
				const other = countInto(holding(stored, parts), [toCount("another-one", "no-data", seconds(0))], seconds(0));
				expect(other.write).toBeUndefined();
			}),
		);
	});

	test("takes 2,500 entities and no more: who finds no room is not counted, and the others are", () => {
		const ids = Array.from({ length: maximumMoving + 1 }, (_, id) => `${id}`.padStart(64, "0"));
		const { write, counted } = countInto(
			undefined,
			ids.map((id) => toCount(id, "breach", seconds(0))),
			seconds(0),
		);
		expect(counted.filter(({ step }) => step === undefined).map(({ reading: { entity } }) => entity.id)).toEqual([ids.at(-1)]);
		expect(() => refuseUnstorable("streaks:1:dev:0", write)).not.toThrow();
		const again = countInto(
			write,
			ids.map((id) => toCount(id, "breach", seconds(60))),
			seconds(60),
		);
		expect(again.counted.filter(({ step }) => step?.signal === "open")).toHaveLength(maximumMoving);
	});

	test("holds its share of five thousand failing trunks in less than 64 KB", () => {
		const ids = Array.from({ length: 5000 }, (_, id) => `${String(id).padStart(8, "0")}-2f1c-4a7e-9d2b-7b1f5f2f9a10`);
		const shards = Map.groupBy(ids, (id) => shardOf("trunk-down", id));
		expect(shards.size).toBe(shardCount);
		for (const own of shards.values()) {
			const { write } = countInto(
				undefined,
				own.map((id) => toCount(id, "breach", seconds(0))),
				seconds(0),
			);
			expect(JSON.stringify(write).length).toBeLessThan(64_000);
		}
	});
});
