import { describe, expect, it } from "vitest";
import type { Action } from "../../architect/model.ts";
import { type Answer, simulate } from "../../architect/simulate.ts";
import {
	call,
	decide,
	end,
	exp,
	flow,
	lit,
	loop,
	loopExit,
	loopNext,
	mark,
	noValue,
	play,
	set,
	start,
	state,
	trailOf,
	variable,
	wait,
} from "./simulating.ts";

describe("control flow", () => {
	it.each<[string, string, readonly Action[]]>([
		["a branch merges to the next sibling", "ac", [decide(lit(true), [mark("a")], [mark("b")]), mark("c"), end()]],
		["an absent branch goes on at the next sibling", "c", [decide(lit(false), [mark("a")]), mark("c"), end()]],
		["nothing follows endWorkflow, however deep", "a", [decide(lit(true), [mark("a"), end()]), mark("b"), end()]],
		[
			"a loop runs its body count times, the index from 0",
			"012z",
			[loop(lit(3), [set("string", "Flow.trail", exp("Append(Flow.trail, ToString(Flow.index))"))]), mark("z"), end()],
		],
		["a loop of 0 runs nothing", "z", [loop(lit(0), [mark("a")]), mark("z"), end()]],
		[
			"loopNext starts the next pass from inside a branch",
			"abaz",
			[loop(lit(2), [mark("a"), decide(exp("Flow.index == 1"), [loopNext]), mark("b")]), mark("z"), end()],
		],
		[
			"loopExit goes on after its own loop only",
			"abzabz",
			[
				{
					kind: "loop",
					name: "Outer",
					currentIndex: "Flow.number",
					loopCount: lit(2),
					body: [loop(lit(5), [mark("a"), decide(lit(true), [mark("b"), loopExit])]), mark("z")],
				},
				end(),
			],
		],
		[
			"the count of a loop is read once",
			"aa",
			[set("integer", "Flow.number", lit(2)), loop(exp("Flow.number"), [mark("a"), set("integer", "Flow.number", lit(9))]), end()],
		],
		[
			"a switch takes the first case that matches",
			"bz",
			[
				set("string", "Flow.text", lit("high")),
				{
					kind: "switch",
					name: "By text",
					style: "firstMatch",
					matchType: "string",
					value: exp("Flow.text"),
					cases: [
						{ value: lit("HIGH"), actions: [mark("a")] },
						{ value: lit("high"), actions: [mark("b")] },
						{ value: lit("high"), actions: [mark("c")] },
					],
					default: [mark("d")],
				},
				mark("z"),
				end(),
			],
		],
		[
			"a switch without a match takes its default",
			"dz",
			[
				{
					kind: "switch",
					name: "By number",
					style: "firstMatch",
					matchType: "integer",
					value: lit(3),
					cases: [{ value: lit(1), actions: [mark("a")] }],
					default: [mark("d")],
				},
				mark("z"),
				end(),
			],
		],
		[
			"a switch of conditions takes the first true one",
			"b",
			[
				{
					kind: "switch",
					name: "First true",
					style: "firstTrue",
					cases: [
						{ value: exp("IsSet(Flow.text)"), actions: [mark("a")] },
						{ value: exp("!IsSet(Flow.text)"), actions: [mark("b")] },
					],
				},
				end(),
			],
		],
		[
			"a later statement sees what an earlier one assigned",
			"7",
			[
				{
					kind: "updateData",
					name: "Set",
					statements: [
						{ type: "integer", variable: "Flow.number", value: exp("3 + 4") },
						{ type: "string", variable: "flow.TRAIL", value: exp("ToString(Flow.number)") },
					],
				},
				end(),
			],
		],
	])("%s", (_, trail, actions) => {
		expect(play(flow(actions)).outcome).toMatchObject({ outcome: "completed", exitReason: "done", outputs: { "Flow.trail": trail } });
	});

	it("changes state without return, and State variables begin anew", () => {
		const count = [
			set("integer", "State.n", exp("State.n + 1")),
			set("string", "Flow.trail", exp("Append(Flow.trail, ToString(State.n))")),
		];
		const workflow = flow([], {
			states: [
				state(
					"Start",
					[
						...count,
						decide(exp('Flow.trail == "11"'), [{ kind: "changeState", name: "Go", target: "Last" }]),
						{ kind: "changeState", name: "Again", target: "Start" },
					],
					[variable("integer", "State.n", lit(0))],
				),
				state("Last", [mark("z"), end(exp("Flow.trail"))]),
			],
		});
		expect(play(workflow).outcome).toMatchObject({ outcome: "completed", exitReason: "11z" });
	});

	it("returns from a task to the next sibling; entering it is free", () => {
		const workflow = flow([{ kind: "callTask", name: "Notify", target: "Task" }, mark("b"), end()], {
			tasks: [
				state(
					"Task",
					[
						set("string", "Task.x", lit("a")),
						set("string", "Flow.trail", exp("Task.x")),
						decide(lit(true), [{ kind: "endTask", name: "Back" }]),
						end(),
					],
					[variable("string", "Task.x")],
				),
			],
		});
		expect(play(workflow).outcome).toMatchObject({ outputs: { "Flow.trail": "ab" }, actions: 6 });
	});

	it("is an error where a state ends without an action that closes it", () => {
		expect(play(flow([mark("a")])).outcome).toMatchObject({
			outcome: "error",
			outputs: { "Flow.trail": "a" },
			error: {
				message: 'Expected "Start" to end with an action that closes it (endWorkflow, changeState, endTask), got its end.',
				action: "Start",
			},
		});
	});
});

describe("data actions", () => {
	const paged = call({
		inputs: {
			to: lit("+100"),
			attempt: exp("1 + 1"),
			at: exp("GetCurrentDateTimeUtc()"),
			pause: lit({ minutes: 5 }),
			health: exp("Flow.connected"),
			none: noValue,
			unset: exp("Flow.text"),
		},
		timeout: lit({ seconds: 10 }),
		successOutputs: { sid: "Flow.text", connected: "Flow.connected", "page.number": "Flow.number", created: "Flow.at" },
		failureOutputs: { status: "Flow.text", errorCode: "Flow.trail" },
		success: [mark("s")],
		failure: [mark("f")],
		timeoutActions: [mark("t")],
	});

	it("asks with typed inputs, the flow's timeout and its path", () => {
		expect(play(flow([decide(lit(true), [paged]), end()])).effects).toEqual([
			{
				kind: "callData",
				action: "Call",
				path: "Start/Decide/yes/Call",
				category: "Vendor",
				dataAction: "Send",
				inputs: { to: "+100", attempt: 2, at: "2026-01-31T06:30:00Z", pause: "PT5M", health: null, none: null, unset: null },
				timeoutSeconds: 10,
			},
		]);
		expect(play(flow([call(), end()])).effects[0]).toMatchObject({ timeoutSeconds: undefined });
	});

	it.each<[string, Answer["result"], Record<string, unknown>]>([
		[
			"success",
			{ kind: "success", outputs: { sid: "SM1", connected: [true, false], "page.number": 7, created: "2026-01-31T06:30:00Z" } },
			{ "Flow.trail": "sz", "Flow.number": 7, "Flow.at": "2026-01-31T06:30:00Z" },
		],
		[
			"an output that is missing",
			{ kind: "success", outputs: { "page.number": null } },
			{ "Flow.trail": "sz", "Flow.number": null, "Flow.at": null },
		],
		[
			"failure, a status cast to text",
			{ kind: "failure", outputs: { status: 503, errorCode: "e" } },
			{ "Flow.trail": "efz", "Flow.number": 1, "Flow.at": null },
		],
		["timeout", { kind: "timeout" }, { "Flow.trail": "tz", "Flow.number": 1, "Flow.at": null }],
	])("takes the path of %s and binds its outputs only", (_, result, outputs) => {
		const { outcome } = play(flow([set("integer", "Flow.number", lit(1)), paged, mark("z"), end()]), (_effect, now) => ({
			now: now + 2000,
			...(result ? { result } : {}),
		}));
		expect(outcome).toMatchObject({ outcome: "completed", outputs, seconds: 2 });
	});

	it("gives an array to a collection that expressions can count", () => {
		const actions = [paged, set("integer", "Flow.number", exp("Count(Find(Flow.connected, true))")), end()];
		const { outcome } = play(flow(actions), (_, now) => ({
			now,
			result: { kind: "success", outputs: { connected: [true, false, true] } },
		}));
		expect(outcome.outputs["Flow.number"]).toBe(2);
	});

	it("is an error where an output does not fit its variable", () => {
		const { outcome } = play(flow([paged, end()]), (_, now) => ({ now, result: { kind: "success", outputs: { "page.number": "seven" } } }));
		expect(outcome).toMatchObject({
			outcome: "error",
			error: {
				message: 'The output page.number of Send for Flow.number: expected a whole number, got the string "seven".',
				action: "Call",
			},
		});
	});

	it("needs a result", () => {
		const run = simulate(flow([call(), end()]), {}, { now: start });
		run.next();
		expect(() => run.next({ now: start })).toThrow('Expected a result for the call "Call", got none.');
	});
});

it("two runs of one flow in one world are equal", () => {
	const actions = [loop(lit(3), [call({ success: [mark("s")] }), wait({ minutes: 1 })]), end(exp("Flow.trail"))];
	expect(play(flow(actions))).toEqual(play(flow(actions)));
	expect(trailOf(actions)).toBe("sss");
});
