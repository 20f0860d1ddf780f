import type { Finding, Place } from "./model.ts";
import { list } from "./names.ts";

type Problem = Omit<Finding, "file">;

/** `{{key}}`; blanks inside the braces belong to the key. */
export const placeholder = /\{\{([^{}\n]*)\}\}/g;

/** The keys of all `{{key}}` in a text, each once, in order of appearance; blanks inside the braces belong to the key, as for the provider. */
export function placeholders(text: string): string[] {
	return [...new Set(Array.from(text.matchAll(placeholder), (match) => match[1] ?? ""))];
}

/**
 * Replaces each `{{key}}` literally, as the Terraform provider does before it uploads a flow (`genesyscloud/util/files/util_files.go`).
 * Refuses, all at once, what the provider would let through and the server would misread: unknown and unused keys, and values that end a YAML
 * scalar or hold a placeholder themselves.
 */
export function substitute(
	text: string,
	values: Readonly<Record<string, string>>,
): { readonly text: string } | { readonly problems: readonly Problem[] } {
	const problems = [...unknownKeys(text, values), ...unusedKeys(text, values), ...unsafeValues(text, values)];
	return problems.length > 0 ? { problems } : { text: replaceKnown(text, values) };
}

/** Replaces what has a value and leaves the rest: what the server would see. */
export function replaceKnown(text: string, values: Readonly<Record<string, string>>): string {
	return text.replace(placeholder, (whole, key: string) => (Object.hasOwn(values, key) ? (values[key] ?? whole) : whole));
}

/** A warning for each placeholder of a text that is read without its substitutions. */
export function openPlaceholders(text: string): Problem[] {
	const places = placesIn(text);
	return Array.from(text.matchAll(placeholder), (match) => ({
		...places(match.index),
		rule: "placeholder-unknown",
		severity: "warning",
		message: `Expected a substitution for every placeholder, got none for {{${match[1] ?? ""}}}; it is read as a text that says nothing.`,
		remedy: "Give the substitutions as well: only then names, types and contracts behind it are checked.",
	}));
}

function unknownKeys(text: string, values: Readonly<Record<string, string>>): Problem[] {
	const places = placesIn(text);
	return Array.from(text.matchAll(placeholder)).flatMap((match) => {
		const key = match[1] ?? "";
		if (Object.hasOwn(values, key)) return [];
		return {
			...places(match.index),
			rule: "placeholder-unknown",
			severity: "error",
			message: `Expected a substitution for every placeholder, got none for {{${key}}}; allowed: ${list(Object.keys(values))}.`,
			remedy: "Give the flow a substitution with exactly this key, or correct the placeholder (blanks inside the braces count).",
		};
	});
}

/** A rule that the linter looks for by name. */
export const unusedSubstitution = "substitution-unused";

function unusedKeys(text: string, values: Readonly<Record<string, string>>): Problem[] {
	const used = new Set(placeholders(text));
	return Object.keys(values).flatMap((key) => {
		if (used.has(key)) return [];
		return {
			line: 1,
			column: 1,
			rule: unusedSubstitution,
			severity: "error",
			message: `Expected every substitution to be used, got "${key}" that stands nowhere as {{${key}}}; used: ${list([...used])}.`,
			remedy: "Remove the substitution, or write its placeholder where the value belongs.",
		};
	});
}

function unsafeValues(text: string, values: Readonly<Record<string, string>>): Problem[] {
	const places = placesIn(text);
	return Object.entries(values).flatMap(([key, value]) => {
		const fault = faultOf(value);
		if (fault === undefined) return [];
		return {
			...places(Math.max(0, text.indexOf(`{{${key}}}`))),
			rule: "substitution-unsafe",
			severity: "error",
			message: `Expected the value of {{${key}}} to be plain text, got one that ${fault}; the provider replaces text and escapes nothing.`,
			remedy: "Use a value of at least one character without quotes, backslash, line break, outer blanks or {{.",
		};
	});
}

function faultOf(value: string): string | undefined {
	if (value === "") return "is empty";
	if (value.includes("{{")) return "holds {{";
	if (/["']/.test(value)) return "holds a quote";
	if (value.includes("\\")) return "holds a backslash";
	if (/[\n\r\u0085\u2028\u2029]/.test(value)) return "holds a line break";
	return value.trim() === value ? undefined : "has outer blanks";
}

/** Finds the place of an offset; the lines of the text are counted once. */
function placesIn(text: string): (offset: number) => Place {
	const starts = [0, ...Array.from(text.matchAll(/\n/g), (match) => match.index + 1)];
	return (offset) => {
		let [low, high] = [0, starts.length - 1];
		while (low < high) {
			const middle = Math.ceil((low + high) / 2);
			if ((starts[middle] ?? 0) <= offset) low = middle;
			else high = middle - 1;
		}
		return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
	};
}
