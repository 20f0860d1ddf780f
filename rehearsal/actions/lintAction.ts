import type { Command } from "commander";
import { DocumentError } from "../../architect/expressions/variables.ts";
import { runAsProcess, type Script, scriptCommand } from "../../commands/commandLine.ts";
import { oneLine } from "../../commands/document.ts";
import { type ActionInFile, readActionFile } from "./actionFile.ts";
import type { ActionFinding } from "./actionFinding.ts";
import { lintActionDocument } from "./actionFindings.ts";

interface Flags {
	readonly json?: true;
}

interface Placed extends ActionFinding {
	readonly file: string;
}

function command(): Command {
	return scriptCommand("lint:action")
		.description(
			"Looks for what will fail in Genesys Cloud data actions: templates, paths, contracts, secrets. Exit status: 0 no error, 1 errors, 2 a file that cannot be read or wrong usage. Warnings do not count.",
		)
		.argument("<file...>", "exports of data actions (JSON), or Terraform's form (.tf, .tf.json)")
		.option("--json", 'print {"findings": [{file, path, rule, severity, message, remedy}]}');
}

/** Every file that can be read is looked at, whatever is wrong with the others. */
function run(program: Command): number {
	const { json = false } = program.opts<Flags>();
	const paths = [...new Set(program.args)];
	const read = paths.map(readOrTell);
	const actions = read.flatMap((each) => each ?? []);
	const findings = actions.flatMap(({ where, action }) => lintActionDocument(action).map((each): Placed => ({ file: where, ...each })));
	if (json) console.log(JSON.stringify({ findings }));
	else if (actions.length > 0) console.log(textOf(findings, actions.length));
	if (read.includes(undefined)) return 2;
	return findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

function readOrTell(path: string): readonly ActionInFile[] | undefined {
	try {
		return readActionFile(path);
	} catch (error) {
		if (!(error instanceof DocumentError)) throw error;
		console.error(oneLine(error.message));
		return undefined;
	}
}

function textOf(findings: readonly Placed[], actions: number): string {
	const lines = findings.map(
		({ file, path, rule, severity, message, remedy }) =>
			`${oneLine(file)} ${path} ${severity} ${rule}: ${oneLine(message)}\n    ${oneLine(remedy)}`,
	);
	const errors = findings.filter(({ severity }) => severity === "error").length;
	return [...lines, `${counted(errors, "error")}, ${counted(findings.length - errors, "warning")} in ${counted(actions, "action")}`].join(
		"\n",
	);
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

export const lintAction: Script = { command, run };

if (import.meta.main) await runAsProcess(lintAction);
