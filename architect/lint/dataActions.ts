import type { CallData } from "../model.ts";
import { allowedFor, list, remedyOfName } from "../names.ts";
import type { RuleId } from "../rules.ts";
import { type DataActionContract, finding, type Rule, type RuleFinding } from "./rule.ts";
import { visibleVariables } from "./scope.ts";
import { branchesOf, everyStep } from "./steps.ts";
import { failureOutputs } from "./usage.ts";

/** Calls say what follows on each of their three paths, and agree with the contract of their data action where it is known. */
export const dataActions: Rule = (subject) =>
	everyStep(subject.workflow).flatMap(({ action, owner }) => {
		if (action.kind !== "callData") return [];
		const key = `${action.category}/${action.dataAction}`;
		const contract = Object.hasOwn(subject.contracts, key) ? subject.contracts[key] : undefined;
		const variables = visibleVariables(subject.workflow, owner);
		return [
			...unhandled(action, subject.ours),
			...unknownNames(action, Object.keys(action.failureOutputs), Object.keys(failureOutputs), "contract-output", "failure output"),
			...(contract === undefined ? [] : [...inputs(action, contract), ...outputs(action, contract, variables)]),
		];
	});

function unhandled(action: CallData, ours: boolean): RuleFinding[] {
	const missing = branchesOf(action).filter((branch) => branch.actions === undefined || branch.actions.length === 0);
	if (missing.length === 0) return [];
	return [
		finding(
			action.place,
			"outputs-unhandled",
			`Expected "${action.name}" to handle success, failure and timeout, got no actions for ${list(missing.map((branch) => branch.name))}.`,
			"Give the path at least one action; without it the flow goes on as if nothing had happened.",
			ours ? "error" : "warning",
		),
	];
}

function unknownNames(action: CallData, names: readonly string[], allowed: readonly string[], rule: RuleId, what: string): RuleFinding[] {
	return names.flatMap((name) => {
		if (allowed.includes(name)) return [];
		const message = `Expected "${action.name}" to use a ${what} that ${action.dataAction} has, got "${name}"; allowed: ${allowedFor(name, allowed)}.`;
		return finding(
			action.place,
			rule,
			message,
			remedyOfName(name, allowed, "Correct the name, or change the contract of the data action."),
		);
	});
}

function inputs(action: CallData, contract: DataActionContract): RuleFinding[] {
	const missing = contract.required.filter((name) => (action.inputs[name] ?? { kind: "noValue" }).kind === "noValue");
	return [
		...unknownNames(action, Object.keys(action.inputs), Object.keys(contract.inputs), "contract-input", "input"),
		...missing.map((name) =>
			finding(
				action.place,
				"contract-required",
				`Expected "${action.name}" to give the required input "${name}", got ${list(Object.keys(action.inputs))}.`,
				"Give the input a value.",
			),
		),
	];
}

function outputs(action: CallData, contract: DataActionContract, variables: ReturnType<typeof visibleVariables>): RuleFinding[] {
	const wrong = Object.entries(action.successOutputs).flatMap(([path, name]) => {
		const given = contract.outputs[path];
		const variable = variables.get(name);
		if (given === undefined || variable === undefined || variable.type === given) return [];
		const message = `Expected the output "${path}" of "${action.name}" to be bound to a variable of type ${given}, got ${variable.name} of type ${variable.type}.`;
		return finding(action.place, "type", message, "Declare the variable with this type.");
	});
	return [
		...unknownNames(action, Object.keys(action.successOutputs), Object.keys(contract.outputs), "contract-output", "success output"),
		...wrong,
	];
}
