import { everyStep } from "../../architect/lint/steps.ts";
import type { CallData, Workflow } from "../../architect/model.ts";
import { readFlow } from "../../architect/read.ts";
import { prepare } from "../../architect/simulation/prepare.ts";
import { FlowRefused } from "../../architect/simulation/refusal.ts";
import { placeholders } from "../../architect/substitute.ts";
import { flatNames } from "./contract.ts";
import type { DataAction, State } from "./state.ts";

/** The workflow that a file would publish, or every reason why the publish job fails. */
export function checkFlow(state: State, text: string): { readonly workflow: Workflow } | { readonly problems: readonly string[] } {
	const left = placeholders(text);
	if (left.length > 0) return { problems: left.map((key) => `The placeholder {{${key}}} was not substituted.`) };
	const read = checkedText(text);
	if ("problems" in read) return read;
	const problems = [...calls(read.workflow).flatMap((call) => callProblems(state, call))];
	return problems.length > 0 ? { problems } : { workflow: read.workflow };
}

type Checked = { readonly workflow: Workflow } | { readonly problems: readonly string[] };

/** The last few texts: one world after another publishes the same file, and what a text says does not depend on the world. */
const checkedTexts = new Map<string, Checked>();
const keptTexts = 8;

function checkedText(text: string): Checked {
	const known = checkedTexts.get(text);
	if (known !== undefined) return known;
	const checked = checkText(text);
	for (const oldest of [...checkedTexts.keys()].slice(0, Math.max(0, checkedTexts.size - keptTexts + 1))) checkedTexts.delete(oldest);
	checkedTexts.set(text, checked);
	return checked;
}

function checkText(text: string): Checked {
	const read = readFlow(text, "flow.yaml");
	if ("findings" in read) return { problems: read.findings.map(({ line, rule, message }) => `line ${line}: ${rule}: ${message}`) };
	const problems = refusals(read.workflow);
	return problems.length > 0 ? { problems } : { workflow: read.workflow };
}

function refusals(workflow: Workflow): string[] {
	try {
		prepare(workflow);
		return [];
	} catch (error) {
		if (!(error instanceof FlowRefused)) throw error;
		return error.refusals.map(({ path, line, message }) => `${line === undefined ? "" : `line ${line}: `}${path}: ${message}`);
	}
}

function calls(workflow: Workflow): CallData[] {
	return everyStep(workflow).flatMap(({ action }) => (action.kind === "callData" ? [action] : []));
}

function callProblems(state: State, call: CallData): string[] {
	const line = call.place === undefined ? "" : `line ${call.place.line}: `;
	const action = findDataAction(state, call.category, call.dataAction);
	if (action === undefined) return [`${line}${call.name}: no data action "${call.dataAction}" in the category "${call.category}".`];
	const inputs = Object.keys(action.inputSchema.properties ?? {});
	const outputs = flatNames(action.successSchema);
	const unknownInputs = Object.keys(call.inputs).filter((name) => !inputs.includes(name));
	const unknownOutputs = Object.keys(call.successOutputs).filter((name) => !outputs.includes(name));
	return [
		...unknownInputs.map((name) => `${line}${call.name}: the data action has no input "${name}"; allowed: ${inputs.join(", ")}.`),
		...unknownOutputs.map((name) => `${line}${call.name}: the data action has no output "${name}"; allowed: ${outputs.join(", ")}.`),
	];
}

/** A workflow finds a data action by category (any case) and exact name; of two the older one. */
export function findDataAction(state: State, category: string, name: string): DataAction | undefined {
	return [...state.actions.values()].find((action) => action.category.toLowerCase() === category.toLowerCase() && action.name === name);
}
