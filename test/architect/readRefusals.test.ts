import { describe, expect, test } from "vitest";
import { readFlow } from "../../architect/read.ts";
import { flowText, markedLine, variableText } from "./flowText.ts";
import { read, rulesOf } from "./reading.ts";

describe("what readFlow refuses", () => {
	test.each([
		{ name: "an unknown action", actions: "- sendEmail: # here\n    name: x", rule: "unknown-action" },
		{
			name: "an unknown key of an action",
			actions: '- wait:\n    name: "W"\n    length: 5 # here\n    duration:\n      lit:\n        seconds: 1',
			rule: "unknown-key",
		},
		{ name: "a missing key", actions: '- wait: # here\n    name: "W"', rule: "missing-key" },
		{ name: "two values", actions: "- endWorkflow:\n    exitReason: # here\n      lit: a\n      exp: b", rule: "value-node" },
		{ name: "an unknown value node", actions: "- endWorkflow:\n    exitReason:\n      ref: a # here", rule: "value-node" },
		{ name: "a comma in an inline map", actions: "- endWorkflow:\n    exitReason: { exp: If(a, b) } # here", rule: "value-node" },
		{ name: "a value that is none", actions: "- endWorkflow:\n    exitReason: done # here", rule: "value-node" },
		{ name: "a literal that is nothing", actions: "- endWorkflow:\n    exitReason:\n      lit: # here", rule: "value-node" },
		{
			name: "an unknown unit of a duration",
			actions: "- wait:\n    duration:\n      lit:\n        weeks: 1 # here\n        days: 1",
			rule: "unknown-key",
		},
		{ name: "a fraction in a duration", actions: "- wait:\n    duration:\n      lit:\n        seconds: 1.5 # here", rule: "value-node" },
		{ name: "a negative duration", actions: "- wait:\n    duration:\n      lit:\n        seconds: -1 # here", rule: "value-node" },
		{ name: "a duplicate key", actions: "- endWorkflow:\n    name: a\n    name: b # here", rule: "duplicate-key" },
		{ name: "an alias", actions: "- endWorkflow:\n    name: &a x # here", rule: "alias" },
		{
			name: "a statement of an unknown type",
			actions: "- updateData:\n    statements:\n      - schedule: # here\n          variable: x",
			rule: "variable-type",
		},
		{ name: "an action with two names", actions: "- endTask:\n    name: a\n  endWorkflow: # here\n    name: b", rule: "shape" },
		{ name: "actions that are no list", actions: "endTask:\n  name: a", rule: "shape" },
		{
			name: "a switch by date",
			actions: "- switch:\n    evaluate:\n      firstMatch:\n        dateTime: # here\n          cases: []",
			rule: "switch-style",
		},
		{
			name: "a reference to another file",
			actions: '- changeState:\n    targetStateRef: "other.yaml#/workflow/states/state[B]" # here',
			rule: "reference-form",
		},
		{
			name: "an unquoted placeholder",
			actions: "- callData:\n    category:\n      {{a}}: # here\n        dataAction:\n          x:\n            none: true",
			rule: "placeholder-unquoted",
		},
	])("refuses $name with its line", ({ actions, rule }) => {
		const text = flowText({ actions });
		const line = markedLine(text);
		expect(
			rulesOf(text)
				.filter((each) => line === 0 || each.startsWith(`${line} `))
				.map((each) => each.split(" ")[1]),
		).toContain(rule);
	});

	test.each([
		{
			name: "an unknown type of variable",
			variables: "- scheduleVariable: # here\n    name: Flow.q\n    initialValue:\n      noValue: true",
			rule: "variable-type",
		},
		{
			name: "an expression as initial value",
			variables: '- stringVariable:\n    name: Flow.q\n    initialValue: # here\n      exp: "1"',
			rule: "initial-value",
		},
		{
			name: "a quoted truth value",
			variables: `${variableText("string", "Flow.a").replace("isInput: false", 'isInput: "false" # here')}`,
			rule: "shape",
		},
	])("refuses $name", ({ variables, rule }) => {
		const text = flowText({ variables });
		expect(rulesOf(text)).toEqual([`${markedLine(text)} ${rule}`]);
	});

	test("takes braces over two lines for no placeholder, also where it is lenient", () => {
		const text = flowText({ variables: variableText("string", "Flow.a").replace("isInput: false", "isInput: x {{a\n      b}}") });
		for (const lenient of [true, false]) {
			const result = readFlow(text, "flow.yaml", { lenient });
			expect("findings" in result && result.findings.map(({ rule }) => rule)).toEqual(["shape"]);
		}
	});

	test("refuses another error handling than End Workflow", () => {
		const head = 'startUpRef: "/workflow/states/state[A]"\nsettingsErrorHandling:\n  errorHandling:\n    queue: # here\n      none: true';
		const text = flowText({ head });
		expect(rulesOf(text)).toContain(`${markedLine(text)} unknown-key`);
	});

	test("says what it expected, what it got and what is allowed", () => {
		const result = read(flowText({ actions: "- sendNotification:\n    name: x" }));
		expect("findings" in result && result.findings).toEqual([
			{
				file: "flow.yaml",
				line: 9,
				column: 13,
				rule: "unknown-action",
				severity: "error",
				message:
					'Expected an action that is supported, got "sendNotification"; allowed: updateData, decision, switch, loop, wait, callData, changeState, callTask, endTask, endState, endWorkflow, loopNext, loopExit.',
				remedy:
					"The platform has this action and it is not run here: say it with a supported action, or keep this flow out of what is run.",
			},
		]);
	});

	test("reports all findings of a file at once, by line", () => {
		const result = read(
			flowText({ variables: "- scheduleVariable:\n    name: x", actions: "- sendEmail:\n    name: x\n- playAudio:\n    name: y" }),
		);
		expect("findings" in result && result.findings.map(({ line, rule }) => `${line} ${rule}`)).toEqual([
			"5 variable-type",
			"12 unknown-action",
			"14 unknown-action",
		]);
	});
});
