import { ExpressionError } from "./errors.ts";

/** One piece of an expression and where it begins, counting from 1. */
export type Token = { readonly position: number } & (
	| { readonly kind: "string"; readonly value: string }
	| { readonly kind: "integer" | "decimal"; readonly value: number }
	/** `word` is the text in lower case. */
	| { readonly kind: "name"; readonly text: string; readonly word: string }
	| { readonly kind: "symbol"; readonly text: string; readonly word: string }
	| { readonly kind: "end" }
);

/** The vendor's limit on the text of one expression, in characters. */
export const longestExpression = 32_000;
/** Integers of Architect lie in plus or minus this number. */
export const largestInteger = 999_999_999_999_999;

const escapes: Readonly<Record<string, string>> = { '"': '"', "\\": "\\", n: "\n", r: "\r", t: "\t" };
/** Blanks, or one of number, name and symbol. */
const pattern = /\s+|(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(==|!=|>=|<=|[-+*/%^&|!~<>?:()[\].,])/uy;

/** The tokens of an expression, the last of kind `end`; throws ExpressionError "syntax", "too-long" or "out-of-range". */
export function tokenize(text: string): readonly Token[] {
	if (text.length > longestExpression) {
		throw new ExpressionError("too-long", `Expected at most ${longestExpression} characters, got ${text.length}.`, longestExpression + 1);
	}
	const tokens: Token[] = [];
	let offset = 0;
	while (offset < text.length) {
		if (text[offset] === '"') {
			const { value, end } = readString(text, offset);
			tokens.push({ kind: "string", value, position: offset + 1 });
			offset = end;
			continue;
		}
		pattern.lastIndex = offset;
		const found = pattern.exec(text);
		if (found === null) throw unexpected(text, offset);
		const token = tokenOf(found, offset + 1);
		if (token !== undefined) tokens.push(token);
		offset = pattern.lastIndex;
	}
	return [...tokens, { kind: "end", position: text.length + 1 }];
}

function tokenOf([, number, name, symbol]: RegExpExecArray, position: number): Token | undefined {
	if (number !== undefined) return numberToken(number, position);
	if (name !== undefined) return { kind: "name", text: name, word: name.toLowerCase(), position };
	return symbol === undefined ? undefined : { kind: "symbol", text: symbol, word: symbol, position };
}

function numberToken(text: string, position: number): Token {
	const kind = text.includes(".") ? "decimal" : "integer";
	const value = Number(text);
	if (kind === "integer" && value > largestInteger) {
		throw new ExpressionError("out-of-range", `Expected an integer of at most ${largestInteger}, got ${text.slice(0, 40)}.`, position);
	}
	if (!Number.isFinite(value)) throw new ExpressionError("out-of-range", "Expected a decimal that fits in 64 bits.", position);
	return { kind, value, position };
}

function readString(text: string, start: number): { readonly value: string; readonly end: number } {
	let value = "";
	for (let offset = start + 1; offset < text.length; offset += 1) {
		const character = text[offset] ?? "";
		if (character === '"') return { value, end: offset + 1 };
		if (character !== "\\") {
			value += character;
			continue;
		}
		offset += 1;
		const escaped = escapes[text[offset] ?? ""];
		if (escaped === undefined) {
			throw new ExpressionError("syntax", `Expected one of \\" \\\\ \\n \\r \\t in a string, got "\\${text[offset] ?? ""}".`, offset);
		}
		value += escaped;
	}
	throw new ExpressionError("syntax", 'Expected a closing " of this string, got the end of the expression.', start + 1);
}

function unexpected(text: string, offset: number): ExpressionError {
	const character = String.fromCodePoint(text.codePointAt(offset) ?? 0);
	const remedy = character === "'" ? ' (strings stand in "double quotes")' : character === "=" ? " (equality is ==)" : "";
	return new ExpressionError("syntax", `Expected a value or an operator, got "${character}"${remedy}.`, offset + 1);
}
