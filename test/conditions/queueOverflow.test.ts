import { describe, expect, test } from "vitest";
import { seconds, zero } from "../functions/pipeline/fixtures.ts";
import { crowded, support } from "../functions/pipeline/pollWorld.ts";
import { detectQueues, overflow, queue } from "./observing.ts";

describe("detectQueues", () => {
	const since = (...ago: readonly number[]): number[] => ago.map((second) => seconds(-second));
	test.each([
		{ name: "no row", change: {}, verdict: "clear", reason: "nobody-waits" },
		{ name: "as many as allowed", change: { waiting: 5, waitingSince: since(20) }, verdict: "clear", reason: "within-limits" },
		{ name: "one more than allowed", change: { waiting: 6, waitingSince: since(20) }, verdict: "breach", reason: "too-many-waiting" },
		{ name: "too many, and nobody says since when", change: { waiting: 6 }, verdict: "breach", reason: "too-many-waiting" },
		{ name: "exactly as long as allowed", change: { waiting: 1, waitingSince: since(120) }, verdict: "clear", reason: "within-limits" },
		{ name: "a second longer", change: { waiting: 1, waitingSince: since(121) }, verdict: "breach", reason: "waiting-too-long" },
		{
			name: "the oldest stands anywhere in the list",
			change: { waiting: 2, waitingSince: since(5, 500) },
			verdict: "breach",
			reason: "waiting-too-long",
		},
		{ name: "few wait, and nobody says since when", change: { waiting: 2 }, verdict: "no-data", reason: "no-numbers" },
		{ name: "a row without a count", change: { waiting: undefined }, verdict: "no-data", reason: "no-numbers" },
	])("$name → $verdict, $reason", ({ change, verdict, reason }) => {
		expect(detectQueues([queue(change)], overflow, zero)).toEqual([
			expect.objectContaining({ condition: "queue-overflow", verdict, reason, fedBy: ["Frankfurt-1"] }),
		]);
	});

	test("a truncated list still holds the longest wait, and the count does not come from the list", () => {
		const [found] = detectQueues([queue({ waiting: 400, waitingSince: since(90, 80, 2, 1), truncated: true })], overflow, zero);
		expect(found?.metrics).toEqual({ waiting: 400, longestWaitSeconds: 90, onQueueUsers: 3 });
	});

	test("a clock that is behind the vendor's gives no negative wait", () => {
		const [found] = detectQueues([queue({ waiting: 1, waitingSince: [seconds(30)] })], overflow, zero);
		expect(found?.metrics.longestWaitSeconds).toBe(0);
	});
});

describe("a queue", () => {
	const limits = { waitingOver: 5, longestWaitSecondsOver: 120, queues: [{ name: "Sales" }, { name: "Support", fedBy: ["T-1", "T-2"] }] };

	test("is told with what is known of it, whole seconds of the longest wait, and its feeds", () => {
		expect(detectQueues([{ ...crowded, waitingSince: [seconds(-2), zero - 90_999] }], limits, zero)).toEqual([
			{
				condition: "queue-overflow",
				id: "queue-1",
				name: "Support",
				verdict: "breach",
				reason: "too-many-waiting",
				metrics: { waiting: 9, longestWaitSeconds: 90, onQueueUsers: 2 },
				raw: { ...crowded, waitingSince: [seconds(-2), zero - 90_999] },
				fedBy: ["T-1", "T-2"],
			},
		]);
		const unknown = { ...support, name: "Other", waiting: undefined, onQueueUsers: undefined };
		expect(detectQueues([unknown], limits, zero)[0]).toMatchObject({ fedBy: [], metrics: {} });
		expect(detectQueues([unknown], limits, zero)[0]?.metrics).toStrictEqual({});
		expect(detectQueues([{ ...support, name: "Sales" }], limits, zero)[0]?.fedBy).toEqual([]);
	});

	test("of which only the wait is known, and is short: nobody knows how many", () => {
		const found = detectQueues([{ ...support, waiting: undefined, waitingSince: [seconds(-5)] }], limits, zero);
		expect(found).toMatchObject([{ verdict: "no-data", reason: "no-numbers" }]);
	});

	test("stands in the order of the ids", () => {
		const listed = ["c", "a", "d", "b"].map((id) => ({ ...support, id }));
		expect(detectQueues(listed, limits, zero).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
		expect(detectQueues(listed.toReversed(), limits, zero).map(({ id }) => id)).toEqual(["a", "b", "c", "d"]);
	});
});
