import type { AnswerTrial } from "./answerTrial.ts";
import type { AttemptFailure } from "./attempt.ts";
import type { Trial } from "./trial.ts";

/** A trial for a terminal. */
export function trialText({ action, request, answer, failures }: Trial): string {
	const templates = request.templates.flatMap(({ name, template, text }) => [`  ${name}`, ...block(template), ...rendered(text)]);
	const head = [
		`${request.method} ${request.url ?? "(no URL)"}`,
		...Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`),
		...(request.body === undefined || request.body === "" ? [] : ["", ...request.body.split("\n")]),
	];
	const lines = [
		`Action ${action}`,
		"",
		"Request",
		...head.map((line) => `  ${line}`.trimEnd()),
		"",
		"Its templates",
		...templates,
		...(answer === undefined ? [] : ["", ...answerLines(answer)]),
		"",
		...failureLines(failures, answer !== undefined),
	];
	return printable(lines.join("\n"));
}

function answerLines({ status, values, template, text, output, isFitting }: AnswerTrial): string[] {
	const found = values.map(
		({ name, path, value, isDefault }) =>
			`  ${name}: ${path} → ${value ?? "nothing"}${isDefault ? " (its default: the path finds nothing)" : ""}`,
	);
	return [
		`Answer, status ${status}`,
		...found,
		...(template === undefined ? [] : ["  successTemplate", ...block(template), ...rendered(text)]),
		...(output === undefined
			? []
			: ["", `Output, which ${isFitting ? "fits" : "does not fit"} the success schema`, ...block(JSON.stringify(output))]),
	];
}

function failureLines(failures: readonly AttemptFailure[], isAnswered: boolean): string[] {
	if (failures.length === 0) return [isAnswered ? "The action would succeed." : "The request can be sent."];
	const lines = failures.map(
		({ part, place, message }) => `  ${part}${place === undefined ? "" : `:${place.line}:${place.column}`}: ${message}`,
	);
	return [`The action would fail: ${failures.length === 1 ? "one reason" : `${failures.length} reasons`}`, ...lines];
}

function block(text: string): string[] {
	return text.split("\n").map((line) => `    ${line}`.trimEnd());
}

function rendered(text: string | undefined): string[] {
	return text === undefined ? ["    → (not rendered)"] : [`    → ${text.split("\n").join("\n      ")}`];
}

/** What would move the cursor or colour a terminal is left out. */
function printable(text: string): string {
	return text.replaceAll(/[^\P{Cc}\n\t]/gu, "");
}
