import type { Step, TriedAnswer, TriedRequest } from "./trial.ts";

const indented = (text: string): string => text.replaceAll(/^/gm, "    ");

/** The trial of a request, to read. */
export function requestText({ problems, steps, request, notes }: TriedRequest): string {
	const shown = steps.filter(({ name, source, text }) => name !== "requestTemplate" && (source !== text || text === undefined));
	return [
		...problems.map((problem) => `input ${problem}`),
		...shown.map(stepText),
		...steps.filter(({ name, problem }) => name === "requestTemplate" && problem !== undefined).map(stepText),
		...(request === undefined
			? ["Nothing is sent: the action fails with the output path failure."]
			: [
					"The request:",
					`    ${request.method} ${request.url}`,
					...Object.entries(request.headers).map(([name, value]) => `    ${name}: ${value}`),
					...(request.body === undefined || request.body === "" ? [] : ["", indented(request.body)]),
				]),
		...notes,
	].join("\n");
}

function stepText({ name, source, text, problem, fallback }: Step): string {
	// The name stands in the problem already.
	if (problem !== undefined) return `${problem}\n    ${source}`;
	const found = text ?? (fallback === undefined ? "nothing, and no default" : `nothing; the default ${fallback}`);
	return `${name}: ${source}\n    → ${found}`;
}

/** The trial of an answer, to read. */
export function answerText(status: number, { steps, problem, output, flat = {} }: TriedAnswer): string {
	const failed = steps.flatMap((step) => step.problem ?? []);
	return [
		`The answer, ${status}:`,
		...steps.map(stepText),
		...(problem === undefined || failed.includes(problem) ? [] : [problem]),
		...(problem === undefined
			? ["The output:", indented(JSON.stringify(output, undefined, 2))]
			: ["The action fails with the output path failure."]),
		...(Object.keys(flat).length === 0 ? [] : ["As a flow can bind it:"]),
		...Object.entries(flat).map(([name, value]) => `    ${name} = ${JSON.stringify(value)}`),
	].join("\n");
}
