import type { Command } from "commander";
import { DocumentError } from "../architect/expressions/variables.ts";
import { lintFlow } from "../architect/lint.ts";
import type { Finding } from "../architect/model.ts";
import { placeholders } from "../architect/substitute.ts";
import { counted, runAsProcess, type Script, scriptCommand } from "./commandLine.ts";
import { announce, oneLine, readDocument, readSubstitutions, readText } from "./document.ts";

interface Flags {
	readonly substitutions?: string;
	readonly json?: true;
}

interface FlowFile {
	readonly path: string;
	readonly text: string;
}

function command(): Command {
	return scriptCommand("lint:flow")
		.description(
			"Looks for what the platform would refuse in an Architect workflow (Archy YAML), and for what would end its run. Exit status: 0 no error, 1 errors, 2 a file that cannot be read or wrong usage. Warnings do not count.",
		)
		.argument("<file...>", "workflow files")
		.option(
			"--substitutions <file>",
			'JSON, the values of {{placeholders}}: {"integration": "Ledger"}; without it they are texts that say nothing',
		)
		.option("--json", 'print {"findings": [{file, line, column, rule, severity, message, remedy}]}');
}

function run(program: Command): number {
	const { substitutions, json = false } = program.opts<Flags>();
	const values = substitutions === undefined ? undefined : readDocument(substitutions, readSubstitutions);
	return lintFiles([...new Set(program.args)], values, json);
}

/** Every file that can be read is looked at, whatever is wrong with the others. */
function lintFiles(paths: readonly string[], values: Readonly<Record<string, string>> | undefined, json: boolean): number {
	const files = paths.flatMap(readFlowFile);
	const findings = files.flatMap((file, index) => {
		const substitutions = values === undefined ? undefined : valuesFor(file, index === 0 ? files : [], values);
		announce(file.path, file.text);
		return lintFlow(file.text, { file: file.path, ...(substitutions === undefined ? {} : { substitutions }) });
	});
	if (json) console.log(JSON.stringify({ findings }));
	else if (files.length > 0) console.log(textOf(findings, files.length));
	if (files.length < paths.length) return 2;
	return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

function readFlowFile(path: string): FlowFile[] {
	try {
		return [{ path, text: readText(path) }];
	} catch (error) {
		if (!(error instanceof DocumentError)) throw error;
		console.error(oneLine(error.message));
		return [];
	}
}

/** The substitutions that a file uses; those that none of `all` uses are added, to be reported once. */
function valuesFor(file: FlowFile, all: readonly FlowFile[], values: Readonly<Record<string, string>>) {
	const own = new Set(placeholders(file.text));
	const used = new Set(all.flatMap(({ text }) => placeholders(text)));
	return Object.fromEntries(Object.entries(values).filter(([key]) => own.has(key) || (all.length > 0 && !used.has(key))));
}

function textOf(findings: readonly Finding[], files: number): string {
	const lines = findings.map(
		({ file, line, column, rule, severity, message, remedy }) =>
			`${oneLine(`${file}:${line}:${column}`)} ${severity} ${rule}: ${oneLine(message)}\n    ${oneLine(remedy)}`,
	);
	const errors = findings.filter(({ severity }) => severity === "error").length;
	return [...lines, `${counted(errors, "error")}, ${counted(findings.length - errors, "warning")} in ${counted(files, "file")}`].join("\n");
}

export const lintFlows: Script = { command, run };

if (import.meta.main) await runAsProcess(lintFlows);
