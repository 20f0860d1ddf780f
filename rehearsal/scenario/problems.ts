import type * as z from "zod";
import { innermost, pathText, shown, valueAt } from "../../components/settings/problems.ts";
import { allowedKeys } from "../../components/settings/shape.ts";
import { expectedOneOf } from "./oneOf.ts";
import { scenarioFile } from "./scenario.ts";

type Issue = z.core.$ZodIssue;

/** What is wrong with a scenario file: where, what was expected, and what stands there. */
export const scenarioProblems = (error: z.ZodError, raw: unknown): readonly string[] =>
	error.issues.flatMap(innermost).flatMap((issue) => problemsOf(issue, raw));

function problemsOf(issue: Issue, raw: unknown): readonly string[] {
	const { path } = issue;
	if (issue.code === "unrecognized_keys") {
		const allowed = allowedKeys(scenarioFile, raw, path);
		return issue.keys.map((key) => problem([...path, key], expectedOneOf(key, allowed), `the unknown key "${key}"`));
	}
	const got = valueAt(raw, path);
	return [problem(path, expectedOf(issue, got), shown(got))];
}

const problem = (path: readonly PropertyKey[], expected: string, got: string): string =>
	`${path.length === 0 ? "(file)" : pathText(path)}: expected ${expected}, got ${got}`;

function expectedOf(issue: Issue, got: unknown): string {
	switch (issue.code) {
		case "invalid_type":
			return kindWords[issue.expected] ?? issue.expected;
		case "invalid_value":
			return expectedOneOf(String(got), issue.values.map(String));
		case "invalid_union":
			return unionWords(issue, got);
		case "too_small":
			return sizeWords(issue.origin, issue.inclusive === false ? "more than" : "at least", Number(issue.minimum));
		case "too_big":
			return sizeWords(issue.origin, issue.inclusive === false ? "less than" : "at most", Number(issue.maximum));
		default:
			// Our own words.
			return issue.message.replace(/^expected /, "");
	}
}

/** Of one that is told by a word, that word; of another, what any of its branches takes. */
function unionWords(issue: z.core.$ZodIssueInvalidUnion, got: unknown): string {
	if ("options" in issue && Array.isArray(issue.options)) return expectedOneOf(String(got), issue.options.map(String));
	return issue.errors.flatMap(([first]) => (first === undefined ? [] : [expectedOf(first, got)])).join(", or ");
}

const kindWords: Readonly<Record<string, string>> = {
	string: "a text",
	number: "a number",
	int: "a whole number",
	boolean: "true or false",
	array: "a list",
	tuple: "a list",
	object: "a mapping",
	record: "a mapping",
};

function sizeWords(origin: string, bound: string, size: number): string {
	const unit = { array: "entries", string: "characters" }[origin];
	if (unit === undefined) return `${bound} ${size}`;
	return `${bound} ${size} ${size === 1 ? { entries: "entry", characters: "character" }[unit] : unit}`;
}
