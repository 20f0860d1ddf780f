import ts from "typescript";
import { eachNode, isTypeScript, lineOf, type SourceFile, type Violation } from "./files.ts";
import { pureFolders } from "./walls.ts";

const ambient = new Set([
	"process",
	"console",
	"fetch",
	"setTimeout",
	"setInterval",
	"setImmediate",
	"queueMicrotask",
	"performance",
	"crypto",
	"globalThis",
	"require",
	"eval",
]);
const ambientMembers = new Set(["Date.now", "Math.random"]);

/** Where a pure folder reads a clock, chance, the environment or the network without importing anything. */
export function purityViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.filter((file) => isTypeScript(file) && isPure(file.path)).flatMap(impureNodes);
}

function isPure(path: string): boolean {
	return pureFolders.some(({ folder }) => path.startsWith(`${folder}/`));
}

function impureNodes(file: SourceFile): Violation[] {
	const found: Violation[] = [];
	eachNode(file, (node) => {
		const got = impurity(node);
		if (got === undefined) return;
		found.push({ path: file.path, line: lineOf(file, node), message: `expected a pure rule (time and chance are arguments), got ${got}` });
	});
	return found;
}

function impurity(node: ts.Node): string | undefined {
	if (ts.isPropertyAccessExpression(node) && ambientMembers.has(node.getText())) return node.getText();
	if (ts.isElementAccessExpression(node) && ["Date", "Math"].includes(node.expression.getText())) return node.getText();
	if (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length) return "new Date()";
	if (ts.isCallExpression(node) && node.expression.getText() === "Date") return "Date()";
	if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) return "import.meta";
	if (ts.isIdentifier(node) && ambient.has(node.text) && !isOnlyAName(node)) return node.text;
	return undefined;
}

/** `port.fetch` and `{ fetch: … }` name a member; they do not reach for the global. */
function isOnlyAName(node: ts.Identifier): boolean {
	const { parent } = node;
	if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
	if (ts.isPropertyAssignment(parent) || ts.isPropertySignature(parent) || ts.isPropertyDeclaration(parent)) return parent.name === node;
	if (ts.isMethodSignature(parent) || ts.isMethodDeclaration(parent)) return parent.name === node;
	return ts.isBindingElement(parent) && parent.propertyName === node;
}
