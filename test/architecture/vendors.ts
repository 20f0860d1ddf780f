import ts from "typescript";
import { isChannelKind } from "../../vendors/kinds.ts";
import { eachNode, isTypeScript, lineOf, type SourceFile, type Violation } from "./files.ts";

/** The emulators know their vendor, on purpose; tests name what they test. */
const mayCompare = ["vendors/", "rehearsal/", "test/"];

const comparisons = new Set([
	ts.SyntaxKind.EqualsEqualsEqualsToken,
	ts.SyntaxKind.ExclamationEqualsEqualsToken,
	ts.SyntaxKind.EqualsEqualsToken,
	ts.SyntaxKind.ExclamationEqualsToken,
]);

/** Where code asks which vendor it has, instead of what the vendor can do. */
export function vendorViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files
		.filter((file) => isTypeScript(file) && !mayCompare.some((folder) => file.path.startsWith(folder)))
		.flatMap((file) => {
			const found: Violation[] = [];
			eachNode(file, (node) => {
				const kind = comparedWith(node).find(isKindLiteral)?.getText();
				if (kind === undefined) return;
				found.push({ path: file.path, line: lineOf(file, node), message: `expected a trait of the vendor, got a comparison with ${kind}` });
			});
			return found;
		});
}

function comparedWith(node: ts.Node): readonly ts.Expression[] {
	if (ts.isBinaryExpression(node) && comparisons.has(node.operatorToken.kind)) return [node.left, node.right];
	return ts.isCaseClause(node) ? [node.expression] : [];
}

const isKindLiteral = (node: ts.Expression): boolean => ts.isStringLiteralLike(node) && isChannelKind(node.text);
