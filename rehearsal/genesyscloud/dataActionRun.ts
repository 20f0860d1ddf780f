import { contractProblems, flatten, type Json, parseJson } from "./contract.ts";
import { withDeadline } from "./deadline.ts";
import { type Emulator, findFault } from "./emulator.ts";
import { answerValues, type RequestTemplate, requestTemplates, requestValues } from "./requestTemplates.ts";
import type { DataAction, Integration } from "./state.ts";
import { callTarget, credentialOf, type TargetAnswer, TargetError, type TargetRequest } from "./targets.ts";
import { TranslationError, translate } from "./translation.ts";
import { renderTemplate, TemplateError } from "./velocity.ts";

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

export interface ActionRun {
	readonly action: DataAction;
	readonly inputs: Readonly<Record<string, unknown>>;
	readonly executionId: string | undefined;
	/** The caller's own, shorter timeout. */
	readonly timeoutSeconds: number | undefined;
}

/** Without a setting the vendor's action times out after 60 s. */
const longestTimeoutSeconds = 60;

/** Runs a data action from its inputs' contract to its outputs' contract, within its timeout, and tells the observer. */
export async function runDataAction(emulator: Emulator, run: ActionRun): Promise<ActionResult> {
	const result = await execute(emulator, run);
	emulator.emit({
		kind: "data-action",
		at: emulator.state.clock.now(),
		executionId: run.executionId,
		category: run.action.category,
		action: run.action.name,
		inputs: run.inputs,
		result: result.kind,
		detail: describeResult(result),
	});
	return result;
}

async function execute(emulator: Emulator, run: ActionRun): Promise<ActionResult> {
	const { action } = run;
	const own = action.config.timeoutSeconds ?? longestTimeoutSeconds;
	const seconds = Math.min(own, run.timeoutSeconds ?? own);
	const fault = findFault(
		emulator,
		"data-actions",
		(one) => (one.category === undefined || one.category === action.category) && action.name.startsWith(one.action ?? ""),
	);
	if (fault?.how === "failure") return failed("bad.request", fault.status ?? 503, "ACTION.FAULT", "the call failed");
	if (fault?.how === "timeout") {
		await emulator.state.clock.sleep(seconds * 1000);
		return { kind: "timeout" };
	}
	const abort = new AbortController();
	const result = await withDeadline(emulator.state.clock, seconds, () => attempt(emulator, run, abort.signal));
	if (result !== "timeout") return result;
	// A shorter timeout of the flow leaves the call itself running; the action's own ends it.
	if (seconds === own) abort.abort();
	return { kind: "timeout" };
}

async function attempt(emulator: Emulator, run: ActionRun, signal: AbortSignal): Promise<ActionResult> {
	const { action, inputs } = run;
	const integration = emulator.state.integrations.get(action.integrationId);
	if (integration === undefined) return failed("not.found", 404, "ACTION.INTEGRATION", "the action's integration does not exist");
	if (integration.intendedState !== "ENABLED") {
		return failed("bad.request", 400, "ACTION.INTEGRATION", `the integration ${integration.config.name} is not enabled`);
	}
	const problems = contractProblems(action.inputSchema, inputs);
	if (problems.length > 0) return failed("bad.request", 400, "ACTION.INPUT_CONTRACT", problems.join("; "));
	try {
		const answer = await callTarget(emulator, integration, renderRequest(emulator, action, integration, inputs, signal));
		return readAnswer(action, answer);
	} catch (error) {
		if (error instanceof TargetError) return failed(codeOf(error.status), error.status, error.detail, error.message);
		if (error instanceof TemplateError) return failed("bad.request", 400, "ACTION.TEMPLATE", error.message);
		if (error instanceof TranslationError) return failed("bad.request", 400, "ACTION.TRANSLATION", error.message);
		throw error;
	}
}

function renderRequest(
	emulator: Emulator,
	action: DataAction,
	integration: Integration,
	inputs: Readonly<Record<string, unknown>>,
	signal: AbortSignal,
): TargetRequest {
	const values = requestValues(inputs, credentialOf(emulator, integration)?.fields ?? {});
	const rendered = ({ name, template }: RequestTemplate): string => renderTemplate(name, template, values);
	const { url, headers, body } = requestTemplates(action.config);
	return {
		method: action.config.request.requestType,
		headers: Object.fromEntries(headers.map((each) => [each.header, rendered(each)])),
		url: rendered(url),
		body: body === undefined ? undefined : rendered(body),
		signal,
	};
}

function readAnswer(action: DataAction, answer: TargetAnswer): ActionResult {
	if (answer.status < 200 || answer.status > 299) {
		const detail = answer.status === 401 || answer.status === 403 ? "ACTION.AUTHENTICATION" : "ACTION.REMOTE_STATUS";
		return failed(codeOf(answer.status), answer.status, detail, `the target answered ${answer.status}: ${answer.text.slice(0, 300)}`);
	}
	const raw = parseJson(answer.text);
	if (raw === undefined) return failed("bad.request", answer.status, "ACTION.RESPONSE", "the target's answer is not JSON");
	const { translationMap, translationMapDefaults, successTemplate } = action.config.response;
	const values = answerValues(translate(translationMap, translationMapDefaults, raw.value), answer.text);
	const text = renderTemplate("successTemplate", successTemplate, values);
	const output = parseJson(text);
	if (output === undefined)
		return failed("bad.request", answer.status, "ACTION.RESPONSE", `the success template did not give JSON: ${text.slice(0, 300)}`);
	const problems = contractProblems(action.successSchema, output.value);
	if (problems.length > 0) return failed("bad.request", answer.status, "ACTION.OUTPUT_CONTRACT", problems.join("; "));
	return { kind: "success", output: output.value, outputs: flatten(action.successSchema, output.value) };
}

function failed(code: string, status: number, detail: string, message: string): ActionResult {
	return { kind: "failure", failure: { code, status, detail, message } };
}

function codeOf(status: number): string {
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

function describeResult(result: ActionResult): string {
	if (result.kind === "timeout") return "timeout";
	if (result.kind === "success") return JSON.stringify(result.output);
	const { code, status, detail, message } = result.failure;
	return `${code} ${status} ${detail}: ${message}`;
}
