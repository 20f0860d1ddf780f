import { describe, expect, test } from "vitest";
import { call, callTask, flow, here, lint, open, rulesOf, set, state, task } from "./flowParts.ts";
import { variableText } from "./flowText.ts";

const unknown = '- playAudioOnSilence:\n    name: "Play"';
const wrongExpression = set("integer", "Flow.count", 'exp: "1 + true"');
const end = '- endWorkflow:\n    name: "End"\n    exitReason:\n      lit: "done"';

/** The rules of what is found, each once. */
const found = (text: string): readonly string[] => [...new Set(lint(text).map(({ rule }) => rule))].toSorted();

describe("beside a reading error", () => {
	test("the findings of the rules are told, too", () => {
		expect(found(flow(`${unknown}\n${wrongExpression}\n${set("integer", "Flow.cuont", "lit: 1")}`))).toEqual([
			"type",
			"unknown-action",
			"variable-undeclared",
		]);
	});

	test("a path that does not close is told in another state, and not where the error is", () => {
		const others = (actions: string) => open(`${unknown}\n${end}`, { more: state("B", actions) });
		expect(found(others(set("integer", "Flow.count", "lit: 1")))).toContain("unclosed-path");
		expect(found(open(unknown, { more: state("B", end) }))).toEqual(["unknown-action"]);
	});

	test("a key that is mistyped is told, and no call without a timeout", () => {
		const text = flow(here(call({}), "timeout:").replace("timeout: # here", "timeuot:"));
		expect(rulesOf(text)).toEqual([expect.stringMatching(/^\d+ unknown-key$/)]);
	});

	test("a variable of an unknown type is no variable that is not declared", () => {
		const variables = `${variableText("wallet", "Flow.purse")}\n${variableText("string", "Flow.text")}`;
		expect(found(flow(set("string", "Flow.text", 'exp: "ToString(Flow.purse)"'), { variables }))).toEqual(["variable-type"]);
	});

	test("a task that is broken says nothing of what follows its call", () => {
		const text = flow(callTask("T"), { tasks: task("T", unknown) });
		expect(found(text)).toEqual(["unknown-action"]);
	});

	test("what the longest run costs is not told of half a flow", () => {
		const loop =
			'- loop:\n    name: "L"\n    currentIndex:\n      var: "Flow.count"\n    loopCount:\n      lit: 100000\n    outputs:\n      loop:\n        actions:\n          - wait:\n              name: "W"\n              duration:\n                lit:\n                  hours: 1';
		expect(found(flow(`${loop}\n${unknown}`))).toEqual(["unknown-action"]);
	});
});
