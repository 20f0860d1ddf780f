import { describe, expect, it } from "vitest";
import type { Action } from "../../architect/model.ts";
import { call, decide, end, exp, flow, lit, loop, mark, play, set, start, wait } from "./simulating.ts";

describe("flow errors", () => {
	it.each<[string, readonly Action[], Record<string, unknown>]>([
		[
			"NOT_SET misuse",
			[set("integer", "Flow.number", exp("Length(Flow.text)", 12)), end()],
			{
				message: "not-set: Expected argument 1 of Length to be set, got NOT_SET (Flow.text). In `Length(Flow.text)`, at character 8.",
				action: "Set Flow.number",
				line: 12,
			},
		],
		[
			"a bad cast",
			[set("integer", "Flow.number", exp('ToInt("x")')), end()],
			{
				message: 'bad-cast: ToInt: Expected a whole number in the string, got "x". In `ToInt("x")`, at character 1.',
				action: "Set Flow.number",
			},
		],
		[
			"a subscript out of range",
			[call({ successOutputs: { c: "Flow.connected" } }), set("boolean", "Flow.flag", exp("Flow.connected[1]")), end()],
			{
				message:
					"out-of-range: []: Expected an index from 0 to 0, got 1 (the collection has 1 items). In `Flow.connected[1]`, at character 15.",
				action: "Set Flow.flag",
			},
		],
		[
			"a condition that is NOT_SET",
			[decide(exp("Flow.flag", 4), [end()]), end()],
			{ message: "not-set: Expected a value of type boolean, got NOT_SET from `Flow.flag`.", action: "Decide", line: 4 },
		],
		[
			"a switch value that is NOT_SET",
			[{ kind: "switch", name: "By text", style: "firstMatch", value: exp("Flow.text"), cases: [{ value: lit("a"), actions: [] }] }, end()],
			{ message: "not-set: Expected a value of type string, got NOT_SET from `Flow.text`.", action: "By text" },
		],
		[
			"a loop count that is NOT_SET",
			[loop(exp("Flow.number"), []), end()],
			{ message: "not-set: Expected a value of type integer, got NOT_SET from `Flow.number`.", action: "Loop" },
		],
		[
			"the index after its loop",
			[loop(lit(2), []), set("integer", "Flow.number", exp("Flow.index + 1")), end()],
			{
				message: "not-set: Expected argument 1 of + to be set, got NOT_SET (Flow.index). In `Flow.index + 1`, at character 1.",
				action: "Set Flow.number",
			},
		],
		[
			"a negative wait",
			[{ kind: "wait", name: "Wait", duration: exp("MakeDuration(0, 0, 0, -1)"), trimDurationNearMaxRunningTime: false }, end()],
			{ message: "Expected a wait of 0 seconds or more, got -1 s.", action: "Wait" },
		],
	])("%s ends the run in error handling", (_, actions, error) => {
		const { outcome } = play(flow(actions), (_effect, now) => ({ now, result: { kind: "success", outputs: { c: [true] } } }));
		expect(outcome.outcome).toBe("error");
		expect(outcome.exitReason).toBeUndefined();
		expect(outcome.error).toEqual(error);
	});

	it("keeps the outputs and the trace up to the error", () => {
		const { outcome } = play(flow([mark("a"), wait({ seconds: 30 }), decide(exp("Flow.flag")), end()]));
		expect(outcome).toEqual({
			outcome: "error",
			error: { message: "not-set: Expected a value of type boolean, got NOT_SET from `Flow.flag`.", action: "Decide" },
			outputs: { "Flow.trail": "a", "Flow.number": null, "Flow.at": null },
			actions: 3,
			seconds: 30,
			trace: [
				{ at: start, action: "Set Flow.trail", kind: "updateData", path: "Start/Set Flow.trail", values: { "Flow.trail": "a" } },
				{ at: start, action: "Wait", kind: "wait", path: "Start/Wait", values: { seconds: 30 } },
			],
		});
	});
});

describe("limits of the platform", () => {
	it("allows 10,000 actions and not one more", () => {
		// One loop, 9,998 times back to it, one end: 10,000.
		expect(play(flow([loop(lit(9999), []), end()])).outcome).toMatchObject({ outcome: "completed", actions: 10_000 });
		expect(play(flow([loop(lit(10_000), []), end()])).outcome).toMatchObject({
			outcome: "error",
			actions: 10_000,
			error: { message: "Expected at most 10000 actions in one run, got more.", action: "End" },
		});
	});

	it("ends states that change for ever", () => {
		expect(play(flow([{ kind: "changeState", name: "Again", target: "Start" }])).outcome).toMatchObject({
			outcome: "error",
			actions: 10_000,
		});
	});

	it("ends a run at 72 hours, in the middle of a wait", () => {
		const { outcome, effects } = play(flow([wait({ hours: 71 }), wait({ hours: 2 }), end()]));
		expect(effects.map((effect) => effect.kind === "wait" && effect.seconds)).toEqual([71 * 3600, 3600]);
		expect(outcome).toMatchObject({
			outcome: "error",
			seconds: 72 * 3600,
			error: { message: "Expected a run of at most 72 hours, got a longer one.", action: "Wait" },
		});
	});

	it("shortens a wait that asks for it, once", () => {
		const { outcome, effects } = play(
			flow([wait({ hours: 71 }), wait({ hours: 2 }, true), mark("a"), wait({ seconds: 1 }, true), mark("b"), end()]),
		);
		expect(effects.map((effect) => effect.kind === "wait" && effect.seconds)).toEqual([71 * 3600, 3600]);
		expect(outcome).toMatchObject({ outcome: "error", seconds: 72 * 3600, outputs: { "Flow.trail": "a" } });
	});

	it("counts the time of data actions", () => {
		const { outcome } = play(flow([call(), end()]), (_, now) => ({ now: now + 72 * 3_600_000 + 1, result: { kind: "timeout" } }));
		expect(outcome).toMatchObject({ outcome: "error", error: { action: "Call" } });
	});

	it("waits to the second, by literal and by expression", () => {
		const byExpression: Action = {
			kind: "wait",
			name: "Wait",
			duration: exp("MakeDuration(0, 0, 0, 5 * 2)"),
			trimDurationNearMaxRunningTime: true,
		};
		const { outcome, effects } = play(flow([wait({ minutes: 1, seconds: 30 }), byExpression, end()]));
		expect(effects).toEqual([
			{ kind: "wait", action: "Wait", path: "Start/Wait", seconds: 90 },
			{ kind: "wait", action: "Wait", path: "Start/Wait", seconds: 10 },
		]);
		expect(outcome.seconds).toBe(100);
	});
});
