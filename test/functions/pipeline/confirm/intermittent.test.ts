import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failsOften, frequency, longestWindow, withFrequency } from "../../../../functions/pipeline/confirm/intermittent.ts";
import type { StoredStreak } from "../../../../functions/pipeline/confirm/rules.ts";
import { advanceStreak, type Streak } from "../../../../functions/pipeline/confirm/streak.ts";
import { countInto, type ShardItem, streakIn } from "../../../../functions/pipeline/confirm/streakShard.ts";
import type { Verdict } from "../../../../functions/pipeline/model/incident.ts";
import { reading, seconds } from "../fixtures.ts";
import { calm, down, edgeA, onEdgeA, poller, trunkKey } from "../pollWorld.ts";

const intermittent = { breaches: 5, of: 10 };
const limits = { breachesToOpen: 2, clearsToClose: 3, intermittent };
const words: Readonly<Record<string, Verdict>> = { b: "breach", c: "clear", "-": "no-data" };

/** Plays verdicts, a letter each, and returns what each asked for: O open, C close, or a dot. */
function play(letters: string, rules: Parameters<typeof advanceStreak>[3] = limits, every = 60): string {
	let streak: Streak | undefined;
	return [...letters].reduce((asked, letter, index) => {
		const step = advanceStreak(streak, words[letter] ?? "no-data", seconds(index * every), rules);
		streak = step.streak;
		return asked + { open: "O", close: "C", none: "." }[step.signal];
	}, "");
}

describe("so many of the last readings", () => {
	test("every second one opens at the fifth breach, and asks to be closed by clears in a row alone", () => {
		expect(play("bcbcbcbcbcbcbccc")).toBe("........O.O.O..C");
	});

	test("without the rule nobody hears of it", () => {
		expect(play("bcbcbcbcbcbcbcbc", { ...limits, intermittent: false })).toBe("................");
		expect(play("bcbcbcbcbcbcbcbc", { breachesToOpen: 2, clearsToClose: 3 })).toBe("................");
	});

	test("one in three, or a single one every few minutes, is a passing disturbance", () => {
		expect(play("bccbccbccbccbccb")).toBe("................");
	});

	test("no data is neither: it does not fill the window, and does not empty it", () => {
		expect(play("b-c-b-c-b-c-b-c-b")).toBe("................O");
		expect(play("b------------b", { ...limits, breachesToOpen: 9, intermittent: { breaches: 2, of: 3 } })).toBe(".............O");
	});

	test("clears in a row do not close while too many of the last readings are breaches", () => {
		const rules = { breachesToOpen: 2, clearsToClose: 3, intermittent: { breaches: 3, of: 10 } };
		expect(play("bcbcbcccccc", rules)).toBe("....O.....C");
	});

	test("a row of breaches speaks for itself: what recovers from it is over after its clears, and one breach later is one breach", () => {
		expect(play("bbbbbbbbbbcccb")).toBe(".OOOOOOOOO..C.");
	});

	test("a flood of readings of both kinds within one look is one look", () => {
		expect(play("bcbcbcbcbcbcbcbcbcbc", limits, 1)).not.toContain("O");
	});

	test("two readings of one look are a breach if one of them is", () => {
		const first = advanceStreak(undefined, "breach", seconds(0), limits).streak;
		const second = advanceStreak(first, "clear", seconds(5), limits).streak;
		expect([first.recent, second.recent]).toEqual([1, 1]);
		expect(advanceStreak(second, "clear", seconds(60), limits).streak.recent).toBe(2);
	});

	test("agrees with a plain count of the last looks, whatever the rule", () => {
		const rule = fc
			.integer({ min: 3, max: longestWindow })
			.chain((of) => fc.record({ breaches: fc.integer({ min: 2, max: of }), of: fc.constant(of) }));
		fc.assert(
			fc.property(fc.array(fc.boolean(), { maxLength: 80 }), rule, (looks, own) => {
				// No row is ever long enough, so that only this rule speaks.
				const rules = { breachesToOpen: 60, clearsToClose: 1, intermittent: own };
				const letters = looks.map((isBreach) => (isBreach ? "b" : "c"));
				const expected = letters.map((letter, index) => {
					const often = letters.slice(Math.max(0, index + 1 - own.of), index + 1).filter((each) => each === "b").length >= own.breaches;
					if (letter === "b") return often || letters.slice(index - 59, index + 1).join("") === "b".repeat(60) ? "O" : ".";
					return often ? "." : "C";
				});
				expect(play(letters.join(""), rules)).toBe(expected.join(""));
			}),
		);
	});
});

describe("what is remembered", () => {
	const runbook = { ...calm, intermittent };
	const toCount = (verdict: Verdict, at: number, hasIncident: boolean) => ({
		reading: reading({ verdict, observedAt: at }),
		runbook,
		hasIncident,
	});

	function polls(letters: string, hasIncident = false, item?: ShardItem) {
		let held = item;
		const writes = [...letters].map((letter, turn) => {
			const at = seconds(turn * 60);
			const { write } = countInto(held, [toCount(words[letter] ?? "no-data", at, hasIncident)], at);
			held = write ?? held;
			return write !== undefined;
		});
		return { item: held, writes, streak: streakIn(held, "trunk-down", "base-1") };
	}

	test("is a few bits in the line of an entity that moves, and survives the ledger", () => {
		expect(polls("cccbcbc").streak).toMatchObject({ breaches: 0, clears: 1, recent: 0b1010 } satisfies Partial<StoredStreak>);
		expect(Object.values(polls("cccbcbc").item?.moving ?? {})[0]).toMatch(/^base-1 0 1 \w+ t~a$/);
	});

	test("is forgotten once the last breach has left the window: what is at rest costs nothing", () => {
		const { item, writes } = polls(`cccb${"c".repeat(12)}`);
		expect(item).toMatchObject({ moving: {} });
		expect(writes.lastIndexOf(true)).toBe(13);
	});

	test("begins anew after an incident: one breach after it is one breach", () => {
		const rules = { ...runbook, intermittent: { breaches: 2, of: 10 }, clearsToClose: 1 };
		const count = (item: ShardItem | undefined, verdict: Verdict, turn: number) =>
			countInto(
				item,
				[{ reading: reading({ verdict, observedAt: seconds(turn * 60) }), runbook: rules, hasIncident: true }],
				seconds(turn * 60),
			);
		let item: ShardItem | undefined;
		const signals = [..."bcbcccccccccb"].map((letter, turn) => {
			const { write, counted } = count(item, words[letter] ?? "no-data", turn);
			item = write ?? item;
			return counted[0]?.step?.signal;
		});
		expect(signals.indexOf("open")).toBe(2);
		expect(signals.indexOf("close", 3)).toBe(10);
		expect(signals.at(-1)).toBe("none");
	});

	test("a line that an older version wrote has no window", () => {
		const item: ShardItem = { rest: {}, moving: { "trunk-down": "base-1 1 0 abc t" } };
		expect(streakIn(item, "trunk-down", "base-1")).not.toHaveProperty("recent");
	});
});

describe("a trunk that is down at every second poll", () => {
	test("is one incident, whose page says how often", async () => {
		const { polls, opened, item } = poller({ "trunk-down": { ...calm, intermittent } });
		for (let turn = 0; turn < 30; turn += 1) await polls(1, { trunks: [turn % 2 === 0 ? down : onEdgeA], edges: [edgeA] });
		expect(opened()).toEqual([trunkKey]);
		expect(await item(trunkKey)).toMatchObject({
			state: "open",
			seen: 11,
			summary: expect.stringMatching(/^SIP trunk Frankfurt-1 is down: .*, comes and goes: 5 of the last 10 readings failed$/),
		});
		await polls(3, { trunks: [onEdgeA] });
		expect(await item(trunkKey)).toMatchObject({ state: "recovered" });
	});

	test("what fails in a row says nothing of how often", () => {
		expect(withFrequency(reading(), undefined, intermittent)).toEqual(reading());
		expect(withFrequency(reading({ verdict: "clear" }), 0b11111, intermittent).metrics).toEqual(reading().metrics);
		expect(withFrequency(reading(), 0b11111, false)).toEqual(reading());
		expect(frequency({ instances: 2 })).toBe("");
		expect(failsOften(undefined, intermittent)).toBe(false);
	});
});
