import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineCounter } from "yaml";
import { fixFlow } from "../../architect/fix.ts";
import { lintFlow } from "../../architect/lint.ts";
import type { Finding } from "../../architect/model.ts";
import { parseYaml } from "../../architect/parseYaml.ts";
import { writeFlow } from "../../architect/write.ts";
import { closing, flowText, variableText } from "./flowText.ts";
import { exampleTexts, mutated } from "./mutations.ts";
import { anyWorkflow } from "./workflows.ts";

const lint = (text: string) => lintFlow(text, { file: "flow.yaml" });

const decision = (branch: string) =>
	`- decision:\n    name: "D"\n    condition:\n      exp: "true"\n    outputs:\n      ${branch}: # why\n        actions:\n${closing.replace(/^/gm, "          ")}\n${closing}`;
const set = (type: string, literal: string) =>
	`- updateData:\n    name: "Set"\n    statements:\n      - ${type}:\n          variable: "Flow.x"\n          value:\n            lit: ${literal}\n${closing}`;
const ended = (reason: string) => closing.replace('"done"', reason);
const switched = (kind: string, value: string) =>
	`- switch:\n    name: "S"\n    evaluate:\n      firstMatch:\n        ${kind}:\n          value:\n            exp: "Flow.x"\n          cases:\n            - case:\n                value:\n                  lit: ${value}\n                actions:\n${closing.replace(/^/gm, "                  ")}\n${closing}`;

describe("what has a certain remedy", () => {
	const variables = variableText("string", "Flow.x", '""');

	it.each([
		{ name: "a bare path of a decision", actions: decision("yes"), from: "yes: # why", to: '"yes": # why', rule: "unquoted-branch" },
		{ name: "a bare word as reason", actions: ended("on"), from: "lit: on", to: 'lit: "on"', rule: "unquoted-word" },
		{ name: "a bare word as name", actions: closing.replace('"End"', "No"), from: "name: No", to: 'name: "No"', rule: "unquoted-word" },
		{ name: "a bare word of a string", actions: set("string", "off # why"), from: "off # why", to: '"off" # why', rule: "unquoted-word" },
		{ name: "a bare word of a case", actions: switched("string", "yes"), from: "lit: yes", to: 'lit: "yes"', rule: "unquoted-word" },
		{ name: "a placeholder as reason", actions: ended("{{x}}"), from: "{{x}}", to: '"{{x}}"', rule: "placeholder-unquoted" },
		{
			name: "a placeholder inside an expression with quotes",
			actions: closing.replace('lit: "done"', 'exp: Append("{{a}}", "\\\\", Flow.x)'),
			from: 'exp: Append("{{a}}", "\\\\", Flow.x)',
			to: 'exp: "Append(\\"{{a}}\\", \\"\\\\\\\\\\", Flow.x)"',
			rule: "placeholder-unquoted",
		},
		{
			name: "a placeholder inside an inline map",
			actions: "- endWorkflow: { name: {{n}}, exitReason: { noValue: true } }",
			from: "{ name: {{n}},",
			to: '{ name: "{{n}}",',
			rule: "placeholder-unquoted",
		},
	])("$name is put in quotes, and nothing else changes", ({ actions, from, to, rule }) => {
		const text = flowText({ actions, variables });
		expect(text.split(from)).toHaveLength(2);
		const { text: fixed, changes } = fixFlow(text);
		expect(fixed).toBe(text.replace(from, () => to));
		expect(changes.map((change) => change.rule)).toEqual([rule]);
		expect(lint(text).map((finding) => finding.rule)).toContain(rule);
		expect(lint(fixed).map((finding) => finding.rule)).not.toContain(rule);
	});

	it("tells each place, in order, as it was and as it is", () => {
		const text = flowText({ actions: decision("no").replace('"D"', "Off"), variables });
		expect(fixFlow(text).changes).toEqual([
			{ line: 17, column: 21, rule: "unquoted-word", from: "Off", to: '"Off"' },
			{ line: 21, column: 17, rule: "unquoted-branch", from: "no", to: '"no"' },
		]);
	});
});

describe("what may be meant otherwise stays as it is", () => {
	const variables = variableText("integer", "Flow.x", "0");

	it.each([
		{ name: "words in quotes", text: flowText({ actions: decision('"yes"') }) },
		{ name: "a word where a truth value is wanted", text: flowText({ variables: variableText("boolean", "Flow.x", "yes") }) },
		{ name: "a flag that is a word", text: flowText({ variables: variables.replace("isInput: false", "isInput: no") }) },
		{ name: "a placeholder that can be a number", text: flowText({ actions: set("integer", "{{x}}"), variables }) },
		{ name: "a case that can be a number", text: flowText({ actions: switched("integer", "{{x}}"), variables }) },
		{ name: "words inside other texts, and in comments", text: flowText({ actions: `${ended("yes or no")} # yes: no` }) },
		{ name: "a text that does not parse", text: `${flowText({ actions: decision("yes") })}\n  x: "` },
		{ name: "a text with a tag", text: flowText({ actions: `${decision("yes")}\n- !IsSet x` }) },
		{ name: "an empty file", text: "" },
		{ name: "what is no flow", text: "settings:\n  on: yes\n" },
		{ name: "nesting that nobody can read", text: `workflow:\n  name: yes\n  x: ${"[".repeat(20_000)}` },
	])("$name", ({ text }) => {
		expect(fixFlow(text)).toEqual({ text, changes: [] });
	});
});

it("flows of other types are mended, too", () => {
	expect(fixFlow("inboundCall:\n  name: yes\n").text).toBe('inboundCall:\n  name: "yes"\n');
});

/** Flows of ours without the quotes of their keys and plain texts, and mutated examples. */
const careless = fc
	.tuple(
		fc.oneof(anyWorkflow.map(writeFlow), exampleTexts),
		fc.array(fc.constantFrom("yes", "No", "off", "{{x}}", "a {{b}} c"), { minLength: 1 }),
	)
	.map(([text, words]) => {
		let place = 0;
		const unquoted = text.replaceAll(/^( *)"(yes|no)":/gm, "$1$2:");
		return unquoted.replaceAll(/^( *(?:- )?\w+): "[^"\n]*"$/gm, (whole, key: string) => {
			place += 1;
			return place % 3 === 0 ? `${key}: ${words[place % words.length] ?? ""}` : whole;
		});
	});

const mended = new Set<Finding["rule"]>(["unquoted-branch", "unquoted-word", "placeholder-unquoted"]);
const values = (text: string): unknown => parseYaml(text, new LineCounter()).toJS({ maxAliasCount: -1 });
/** Without its column. What a placeholder stands for is told once, with its quotes or without its substitution. */
const others = (findings: readonly Finding[]) =>
	findings
		.filter(({ rule }) => rule !== "placeholder-unknown")
		.map(({ line, rule, message, severity }) => `${line} ${severity} ${rule}: ${message}`)
		.toSorted();

describe("a mended flow", () => {
	it("says the same, has none of the findings that were mended, and every other one", () => {
		fc.assert(
			fc.property(fc.oneof(careless, careless, mutated), (text) => {
				const { text: fixed, changes } = fixFlow(text);
				const before = lint(text);
				fc.pre(before.length < 900);
				const isMended = ({ line, column, rule }: Finding) =>
					changes.some((each) => each.line === line && each.column === column && each.rule === rule);
				expect(before.filter(isMended).length).toBe(changes.length);
				expect(changes.filter(({ rule }) => !mended.has(rule))).toEqual([]);
				expect(others(lint(fixed))).toEqual(others(before.filter((finding) => !isMended(finding))));
				if (changes.length > 0) expect(values(fixed)).toEqual(values(text));
			}),
			{ seed: 20261128, numRuns: 150 },
		);
	});

	it("has nothing left to mend, and differs in the changed places only", () => {
		fc.assert(
			fc.property(fc.oneof(careless, mutated), (text) => {
				const { text: fixed, changes } = fixFlow(text);
				expect(fixFlow(fixed)).toEqual({ text: fixed, changes: [] });
				const lines = text.split("\n");
				for (const { line, column, from, to } of changes.toReversed()) {
					const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, column - 1);
					expect(text.slice(start, start + from.length)).toBe(from);
					expect(to.length).toBeGreaterThanOrEqual(from.length + 2);
				}
				const added = changes.reduce((sum, { from, to }) => sum + to.length - from.length, 0);
				expect(fixed.length).toBe(text.length + added);
			}),
			{ seed: 20261128, numRuns: 150 },
		);
	});
});
