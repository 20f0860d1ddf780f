import { type Command, Option } from "commander";
import { DocumentError } from "../architect/expressions/variables.ts";
import { lintFlow } from "../architect/lint.ts";
import { placeholders } from "../architect/substitute.ts";
import { actionListText } from "./actionList.ts";
import { runAsProcess, type Script, scriptCommand } from "./commandLine.ts";
import { announce, oneLine, readDocument, readSubstitutions, readText } from "./document.ts";
import { type FixedFile, type FlowFile, fixesOf, writeFixed } from "./fixFiles.ts";
import { formats, reportAs } from "./lintReport.ts";
import { say, tell } from "./terminal.ts";

interface Flags {
	readonly substitutions?: string;
	readonly format: (typeof formats)[number];
	readonly json?: true;
	readonly fix?: true;
	readonly dryRun?: boolean;
	readonly actions?: true;
}

function command(): Command {
	return scriptCommand("lint:flow")
		.description(
			"Looks for what the platform would refuse in an Architect workflow (Archy YAML, or a compiled export such as .i3WorkFlow, in which the line is the number of the action), and for what would end its run; in flows of other types for what all types share. Exit status: 0 no error, 1 errors, 2 a file that cannot be read or wrong usage. Warnings do not count.",
		)
		.argument("[file...]", "flow files")
		.option(
			"--substitutions <file>",
			'JSON, the values of {{placeholders}}: {"integration": "Ledger"}; without it they are texts that say nothing',
		)
		.addOption(new Option("--format <format>", "how to print what was found; sarif: for code scanning").choices(formats).default("text"))
		.addOption(
			new Option("--json", 'as --format json: {"findings": [{file, line, column, rule, severity, message, remedy}]}').conflicts("format"),
		)
		.option("--fix", "put texts in quotes that other readers of YAML take for something else, and look at the files then")
		.option("--dry-run", "with --fix: show what it would change, and change nothing")
		.option("--actions", "list what becomes of each action, and look at no file");
}

function run(program: Command): number {
	const { actions, ...flags } = program.opts<Flags>();
	if (actions) {
		say(actionListText());
		return 0;
	}
	if (program.args.length === 0) program.error("error: missing required argument 'file'");
	return lintAll(program, flags);
}

function lintAll(program: Command, { substitutions, format, json, fix, dryRun: dry = false }: Flags): number {
	if (dry && !fix) program.error("error: expected --dry-run together with --fix, got it alone");
	const values = substitutions === undefined ? undefined : readDocument(substitutions, readSubstitutions);
	const paths = [...new Set(program.args)];
	const read = paths.flatMap(readFlowFile);
	const fixes = fix ? fixesOf(read) : undefined;
	const files = dry || fixes === undefined ? read : written(read, fixes);
	const fixed = fixes?.filter(({ path }) => files.some((file) => file.path === path));
	const findings = findingsIn(files, values);
	const how = json ? "json" : format;
	const report = reportAs[how]({ findings, files: files.length, fixed, dry });
	if (how !== "text") console.log(report);
	else if (files.length > 0) say(report);
	if (files.length < paths.length) return 2;
	return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

/** Every file that can be read is looked at, whatever is wrong with the others. */
function findingsIn(files: readonly FlowFile[], values: Readonly<Record<string, string>> | undefined) {
	return files.flatMap((file, index) => {
		const substitutions = values === undefined ? undefined : valuesFor(file, index === 0 ? files : [], values);
		announce(file.path, file.text);
		return lintFlow(file.text, { file: file.path, ...(substitutions === undefined ? {} : { substitutions }) });
	});
}

function readFlowFile(path: string): FlowFile[] {
	return unlessWrong(() => ({ path, text: readText(path) }));
}

/** The files as they stand once those that can be mended are written; without those that cannot be. */
function written(files: readonly FlowFile[], fixed: readonly FixedFile[]): readonly FlowFile[] {
	return files.flatMap((file) => {
		const mended = fixed.find(({ path }) => path === file.path);
		if (mended === undefined) return [file];
		return unlessWrong(() => {
			writeFixed(mended);
			return { path: file.path, text: mended.fixed };
		});
	});
}

/** Nothing, and a line on standard error, for a file that cannot be read or written. */
function unlessWrong(act: () => FlowFile): FlowFile[] {
	try {
		return [act()];
	} catch (error) {
		if (!(error instanceof DocumentError)) throw error;
		tell(oneLine(error.message));
		return [];
	}
}

/** The substitutions that a file uses; those that none of `all` uses are added, to be reported once. */
function valuesFor(file: FlowFile, all: readonly FlowFile[], values: Readonly<Record<string, string>>) {
	const own = new Set(placeholders(file.text));
	const used = new Set(all.flatMap(({ text }) => placeholders(text)));
	return Object.fromEntries(Object.entries(values).filter(([key]) => own.has(key) || (all.length > 0 && !used.has(key))));
}

export const lintFlows: Script = { command, run };

if (import.meta.main) await runAsProcess(lintFlows);
