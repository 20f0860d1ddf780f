import type { Problem } from "../expressions/errors.ts";
import { conversion } from "../expressions/implicit.ts";
import type { VariableType } from "../model.ts";
import { list } from "../names.ts";
import type { RuleId } from "../rules.ts";
import { finding, type Rule, type RuleFinding, type Subject } from "./rule.ts";
import { everyStep, type Owner, type Step } from "./steps.ts";
import { type UsedValue, valuesOf } from "./usage.ts";
import { literalFits, undeclared } from "./variables.ts";

/** Every expression parses, uses known functions and visible variables rightly, and every value is of the type that its place wants. */
export const expressions: Rule = (subject) =>
	everyStep(subject.workflow).flatMap((step) => used(step, subject).flatMap((value) => checkValue(value, step.owner, subject)));

/** The inputs of a call want what its contract says, where that is known. */
function used({ action }: Step, { contracts }: Subject): UsedValue[] {
	const values = valuesOf(action);
	if (action.kind !== "callData") return values;
	const contract = contracts[`${action.category}/${action.dataAction}`];
	if (contract === undefined) return values;
	return values.map((each) => {
		const name = Object.keys(action.inputs).find((input) => action.inputs[input] === each.value);
		const type = name === undefined ? undefined : contract.inputs[name];
		return type === undefined ? each : { ...each, wanted: [type] };
	});
}

function checkValue({ value, place, what, wanted, isInput = false }: UsedValue, owner: Owner, subject: Subject): RuleFinding[] {
	if (value.kind === "noValue") return [];
	if (value.kind === "lit") {
		if (wanted === undefined || value.open || wanted.some((type) => literalFits(value.lit, type))) return [];
		return [mistyped(place, what, wanted, "a literal of another type")];
	}
	const { type, findings } = subject.typings.of(value.exp, owner);
	if (findings.length > 0) return findings.map((problem) => findingOf(problem, place, what, owner, subject));
	if (wanted === undefined || type === undefined) return [];
	const ways = new Set(wanted.map((each) => conversion(type, each, isInput ? "input" : "other")));
	// What we compile says each cast itself.
	if (ways.has("none") || (ways.has("shown") && !subject.ours)) return [];
	const severity = ways.has("likely") && !subject.ours ? "warning" : "error";
	return [mistyped(place, what, wanted, `an expression of type ${type}`, severity)];
}

function mistyped(
	place: UsedValue["place"],
	what: string,
	wanted: readonly VariableType[],
	got: string,
	severity: RuleFinding["severity"] = "error",
): RuleFinding {
	return finding(
		place,
		"type",
		`Expected ${what} to be of type ${list(wanted)}, got ${got}.`,
		"Convert it (ToString, ToInt, …), or change the type.",
		severity,
	);
}

const rules: Readonly<Record<Problem["kind"], readonly [rule: RuleId, remedy: string]>> = {
	syntax: ["expression-syntax", "Correct the expression; strings are double-quoted, and/or are words."],
	"too-long": ["expression-syntax", "Split the expression over several updateData statements."],
	"too-deep": ["expression-syntax", "Split the expression over several updateData statements."],
	"unknown-function": [
		"unknown-function",
		"Correct its name; the functions that are known here are listed by `npm run evaluate -- --functions`.",
	],
	"unknown-variable": ["variable-undeclared", "Declare the variable, or correct its name."],
	"wrong-arity": ["arity", "Give the function the arguments of one of the forms."],
	"wrong-type": ["type", "Convert the arguments (ToString, ToInt, …)."],
	"not-set": ["not-set", "Guard it with IsSet."],
	"out-of-range": ["expression-syntax", "Use a number inside the platform's range."],
	"bad-cast": ["type", "Use a text that can be converted."],
	"division-by-zero": ["expression-syntax", "Divide by something else."],
};

const variableName = /got ([^\s;]+);/;

function findingOf(problem: Problem, place: UsedValue["place"], what: string, owner: Owner, { workflow, ours }: Subject): RuleFinding {
	const name = problem.kind === "unknown-variable" ? variableName.exec(problem.message)?.[1] : undefined;
	if (name !== undefined) return undeclared(name, place, what, workflow, owner);
	const [rule, remedy] = rules[problem.kind];
	// A function may be newer than this tool.
	const severity = problem.kind === "unknown-function" && !ours ? "warning" : "error";
	return finding(place, rule, `In ${what}, character ${problem.position}: ${problem.message}`, remedy, severity);
}
