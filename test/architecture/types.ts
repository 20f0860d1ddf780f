import { readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import ts from "typescript";
import type { SourceFile, Violation } from "./files.ts";

/** What the compiler says of files as if they stood in a pure folder, under its own tsconfig.json, which knows neither Node nor a browser. */
export function typeViolations(root: string, folder: string, planted: readonly SourceFile[]): readonly Violation[] {
	const config = ts.getParsedCommandLineOfConfigFile(join(root, folder, "tsconfig.json"), undefined, {
		...ts.sys,
		onUnRecoverableConfigFileDiagnostic: (diagnostic) => {
			throw new Error(ts.flattenDiagnosticMessageText(diagnostic.messageText, " "));
		},
	});
	if (!config) throw new Error(`expected ${folder}/tsconfig.json, got nothing`);
	const texts = new Map(planted.map(({ path, text }) => [join(root, path), text]));
	const host = ts.createCompilerHost(config.options);
	const program = ts.createProgram({
		rootNames: [...config.fileNames, ...texts.keys()],
		options: config.options,
		host: {
			...host,
			fileExists: (path) => texts.has(path) || host.fileExists(path),
			readFile: (path) => texts.get(path) ?? host.readFile(path),
			getSourceFile: (path, options) => {
				const text = texts.get(path) ?? (host.fileExists(path) ? readFileSync(path, "utf8") : undefined);
				return text === undefined ? undefined : ts.createSourceFile(path, text, options);
			},
		},
	});
	const found =
		planted.length === 0 ? ts.getPreEmitDiagnostics(program) : [...texts.keys()].flatMap((path) => diagnosticsOf(program, path));
	return found.map((diagnostic) => logged(root, diagnostic));
}

function diagnosticsOf(program: ts.Program, path: string): readonly ts.Diagnostic[] {
	const file = program.getSourceFile(path);
	if (file === undefined) throw new Error(`expected the planted ${path} to be compiled, got a program without it`);
	return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
}

function logged(root: string, { file, start, messageText }: ts.Diagnostic): Violation {
	const message = ts.flattenDiagnosticMessageText(messageText, " ");
	if (!file || start === undefined) return { path: "", message };
	return {
		path: relative(root, file.fileName).split(sep).join("/"),
		line: file.getLineAndCharacterOfPosition(start).line + 1,
		message,
	};
}
