import { existsSync } from "node:fs";
import { type Command, InvalidArgumentError } from "commander";
import { DocumentError } from "../../architect/expressions/variables.ts";
import { list } from "../../architect/names.ts";
import { runAsProcess, type Script, scriptCommand, wholeNumber } from "../../commands/commandLine.ts";
import { entriesOf, readText } from "../../commands/document.ts";
import { type ActionInFile, readActionFile } from "./actionFile.ts";
import { tryAnswer, tryRequest } from "./trial.ts";
import { answerText, requestText } from "./trialText.ts";

interface Flags {
	readonly input?: string;
	readonly response?: string;
	readonly status: number;
	readonly credentials?: string;
	readonly name?: string;
	readonly json?: true;
}

const httpStatus = wholeNumber(100, 599);

function command(): Command {
	return scriptCommand("try:action")
		.description(
			"Shows the request that a Genesys Cloud data action sends for given inputs, and what it makes of an answer, template by template. Nothing is sent. Exit status: 0 it works, 1 the action would fail, 2 wrong usage or a file that cannot be read.",
		)
		.argument("<file>", "an export of the action (JSON), or Terraform's form (.tf, .tf.json)")
		.option("--input <json>", 'the inputs: JSON such as {"id": "5"}, or a file of it; {} by default', given)
		.option("--response <json>", "the body of the target's answer, or a file of it", given)
		.option("--status <number>", "the status of the answer", httpStatus, 200)
		.option("--credentials <json>", 'the fields of the credential: {"token": "…"}, or a file; without it their names stand there', given)
		.option("--name <name>", "which action, in a file of several")
		.option("--json", "print {name, request, answer} instead");
}

/** A text of JSON as it is, and the text of a file. */
function given(text: string): string {
	if (/^\s*[[{"]/.test(text)) return text;
	if (existsSync(text)) return readText(text);
	throw new InvalidArgumentError(`Expected JSON or the path of a file, got "${text.slice(0, 60)}".`);
}

function run(program: Command): number {
	const [file = ""] = program.args;
	const { input = "{}", response, status, credentials = "{}", name, json } = program.opts<Flags>();
	const { action } = chosen(readActionFile(file), file, name);
	const request = tryRequest(action, objectOf(input, "--input"), textsOf(objectOf(credentials, "--credentials")));
	const answer = response === undefined ? undefined : tryAnswer(action, { status, text: response });
	if (json) console.log(JSON.stringify({ name: action.name, request, ...(answer === undefined ? {} : { answer }) }));
	else console.log([requestText(request), ...(answer === undefined ? [] : [answerText(status, answer)])].join("\n\n"));
	return request.request === undefined || answer?.problem !== undefined ? 1 : 0;
}

function chosen(actions: readonly ActionInFile[], file: string, name: string | undefined): ActionInFile {
	const [first, ...more] =
		name === undefined ? actions : actions.filter(({ action, where }) => action.name === name || where.endsWith(` ${name}`));
	if (first !== undefined && (more.length === 0 || name !== undefined)) return first;
	const names = list(actions.map(({ action }) => action.name));
	const got = first === undefined ? `"${name}"` : "none";
	throw new DocumentError(`${file}: Expected --name with one of its actions, ${names}, got ${got}.`);
}

function objectOf(text: string, what: string): Readonly<Record<string, unknown>> {
	try {
		return Object.fromEntries(entriesOf(JSON.parse(text), what));
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new DocumentError(`Expected ${what} to be JSON, got something else: ${error.message}.`);
	}
}

const textsOf = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, String(value)]));

export const tryAction: Script = { command, run };

if (import.meta.main) await runAsProcess(tryAction);
