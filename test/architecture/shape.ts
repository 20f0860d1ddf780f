import ts from "typescript";
import { countLines, eachNode, isTypeScript, lineOf, type SourceFile, type Violation } from "./files.ts";
import { isHandler } from "./walls.ts";

const longestFile = 300;
const longestHandler = 40;
const emptyWords = new Set(["util", "utils", "utility", "utilities", "helper", "helpers"]);
const emptyNames = new Set([...emptyWords, "common", "shared", "misc"]);

/** Folders and files whose name does not say what they know: `utils`, and also `dateUtils`. */
export function nameViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.flatMap(({ path }) => {
		const empty = path.split("/").find(isEmptyName);
		return empty === undefined ? [] : [{ path, message: `expected a name that says what is inside, got "${empty}"` }];
	});
}

/** Files over 300 lines, tests too. */
export function lengthViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.filter((file) => /\.(?:ts|mjs)$/.test(file.path)).flatMap((file) => tooLong(file, longestFile, "a source file"));
}

/** Handlers over 40 lines, imports included: they parse, call the pipeline and write. */
export function handlerViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.filter(({ path }) => isHandler(path)).flatMap((file) => tooLong(file, longestHandler, "a handler"));
}

/** Component classes that never call `this.registerOutputs`. */
export function componentViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.filter(isTypeScript).flatMap((file) => {
		const found: Violation[] = [];
		eachNode(file, (node) => {
			if (!ts.isClassLike(node) || !isComponent(node) || registersOutputs(node)) return;
			const name = node.name?.text ?? "a class without a name";
			found.push({ path: file.path, line: lineOf(file, node), message: `expected this.registerOutputs(…) in ${name}, got none` });
		});
		return found;
	});
}

function tooLong(file: SourceFile, most: number, what: string): Violation[] {
	const lines = countLines(file.text);
	return lines > most ? [{ path: file.path, message: `expected ${what} of at most ${most} lines, got ${lines}` }] : [];
}

function isEmptyName(segment: string): boolean {
	const [stem = ""] = segment.split(".");
	const words = stem.split(/[-_]|(?<=[a-z0-9])(?=[A-Z])/).map((word) => word.toLowerCase());
	return emptyNames.has(stem.toLowerCase()) || words.some((word) => emptyWords.has(word));
}

function isComponent(node: ts.ClassLikeDeclaration): boolean {
	const parents = node.heritageClauses?.filter(({ token }) => token === ts.SyntaxKind.ExtendsKeyword) ?? [];
	return parents.some(({ types }) => types.some(({ expression }) => /(?:^|\.)ComponentResource$/.test(expression.getText())));
}

function registersOutputs(node: ts.Node): boolean {
	const isCall = ts.isCallExpression(node) && node.expression.getText() === "this.registerOutputs";
	return isCall || (ts.forEachChild(node, (child) => registersOutputs(child) || undefined) ?? false);
}
