import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import ts from "typescript";

/** One text file of the repository; `path` is relative to its root, with `/`. */
export interface SourceFile {
	readonly path: string;
	readonly text: string;
}

/** One thing that a guard found. */
export interface Violation {
	readonly path: string;
	/** Counts from 1; absent where the whole file is meant. */
	readonly line?: number;
	/** Expected what, got what. */
	readonly message: string;
}

const generatedFolders = new Set([".git", "node_modules", "build", "coverage", "reports", ".stryker-tmp"]);

/** Every text file below `root` that is tracked or could be: git's list, or outside a work tree (an unpacked archive) all but generated folders. */
export function readTextFiles(root: string): readonly SourceFile[] {
	const files: SourceFile[] = [];
	for (const path of listedByGit(root) ?? walked(root)) {
		const text = readText(join(root, path));
		if (text !== undefined) files.push({ path, text });
	}
	return files;
}

/** Whether the file is code that the compiler sees. */
export function isTypeScript(file: SourceFile): boolean {
	return file.path.endsWith(".ts");
}

const trees = new WeakMap<SourceFile, ts.SourceFile>();

/** The syntax tree of a file, parsed once. */
export function syntax(file: SourceFile): ts.SourceFile {
	const known = trees.get(file);
	if (known) return known;
	const tree = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.ESNext, true);
	trees.set(file, tree);
	return tree;
}

/** Calls `visit` for every node of a file: comments and the text of strings are not among them. */
export function eachNode(file: SourceFile, visit: (node: ts.Node) => void): void {
	const walk = (node: ts.Node): void => {
		visit(node);
		ts.forEachChild(node, walk);
	};
	walk(syntax(file));
}

/** The line of a node, from 1. */
export function lineOf(file: SourceFile, node: ts.Node): number {
	const tree = syntax(file);
	return tree.getLineAndCharacterOfPosition(node.getStart(tree)).line + 1;
}

/** How many lines a file has; the line break at its end starts no new one. */
export function countLines(text: string): number {
	return text === "" ? 0 : text.replace(/\n$/, "").split("\n").length;
}

/** A violation for every line of `file` that matches. */
export function linesMatching(file: SourceFile, pattern: RegExp, expected: string): Violation[] {
	return file.text.split("\n").flatMap((text, index) => {
		const found = pattern.exec(text);
		return found ? [{ path: file.path, line: index + 1, message: `expected ${expected}, got "${found[0].trim()}"` }] : [];
	});
}

function listedByGit(root: string): readonly string[] | undefined {
	try {
		const listed = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "-z"], {
			cwd: root,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "ignore"],
			maxBuffer: 64 * 1024 * 1024,
		});
		// An unpacked archive inside somebody else's work tree is listed as nothing.
		const paths = listed.split("\0").filter((path) => path !== "");
		return paths.length > 0 ? paths : undefined;
	} catch {
		return undefined;
	}
}

function walked(root: string): readonly string[] {
	const visit = (folder: string): string[] =>
		readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
			if (generatedFolders.has(entry.name)) return [];
			const path = join(folder, entry.name);
			if (entry.isDirectory()) return visit(path);
			return entry.isFile() ? [relative(root, path).split(sep).join("/")] : [];
		});
	return visit(root);
}

/** Undefined for a binary file, and for one that is tracked but deleted. */
function readText(path: string): string | undefined {
	try {
		const text = readFileSync(path, "utf8");
		return text.includes("\0") ? undefined : text;
	} catch (error) {
		if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "EISDIR")) return undefined;
		throw error;
	}
}
