import { isRecord } from "./contract.ts";

/** Where a node of a template begins; the library counts its columns from 0. */
export function placeOf(node: unknown): { readonly line: number; readonly column: number } | undefined {
	const position = isRecord(node) ? node.pos : undefined;
	return isRecord(position) ? beginOf(position) : undefined;
}

/** What the library's parser has against a template, in words. */
export function syntaxFault(error: unknown): {
	readonly reason: string;
	readonly place?: { readonly line: number; readonly column: number };
} {
	if (!(error instanceof Error)) return { reason: "parse error" };
	const hash = "hash" in error ? error.hash : undefined;
	if (!isRecord(hash) || !isRecord(hash.loc) || !Array.isArray(hash.expected))
		return { reason: error.message.split("\n")[0] ?? "parse error" };
	const expected = [...new Set(hash.expected.map((token: unknown) => words[String(token).replaceAll("'", "")] ?? "something else"))];
	const got = hash.token === "EOF" ? "the end" : `"${String(hash.text)}"`;
	// The place that the library tells is that of the token before.
	return { reason: `expected ${expected.join(" or ")}, got ${got}`, place: beginOf({ ...hash.loc, first_column: hash.loc.last_column }) };
}

function beginOf(position: Readonly<Record<string, unknown>>): { readonly line: number; readonly column: number } {
	return { line: Number(position.first_line), column: Number(position.first_column) + 1 };
}

/** The parser's tokens as they are written. */
const words: Readonly<Record<string, string>> = {
	VAR_END: "}",
	MAP_END: "}",
	MAP_BEGIN: "{",
	DOT: ".",
	BRACKET: "[",
	CLOSE_BRACKET: "]",
	PARENTHESIS: "(",
	CLOSE_PARENTHESIS: ")",
	EQUAL: "=",
	COMMA: ",",
	COLON: ":",
	DOLLAR: "$",
	ID: "a name",
	END: "#end",
	EOF: "the end",
	IN: "in",
	STRING: "a text",
	INTEGER: "a number",
	HASH: "#",
};

/** Why the blocks of a template do not end where they should; the library lets it pass, Velocity does not. */
export function blockFault(template: string): string | undefined {
	const plain = template.replaceAll(/#\[\[.*?\]\]#|#\*.*?\*#|##[^\n]*/gs, "");
	const begun = plain.match(/(?<!\\)#(?:(?:if|foreach|define|macro)\s*\(|\{(?:if|foreach|define|macro)\}\s*\()/g)?.length ?? 0;
	const ended = plain.match(/(?<!\\)#(?:end\b|\{end\})/g)?.length ?? 0;
	return begun === ended ? undefined : `expected an #end for each #if, #foreach, #define and #macro (${begun}), got ${ended}`;
}
