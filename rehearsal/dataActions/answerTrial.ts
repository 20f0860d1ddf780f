import { contractProblems, parseJson } from "../genesyscloud/contract.ts";
import { answerValues } from "../genesyscloud/requestTemplates.ts";
import { TranslationError, translate } from "../genesyscloud/translation.ts";
import type { DataActionDocument } from "./actionDocument.ts";
import { type AttemptFailure, renderedOr, worded } from "./attempt.ts";

/** A name of the translation map: its path, and what it gives the success template. */
export interface TriedPath {
	readonly name: string;
	readonly path: string;
	/** JSON text; absent where there is neither a find nor a default. */
	readonly value?: string;
	/** Whether the default stood in. */
	readonly isDefault: boolean;
}

export interface AnswerTrial {
	readonly status: number;
	readonly values: readonly TriedPath[];
	readonly template?: string;
	/** What the success template rendered to. */
	readonly text?: string;
	readonly output?: unknown;
	readonly isFitting: boolean;
}

/** What the action makes of an answer; failures are added to the others. */
export function tryAnswer(
	{ config, successSchema }: DataActionDocument,
	answer: { readonly status: number; readonly text: string },
	failures: AttemptFailure[],
): AnswerTrial {
	const { status } = answer;
	const nothing = { status, values: [], isFitting: false };
	if (status < 200 || status > 299) {
		failures.push({ part: "response", message: `Expected a status from 200 to 299, got ${status}: the flow takes the Failure path.` });
		return nothing;
	}
	const raw = parseJson(answer.text);
	if (raw === undefined) {
		failures.push({ part: "response", message: `Expected JSON, got ${answer.text.slice(0, 60) || "nothing"}.` });
		return nothing;
	}
	const values = tryPaths(config.response, raw.value, failures);
	const template = config.response.successTemplate;
	const known = Object.fromEntries(values.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
	const text = renderedOr(failures, { name: "successTemplate", template }, answerValues(known, answer.text));
	if (text === undefined) return { ...nothing, values, template };
	return { status, values, template, text, ...readOutput(text, successSchema, failures) };
}

function tryPaths(
	{ translationMap, translationMapDefaults }: DataActionDocument["config"]["response"],
	answer: unknown,
	failures: AttemptFailure[],
): TriedPath[] {
	return Object.entries(translationMap).map(([name, path]) => {
		const found = pathFinds(name, path, answer, failures);
		const value = found ?? translationMapDefaults[name];
		return { name, path, ...(value === undefined ? {} : { value }), isDefault: found === undefined && value !== undefined };
	});
}

function pathFinds(name: string, path: string, answer: unknown, failures: AttemptFailure[]): string | undefined {
	try {
		return translate({ [name]: path }, {}, answer)[name];
	} catch (error) {
		if (!(error instanceof TranslationError)) throw error;
		failures.push({ part: `translationMap.${name}`, message: worded(error.reason) });
		return undefined;
	}
}

function readOutput(
	text: string,
	schema: DataActionDocument["successSchema"],
	failures: AttemptFailure[],
): { readonly output?: unknown; readonly isFitting: boolean } {
	const output = parseJson(text);
	if (output === undefined) {
		failures.push({ part: "successTemplate", message: `Expected it to render to JSON, got ${text.slice(0, 300) || "nothing"}.` });
		return { isFitting: false };
	}
	const problems = contractProblems(schema, output.value);
	failures.push(...problems.map((problem) => ({ part: "output", message: worded(problem) })));
	return { output: output.value, isFitting: problems.length === 0 };
}
