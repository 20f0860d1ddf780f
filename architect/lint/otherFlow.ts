import type { Action, Workflow } from "../model.ts";
import { counted } from "../names.ts";
import type { RuleId } from "../rules.ts";
import { tryParse } from "./constants.ts";
import { dataActions } from "./dataActions.ts";
import { expressions } from "./expressions.ts";
import { outputs } from "./outputs.ts";
import { references } from "./references.ts";
import { finding, type RuleFinding, type Subject } from "./rule.ts";
import { scopeOf } from "./scope.ts";
import { callsIn, everyStep, owners } from "./steps.ts";
import { Typings, variablesIn } from "./typings.ts";
import { valuesOf, writtenBy } from "./usage.ts";
import { variables } from "./variables.ts";

/** What may be right all the same in a flow whose type is not known in full: names that the platform gives it. */
const milder: ReadonlySet<RuleId> = new Set(["variable-undeclared", "variable-scope", "variable-read-only", "reference", "type"]);

/** What the rules find in a flow of another type, after what was looked at. */
export function otherFlowFindings(type: string, flow: Workflow, contracts: Subject["contracts"]): readonly RuleFinding[] {
	const workflow = withPlatformNames(flow);
	const subject = { workflow, contracts, ours: false, typings: new Typings(workflow) };
	const found = [references, outputs, variables, expressions, dataActions]
		.flatMap((rule) => rule(subject))
		.filter(({ rule }) => rule !== "start-up");
	const weighed = found.map((each): RuleFinding => (milder.has(each.rule) ? { ...each, severity: "warning" } : each));
	return [lookedAt(type, flow), ...eachFunctionOnce(weighed)];
}

const ownScopes: readonly string[] = ["flow", "state", "task"];

/** Names of other scopes (Call, Email, Message, Slot, …) are the platform's, and say nothing here. */
function withPlatformNames(flow: Workflow): Workflow {
	const steps = everyStep(flow).map(({ action }) => action);
	const used = steps.flatMap(valuesOf).flatMap(({ value }) => (value.kind === "exp" ? namesIn(value.exp) : []));
	const written = steps.flatMap(writtenBy).map(({ name }) => name);
	const declared = flow.variables.map(({ name }) => name);
	const isPlatforms = (name: string): boolean => !ownScopes.includes(scopeOf(name));
	const opaque = [...new Set([...used, ...written, ...declared].filter(isPlatforms))];
	return { ...flow, variables: flow.variables.filter(({ name }) => !isPlatforms(name)), opaque: [...(flow.opaque ?? []), ...opaque] };
}

function namesIn(text: string): readonly string[] {
	const expression = tryParse(text);
	return expression === undefined ? [] : variablesIn(expression);
}

/** Another type of flow has functions of its own: that one of them is not known here is told at its first use. */
function eachFunctionOnce(found: readonly RuleFinding[]): readonly RuleFinding[] {
	const seen = new Set<string>();
	return found.filter(({ rule, message }) => {
		if (rule !== "unknown-function") return true;
		const name = /got (\w+)/.exec(message)?.[1] ?? "";
		const isFirst = !seen.has(name);
		seen.add(name);
		return isFirst;
	});
}

function lookedAt(type: string, workflow: Workflow): RuleFinding {
	const steps = everyStep(workflow).map(({ action }) => action);
	const declared = [workflow, ...owners(workflow).map(({ sequence }) => sequence)].flatMap((each) => each.variables);
	const used = steps.flatMap(valuesOf).filter(({ value }) => value.kind === "exp");
	const checked = [
		counted(declared.length, "variable"),
		counted(used.length, "expression"),
		`${counted(callsIn(workflow).length, "call")} of data actions`,
	];
	const message = `Expected a flow of type workflow, got one of type ${type}: ${checked.join(", ")} and its references were checked; its settings, its paths and${othersText(steps)} were not.`;
	return finding(
		undefined,
		"flow-type",
		message,
		"Nothing is to be done: the platform checks the rest when the flow is published.",
		"warning",
	);
}

/** More kinds of actions than these in a message help nobody. */
const mostKinds = 5;

function othersText(steps: readonly Action[]): string {
	const kinds = Map.groupBy(
		steps.flatMap((action) => (action.kind === "unmodelled" && action.type !== "settings" ? [action.type] : [])),
		(type) => type,
	);
	const ranked = [...kinds].toSorted(([, a], [, b]) => b.length - a.length).map(([type, all]) => `${type} ${all.length}`);
	const more = ranked.length - mostKinds;
	const named = more > 0 ? `${ranked.slice(0, mostKinds).join(", ")} and ${more} more kinds` : ranked.join(", ");
	return ranked.length === 0 ? " its bounds" : ` what its other actions do (${named})`;
}
