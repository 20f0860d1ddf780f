import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { provenBounds } from "../../architect/lint.ts";
import { writeFlow } from "../../architect/write.ts";
import { compileResponse } from "../../response/compile.ts";
import { twoTiers } from "../response/plans.ts";
import { call, callTask, flow, go, here, lint, open, rulesOf, set, state, task } from "./flowParts.ts";
import { markedLine } from "./flowText.ts";
import { anyWorkflow } from "./workflows.ts";

describe("the findings of lintFlow", () => {
	test("finds a startUpRef that names a task", () => {
		const head = 'startUpRef: "/workflow/states/state[T]"';
		expect(rulesOf(flow(callTask("T"), { head, tasks: task("T", '- endTask:\n    name: "B"') }))).toEqual(["1 start-up"]);
	});

	test("tells the whole cycle", () => {
		const text = open(go("B"), { more: `${state("B", go("C"))}\n${state("C", go("B"))}` });
		expect(lint(text).map((finding) => finding.message)).toEqual([
			"Expected states and tasks to lead on without return, got the cycle State B -> State C -> State B.",
		]);
	});

	test("a variable that may be NOT_SET is a warning, and an error when the flow is ours", () => {
		const text = flow(set("integer", "Flow.count", 'exp: "Flow.number + 1"'));
		expect([false, true].flatMap((ours) => lint(text, { ours }).map(({ severity }) => severity))).toEqual(["warning", "error"]);
	});

	test("an unhandled path of a call is a warning, and an error when the flow is ours", () => {
		const text = flow(here(call({ paths: ["success", "failure"] }), "- callData:"));
		const severities = (ours: boolean) => lint(text, { ours }).map(({ line, rule, severity }) => `${line} ${rule} ${severity}`);
		expect(severities(false)).toEqual([`${markedLine(text)} outputs-unhandled warning`]);
		expect(severities(true)).toEqual([`${markedLine(text)} outputs-unhandled error`]);
	});

	test("tells placeholders, substitutions and what is wrong with their values", () => {
		const text = flow("", { head: 'startUpRef: "/workflow/states/state[A]"\ndivision: "{{division}}"\ndescription: "{{text}}"' });
		expect(rulesOf(text, { substitutions: { division: 'a"b', other: "x" } })).toEqual([
			"1 substitution-unused",
			"4 substitution-unsafe",
			"5 placeholder-unknown",
		]);
		expect(rulesOf(text, { substitutions: { division: "Home", text: "about" } })).toEqual([]);
		expect(rulesOf(text)).toEqual(["4 placeholder-unknown", "5 placeholder-unknown"]);
	});

	test("gives each finding its file, severity, message and remedy, in the order of the lines", () => {
		const text = flow(`${set("string", "Flow.text", 'exp: "1"')}\n${set("integer", "Flow.count", 'exp: "Flow.number * 2"')}`);
		expect(lint(text)).toEqual([
			{
				file: "flow.yaml",
				line: 70,
				column: 23,
				rule: "type",
				severity: "warning",
				message: 'Expected the value for Flow.text of "Set" to be of type string, got an expression of type integer.',
				remedy: "Convert it (ToString, ToInt, …), or change the type.",
			},
			{
				file: "flow.yaml",
				line: 77,
				column: 23,
				rule: "not-set",
				severity: "warning",
				message: "Expected Flow.number to be set where * uses it (character 1), got one that may be NOT_SET.",
				remedy: "Give Flow.number a literal initial value, assign it on every path before, or guard it with IsSet (If, decision).",
			},
		]);
	});

	test("never throws, whatever the workflow says", () => {
		fc.assert(
			fc.property(anyWorkflow, (workflow) => {
				lint(writeFlow(workflow), { ours: true });
				expect(provenBounds(workflow).actions).toBeGreaterThanOrEqual(0);
			}),
			{ seed: 20261124, numRuns: 150 },
		);
	});

	test("never throws, whatever the text is", () => {
		const text = writeFlow(compileResponse({ ...twoTiers, tiers: twoTiers.tiers.slice(1) }));
		fc.assert(
			fc.property(fc.nat(text.length), fc.nat(40), fc.string(), (at, length, replacement) => {
				lint(text.slice(0, at) + replacement + text.slice(at + length));
			}),
			{ seed: 20261124, numRuns: 15 },
		);
	});
});
