import { JSONPath } from "jsonpath-plus";
import { asJayway, withoutMatches } from "./pathFilters.ts";

/** A JSONPath that the vendor would not take, or that this emulator does not know. */
export class TranslationError extends Error {
	constructor(name: string, reason: string) {
		super(`translationMap.${name}: ${reason}`);
		this.name = "TranslationError";
	}
}

/** What jsonpath-plus adds to JSONPath, and what its readers differ about: refused, so that nothing works here that would not there. */
const refused: readonly (readonly [RegExp, string])[] = [
	[
		/\?\(.*(?:=~|(?<![.\w])(?:in|nin|subsetof|anyof|noneof|size|empty|contains)(?!\w))/,
		"only the operators == != < <= > >= && || !, and of a member in, nin and =~, are supported",
	],
	[/\[\(/, "script expressions are not supported"],
	[/\.[A-Za-z]+\(\)?/, "functions other than .size() and .length() at the end are not supported"],
	[/\^/, "the parent operator ^ is not supported"],
	[/[~`]/, "~ and ` are not supported"],
];

/**
 * Name → JSON text of what each path finds in `answer`. A path that can find several gives a list, one that finds nothing gives its default
 * (already JSON text) or no value.
 */
export function translate(
	map: Readonly<Record<string, string>>,
	defaults: Readonly<Record<string, string>>,
	answer: unknown,
): Record<string, string> {
	const values: Record<string, string> = {};
	for (const [name, path] of Object.entries(map)) {
		const found = find(name, path, answer);
		const text = found === undefined ? defaults[name] : JSON.stringify(found);
		if (text !== undefined) values[name] = text;
	}
	return values;
}

/** How many there are: of a list its items, of an object its keys. */
const counts = /\.(?:size|length)\(\)$/;
/** Several names of one object: what is found is an object of them. */
const picks = /\[((?:'[^']*'|"[^"]*")(?:\s*,\s*(?:'[^']*'|"[^"]*"))+)\]$/;

function find(name: string, given: string, answer: unknown): unknown {
	// Jayway's JsonPath reads a path without $ from the root.
	const path = given.startsWith("$") ? given : `$${given.startsWith("[") ? "" : "."}${given}`;
	if (counts.test(path)) return each(name, path.replace(counts, ""), answer, countOf);
	const names = picks
		.exec(path)?.[1]
		?.split(",")
		.map((quoted) => quoted.trim().slice(1, -1));
	if (names !== undefined) return each(name, path.replace(picks, ""), answer, (value) => picked(value, names));
	return findAt(name, path, answer);
}

/** Does something to what a path finds: to each of several. */
function each(name: string, path: string, answer: unknown, work: (value: unknown) => unknown): unknown {
	const found = findAt(name, path, answer);
	return isIndefinite(withoutTexts(path)) && Array.isArray(found) ? found.map(work) : work(found);
}

function countOf(value: unknown): number | null | undefined {
	if (value === undefined) return undefined;
	if (Array.isArray(value)) return value.length;
	return typeof value === "object" && value !== null ? Object.keys(value).length : null;
}

function picked(value: unknown, names: readonly string[]): object | undefined {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
	return Object.fromEntries(names.filter((name) => Object.hasOwn(value, name)).map((name) => [name, Reflect.get(value, name)]));
}

const withoutTexts = (path: string): string => path.replaceAll(/'[^']*'|"[^"]*"/g, "''");

function findAt(name: string, path: string, answer: unknown): unknown {
	const literals = withoutTexts(path);
	const problem = refused.find(([pattern]) => pattern.test(withoutMatches(literals)));
	if (problem !== undefined) throw new TranslationError(name, `${problem[1]}, got ${path}`);
	if (typeof answer !== "object" || answer === null) return path === "$" ? answer : undefined;
	try {
		const { path: words, sandbox } = asJayway(path);
		const all: unknown = JSONPath({ path: words, json: answer, wrap: true, eval: "safe", sandbox });
		const list = Array.isArray(all) ? all : [];
		return isIndefinite(literals) ? list : list[0];
	} catch (error) {
		throw new TranslationError(name, error instanceof Error ? error.message : "not a JSONPath");
	}
}

function isIndefinite(path: string): boolean {
	return /\.\.|\*|\?\(|\[[^\]]*[,:][^\]]*\]/.test(path);
}
