import { createInterface } from "node:readline";
import { type Command, InvalidArgumentError } from "commander";
import { functions } from "../architect/expressions/catalogue.ts";
import type { Entities } from "../architect/expressions/entities.ts";
import { ExpressionError, type Problem } from "../architect/expressions/errors.ts";
import { evaluate } from "../architect/expressions/evaluate.ts";
import { toJson } from "../architect/expressions/exchange.ts";
import { signature } from "../architect/expressions/overload.ts";
import { type FlowValue, type Json, parseDateTime } from "../architect/expressions/values.ts";
import { readEntities, readVariables } from "../architect/expressions/variables.ts";
import { runAsProcess, type Script, scriptCommand } from "./commandLine.ts";
import { readDocument } from "./document.ts";
import { say, tell } from "./terminal.ts";

interface Flags {
	readonly variables?: string;
	readonly entities?: string;
	readonly seed?: number;
	readonly now?: number;
	readonly json?: true;
	readonly functions?: true;
}

interface Surroundings {
	readonly variables: Readonly<Record<string, FlowValue>>;
	readonly options: { readonly now: number; readonly seed?: number; readonly entities?: Entities };
}

type Answer = { readonly type: string; readonly value: Json } | { readonly error: Problem };

/** How much of an expression stands on either side of the place of an error. */
const excerpt = 50;

function command(): Command {
	return scriptCommand("evaluate")
		.description(
			"Evaluates an Architect expression. Without one, reads one a line from standard input and answers one JSON line each. Exit status: 0 a value, 1 the expression has an error, 2 wrong input.",
		)
		.argument("[expression]", "such as 'ToString(Flow.count + 1)'; not set values are null")
		.option("--variables <file>", 'JSON: {"Flow.x": 5, "Flow.at": {"type": "dateTime", "value": "2026-01-31T06:30:00Z"}}')
		.option("--entities <file>", 'JSON, what FindQueue and its like answer from: {"queues": [{"id": "…", "name": "…"}]}')
		.option("--seed <number>", "decides Random and RandomInt (default: the time)", seedOf)
		.option("--now <date-time>", "what GetCurrentDateTimeUtc gives, in ISO 8601 (default: the time)", instantOf)
		.option("--functions", "list every function that is known, with its forms")
		.option("--json", 'print {"type", "value"} or {"error"}');
}

function seedOf(text: string): number {
	if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("Expected a whole number of at most 15 digits.");
	return Number(text);
}

function instantOf(text: string): number {
	const now = parseDateTime(text);
	if (now === undefined) throw new InvalidArgumentError("Expected a date-time such as 2026-01-31T06:30:00Z.");
	return now;
}

function run(program: Command): number | Promise<number> {
	const flags = program.opts<Flags>();
	if (flags.functions) {
		say(catalogueText());
		return 0;
	}
	const surroundings = surroundingsOf(flags);
	const [expression] = program.args;
	return expression === undefined ? answerLines(surroundings) : answerOne(expression, surroundings, flags.json === true);
}

/** `Left (string, integer)`, one function a line. */
function catalogueText(): string {
	const entries = [...functions.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
	return entries.map(({ name, overloads }) => `${name} ${overloads.map(signature).join(" ")}`).join("\n");
}

function surroundingsOf({ variables, entities, seed, now = Date.now() }: Flags): Surroundings {
	return {
		variables: variables === undefined ? {} : readDocument(variables, readVariables),
		options: {
			now,
			...(seed === undefined ? {} : { seed }),
			...(entities === undefined ? {} : { entities: readDocument(entities, readEntities) }),
		},
	};
}

function answer(expression: string, { variables, options }: Surroundings): Answer {
	try {
		const value = evaluate(expression, variables, options);
		return { type: value.type, value: toJson(value) };
	} catch (error) {
		if (!(error instanceof ExpressionError)) throw error;
		return { error: { kind: error.kind, message: error.message, position: error.position } };
	}
}

function answerOne(expression: string, surroundings: Surroundings, json: boolean): number {
	const given = answer(expression, surroundings);
	if (json) console.log(JSON.stringify(given));
	else if ("error" in given) tell(textOf(expression, given.error));
	else console.log(`${given.type} ${given.value === null ? "NOT_SET" : JSON.stringify(given.value)}`);
	return "error" in given ? 1 : 0;
}

/** Every line is one expression, the empty one too: line and answer keep step. */
async function answerLines(surroundings: Surroundings): Promise<number> {
	let status = 0;
	for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
		const given = answer(line, surroundings);
		if ("error" in given) status = 1;
		console.log(JSON.stringify(given));
	}
	return status;
}

/** The message, the expression around the place and a caret below it. */
function textOf(expression: string, { kind, message, position }: Problem): string {
	const from = Math.max(0, position - 1 - excerpt);
	const shown = expression.slice(from, position + excerpt).replaceAll(/\s/g, " ");
	const [before, after] = [from > 0 ? "…" : "", position + excerpt < expression.length ? "…" : ""];
	return `${kind} at ${position}: ${message}\n  ${before}${shown}${after}\n  ${" ".repeat(before.length + position - 1 - from)}^`;
}

export const evaluateExpression: Script = { command, run };

if (import.meta.main) await runAsProcess(evaluateExpression);
