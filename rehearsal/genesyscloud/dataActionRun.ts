import { type ActionResult, codeOf, failed, readAnswer, requestTemplates } from "./actionSteps.ts";
import { contractProblems } from "./contract.ts";
import { withDeadline } from "./deadline.ts";
import { type Emulator, findFault } from "./emulator.ts";
import type { DataAction, Integration } from "./state.ts";
import { callTarget, credentialOf, TargetError, type TargetRequest } from "./targets.ts";
import { TranslationError } from "./translation.ts";
import { inputValues, renderTemplate, TemplateError } from "./velocity.ts";

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
	{ config: { request } }: DataAction,
	integration: Integration,
	inputs: Readonly<Record<string, unknown>>,
	signal: AbortSignal,
): TargetRequest {
	const values = { input: inputValues(inputs), credentials: { ...credentialOf(emulator, integration)?.fields } };
	const texts = new Map(requestTemplates(request).map(({ name, template }) => [name, renderTemplate(name, template, values)] as const));
	const headers = Object.fromEntries(Object.keys(request.headers).map((name) => [name, texts.get(`headers.${name}`) ?? ""]));
	const url = texts.get("requestUrlTemplate") ?? "";
	return { method: request.requestType, url, headers, body: texts.get("requestTemplate"), signal };
}

function describeResult(result: ActionResult): string {
	if (result.kind === "timeout") return "timeout";
	if (result.kind === "success") return JSON.stringify(result.output);
	const { code, status, detail, message } = result.failure;
	return `${code} ${status} ${detail}: ${message}`;
}
