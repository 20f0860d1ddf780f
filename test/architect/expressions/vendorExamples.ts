import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import ts from "typescript";

/** One worked example of the vendor's expression catalogue. */
export interface VendorExample {
	/** The operator or function whose example it is. */
	readonly owner: string;
	readonly input: string;
	/** A literal, or the English sentence that describes the value. */
	readonly output: string;
	readonly isSentence: boolean;
	/** The result's type as the catalogue writes it: `int`, `str[]`, … */
	readonly type: string;
}

type Data = string | number | boolean | readonly Data[] | { readonly [key: string]: Data } | undefined;

/** Every example of the catalogue inside the installed package, in its order. Throws when the bundle has no catalogue. */
export function vendorExamples(): readonly VendorExample[] {
	const bundle = vendorBundle();
	const sentences = englishSentences(bundle);
	return Object.entries(record(literalAt(bundle, bundle.indexOf('{add:{identifier:"add"')))).flatMap(([id, entry]) =>
		list(record(entry).overloads).flatMap((overload) => {
			const { examples, returnValue } = record(overload);
			const { type, isArray } = record(returnValue);
			return list(examples).map((example) => {
				const { input, output } = record(example);
				const sentence = sentences.get(String(output));
				return {
					owner: String(record(entry).name ?? record(entry).symbol ?? id),
					input: sentences.get(String(input)) ?? String(input),
					output: sentence ?? String(output),
					isSentence: sentence !== undefined,
					type: `${String(type)}${isArray === true ? "[]" : ""}`,
				};
			});
		}),
	);
}

/** Each currency's symbol by its code, as the same package lists them. Throws when the bundle has no such list. */
export function vendorSymbols(): Readonly<Record<string, string>> {
	const bundle = vendorBundle();
	const currencies = record(literalAt(bundle, bundle.search(/\{AED:\{displayName:[\w.]+,symbol:/)));
	return Object.fromEntries(Object.entries(currencies).map(([code, currency]) => [code, String(record(currency).symbol)]));
}

function vendorBundle(): string {
	return readFileSync(createRequire(import.meta.url).resolve("purecloud-flow-scripting-api-sdk-javascript"), "utf8");
}

/** The object literal that begins there, read as data: nothing of the bundle runs. */
function literalAt(bundle: string, start: number): Data {
	if (start < 0) throw new Error("expected the catalogue and the currencies in the vendor's bundle, got none");
	const end = closing(bundle, start);
	const source = ts.createSourceFile("literal.ts", `(${bundle.slice(start, end)})`, ts.ScriptTarget.ESNext);
	const [statement] = source.statements;
	if (statement === undefined || !ts.isExpressionStatement(statement)) throw new Error("expected one object literal");
	return dataOf(statement.expression);
}

/** Behind the brace that closes the one at `start`. */
function closing(text: string, start: number): number {
	let depth = 0;
	let quote = "";
	for (let index = start; index < text.length; index += 1) {
		const character = text[index] ?? "";
		if (quote !== "") {
			if (character === "\\") index += 1;
			else if (character === quote) quote = "";
		} else if (character === '"' || character === "'") quote = character;
		else if ("{[".includes(character)) depth += 1;
		else if ("}]".includes(character)) depth -= 1;
		if (depth === 0 && quote === "") return index + 1;
	}
	throw new Error("expected a closing brace, got the end of the bundle");
}

function dataOf(node: ts.Expression): Data {
	if (ts.isParenthesizedExpression(node)) return dataOf(node.expression);
	if (ts.isStringLiteralLike(node)) return node.text;
	if (ts.isNumericLiteral(node)) return Number(node.text);
	if (ts.isPrefixUnaryExpression(node)) return dataOf(node.operand) === 0;
	if (ts.isArrayLiteralExpression(node)) return node.elements.map(dataOf);
	if (!ts.isObjectLiteralExpression(node)) return undefined;
	return Object.fromEntries(
		node.properties.filter(ts.isPropertyAssignment).map(({ name, initializer }) => {
			if (ts.isIdentifier(name) || ts.isStringLiteralLike(name) || ts.isNumericLiteral(name)) return [name.text, dataOf(initializer)];
			throw new Error("expected a plain name of a property");
		}),
	);
}

/** The bundle defines each sentence in ten languages, the first time in English. */
function englishSentences(bundle: string): ReadonlyMap<string, string> {
	const sentences = new Map<string, string>();
	for (const [, key = "", double, single] of bundle.matchAll(/[,{]"?(AR_\w+_EX_\w+)"?:(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)')/g)) {
		if (!sentences.has(key)) sentences.set(key, unescaped(double ?? single ?? ""));
	}
	return sentences;
}

function unescaped(text: string): string {
	return text.replaceAll(/\\(x[\da-f]{2}|u[\da-f]{4}|.)/gi, (_, escaped: string) => {
		if (escaped.length > 1) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16));
		return escaped === "n" ? "\n" : escaped;
	});
}

function record(data: Data): { readonly [key: string]: Data } {
	return typeof data === "object" && !isDataList(data) ? data : {};
}

function list(data: Data): readonly Data[] {
	return isDataList(data) ? data : [];
}

function isDataList(data: Data): data is readonly Data[] {
	return Array.isArray(data);
}
