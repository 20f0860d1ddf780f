import { describe, expect, test } from "vitest";
import { call, callTask, decide, flow, go, here, lint, loop, open, pad, rulesOf, set, state, task, wait } from "./flowParts.ts";
import { closing, markedLine, variableText } from "./flowText.ts";

describe("lintFlow", () => {
	test.each([
		{ name: "a state that only ends", text: flow("") },
		{
			name: "guards by decision",
			text: open(decide("IsSet(Flow.number)", `${set("integer", "Flow.count", 'exp: "Flow.number + 1"')}\n${closing}`)),
		},
		{
			name: "guards in the other branch",
			text: open(decide("IsNotSetOrEmpty(Flow.text)", closing, `${set("integer", "Flow.count", 'exp: "Length(Flow.text)"')}\n${closing}`)),
		},
		{ name: "guards inside an expression", text: flow(set("integer", "Flow.count", 'exp: "If(IsSet(Flow.number), Flow.number + 1, 0)"')) },
		{
			name: "an assignment before",
			text: flow(`${set("integer", "Flow.number", "lit: 1")}\n${set("integer", "Flow.count", 'exp: "Flow.number + 1"')}`),
		},
		{
			name: "assignments on both paths before",
			text: flow(
				`${decide("Flow.text == NOT_SET", set("integer", "Flow.number", "lit: 1"), set("integer", "Flow.number", 'exp: "Flow.count"'))}\n${set("integer", "Flow.count", 'exp: "Flow.number + 1"')}`,
			),
		},
		{
			name: "an assignment in the state before",
			text: open(`${set("integer", "Flow.number", "lit: 1")}\n${go("B")}`, {
				more: state("B", `${set("integer", "Flow.count", 'exp: "Flow.number + 1"')}\n${closing}`),
			}),
		},
		{ name: "names in another case", text: flow(set("integer", "flow.COUNT", 'exp: "FLOW.count + length(Flow.Known)"')) },
		{ name: "a task that returns", text: flow(callTask("T"), { tasks: task("T", '- endTask:\n    name: "Back"') }) },
		{ name: "a loop counted by a constant variable", text: flow(loop('exp: "Flow.count"', wait("lit:\n        seconds: 1"))) },
		{
			name: "a status bound to an integer and an errorCode to a string",
			text: flow(call({ failure: 'errorCode:\n  var: "Flow.text"\nstatus:\n  var: "Flow.number"' })),
		},
		{ name: "built-in variables", text: flow(set("boolean", "Flow.flag", 'exp: "Flow.StartDateTimeUtc <= GetCurrentDateTimeUtc()"')) },
	])("has nothing against $name", ({ text }) => {
		expect(lint(text, { ours: true })).toEqual([]);
	});

	test.each([
		{ rule: "reference", name: "a changeState to nowhere", text: open(here(go("Nowhere"), "- changeState:")) },
		{ rule: "reference", name: "a callTask to a state", text: flow(here(callTask("A"), "- callTask:")) },
		{
			rule: "ref-id-unique",
			name: "a refId used twice",
			text: open(go("A2"), { more: `${state("A2", closing)}\n${here(state("A2", closing), "- state:")}` }),
		},
		{
			rule: "unclosed-path",
			name: "a state that falls off its end",
			text: open(here(set("string", "Flow.text", 'lit: "x"'), "- updateData:")),
		},
		{
			rule: "unclosed-path",
			name: "a path that falls off its end",
			text: open(decide("Flow.known == NOT_SET", here(set("string", "Flow.text", 'lit: "x"'), "- updateData:"))),
		},
		{
			rule: "unclosed-path",
			name: "a missing path",
			text: open(
				`- decision: # here\n    name: "If"\n    condition:\n      exp: "true"\n    outputs:\n      "yes":\n        actions:\n${pad(closing, 10)}`,
			),
		},
		{ rule: "unclosed-path", name: "a loop at the end", text: open(here(loop("lit: 2", '- loopNext:\n    name: "N"'), "- loop:")) },
		{
			rule: "unclosed-path",
			name: "a task without an end",
			text: flow(callTask("T"), { tasks: task("T", here(set("string", "Flow.text", 'lit: "x"'), "- updateData:")) }),
		},
		{ rule: "unreachable", name: "an action after an end", text: flow(`${closing}\n${here(wait("lit:\n        seconds: 1"), "- wait:")}`) },
		{
			rule: "unreachable",
			name: "an action after a decision that always leaves",
			text: open(`${decide("Flow.known == NOT_SET", closing)}\n${here(closing, "- endWorkflow:")}`),
		},
		{ rule: "loop-only", name: "loopExit outside of a loop", text: open(here('- loopExit:\n    name: "X"', "- loopExit:")) },
		{ rule: "loop-only", name: "loopNext outside of a loop", text: open(here('- loopNext:\n    name: "X"', "- loopNext:")) },
		{ rule: "task-only", name: "endTask in a state", text: open(here('- endTask:\n    name: "X"', "- endTask:")) },
		{
			rule: "switch-cases",
			name: "a switch without cases",
			text: flow('- switch: # here\n    name: "S"\n    evaluate:\n      firstTrue:\n        cases: []'),
		},
		{
			rule: "loop-bound",
			name: "a count that is an input",
			text: flow(loop('exp: "Flow.input" # here', wait("lit:\n        seconds: 1"))),
		},
		{
			rule: "loop-bound",
			name: "a count that is computed",
			text: flow(loop('exp: "Flow.input + 1" # here', wait("lit:\n        seconds: 1"))),
		},
		{ rule: "loop-bound", name: "a negative count", text: flow(loop("lit: -1 # here", wait("lit:\n        seconds: 1"))) },
		{
			rule: "loop-bound",
			name: "a count that is counted up",
			text: flow(
				`${set("integer", "Flow.count", 'exp: "Flow.count + 1"')}\n${loop('exp: "Flow.count" # here', wait("lit:\n        seconds: 1"))}`,
			),
		},
		{ rule: "wait-bound", name: "a wait without a maximum", text: flow(wait('exp: "MakeDuration(0, 0, 0, Flow.input)" # here')) },
		{ rule: "cycle", name: "a state that leads back", text: open(go("B"), { more: state("B", here(go("A"), "- changeState:")) }) },
		{ rule: "cycle", name: "a state that leads to itself", text: open(here(go("A"), "- changeState:")) },
		{
			rule: "cycle",
			name: "a task that calls itself",
			text: flow(callTask("T"), { tasks: task("T", `${here(callTask("T"), "- callTask:")}\n- endTask:\n    name: "B"`) }),
		},
		{
			rule: "action-budget",
			name: "10,000 actions",
			text: here(flow(loop("lit: 100", loop("lit: 100", set("string", "Flow.text", 'lit: "x"')))), "- state:"),
		},
		{ rule: "run-time", name: "72 hours of waits", text: here(flow(loop("lit: 72", wait("lit:\n        minutes: 60"))), "- state:") },
		{
			rule: "variable-undeclared",
			name: "a variable nobody declared, in an expression",
			text: flow(set("string", "Flow.text", 'exp: "Flow.other" # here')),
		},
		{
			rule: "variable-undeclared",
			name: "a variable nobody declared, as a target",
			text: flow(here(set("string", "Flow.other", 'lit: "x"'), "- string:")),
		},
		{
			rule: "variable-scope",
			name: "a variable of another state",
			text: open(here(`${set("string", "State.x", 'lit: "x"')}\n${go("B")}`, "- string:"), {
				more: state("B", closing).replace("    actions:", `    variables:\n${pad(variableText("string", "State.x"), 6)}\n    actions:`),
			}),
		},
		{
			rule: "variable-scope",
			name: "a flow variable named State",
			text: flow("", { variables: here(variableText("string", "State.x"), "- stringVariable:") }),
		},
		{
			rule: "variable-scope",
			name: "a task variable in a state",
			text: flow("", { own: here(variableText("string", "Task.x"), "- stringVariable:") }),
		},
		{
			rule: "variable-duplicate",
			name: "a variable declared twice",
			text: flow("", { variables: `${variableText("string", "Flow.x")}\n${here(variableText("string", "Flow.X"), "- stringVariable:")}` }),
		},
		{
			rule: "variable-read-only",
			name: "an assignment to a platform variable",
			text: flow(here(set("boolean", "Flow.IsTest", "lit: true"), "- boolean:")),
		},
		{
			rule: "type",
			name: "an initial value of another type",
			text: flow("", { variables: variableText("integer", "Flow.x", '"1" # here') }),
		},
		{
			rule: "type",
			name: "a statement of another type than its variable",
			text: flow(here(set("string", "Flow.count", 'lit: "x"'), "- string:")),
		},
		{
			rule: "type",
			name: "an expression of another type than its statement",
			text: flow(set("string", "Flow.text", 'exp: "1 + 1" # here')),
		},
		{ rule: "type", name: "a literal of another type than its statement", text: flow(set("string", "Flow.text", "lit: 5 # here")) },
		{ rule: "type", name: "a condition that is no boolean", text: open(decide("1", closing).replace('exp: "1"', 'exp: "1" # here')) },
		{ rule: "type", name: "a duration that is a number", text: flow(wait("lit: 5 # here")), also: "wait" },
		{ rule: "type", name: "operands of two types", text: flow(set("string", "Flow.text", 'exp: "Flow.known + 1" # here')) },
		{
			rule: "type",
			name: "a loop index that is no integer",
			text: flow(here(loop("lit: 2", wait("lit:\n        seconds: 1")).replace("Flow.index", "Flow.text"), "- loop:")),
		},
		{
			rule: "type",
			name: "a failure output of another type",
			text: flow(here(call({ failure: 'status:\n  var: "Flow.flag"' }), "- callData:")),
		},
		{ rule: "expression-syntax", name: "an expression that does not parse", text: flow(set("string", "Flow.text", 'exp: "(1" # here')) },
		{
			rule: "unknown-function",
			name: "a function that does not exist",
			text: flow(set("string", "Flow.text", 'exp: "ToLower(Flow.known)" # here')),
		},
		{ rule: "arity", name: "too few arguments", text: flow(set("string", "Flow.text", 'exp: "Left(Flow.known)" # here')) },
		{
			rule: "not-set",
			name: "arithmetic with a variable that nobody set",
			text: flow(set("integer", "Flow.count", 'exp: "Flow.number + 1" # here')),
		},
		{
			rule: "not-set",
			name: "a variable set on one path only",
			text: flow(
				`${decide("Flow.known == NOT_SET", set("integer", "Flow.number", "lit: 1"), set("string", "Flow.text", 'lit: "x"'))}\n${set("integer", "Flow.count", 'exp: "Flow.number + 1" # here')}`,
			),
		},
		{
			rule: "not-set",
			name: "a variable that is unset again",
			text: flow(`${set("integer", "Flow.count", "noValue: true")}\n${set("integer", "Flow.number", 'exp: "Flow.count + 1" # here')}`),
		},
		{
			rule: "not-set",
			name: "a variable that a loop may unset",
			text: flow(
				loop(
					"lit: 2",
					`${set("integer", "Flow.number", 'exp: "Flow.input + 1" # here')}\n${set("integer", "Flow.input", "noValue: true")}`,
				),
			),
		},
		{
			rule: "not-set",
			name: "an output of a data action",
			text: flow(
				call({
					success: 'status:\n  var: "Flow.known"',
					paths: ["success"],
					next: set("integer", "Flow.count", 'exp: "Length(Flow.known)" # here'),
				}),
			),
			also: "call",
		},
		{
			rule: "not-set",
			name: "a condition that may be NOT_SET",
			text: open(decide("Flow.flag", closing).replace('exp: "Flow.flag"', 'exp: "Flow.flag" # here')),
		},
		{ rule: "not-set", name: "a duration that may be NOT_SET", text: flow(wait('exp: "Flow.pause" # here')), also: "wait" },
		{
			rule: "not-set",
			name: "a variable that a task may unset",
			text: flow(`${callTask("T")}\n${set("integer", "Flow.number", 'exp: "Flow.count + 1" # here')}`, {
				tasks: task("T", `${set("integer", "Flow.count", "noValue: true")}\n- endTask:\n    name: "B"`),
			}),
		},
		{
			rule: "not-set",
			name: "a variable known on one way into a state only",
			text: open(decide("Flow.known == NOT_SET", `${set("integer", "Flow.number", "lit: 1")}\n${go("B")}`, go("B")), {
				more: state("B", `${set("integer", "Flow.count", 'exp: "Flow.number + 1" # here')}\n${closing}`),
			}),
		},
		{
			rule: "contract-output",
			name: "a failure output that does not exist",
			text: flow(here(call({ failure: 'httpStatus:\n  var: "Flow.number"' }), "- callData:")),
		},
		{ rule: "unquoted-branch", name: "a bare yes", text: open(decide("Flow.known == NOT_SET", closing).replace('"yes":', "yes: # here")) },
	])("finds $name: $rule", ({ rule, text, also }) => {
		const expected = `${markedLine(text)} ${rule}`;
		const found = rulesOf(text);
		expect(also === undefined ? found : found.filter((each) => each === expected)).toEqual([expected]);
	});
});
