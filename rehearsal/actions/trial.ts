import { type ActionDocument, readAnswer, requestTemplates } from "../genesyscloud/actionSteps.ts";
import { contractProblems, flatten } from "../genesyscloud/contract.ts";
import { TranslationError, translate } from "../genesyscloud/translation.ts";
import { inputValues, renderTemplate, TemplateError } from "../genesyscloud/velocity.ts";

/** One template or path, with what became of it. */
export interface Step {
	/** `headers.<name>`, `requestUrlTemplate`, `requestTemplate`, `translationMap.<name>`. */
	readonly name: string;
	/** As it stands in the action. */
	readonly source: string;
	/** What it gave; undefined where it failed or found nothing. */
	readonly text?: string;
	/** Why it failed. */
	readonly problem?: string;
	/** A path that found nothing: what stands in for it, if anything does. */
	readonly fallback?: string;
}

/** The request that Genesys Cloud would send. */
export interface TriedRequest {
	/** What is wrong with the inputs under the contract: then nothing is sent. */
	readonly problems: readonly string[];
	readonly steps: readonly Step[];
	/** Absent where an input or a template is wrong. */
	readonly request?: {
		readonly method: string;
		readonly url: string;
		readonly headers: Readonly<Record<string, string>>;
		readonly body?: string;
	};
	/** What the target may not understand. */
	readonly notes: readonly string[];
}

/** What Genesys Cloud would make of an answer. */
export interface TriedAnswer {
	readonly steps: readonly Step[];
	readonly problem?: string;
	/** The output, and as a flow can bind it. */
	readonly output?: unknown;
	readonly flat?: Readonly<Record<string, unknown>>;
}

/** A credential's field, where its value is not given. */
const hidden = (field: string): string => `<credentials.${field}>`;

/** Renders the request of an action. `credentials`: values of its credential's fields; what is not given stands there by its name. */
export function tryRequest(
	{ inputSchema, config: { request } }: ActionDocument,
	inputs: Readonly<Record<string, unknown>>,
	credentials: Readonly<Record<string, string>>,
): TriedRequest {
	const problems = contractProblems(inputSchema, inputs);
	const templates = requestTemplates(request);
	const fields = templates.flatMap(({ template }) => [...template.matchAll(/credentials\.(\w+)/g)].flatMap(([, field]) => field ?? []));
	const given = { ...Object.fromEntries(fields.map((field) => [field, hidden(field)])), ...credentials };
	const tokens = templates.flatMap(({ template }) => [...template.matchAll(/authResponse\.(\w+)/g)].flatMap(([, field]) => field ?? []));
	const authResponse = Object.fromEntries(tokens.map((field) => [field, `<authResponse.${field}>`]));
	const values = { input: inputValues(inputs), credentials: given, authResponse };
	const steps = templates.map(({ name, template }) => ({ name, source: template, ...rendered(name, template, values) }));
	if (problems.length > 0 || steps.some(({ problem }) => problem !== undefined)) return { problems, steps, notes: [] };
	const textOf = (wanted: string): string | undefined => steps.find(({ name }) => name === wanted)?.text;
	const headers = Object.fromEntries(Object.keys(request.headers).map((name) => [name, textOf(`headers.${name}`) ?? ""]));
	const body = textOf("requestTemplate");
	const sent = { method: request.requestType, url: textOf("requestUrlTemplate") ?? "", headers, ...(body === undefined ? {} : { body }) };
	return { problems, steps, request: sent, notes: notesOn(sent.url, sent.body) };
}

function notesOn(url: string, body: string | undefined): readonly string[] {
	const looksLikeJson = body !== undefined && /^\s*[[{]/.test(body);
	return [
		...(/[\s"<>{}|\\^`]/.test(url.replaceAll(/<[\w.]+>/g, ""))
			? ["The URL holds a character that must be encoded: write $esc.url(…)."]
			: []),
		...(looksLikeJson && parsed(body) === undefined ? ["The body is no JSON: write $esc.jsonEncode(…) around a text."] : []),
	];
}

function rendered(name: string, template: string, values: Readonly<Record<string, unknown>>): Pick<Step, "text" | "problem"> {
	try {
		return { text: renderTemplate(name, template, values) };
	} catch (error) {
		if (error instanceof TemplateError) return { problem: error.message };
		throw error;
	}
}

/** Reads an answer as an action would. */
export function tryAnswer(action: ActionDocument, answer: { readonly status: number; readonly text: string }): TriedAnswer {
	const steps = pathSteps(action, answer.text);
	try {
		const result = readAnswer(action, answer);
		if (result.kind === "success") return { steps, output: result.output, flat: flatten(action.successSchema, result.output) };
		return { steps, problem: result.kind === "failure" ? result.failure.message : "timeout" };
	} catch (error) {
		if (error instanceof TemplateError || error instanceof TranslationError) return { steps, problem: error.message };
		throw error;
	}
}

function pathSteps({ config: { response } }: ActionDocument, text: string): readonly Step[] {
	const { translationMap, translationMapDefaults } = response;
	const json = parsed(text);
	return Object.entries(translationMap).map(([key, path]): Step => {
		const step = { name: `translationMap.${key}`, source: path };
		const fallback = translationMapDefaults[key];
		if (json === undefined) return step;
		try {
			const { [key]: found } = translate({ [key]: path }, {}, json.value);
			if (found !== undefined) return { ...step, text: found };
			return { ...step, ...(fallback === undefined ? {} : { fallback }) };
		} catch (error) {
			if (error instanceof TranslationError) return { ...step, problem: error.message };
			throw error;
		}
	});
}

function parsed(text: string): { readonly value: unknown } | undefined {
	try {
		return { value: JSON.parse(text) };
	} catch {
		return undefined;
	}
}
