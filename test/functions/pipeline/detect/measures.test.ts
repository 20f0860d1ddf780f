import { describe, expect, test } from "vitest";
import { overseerRunbooks, watchedRunbook, watchedRunbooks } from "../../../../conditions/runbooks.ts";
import { trunkDown } from "../../../../conditions/trunkDown.ts";
import { mismatchesDelta, readGauges } from "../../../../functions/pipeline/detect/gauges.ts";
import { observeAll } from "../../../../functions/pipeline/detect/rules.ts";
import { judgeInstance } from "../../../../functions/pipeline/detect/trunks.ts";
import { seconds, trunk, zero } from "../fixtures.ts";
import { all, calm, offline, onEdgeA, support } from "../pollWorld.ts";

describe("one instance of a trunk", () => {
	test.each([
		[{ connected: false, options: [true], registers: [true] }, "not-connected"],
		[{ connected: undefined, options: [true] }, "connected"],
		[{ connected: undefined, registers: [true] }, "connected"],
		[{ connected: undefined, options: [], registers: [] }, "no-state"],
		[{ connected: undefined, options: [false], registers: [true] }, "options-failing"],
		[{ connected: undefined, options: [true], registers: [false, false] }, "registration-failing"],
		[{ connected: true, options: [], registers: [] }, "connected"],
		[{ connected: true, options: [false], registers: [false] }, "options-failing"],
		[{ connected: true, options: [false, true], registers: [false, true] }, "connected"],
	] as const)("%j is %s", (change, reason) => {
		expect(judgeInstance(trunk(change))).toBe(reason);
	});
});

describe("the runbooks of the poller", () => {
	test("each looks at its own source, and sees nothing where that was not read", () => {
		const needs = watchedRunbooks.map(({ name, sources }) => `${name} ${sources.join(" ")}`);
		expect(needs).toEqual(
			expect.arrayContaining(["edge-offline edges", "trunk-down trunks", "trunk-degraded trunks", "queue-overflow queues"]),
		);
		expect(observeAll({ now: zero }, all)).toEqual([]);
	});

	test("what only the overseer can know is none of them", () => {
		expect(overseerRunbooks.filter(({ name }) => watchedRunbook(name) !== undefined)).toEqual([]);
		expect(watchedRunbook("trunk-down")).toBe(trunkDown);
	});

	test("only those of enabled runbooks observe", () => {
		const snapshot = { now: zero, trunks: [onEdgeA], edges: [offline], queues: [support] };
		const off = { ...all, "trunk-down": { ...calm, enabled: false } };
		expect(observeAll(snapshot, off).map(({ condition }) => condition)).toEqual(["edge-offline", "trunk-degraded", "queue-overflow"]);
	});
});

describe("the levels of a gauge", () => {
	test("are summed for each base; one that is not whole is left out", () => {
		const of = (id: string, qosMismatches: number | undefined) => trunk({ trunkBase: { id, name: id }, qosMismatches });
		expect(readGauges([of("a", 3), of("b", 0), of("a", 4), of("c", 9), of("c", undefined)], seconds(60))).toEqual({
			at: seconds(60),
			mismatches: { a: 7, b: 0 },
		});
	});

	test("are compared over three minutes and no longer, and only where both are known", () => {
		const at = (second: number, mismatches: Readonly<Record<string, number>>) => ({ at: seconds(second), mismatches });
		expect(mismatchesDelta(at(0, { a: 1 }), at(180, { a: 4 }), "a")).toBe(3);
		expect(mismatchesDelta(at(0, { a: 1 }), at(180.001, { a: 4 }), "a")).toBeUndefined();
		expect(mismatchesDelta(at(0, { a: 1 }), undefined, "a")).toBeUndefined();
		expect(mismatchesDelta(at(0, { a: 1 }), at(60, {}), "a")).toBeUndefined();
		expect(mismatchesDelta(at(0, {}), at(60, { a: 1 }), "a")).toBeUndefined();
	});
});
