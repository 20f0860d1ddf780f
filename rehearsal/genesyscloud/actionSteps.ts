import { contractProblems, flatten, type Json } from "./contract.ts";
import type { ActionConfig, DataAction } from "./state.ts";
import type { TargetAnswer } from "./targets.ts";
import { translate } from "./translation.ts";
import { asTexts, renderTemplate } from "./velocity.ts";

/** A data action without its place in an organization. */
export type ActionDocument = Pick<DataAction, "name" | "category" | "inputSchema" | "successSchema" | "config">;

/** The error of a data action; `detail` is a word of ours, the vendor's vocabulary is not published. */
export interface ActionFailure {
	readonly code: string;
	readonly status: number;
	readonly detail: string;
	readonly message: string;
}

export type ActionResult =
	| { readonly kind: "success"; readonly output: unknown; readonly outputs: Record<string, Json> }
	| { readonly kind: "failure"; readonly failure: ActionFailure }
	| { readonly kind: "timeout" };

/** The templates of a request, by their names: `headers.<name>`, the URL, and the body where the method has one. */
export const requestTemplates = (request: ActionConfig["request"]): readonly { readonly name: string; readonly template: string }[] => [
	...Object.entries(request.headers).map(([name, template]) => ({ name: `headers.${name}`, template })),
	{ name: "requestUrlTemplate", template: request.requestUrlTemplate },
	...(request.requestType === "GET" ? [] : [{ name: "requestTemplate", template: request.requestTemplate }]),
];

/** What an action makes of an answer. Throws TemplateError and TranslationError. */
export function readAnswer(action: ActionDocument, answer: Pick<TargetAnswer, "status" | "text">): ActionResult {
	if (answer.status < 200 || answer.status > 299) {
		const detail = answer.status === 401 || answer.status === 403 ? "ACTION.AUTHENTICATION" : "ACTION.REMOTE_STATUS";
		return failed(codeOf(answer.status), answer.status, detail, `the target answered ${answer.status}: ${answer.text.slice(0, 300)}`);
	}
	const raw = parseJson(answer.text);
	if (raw === undefined) return failed("bad.request", answer.status, "ACTION.RESPONSE", "the target's answer is not JSON");
	const { translationMap, translationMapDefaults, successTemplate } = action.config.response;
	const values = { ...translate(translationMap, translationMapDefaults, raw.value), rawResult: answer.text };
	const text = renderTemplate("successTemplate", successTemplate, asTexts(values));
	const output = parseJson(text);
	if (output === undefined)
		return failed("bad.request", answer.status, "ACTION.RESPONSE", `the success template did not give JSON: ${text.slice(0, 300)}`);
	const problems = contractProblems(action.successSchema, output.value);
	if (problems.length > 0) return failed("bad.request", answer.status, "ACTION.OUTPUT_CONTRACT", problems.join("; "));
	return { kind: "success", output: output.value, outputs: flatten(action.successSchema, output.value) };
}

function parseJson(text: string): { readonly value: unknown } | undefined {
	try {
		return { value: JSON.parse(text) };
	} catch {
		return undefined;
	}
}

export function failed(code: string, status: number, detail: string, message: string): ActionResult {
	return { kind: "failure", failure: { code, status, detail, message } };
}

/** The vendor's word for a status. */
export function codeOf(status: number): string {
	const codes: Readonly<Record<number, string>> = {
		401: "bad.credentials",
		403: "not.authorized",
		404: "not.found",
		429: "too.many.requests",
		502: "bad.gateway",
		503: "service.unavailable",
		504: "request.timeout",
	};
	return codes[status] ?? (status >= 500 ? "internal.server.error" : "bad.request");
}
