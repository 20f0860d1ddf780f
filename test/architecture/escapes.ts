import ts from "typescript";
import { eachNode, isTypeScript, lineOf, linesMatching, type SourceFile, type Violation } from "./files.ts";

// Written so that no pattern matches its own source.
const silenced = /@ts-(?:ig[n]ore|expect-er[r]or|noc[h]eck)/;
const unexplained = /biome-ig[n]ore(?!(?:-all|-start|-end)?(?:\s+[\w/]+)+:\s*(?!\*\/)\S)\S*/;
const postponed = /\b(?:TO[D]O|FIX[M]E)\b/;

const testRoots = new Set(["it", "test", "describe", "suite", "bench"]);
const unrun = new Set(["skip", "skipIf", "only", "todo", "runIf", "fails"]);

/** Where code tells the compiler or the linter to look away. */
export function escapeViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.filter(isTypeScript).flatMap((file) => {
		const found: Violation[] = [
			...linesMatching(file, silenced, "code that the compiler accepts"),
			...linesMatching(file, unexplained, "a reason on the line of a suppression"),
		];
		eachNode(file, (node) => {
			if (node.kind === ts.SyntaxKind.AnyKeyword) {
				found.push({ path: file.path, line: lineOf(file, node), message: "expected a type (unknown, if need be), got any" });
			} else if (ts.isAsExpression(node) && isCastToUnknown(node.expression)) {
				found.push({ path: file.path, line: lineOf(file, node), message: "expected a parsed value, got a cast through unknown" });
			}
		});
		return found;
	});
}

/** Tests that do not run, or that keep the others from running. */
export function unrunTestViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.filter(isTypeScript).flatMap((file) => {
		const found: Violation[] = [];
		eachNode(file, (node) => {
			if (!ts.isPropertyAccessExpression(node) || !unrun.has(node.name.text) || !testRoots.has(rootOf(node))) return;
			found.push({ path: file.path, line: lineOf(file, node), message: `expected a test that always runs, got ${node.getText()}` });
		});
		return found;
	});
}

/** Work that was left for later, in any text file. */
export function postponedViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files
		.filter(({ path }) => path !== "package-lock.json")
		.flatMap((file) => linesMatching(file, postponed, "work that is done, or a sentence in the docs"));
}

function isCastToUnknown(node: ts.Expression): boolean {
	if (ts.isParenthesizedExpression(node)) return isCastToUnknown(node.expression);
	return ts.isAsExpression(node) && node.type.kind === ts.SyntaxKind.UnknownKeyword;
}

function rootOf(node: ts.Expression): string {
	if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return rootOf(node.expression);
	return ts.isIdentifier(node) ? node.text : "";
}
