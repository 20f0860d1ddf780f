import { describe, expect, test } from "vitest";
import { closing, flowText } from "./flowText.ts";
import { read, rulesOf } from "./reading.ts";
import { withoutPlaces } from "./workflows.ts";

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
});
