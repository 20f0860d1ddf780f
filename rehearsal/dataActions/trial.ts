import { contractProblems } from "../genesyscloud/contract.ts";
import { type RequestTemplate, requestTemplates, requestValues } from "../genesyscloud/requestTemplates.ts";
import type { DataActionDocument } from "./actionDocument.ts";
import { type AnswerTrial, tryAnswer } from "./answerTrial.ts";
import { type AttemptFailure, renderedOr, worded } from "./attempt.ts";
import { expectedUrl } from "./expectedUrl.ts";

/** A template and what it rendered to; no text where it failed. */
export interface TriedTemplate {
	readonly name: string;
	readonly template: string;
	readonly text?: string;
}

export interface Trial {
	readonly action: string;
	readonly request: {
		readonly method: string;
		readonly url?: string;
		readonly headers: Readonly<Record<string, string>>;
		readonly body?: string;
		readonly templates: readonly TriedTemplate[];
	};
	readonly answer?: AnswerTrial;
	readonly failures: readonly AttemptFailure[];
}

export interface TrialGiven {
	readonly inputs: Readonly<Record<string, unknown>>;
	/** Fields of the integration's credential, by their names. */
	readonly credentials: Readonly<Record<string, unknown>>;
	readonly authResponse?: Readonly<Record<string, unknown>>;
	readonly answer?: { readonly status: number; readonly text: string };
}

/** What Genesys Cloud would send for these inputs, and what it would make of the answer. All failures are told at once. */
export function tryAction(action: DataActionDocument, { inputs, credentials, authResponse, answer }: TrialGiven): Trial {
	const failures: AttemptFailure[] = contractProblems(action.inputSchema, inputs).map((problem) => ({
		part: "input",
		message: worded(problem),
	}));
	const values = { ...requestValues(inputs, credentials), ...(authResponse === undefined ? {} : { authResponse }) };
	const templates = requestTemplates(action.config);
	const tried = (each: RequestTemplate): TriedTemplate => {
		const text = renderedOr(failures, each, values);
		return { name: each.name, template: each.template, ...(text === undefined ? {} : { text }) };
	};
	const url = tried(templates.url);
	const headers = templates.headers.map((each) => ({ header: each.header, ...tried(each) }));
	const body = templates.body === undefined ? undefined : tried(templates.body);
	if (url.text !== undefined) failures.push(...urlFailures(action.integrationType, url.text));
	if (body?.text !== undefined) failures.push(...bodyFailures(body, headers));
	return {
		action: action.name,
		request: {
			method: action.config.request.requestType,
			...(url.text === undefined ? {} : { url: url.text }),
			headers: Object.fromEntries(headers.flatMap(({ header, text }) => (text === undefined ? [] : [[header, text]]))),
			...(body?.text === undefined ? {} : { body: body.text }),
			templates: [url, ...headers.map(({ header: _, ...each }) => each), ...(body === undefined ? [] : [body])],
		},
		...(answer === undefined ? {} : { answer: tryAnswer(action, answer, failures) }),
		failures,
	};
}

function urlFailures(integrationType: string, url: string): AttemptFailure[] {
	const expected = expectedUrl(integrationType);
	if (expected === undefined || expected.form.test(url)) return [];
	return [{ part: "requestUrlTemplate", message: `Expected ${expected.words}, got ${url.slice(0, 100)}.` }];
}

/** A body that is sent as JSON and begins as such must be JSON: whoever is asked would refuse it. */
function bodyFailures(
	{ template, text = "" }: TriedTemplate,
	headers: readonly (TriedTemplate & { readonly header: string })[],
): AttemptFailure[] {
	const type = headers.find(({ header }) => header.toLowerCase() === "content-type")?.text ?? "application/json";
	if (!/json/i.test(type) || !/^\s*[[{]/.test(template)) return [];
	try {
		JSON.parse(text);
		return [];
	} catch (error) {
		return [
			{
				part: "requestTemplate",
				message: `Expected it to render to JSON, got something else: ${error instanceof Error ? error.message : text}.`,
			},
		];
	}
}
