import { JSONPath } from "jsonpath-plus";
import { takeConditions } from "./filterConditions.ts";
import { syntaxProblem } from "./pathSyntax.ts";

/** A JSONPath that the vendor would not take, or that this emulator does not know. */
export class TranslationError extends Error {
	readonly reason: string;

	constructor(name: string, reason: string) {
		super(`translationMap.${name}: ${reason}`);
		this.name = "TranslationError";
		this.reason = reason;
	}
}

/** What jsonpath-plus adds to JSONPath, and what its readers differ about: refused, so that nothing works here that would not there. */
const refused: readonly (readonly [RegExp, string])[] = [
	[
		/\?\(.*(?:=~|(?<![.\w])(?:in|nin|subsetof|anyof|noneof|size|empty|contains)(?!\w))/,
		"only the operators == != < <= > >= && || !, in and nin with a list of literals and =~ with a pattern after it are supported",
	],
	[/[A-Za-z_$][\w$]*\(/, "functions other than .size() and .length() at the end are not supported"],
	[/\[\(/, "script expressions are not supported"],
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
	const path = rooted(given);
	if (counts.test(path)) return each(name, path.replace(counts, ""), answer, countOf);
	const names = picks
		.exec(path)?.[1]
		?.split(",")
		.map((quoted) => quoted.trim().slice(1, -1));
	if (names !== undefined) return each(name, path.replace(picks, ""), answer, (value) => picked(value, names));
	return findAt(name, path, answer);
}

/** Jayway's JsonPath reads a path without $ from the root, and blanks at brackets for nothing. */
function rooted(given: string): string {
	const path = given
		.trimEnd()
		.replaceAll(/('[^']*'|"[^"]*")|(?<=\[)\s+|\s+(?=\])|(?<=\?)\s+(?=\()/g, (_, text: string | undefined) => text ?? "");
	if (/^[$@]/.test(path)) return `$${path.slice(1)}`;
	return `$${path.startsWith("[") ? "" : "."}${path}`;
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
	try {
		const { path: taken, plain, calls } = takeConditions(path);
		const literals = withoutTexts(plain);
		const problem = refused.find(([pattern]) => pattern.test(literals))?.[1] ?? syntaxProblem(literals);
		if (problem !== undefined) throw new Error(`${problem}, got ${path}`);
		if (typeof answer !== "object" || answer === null) return path === "$" ? answer : undefined;
		const all: unknown = JSONPath({ path: asJayway(taken), json: answer, wrap: true, eval: "safe", sandbox: { ...calls } });
		const list = Array.isArray(all) ? all : [];
		return isIndefinite(literals) ? list : list[0];
	} catch (error) {
		throw new TranslationError(name, reasonOf(error));
	}
}

function reasonOf(error: unknown): string {
	if (!(error instanceof Error)) return "not a JSONPath";
	// The library puts its own words around what a test of ours throws.
	return error.cause instanceof Error ? error.cause.message : error.message;
}

const member = /\.\w+|\[(?:\d+|'[^']*'|"[^"]*")\]/g;
/** A chain of members, or a text, in which nothing is one. */
const memberChain = /@(?:\.\w+|\[(?:\d+|'[^']*'|"[^"]*")\])+|'[^']*'|"[^"]*"/g;
const comparison = /^\s*(?:[=!<>]=|[<>])/;
const compared = /(?:[=!<>]=|[<>])\s*$/;

/**
 * The path in the words of the library, with what Jayway means: a member of what is missing is missing itself, a member that stands alone asks
 * whether it is there, and what is missing equals nothing.
 */
function asJayway(path: string): string {
	const counted = path.replaceAll(/\[-(\d+)\]/g, "[(@.length-$1)]");
	return counted.replaceAll(/\?\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g, (filter) =>
		filter
			.replaceAll(memberChain, chainIn)
			.replaceAll(/([=!]=)(?=\s*null)/g, "$1=")
			.replaceAll(/(null\s*[=!]=)(?!=)/g, "$1="),
	);
}

function chainIn(chain: string, at: number, filter: string): string {
	if (!chain.startsWith("@")) return chain;
	const steps = chain.match(member) ?? [];
	const guarded = steps.map((_, index) => `@${steps.slice(0, index + 1).join("")}`).join(" && ");
	const isCompared = comparison.test(filter.slice(at + chain.length)) || compared.test(filter.slice(0, at));
	return isCompared ? `(${guarded})` : `((${guarded}) !== undefined)`;
}

/** Whether a path, each text in it being `''`, may find several. */
export function isIndefinite(path: string): boolean {
	return /\.\.|\*|\?\(|\[[^\]]*[,:][^\]]*\]/.test(path);
}
