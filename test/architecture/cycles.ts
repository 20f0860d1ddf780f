import { posix } from "node:path";
import ts from "typescript";
import { isTypeScript, type SourceFile, syntax, type Violation } from "./files.ts";

/** The relative imports of each file, types as well, with the line of each. */
type Imports = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** Circles of imports, also of types alone. One violation for each group of files that reach each other, at its first file. */
export function circleViolations(files: readonly SourceFile[]): readonly Violation[] {
	const imports = importsOf(files);
	return circlesIn(imports).map((circle) => violationOf(circle, imports));
}

function importsOf(files: readonly SourceFile[]): Imports {
	const sources = files.filter(isTypeScript);
	const paths = new Set(sources.map(({ path }) => path));
	return new Map(
		sources.map((file) => {
			const targets = ts
				.preProcessFile(file.text, true, true)
				.importedFiles.filter(({ fileName }) => fileName.startsWith("."))
				.map(({ fileName, pos }) => [posix.join(posix.dirname(file.path), fileName), lineAt(file, pos)] as const);
			return [file.path, new Map(targets.filter(([target]) => paths.has(target)))];
		}),
	);
}

const lineAt = (file: SourceFile, position: number): number => syntax(file).getLineAndCharacterOfPosition(position).line + 1;

/** Groups of files of which each reaches each other one and itself (Tarjan's strongly connected components), each in alphabetical order. */
function circlesIn(imports: Imports): readonly (readonly string[])[] {
	const found: (readonly string[])[] = [];
	const order = new Map<string, number>();
	const lowest = new Map<string, number>();
	const open: string[] = [];
	const visit = (path: string): number => {
		const own = order.size;
		order.set(path, own);
		lowest.set(path, own);
		open.push(path);
		for (const target of imports.get(path)?.keys() ?? []) {
			if (order.has(target) && !open.includes(target)) continue;
			const reached = order.get(target) ?? visit(target);
			lowest.set(path, Math.min(lowest.get(path) ?? own, reached));
		}
		const low = lowest.get(path) ?? own;
		if (low === own) {
			const group = open.splice(open.indexOf(path));
			if (group.length > 1 || imports.get(path)?.has(path)) found.push(group.toSorted());
		}
		return low;
	};
	for (const path of imports.keys()) if (!order.has(path)) visit(path);
	return found;
}

function violationOf(circle: readonly string[], imports: Imports): Violation {
	const [first = ""] = circle;
	const way = shortestWayBack(first, imports);
	const line = imports.get(first)?.get(way[0] ?? "");
	const message = `expected imports that form no circle, types as well, got ${[first, ...way].join(" → ")}`;
	return { path: first, ...(line === undefined ? {} : { line }), message };
}

/** The files from an import of `start` to `start` itself, breadth first. */
function shortestWayBack(start: string, imports: Imports): readonly string[] {
	const seen = new Set<string>();
	let ways: readonly (readonly string[])[] = [[start]];
	while (ways.length > 0) {
		const longer = ways.flatMap((way) => [...(imports.get(way.at(-1) ?? "")?.keys() ?? [])].map((target) => [...way, target]));
		const closed = longer.find((way) => way.at(-1) === start);
		if (closed !== undefined) return closed.slice(1);
		ways = longer.filter((way) => {
			const last = way.at(-1) ?? "";
			const isNew = !seen.has(last);
			seen.add(last);
			return isNew;
		});
	}
	return [];
}
