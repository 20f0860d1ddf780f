import { describe, expect, test } from "vitest";
import { placeholders, substitute } from "../../architect/substitute.ts";

const text = 'name: "{{flow}}"\ncategory:\n  "{{ledger}}":\n    again: "{{flow}}"\n';

function problemsOf(of: string, values: Record<string, string>): string[] {
	const result = substitute(of, values);
	return "problems" in result ? result.problems.map(({ line, column, rule }) => `${line}:${column} ${rule}`) : [];
}

describe("placeholders", () => {
	test("are listed once each, in order of appearance", () => {
		expect(placeholders(text)).toEqual(["flow", "ledger"]);
	});

	test("keep blanks inside the braces as part of the key, as the provider does", () => {
		expect(placeholders("a {{ b }} c")).toEqual([" b "]);
	});

	test("are not found where there are none", () => {
		expect(placeholders("{a} {{}")).toEqual([]);
	});
});

describe("substitute", () => {
	test("replaces every occurrence literally", () => {
		expect(substitute(text, { flow: "My $& flow", ledger: "Ledger" })).toEqual({
			text: 'name: "My $& flow"\ncategory:\n  "Ledger":\n    again: "My $& flow"\n',
		});
	});

	test.each([
		{ name: "an unknown key", of: text, values: { flow: "f" }, problems: ["3:4 placeholder-unknown"] },
		{ name: "an unused key", of: text, values: { flow: "f", ledger: "l", other: "o" }, problems: ["1:1 substitution-unused"] },
		{
			name: "a key with blanks in the text",
			of: "{{ a }}",
			values: { a: "x" },
			problems: ["1:1 placeholder-unknown", "1:1 substitution-unused"],
		},
		{ name: "a key of every object", of: "{{constructor}}", values: {}, problems: ["1:1 placeholder-unknown"] },
		{ name: "an empty value", of: "{{a}}", values: { a: "" }, problems: ["1:1 substitution-unsafe"] },
		{ name: "a value with a placeholder", of: "{{a}}", values: { a: "{{b}}" }, problems: ["1:1 substitution-unsafe"] },
		{ name: "a value with a double quote", of: "\n {{a}}", values: { a: 'x"y' }, problems: ["2:2 substitution-unsafe"] },
		{ name: "a value with a single quote", of: "{{a}}", values: { a: "x'y" }, problems: ["1:1 substitution-unsafe"] },
		{ name: "a value with a backslash", of: "{{a}}", values: { a: "x\\y" }, problems: ["1:1 substitution-unsafe"] },
		{ name: "a value with a line break", of: "{{a}}", values: { a: "x\ny" }, problems: ["1:1 substitution-unsafe"] },
		{ name: "a value with a leading blank", of: "{{a}}", values: { a: " x" }, problems: ["1:1 substitution-unsafe"] },
		{ name: "a value with a trailing blank", of: "{{a}}", values: { a: "x " }, problems: ["1:1 substitution-unsafe"] },
	])("refuses $name", ({ of, values, problems }) => {
		expect(problemsOf(of, values)).toEqual(problems);
	});

	test("says what was expected, what it got and what is allowed, and never the value", () => {
		const result = substitute("{{a}}{{b}}", { a: 'sec"ret', c: "x" });
		expect("problems" in result && result.problems.map((problem) => problem.message)).toEqual([
			"Expected a substitution for every placeholder, got none for {{b}}; allowed: a, c.",
			'Expected every substitution to be used, got "c" that stands nowhere as {{c}}; used: a, b.',
			"Expected the value of {{a}} to be plain text, got one that holds a quote; the provider replaces text and escapes nothing.",
		]);
	});
});
