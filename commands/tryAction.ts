import type { Command } from "commander";
import { DocumentError } from "../architect/expressions/variables.ts";
import { type DataActionDocument, readActions } from "../rehearsal/dataActions/actionDocument.ts";
import { fieldsNamed, standIns } from "../rehearsal/dataActions/credentials.ts";
import { type TrialGiven, tryAction } from "../rehearsal/dataActions/trial.ts";
import { trialText } from "../rehearsal/dataActions/trialText.ts";
import { runAsProcess, type Script, scriptCommand, wholeNumber } from "./commandLine.ts";
import { entriesOf, oneLine, readDocument, readText } from "./document.ts";
import { say } from "./terminal.ts";

interface Flags {
	readonly input?: string;
	readonly inputFile?: string;
	readonly response?: string;
	readonly status: number;
	readonly secrets?: string;
	readonly action?: string;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("try:action")
		.description(
			"Shows the request that Genesys Cloud would send for a data action, and with an answer what it would make of it. Exit status: 0 fine, 1 the action would fail, 2 a file that cannot be read or wrong usage.",
		)
		.argument("<file>", "an export of the action, a body of the API, or Terraform's .tf and .tf.json")
		.option("--input <json>", `the inputs: '{"name": "Ada"}' (default: none)`)
		.option("--input-file <file>", "the inputs, in a file")
		.option("--response <file>", "what the other side answers, as it is")
		.option("--status <code>", "the status of the answer", wholeNumber(100, 599), 200)
		.option(
			"--secrets <file>",
			'JSON, the fields that the credential has: {"apiKey": "…", "authResponse": {"access_token": "…"}}; their values are never shown, <credentials.apiKey> stands for each (default: every field that the action names)',
		)
		.option("--action <name>", "which one, where the file has several")
		.option("--json", 'print {"action", "request", "answer", "failures"}');
}

function run(program: Command): number {
	const flags = program.opts<Flags>();
	const [path = ""] = program.args;
	const action = chosen(path, flags.action);
	const { response, status } = flags;
	const answer = response === undefined ? {} : { answer: { status, text: readText(response) } };
	const trial = tryAction(action, { inputs: inputsOf(flags), ...secretsOf(action, flags.secrets), ...answer });
	if (flags.json) console.log(JSON.stringify(trial));
	else say(trialText(trial));
	return trial.failures.length > 0 ? 1 : 0;
}

function chosen(path: string, name: string | undefined): DataActionDocument {
	const { actions, problems } = named(path, () => readActions(readText(path)));
	if (problems.length > 0)
		throw new DocumentError(`${path}: ${problems.map((problem) => `${problem.path}: ${problem.message}`).join(" ")}`);
	const fitting = actions.filter((action) => name === undefined || action.name === name);
	const [action, ...others] = fitting;
	if (action !== undefined && others.length === 0) return action;
	const names = actions.map((each) => `"${each.name}"`).join(", ") || "none";
	throw new DocumentError(
		action === undefined && name !== undefined
			? `${path}: Expected --action to be one of ${names}, got "${name}".`
			: `${path}: Expected one data action, got ${fitting.length} (${names}): --action says which.`,
	);
}

/** Puts the file's name before what is wrong in it. */
function named<T>(path: string, read: () => T): T {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof DocumentError) || error.message.startsWith(path)) throw error;
		throw new DocumentError(`${path}: ${error.message}`);
	}
}

function inputsOf({ input, inputFile }: Flags): Record<string, unknown> {
	if (input !== undefined && inputFile !== undefined) throw new DocumentError("Expected --input or --input-file, got both.");
	const read = (json: unknown): Record<string, unknown> => Object.fromEntries(entriesOf(json, "the inputs"));
	if (inputFile !== undefined) return readDocument(inputFile, read);
	if (input === undefined) return {};
	try {
		return read(JSON.parse(input));
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new DocumentError(`Expected --input to be JSON, got something else: ${oneLine(error.message)}.`);
	}
}

function secretsOf(action: DataActionDocument, path: string | undefined): Pick<TrialGiven, "credentials" | "authResponse"> {
	if (path === undefined) {
		const all = (root: "credentials" | "authResponse") => standIns(root, fieldsNamed(action, root));
		return { credentials: all("credentials"), authResponse: all("authResponse") };
	}
	return readDocument(path, (json) => {
		const fields = entriesOf(json, "the secrets").filter(([name]) => name !== "authResponse");
		const [, response] = entriesOf(json, "the secrets").find(([name]) => name === "authResponse") ?? [];
		const names = response === undefined ? [] : entriesOf(response, "authResponse").map(([name]) => name);
		return {
			credentials: standIns(
				"credentials",
				fields.map(([name]) => name),
			),
			authResponse: standIns("authResponse", names),
		};
	});
}

export const tryActions: Script = { command, run };

if (import.meta.main) await runAsProcess(tryActions);
