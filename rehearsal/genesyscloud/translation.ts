import { JSONPath } from "jsonpath-plus";

/** A JSONPath that the vendor would not take, or that this emulator does not know. */
export class TranslationError extends Error {
	constructor(name: string, reason: string) {
		super(`translationMap.${name}: ${reason}`);
		this.name = "TranslationError";
	}
}

/** What jsonpath-plus adds to JSONPath, and what its readers differ about: refused, so that nothing works here that would not there. */
const refused: readonly (readonly [RegExp, string])[] = [
	[/=~/, "the operator =~ is not supported"],
	[/\.[A-Za-z]+\(\)?/, "functions are not supported"],
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

function find(name: string, path: string, answer: unknown): unknown {
	const literals = path.replaceAll(/'[^']*'|"[^"]*"/g, "''");
	const problem = refused.find(([pattern]) => pattern.test(literals));
	if (problem !== undefined) throw new TranslationError(name, `${problem[1]}, got ${path}`);
	if (!path.startsWith("$")) throw new TranslationError(name, `expected a path that begins with $, got ${path}`);
	if (typeof answer !== "object" || answer === null) return path === "$" ? answer : undefined;
	try {
		const all: unknown = JSONPath({ path, json: answer, wrap: true, eval: "safe" });
		const list = Array.isArray(all) ? all : [];
		return isIndefinite(literals) ? list : list[0];
	} catch (error) {
		throw new TranslationError(name, error instanceof Error ? error.message : "not a JSONPath");
	}
}

function isIndefinite(path: string): boolean {
	return /\.\.|\*|\?\(|\[[^\]]*[,:][^\]]*\]/.test(path);
}
