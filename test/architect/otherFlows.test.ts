import { describe, expect, test } from "vitest";
import { lintFlow } from "../../architect/lint.ts";
import { pad, set } from "./flowParts.ts";

const found = (text: string, ours = false) => lintFlow(text, { file: "flow.yaml", ours });
const rulesOf = (text: string) => found(text).map(({ line, rule, severity }) => `${line} ${rule} ${severity}`);

const call = `- callData:
    name: Look up
    processingPrompt:
      noValue: true
    category:
      Parcels:
        dataAction:
          Find:
            inputs:
              id:
                exp: Call.Ani
            successOutputs:
              town:
                var: Task.Town
    outputs:
      success:
        actions:
          - playAudio:
              audio:
                tts: One moment.`;

/** An inbound call with a menu, a task and prompts, as Archy writes one. */
const inboundCall = (actions = call, greeting = "ToAudioTTS(Flow.Greeting)") => `inboundCall:
  name: Parcels
  startUpRef: "/inboundCall/tasks/task[Start]"
  initialGreeting:
    exp: ${greeting}
  variables:
    - stringVariable:
        name: Flow.Greeting
        initialValue:
          lit: Hello
    - promptVariable:
        name: Flow.Prompt
  menus:
    - menu:
        name: Main
        refId: Main_1
        choices:
          - menuTask:
              name: Ask
              dtmf: digit_1
              task:
                variables:
                  - stringVariable:
                      name: Task.Why
                actions:
${pad(set("string", "Task.Why", 'exp: "Upper(Task.Why)"'), 18)}
  tasks:
    - task:
        name: Start
        refId: Start
        variables:
          - stringVariable:
              name: Task.Town
        actions:
${pad(actions, 10)}
`;

describe("a flow of another type", () => {
	test("says what was looked at, and what was not", () => {
		const text = `${call}\n- disconnect:\n    none: true`;
		expect(found(inboundCall(text)).map(({ message, remedy }) => [message, remedy])[0]).toEqual([
			"Expected a flow of type workflow, got one of type inboundCall: 3 variables, 3 expressions, 1 call of data actions and its references were checked; its settings, its paths and what its other actions do (playAudio 1, disconnect 1) were not.",
			"Nothing is to be done: the platform checks the rest when the flow is published.",
		]);
	});

	test("is looked through without an error: its other keys, actions, functions and names are the platform's", () => {
		const findings = found(inboundCall());
		expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
		expect(findings.map(({ rule }) => rule)).toEqual(["flow-type", "unknown-function", "outputs-unhandled"]);
	});

	test.each([
		{
			name: "an expression that does not parse",
			text: inboundCall(set("string", "Task.Town", 'exp: "Upper("')),
			rule: "expression-syntax error",
		},
		{ name: "an expression outside of any action", text: inboundCall(call, "Upper(Flow.Greeting"), rule: "expression-syntax error" },
		{ name: "a function with other arguments", text: inboundCall(set("string", "Task.Town", 'exp: "Upper()"')), rule: "arity error" },
		{
			name: "a variable that is not declared",
			text: inboundCall(set("string", "Task.Towm", "lit: Ulm")),
			rule: "variable-undeclared warning",
		},
		{
			name: "a task that is not there",
			text: inboundCall('- callTask:\n    name: Go\n    targetTaskRef: "/inboundCall/tasks/task[Strat]"'),
			rule: "reference warning",
		},
	])("$name is found", ({ text, rule }) => {
		expect(rulesOf(text)).toContainEqual(expect.stringMatching(new RegExp(`^\\d+ ${rule}$`)));
	});

	test("the contract of a data action holds there, too", () => {
		const contracts = { "Parcels/Find": { inputs: { number: "string" }, required: [], outputs: { town: "string" } } } as const;
		const findings = lintFlow(inboundCall(), { file: "flow.yaml", contracts });
		expect(findings.map(({ rule }) => rule)).toContain("contract-input");
	});

	test("an unknown function is told once, however often it is used", () => {
		const twice = set("string", "Task.Town", 'exp: "ToString(ToAudioBlank(1))"');
		expect(rulesOf(inboundCall(`${twice}\n${twice}`)).filter((each) => each.includes("unknown-function"))).toHaveLength(2);
	});

	test.each(["inboundShortMessage", "bot", "digitalBot", "commonModule", "workitem"])("%s is named", (type) => {
		const text = `${type}:\n  name: "{{name}}"\n  startUpTaskActions:\n    - disconnect:\n        none: true\n`;
		expect(found(text).find(({ rule }) => rule === "flow-type")?.message).toContain(`got one of type ${type}: 0 variables`);
	});

	test.each([
		{ name: "YAML that does not parse", text: 'inboundCall:\n  name: "x" y\n', rules: ["2 yaml error"] },
		{ name: "a key without a flow", text: "inboundCall: 5\n", rules: ["1 not-a-workflow error"] },
		{ name: "two root keys", text: "inboundCall:\n  name: x\nbot:\n  name: y\n", rules: ["1 not-a-workflow error"] },
		{ name: "a duplicate key", text: "inboundCall:\n  name: x\n  name: y\n", rules: ["3 duplicate-key error"] },
	])("$name is no such flow", ({ text, rules }) => {
		expect(rulesOf(text)).toEqual(rules);
	});

	test("a flow of ours is a workflow", () => {
		expect(found("inboundCall:\n  name: x\n", true).map(({ rule }) => rule)).toEqual(["not-a-workflow"]);
	});
});
