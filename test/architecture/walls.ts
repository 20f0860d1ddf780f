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

export interface PureFolder {
	readonly folder: string;
	/** Other pure folders, or parts of them, that it may import. */
	readonly beside: readonly string[];
	readonly packages: readonly string[];
}

/**
 * What the pure folders may import beside themselves. The pipeline is folded over the list of conditions; a condition knows of the pipeline
 * only what lies below every condition, so that no import goes round in a circle.
 */
export const pureFolders: readonly PureFolder[] = [
	{ folder: "architect", beside: [], packages: ["yaml"] },
	// Documents that cross a border, each once.
	{ folder: "contracts", beside: [], packages: [] },
	// Our policy as a workflow: it writes what the library reads.
	{ folder: "response", beside: ["architect/", "contracts/"], packages: [] },
	// The vendors' descriptions are as pure as the rules that ask for their traits.
	{ folder: "vendors", beside: [], packages: [] },
	// How a remedy is done is told here, and done with the tools that the remediator hands it.
	{ folder: "remedies", beside: ["functions/pipeline/model/failure.ts"], packages: [] },
	{ folder: "functions/pipeline", beside: ["conditions/", "contracts/", "vendors/", "remedies/"], packages: [] },
	{
		folder: "conditions",
		beside: [
			"functions/pipeline/model/words.ts",
			"functions/pipeline/model/fingerprint.ts",
			"functions/pipeline/detect/gauges.ts",
			"functions/pipeline/detect/healthScore.ts",
			"functions/pipeline/detect/location.ts",
			"functions/pipeline/detect/snapshot.ts",
			"functions/pipeline/detect/sources.ts",
			"functions/pipeline/detect/trunks.ts",
		],
		packages: [],
	},
];

const walls: readonly Wall[] = [
	...pureFolders.map(({ folder, beside, packages }) => ({ holds: within(`${folder}/`), may: [`${folder}/`, ...beside], packages })),
	{
		holds: within("functions/schemas/"),
		may: ["functions/schemas/", "functions/pipeline/", "contracts/", "conditions/", "remedies/", "vendors/"],
		packages: ["zod"],
	},
	{
		holds: within("components/"),
		may: [
			"components/",
			"architect/",
			"response/",
			"functions/pipeline/",
			"functions/schemas/",
			"conditions/",
			"contracts/",
			"remedies/",
			"sdks/",
			"vendors/",
		],
	},
	{ holds: within("commands/"), may: ["commands/", "architect/", "conditions/", "rehearsal/dataActions/"] },
	// It runs the program as a rehearsal does, and asks real systems: of the offline world it knows nothing else.
	{
		holds: within("doctor/"),
		may: [
			"doctor/",
			"commands/commandLine.ts",
			"commands/terminal.ts",
			"architect/names.ts",
			"components/settings/",
			"conditions/",
			"functions/edges/",
			"functions/pipeline/",
			"remedies/",
			"vendors/",
			"rehearsal/scenario/runError.ts",
			"rehearsal/scenario/stackFile.ts",
			"rehearsal/world/declare.ts",
		],
	},
	// What was read is judged without asking anything.
	{
		holds: (path) => /^doctor\/(?:\w+\/judge|assumptions|needs|report|finding)\.ts$/.test(path),
		may: [
			"doctor/",
			"architect/names.ts",
			"components/settings/",
			"conditions/",
			"functions/pipeline/",
			"functions/edges/vendors/reading.ts",
			"remedies/",
			"vendors/",
		],
		packages: [],
	},
	// The emulators know their vendors from elsewhere: where both read one description, a mistake in it would prove itself.
	{ holds: within("rehearsal/vendors/"), may: ["rehearsal/vendors/", "rehearsal/world/clock.ts", "rehearsal/world/allowance.ts"] },
	// The tests' own configuration stands where vitest looks for it. A command has a wall of its own: it tries data actions in the offline world's engine.
	{ holds: (path) => !within("rehearsal/", "test/", "vitest.config.ts", "commands/", "doctor/")(path), never: ["rehearsal/", "test/"] },
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

/** The one name of package.json's "imports", and who may use it: which ledger a bundle holds is chosen when it is made. */
const chosenImports: Readonly<Record<string, string>> = { "#ledger": "functions/edges/runtime.ts" };

/** What would have been allowed instead of this import; undefined when it may stand. */
function refusal(importer: string, specifier: string): string | undefined {
	if (chosenImports[specifier] === importer) return undefined;
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
