import type { Command } from "commander";
import { DocumentError } from "../architect/expressions/variables.ts";
import { counted } from "../architect/names.ts";
import { lintActions } from "../rehearsal/dataActions/lint.ts";
import type { ActionFinding } from "../rehearsal/dataActions/rules/rule.ts";
import { runAsProcess, type Script, scriptCommand } from "./commandLine.ts";
import { announce, oneLine, readText } from "./document.ts";
import { say, tell } from "./terminal.ts";

interface Flags {
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("lint:action")
		.description(
			"Looks for what is wrong with a data action before it is deployed. Exit status: 0 no error, 1 errors, 2 a file that cannot be read or wrong usage. Warnings do not count.",
		)
		.argument("<file...>", "exports of actions, bodies of the API, or Terraform's .tf and .tf.json")
		.option("--json", 'print {"findings": [{file, path, line, column, rule, severity, message, remedy}]}; line and column in the template');
}

/** Every file that can be read is looked at, whatever is wrong with the others. */
function run(program: Command): number {
	const paths = [...new Set(program.args)];
	const looked = paths.map(lintFile);
	const findings = looked.flatMap((each) => each ?? []);
	const files = looked.filter((each) => each !== undefined).length;
	if (program.opts<Flags>().json) console.log(JSON.stringify({ findings }));
	else if (files > 0) say(textOf(findings, files));
	if (files < paths.length) return 2;
	return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

function lintFile(path: string): readonly ActionFinding[] | undefined {
	try {
		const text = readText(path);
		announce(path, text);
		return lintActions(text, path);
	} catch (error) {
		if (!(error instanceof DocumentError)) throw error;
		tell(oneLine(error.message.startsWith(path) ? error.message : `${path}: ${error.message}`));
		return undefined;
	}
}

function textOf(findings: readonly ActionFinding[], files: number): string {
	const lines = findings.map(({ file, path, line, column, rule, severity, message, remedy }) => {
		const place = line === undefined ? "" : `:${line}:${column}`;
		return `${oneLine(`${file} ${path}${place}`)} ${severity} ${rule}: ${oneLine(message)}\n    ${oneLine(remedy)}`;
	});
	const errors = findings.filter(({ severity }) => severity === "error").length;
	return [...lines, `${counted(errors, "error")}, ${counted(findings.length - errors, "warning")} in ${counted(files, "file")}`].join("\n");
}

export const lintDataActions: Script = { command, run };

if (import.meta.main) await runAsProcess(lintDataActions);
