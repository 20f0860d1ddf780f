import type { ActionConfig } from "./state.ts";
import { asTexts, inputValues } from "./velocity.ts";

/** One template of a request, by the name that errors give it. */
export interface RequestTemplate {
	readonly name: string;
	readonly template: string;
}

/** What a request is made of; a GET has no body. */
export function requestTemplates({ request }: ActionConfig): {
	readonly url: RequestTemplate;
	readonly headers: readonly (RequestTemplate & { readonly header: string })[];
	readonly body: RequestTemplate | undefined;
} {
	return {
		url: { name: "requestUrlTemplate", template: request.requestUrlTemplate },
		headers: Object.entries(request.headers).map(([header, template]) => ({ name: `headers.${header}`, header, template })),
		body: request.requestType === "GET" ? undefined : { name: "requestTemplate", template: request.requestTemplate },
	};
}

/** What the templates of a request can refer to. */
export function requestValues(
	inputs: Readonly<Record<string, unknown>>,
	credentials: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
	return { input: inputValues(inputs), credentials: { ...credentials } };
}

/** What the success template can refer to: each name of the translation map that has a value, and the whole answer. */
export function answerValues(values: Readonly<Record<string, string>>, answer: string): Record<string, unknown> {
	return asTexts({ ...values, rawResult: answer });
}

interface GivenConfig {
	readonly timeoutSeconds?: number | null | undefined;
	readonly request: ActionConfig["request"];
	readonly response?: ActionConfig["response"] | null | undefined;
}

/** Without templates the vendor sends the inputs as they are and returns the answer as it is. */
export function toConfig(config: GivenConfig): ActionConfig {
	const { request, response } = config;
	return {
		timeoutSeconds: config.timeoutSeconds ?? undefined,
		request: { ...request, requestTemplate: request.requestTemplate === "" ? "${input.rawRequest}" : request.requestTemplate },
		response: {
			translationMap: response?.translationMap ?? {},
			translationMapDefaults: response?.translationMapDefaults ?? {},
			successTemplate: (response?.successTemplate ?? "") === "" ? "${rawResult}" : (response?.successTemplate ?? ""),
		},
	};
}
