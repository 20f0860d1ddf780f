import { describe, expect, it } from "vitest";
import type { Workflow } from "../../architect/model.ts";
import { InputError, simulate } from "../../architect/simulate.ts";
import {
	call,
	decide,
	end,
	exp,
	flow,
	lit,
	loopExit,
	loopNext,
	noValue,
	patient,
	play,
	refusalsOf,
	set,
	start,
	state,
	variable,
	wait,
} from "./simulating.ts";

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
			["Start/Set Flow.text:9: unknown-function at 1 in `ToLower(Flow.trail)`: Expected a known function such as Lower, got ToLower."],
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
			flow([wait({ seconds: 1 }), set("integer", "Flow.number", exp("true")), end()]),
			["Start/Set Flow.number: wrong-type in `true`: Expected integer, got boolean."],
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
