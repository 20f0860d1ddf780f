import { describe, expect, test } from "vitest";
import { readFlow } from "../../architect/read.ts";
import { closing, flowText, markedLine, variableText } from "./flowText.ts";
import { withoutPlaces } from "./workflows.ts";

function read(text: string) {
	return readFlow(text, "flow.yaml");
}

function rulesOf(text: string): string[] {
	const result = read(text);
	return "findings" in result ? result.findings.map(({ line, rule }) => `${line} ${rule}`) : [];
}

/** In the manner of the vendor's exports: tracking ids, refIds on actions, bare texts, omitted isInput, unbound outputs. */
const exported = `workflow:
  name: Wait for a person
  division: Home
  startUpRef: "/workflow/states/state[Initial State_10]"
  defaultLanguage: en-us
  supportedLanguages:
    en-us:
      none: true
  variables:
    - stringVariable:
        name: Flow.delay
        initialValue:
          lit: "5"
        isInput: true
        isOutput: false
    - integerVariable:
        name: Flow.LoopCount
        initialValue:
          noValue: true
  settingsErrorHandling:
    errorHandling:
      endWorkflow:
        none: true
  states:
    - state:
        name: Initial State
        refId: Initial State_10
        actions:
          - loop:
              name: Loop
              trackingId: 12
              refId: Loop_12
              currentIndex:
                var: Flow.LoopCount
              loopCount:
                lit: 5
              outputs:
                loop:
                  actions:
                    - wait:
                        trackingId: 13
                        trimDurationNearMaxRunningTime:
                          lit: true
                        duration:
                          lit:
                            minutes: 5
                    - decision:
                        name: Enough
                        condition:
                          exp: Flow.delay == "5" or IsSet(Flow.delay)
                        outputs:
                          yes:
                            actions:
                              - loopExit:
                                  name: Exit Loop
          - callData:
              name: Call Data Action
              timeout:
                lit:
                  minutes: 1
              category:
                Some Actions:
                  dataAction:
                    Disconnect:
                      inputs:
                        id:
                          exp: Flow.delay
                        tag:
                          lit: No Queue
                      failureOutputs:
                        errorCode:
                          noValue: true
                        userParams.key:
                          noValue: true
          - endWorkflow:
              name: End Workflow
              exitReason:
                noValue: true
`;

describe("readFlow", () => {
	test("reads what the vendor's exports hold", () => {
		const result = read(exported);
		expect("workflow" in result && withoutPlaces(result.workflow)).toEqual({
			name: "Wait for a person",
			description: "",
			division: "Home",
			defaultLanguage: "en-us",
			startUp: "Initial State_10",
			variables: [
				{ type: "string", name: "Flow.delay", initialValue: { kind: "lit", lit: "5" }, isInput: true, isOutput: false },
				{ type: "integer", name: "Flow.LoopCount", initialValue: { kind: "noValue" }, isInput: false, isOutput: false },
			],
			states: [
				{
					name: "Initial State",
					refId: "Initial State_10",
					variables: [],
					actions: [
						{
							kind: "loop",
							name: "Loop",
							currentIndex: "Flow.LoopCount",
							loopCount: { kind: "lit", lit: 5 },
							body: [
								{ kind: "wait", name: "wait", duration: { kind: "lit", lit: { minutes: 5 } }, trimDurationNearMaxRunningTime: true },
								{
									kind: "decision",
									name: "Enough",
									condition: { kind: "exp", exp: 'Flow.delay == "5" or IsSet(Flow.delay)' },
									yes: [{ kind: "loopExit", name: "Exit Loop" }],
								},
							],
						},
						{
							kind: "callData",
							name: "Call Data Action",
							category: "Some Actions",
							dataAction: "Disconnect",
							timeout: { kind: "lit", lit: { minutes: 1 } },
							inputs: { id: { kind: "exp", exp: "Flow.delay" }, tag: { kind: "lit", lit: "No Queue" } },
							successOutputs: {},
							failureOutputs: {},
						},
						{ kind: "endWorkflow", name: "End Workflow", exitReason: { kind: "noValue" } },
					],
				},
			],
			tasks: [],
		});
	});

	test("gives every node its place", () => {
		const result = read(exported);
		const loop = "workflow" in result ? result.workflow.states[0]?.actions[0] : undefined;
		expect(loop?.place).toEqual({ line: 29, column: 13 });
		expect(loop?.kind === "loop" && [loop.loopCount.place, loop.body[1]?.place]).toEqual([
			{ line: 36, column: 17 },
			{ line: 47, column: 23 },
		]);
	});

	test("reads both styles of switch, a task, and an end of a task", () => {
		const text = flowText({
			actions: `- switch:
    name: "S"
    evaluate:
      firstMatch:
        string:
          value:
            exp: "Flow.x"
          default:
            actions:
              - callTask:
                  name: "T"
                  targetTaskRef: "/workflow/tasks/task[B]"
          cases:
            - case:
                value:
                  lit: "a"
                actions:
                  - switch:
                      name: "inner"
                      evaluate:
                        firstTrue:
                          cases:
                            - case:
                                value:
                                  exp: "true"
${closing}`,
			tasks: `- task:\n    name: "Task"\n    refId: "B"\n    actions:\n      - endTask:\n          name: "Back"\n          outputPath:\n            name: "default"`,
		});
		const result = read(text);
		expect("workflow" in result && withoutPlaces([result.workflow.states[0]?.actions[0], result.workflow.tasks])).toEqual([
			{
				kind: "switch",
				name: "S",
				style: "firstMatch",
				matchType: "string",
				value: { kind: "exp", exp: "Flow.x" },
				cases: [
					{
						value: { kind: "lit", lit: "a" },
						actions: [{ kind: "switch", name: "inner", style: "firstTrue", cases: [{ value: { kind: "exp", exp: "true" }, actions: [] }] }],
					},
				],
				default: [{ kind: "callTask", name: "T", target: "B" }],
			},
			[{ name: "Task", refId: "B", variables: [], actions: [{ kind: "endTask", name: "Back" }] }],
		]);
	});

	test("takes a bare number or truth value as an expression's text", () => {
		const result = read(flowText({ actions: "- endWorkflow:\n    name: 5\n    exitReason:\n      exp: true" }));
		expect("workflow" in result && withoutPlaces(result.workflow.states[0]?.actions)).toEqual([
			{ kind: "endWorkflow", name: "5", exitReason: { kind: "exp", exp: "true" } },
		]);
	});

	test.each([
		{ name: "nothing", text: "", rules: ["1 not-a-workflow"] },
		{ name: "a list", text: "- a\n", rules: ["1 not-a-workflow"] },
		{ name: "another type of flow", text: "inboundCall:\n  name: x\n", rules: ["1 not-a-workflow"] },
		{ name: "a tab as indentation", text: "workflow:\n\tname: x\n", rules: ["2 tab"] },
		{ name: "broken YAML", text: 'workflow:\n  name: "a" == b\n', rules: ["2 yaml"] },
		{ name: "two documents", text: "workflow:\n  name: x\n---\nother: y\n", rules: ["3 yaml"] },
		{ name: "a YAML directive", text: "%YAML 1.1\n---\nworkflow:\n  name: x\n", rules: ["1 yaml"] },
		{ name: "an expression that starts with !", text: "workflow:\n  name: !IsSet(x)\n", rules: ["2 tag"] },
		{ name: "nesting without end", text: "[".repeat(200_000), rules: ["1 nesting"] },
		{ name: "more than 6,165,627 characters", text: "#".repeat(6_165_628), rules: ["1 too-large"] },
	])("refuses $name without throwing", ({ text, rules }) => {
		expect(rulesOf(text)).toEqual(rules);
	});

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
