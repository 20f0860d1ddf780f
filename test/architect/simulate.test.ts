import { describe, expect, it } from "vitest";
import type {
	Action,
	CallData,
	DurationLiteral,
	Literal,
	Sequence,
	Statement,
	Value,
	Variable,
	VariableType,
	Workflow,
} from "../../architect/model.ts";
import { type Answer, type Effect, FlowRefused, InputError, type Outcome, simulate } from "../../architect/simulate.ts";

const start = Date.UTC(2026, 0, 31, 6, 30, 0);

const lit = (value: Literal): Value => ({ kind: "lit", lit: value });
const exp = (text: string, line?: number): Value => ({
	kind: "exp",
	exp: text,
	...(line === undefined ? {} : { place: { line, column: 1 } }),
});
const noValue: Value = { kind: "noValue" };

function variable(type: VariableType, name: string, initialValue: Value = noValue, role: "input" | "output" | "" = ""): Variable {
	return { type, name, initialValue, isInput: role === "input", isOutput: role === "output" };
}
function set(type: VariableType, name: string, value: Value): Action {
	const statement: Statement = { type, variable: name, value };
	return { kind: "updateData", name: `Set ${name}`, statements: [statement] };
}
/** Writes one more letter to the trail. */
const mark = (letter: string): Action => set("string", "Flow.trail", exp(`Append(Flow.trail, "${letter}")`));
const end = (reason: Value = lit("done")): Action => ({ kind: "endWorkflow", name: "End", exitReason: reason });
const loop = (count: Value, body: readonly Action[]): Action => ({
	kind: "loop",
	name: "Loop",
	currentIndex: "Flow.index",
	loopCount: count,
	body,
});
const loopNext: Action = { kind: "loopNext", name: "Next" };
const loopExit: Action = { kind: "loopExit", name: "Exit" };
const wait = (duration: DurationLiteral, trim = false): Action => ({
	kind: "wait",
	name: "Wait",
	duration: lit(duration),
	trimDurationNearMaxRunningTime: trim,
});
const decide = (condition: Value, yes?: readonly Action[], no?: readonly Action[]): Action => ({
	kind: "decision",
	name: "Decide",
	condition,
	...(yes === undefined ? {} : { yes }),
	...(no === undefined ? {} : { no }),
});
const call = (parts: Partial<CallData> = {}): Action => ({
	kind: "callData",
	name: "Call",
	category: "Vendor",
	dataAction: "Send",
	inputs: {},
	successOutputs: {},
	failureOutputs: {},
	...parts,
});
const state = (refId: string, actions: readonly Action[], variables: readonly Variable[] = []): Sequence => ({
	name: refId,
	refId,
	variables,
	actions,
});

function flow(actions: readonly Action[], more: Partial<Workflow> = {}): Workflow {
	return {
		name: "Test",
		description: "",
		defaultLanguage: "en-us",
		startUp: "Start",
		variables: [
			variable("string", "Flow.trail", lit(""), "output"),
			variable("integer", "Flow.index"),
			variable("string", "Flow.text"),
			variable("integer", "Flow.number", noValue, "output"),
			variable("boolean", "Flow.flag"),
			variable("booleanCollection", "Flow.connected"),
			variable("dateTime", "Flow.at", noValue, "output"),
		],
		states: [state("Start", actions)],
		tasks: [],
		...more,
	};
}

type World = (effect: Effect, now: number) => Answer;
const patient: World = (effect, now) =>
	effect.kind === "wait" ? { now: now + effect.seconds * 1000 } : { now, result: { kind: "success", outputs: {} } };

function play(workflow: Workflow, world: World = patient, inputs: Record<string, unknown> = {}): { outcome: Outcome; effects: Effect[] } {
	const run = simulate(workflow, inputs, { now: start });
	const effects: Effect[] = [];
	let now = start;
	for (let step = run.next(); ; ) {
		if (step.done) return { outcome: step.value, effects };
		effects.push(step.value);
		const answer = world(step.value, now);
		now = answer.now;
		step = run.next(answer);
	}
}

const trailOf = (actions: readonly Action[], world?: World): unknown => play(flow(actions), world).outcome.outputs["Flow.trail"];

function refusalsOf(workflow: Workflow): readonly string[] {
	try {
		simulate(workflow, {}, { now: start });
	} catch (error) {
		if (error instanceof FlowRefused)
			return error.refusals.map(({ path, line, message }) => `${path}${line ? `:${line}` : ""}: ${message}`);
		throw error;
	}
	return [];
}

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

describe("inputs", () => {
	const workflow = flow([set("string", "Flow.trail", exp("Append(Flow.key, ToString(Flow.occurrence), Flow.given)")), end()], {
		variables: [
			variable("string", "Flow.trail", noValue, "output"),
			variable("string", "Flow.key", noValue, "input"),
			variable("integer", "Flow.occurrence", lit(1), "input"),
			variable("dateTime", "Flow.since", noValue, "input"),
			variable("stringCollection", "Flow.names", noValue, "input"),
			variable("string", "Flow.given", lit("!")),
		],
	});

	it("are matched without case; an absent or null one keeps its initial value", () => {
		expect(play(workflow, patient, { "flow.KEY": "k", "Flow.occurrence": 2, "Flow.names": ["a", null] }).outcome.outputs).toEqual({
			"Flow.trail": "k2!",
		});
		expect(play(workflow, patient, { "Flow.occurrence": null }).outcome.outputs).toEqual({ "Flow.trail": "1!" });
	});

	it("that do not fit are refused before the run, all at once", () => {
		const inputs = {
			"Flow.kye": "k",
			"Flow.given": "x",
			"Flow.key": 5,
			"Flow.occurrence": 1.5,
			"Flow.since": "yesterday",
			"Flow.names": [1],
		};
		const allowed = "allowed: Flow.key, Flow.occurrence, Flow.since, Flow.names.";
		let problems: readonly string[] = [];
		try {
			simulate(workflow, inputs, { now: start });
		} catch (error) {
			if (error instanceof InputError) problems = error.problems;
		}
		expect(problems).toEqual([
			`Expected an input variable of the flow, got "Flow.kye"; ${allowed}`,
			`Expected an input variable of the flow, got "Flow.given"; ${allowed}`,
			"Flow.key (string): expected a string, got the number 5.",
			"Flow.occurrence (integer): expected a whole number, got the number 1.5.",
			'Flow.since (dateTime): expected an ISO 8601 date-time such as 2026-01-31T06:30:00Z, got the string "yesterday".',
			"Flow.names (stringCollection): expected a string, got the number 1.",
		]);
	});
});

describe("a flow that cannot be run faithfully is refused before it starts", () => {
	const strange = JSON.parse('{"kind":"sendNotification","name":"Tell","place":{"line":7,"column":3}}');

	it.each<[string, Workflow, readonly (string | RegExp)[]]>([
		[
			"an unknown kind of action",
			flow([decide(lit(true), [strange]), end()]),
			['Start/Decide/yes/Tell:7: Expected a kind of action that the simulator knows, got "sendNotification".'],
		],
		[
			"an unknown function",
			flow([set("string", "Flow.text", exp("ToLower(Flow.trail)", 9)), end()]),
			[/^Start\/Set Flow\.text:9: unknown-function at 1 in `ToLower\(Flow\.trail\)`: Expected a known function, got ToLower; known: /],
		],
		[
			"a placeholder in a category",
			flow([call({ category: "{{integration}}" }), end()]),
			['workflow/states/0 Start/actions/0 Call/category: Expected every placeholder to be substituted, got "{{integration}}".'],
		],
		[
			"a placeholder in a literal",
			flow([end(lit("{{x}}"))]),
			['workflow/states/0 Start/actions/0 End/exitReason/lit: Expected every placeholder to be substituted, got "{{x}}".'],
		],
		[
			"a variable that is not declared",
			flow([set("string", "Flow.nope", lit("x")), end()]),
			[/^Start\/Set Flow\.nope: unknown-variable: Expected a declared variable, got Flow\.nope; declared: /],
		],
		[
			"an output bound to no variable",
			flow([call({ successOutputs: { sid: "State.sid" } }), end()]),
			[/^Start\/Call: unknown-variable: Expected a declared variable, got State\.sid;/],
		],
		[
			"an expression of another type",
			flow([wait({ seconds: 1 }), end(exp("1 + 1"))]),
			["Start/End: wrong-type in `1 + 1`: Expected string, got integer."],
		],
		[
			"a literal of another type",
			flow([set("integer", "Flow.number", lit("5")), end()]),
			['Start/Set Flow.number: Expected a literal of type integer, got "5" (string).'],
		],
		[
			"a statement for a variable of another type",
			flow([set("string", "Flow.number", lit("5")), end()]),
			["Start/Set Flow.number: wrong-type: Expected a variable of type string, got Flow.number of type integer."],
		],
		[
			"a state that does not exist",
			flow([{ kind: "changeState", name: "Go", target: "Nowhere" }]),
			['Start/Go: Expected one of the refIds Start, got "Nowhere".'],
		],
		[
			"a start that does not exist",
			flow([end()], { startUp: "Task" }),
			['startUp: Expected the refId of a state, got "Task"; states: Start.'],
		],
		["loopExit outside a loop", flow([loopExit]), ["Start/Exit: Expected loopExit inside a loop, got it outside."]],
		["endTask in a state", flow([{ kind: "endTask", name: "Back" }]), ["Start/Back: Expected endTask inside a task, got it in a state."]],
		[
			"a task that reaches itself",
			flow([end()], {
				tasks: [
					state("A", [{ kind: "callTask", name: "B", target: "B" }]),
					state("B", [decide(lit(true), [{ kind: "callTask", name: "A", target: "A" }])]),
				],
			}),
			['A: Expected a task that does not call itself, got "A".', 'B: Expected a task that does not call itself, got "B".'],
		],
		[
			"two states of one refId",
			flow([], { states: [state("Start", [end()]), state("Start", [end()])] }),
			['Start: Expected each refId once, got "Start" twice.'],
		],
		[
			"a switch without cases",
			flow([{ kind: "switch", name: "None", style: "firstTrue", cases: [] }, end()]),
			["Start/None: Expected 1 to 64 cases, got 0."],
		],
		[
			"a variable outside its scope",
			flow([], { states: [state("Start", [end()], [variable("string", "Flow.x")])] }),
			["Start/Flow.x: Expected a name that begins with State., got Flow.x."],
		],
		[
			"a State variable of another state",
			flow([], { states: [state("Start", [end(exp("State.x"))]), state("Other", [end()], [variable("string", "State.x")])] }),
			[/^Start\/End: unknown-variable at 1 in `State\.x`/],
		],
		[
			"an expression as initial value",
			flow([end()], { variables: [variable("integer", "Flow.n", exp("1"))] }),
			["variables/Flow.n: Expected lit or noValue as initial value, got exp."],
		],
	])("%s", (_, workflow, expected) => {
		expect(refusalsOf(workflow)).toEqual(expected.map((each) => (typeof each === "string" ? each : expect.stringMatching(each))));
	});

	it("names the flow and every place in its message", () => {
		expect(() => simulate(flow([loopExit, loopNext]), {}, { now: start })).toThrow(
			'The flow "Test" cannot be run:\nStart/Exit: Expected loopExit inside a loop, got it outside.\nStart/Next: Expected loopNext inside a loop, got it outside.',
		);
	});
});

it("two runs of one flow in one world are equal", () => {
	const actions = [loop(lit(3), [call({ success: [mark("s")] }), wait({ minutes: 1 })]), end(exp("Flow.trail"))];
	expect(play(flow(actions))).toEqual(play(flow(actions)));
	expect(trailOf(actions)).toBe("sss");
});
