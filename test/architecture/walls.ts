import { posix } from "node:path";
import ts from "typescript";
import { eachNode, isTypeScript, lineOf, type SourceFile, syntax, type Violation } from "./files.ts";

interface Wall {
	readonly holds: (path: string) => boolean;
	/** Folders (or one file) of the repository that may be imported. Absent: all but those in `never`. */
	readonly may?: readonly string[];
	readonly never?: readonly string[];
	/** Packages that may be imported. Absent: any. */
	readonly packages?: readonly string[];
}

const within =
	(...folders: readonly string[]) =>
	(path: string): boolean =>
		folders.some((folder) => path.startsWith(folder));

/** A file directly in functions/ is a handler. */
export function isHandler(path: string): boolean {
	return /^functions\/[^/]+\.ts$/.test(path);
}

/** What the pure folders may import beside themselves. */
export const pureFolders = [
	{ folder: "architect", beside: [], packages: ["yaml"] },
	{ folder: "vendors", beside: [], packages: [] },
	// The vendors' descriptions are as pure as the rules that ask for their traits.
	{ folder: "functions/pipeline", beside: ["vendors"], packages: [] },
] as const;

const walls: readonly Wall[] = [
	...pureFolders.map(({ folder, beside, packages }) => ({
		holds: within(`${folder}/`),
		may: [folder, ...beside].map((each) => `${each}/`),
		packages,
	})),
	{ holds: within("functions/schemas/"), may: ["functions/schemas/", "functions/pipeline/", "vendors/"], packages: ["zod"] },
	{
		holds: within("components/"),
		may: ["components/", "architect/", "functions/pipeline/", "functions/schemas/", "runbooks/", "sdks/", "vendors/"],
	},
	{ holds: within("commands/"), may: ["commands/", "architect/"] },
	// The tests' own configuration stands where vitest looks for it.
	{ holds: (path) => !within("rehearsal/", "test/", "vitest.config.ts")(path), never: ["rehearsal/", "test/"] },
];

/** Which imports go through a wall: by every form of import, types as well. */
export function wallViolations(files: readonly SourceFile[]): readonly Violation[] {
	return files.filter(isTypeScript).flatMap((file) => [...importViolations(file), ...hiddenImports(file)]);
}

function importViolations(file: SourceFile): Violation[] {
	const found = ts.preProcessFile(file.text, true, true);
	const imports = [...found.importedFiles, ...found.referencedFiles, ...found.typeReferenceDirectives];
	return imports.flatMap(({ fileName, pos }) => {
		const expected = refusal(file.path, fileName);
		if (expected === undefined) return [];
		const line = syntax(file).getLineAndCharacterOfPosition(pos).line + 1;
		return [{ path: file.path, line, message: `expected ${expected}, got an import of "${fileName}"` }];
	});
}

/** What would have been allowed instead of this import; undefined when it may stand. */
function refusal(importer: string, specifier: string): string | undefined {
	if (/^(?:\/|file:|#|[A-Za-z]:\\)/.test(specifier)) return "a relative path or a package";
	const relative = specifier.startsWith(".");
	const target = relative ? posix.join(posix.dirname(importer), specifier) : packageOf(specifier);
	if (relative && isHandler(importer) && isHandler(target)) return "that handlers do not import each other";
	for (const wall of walls.filter(({ holds }) => holds(importer))) {
		if (relative && wall.never && within(...wall.never)(target)) return `nothing from ${wall.never.join(", ")}`;
		if (relative && wall.may && !within(...wall.may)(target)) return `only imports from ${wall.may.join(", ")}`;
		if (!relative && wall.packages && !wall.packages.includes(target)) {
			return wall.packages.length > 0 ? `no package but ${wall.packages.join(", ")}` : "no package";
		}
	}
	return undefined;
}

function packageOf(specifier: string): string {
	const [scope = "", name = ""] = specifier.split("/");
	return specifier.startsWith("@") ? `${scope}/${name}` : scope;
}

/** An import whose address is computed cannot be judged, so a folder with a wall of its own has none. */
function hiddenImports(file: SourceFile): Violation[] {
	if (!walls.some(({ holds, may }) => may && holds(file.path))) return [];
	const found: Violation[] = [];
	eachNode(file, (node) => {
		if (!ts.isCallExpression(node) || node.expression.kind !== ts.SyntaxKind.ImportKeyword) return;
		const [address] = node.arguments;
		if (address && ts.isStringLiteralLike(address)) return;
		found.push({ path: file.path, line: lineOf(file, node), message: "expected an import with a literal address, got a computed one" });
	});
	return found;
}
