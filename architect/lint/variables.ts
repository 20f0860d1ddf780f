import { elementOf, entityTypes } from "../expressions/values.ts";
import { isCollectionLiteral, isEntityLiteral, type Place, type Variable, type Workflow } from "../model.ts";
import { allowedFor, remedyOfName } from "../names.ts";
import { literal as readLiteral, textForms } from "../simulation/values.ts";
import { amountOf } from "./constants.ts";
import { finding, type Rule, type RuleFinding } from "./rule.ts";
import { builtIns, isOpaque, scopeOf, visibleVariables } from "./scope.ts";
import { everyStep, type Owner, owners } from "./steps.ts";
import { writtenBy } from "./usage.ts";

/** Variables are declared once, in their scope, with an initial value of their type; what is written is declared, visible and of the type given. */
export const variables: Rule = ({ workflow }) => [
	...declared(workflow.variables, "flow"),
	...owners(workflow).flatMap(({ kind, sequence }) => declared(sequence.variables, kind)),
	...everyStep(workflow).flatMap(({ action, owner }) =>
		writtenBy(action).flatMap(({ name, place, what, given }) => {
			const variable = visibleVariables(workflow, owner).get(name);
			if (variable === undefined && isOpaque(name, workflow, owner)) return [];
			if (variable === undefined) return undeclared(name, place, what, workflow, owner);
			if (given === undefined || given.includes(variable.type)) return [];
			return finding(
				place,
				"type",
				`Expected ${what} to write to a variable of type ${given[0]}, got ${variable.name} of type ${variable.type}.`,
				"Declare the variable with this type, or write to another one.",
			);
		}),
	),
];

/** Why a name cannot be used there: it is a platform variable, belongs to another state or task, or does not exist. */
export function undeclared(name: string, place: Place | undefined, what: string, workflow: Workflow, owner: Owner): RuleFinding {
	if (Object.hasOwn(builtIns, name.toLowerCase())) {
		return finding(
			place,
			"variable-read-only",
			`Expected ${what} to write to a variable of the flow, got ${name}, which the platform sets.`,
			"Use a variable of your own.",
		);
	}
	const elsewhere = ownersOf(workflow, name).find((other) => other.sequence !== owner.sequence);
	if (elsewhere !== undefined) {
		return finding(
			place,
			"variable-scope",
			`Expected ${what} to use a variable of the flow or of the ${owner.kind} "${owner.sequence.name}", got ${name} of the ${elsewhere.kind} "${elsewhere.sequence.name}".`,
			"Pass the value in a Flow variable, or declare the variable here as well.",
		);
	}
	const visible = visibleVariables(workflow, owner).names();
	return finding(
		place,
		"variable-undeclared",
		`Expected ${what} to use a declared variable, got ${name}; declared: ${allowedFor(name, visible)}.`,
		remedyOfName(name, visible, "Declare the variable, or correct its name."),
	);
}

const declarations = new WeakMap<Workflow, ReadonlyMap<string, readonly Owner[]>>();

/** The states and tasks that declare a variable of this name; worked out once for each workflow. */
function ownersOf(workflow: Workflow, name: string): readonly Owner[] {
	const known = declarations.get(workflow) ?? declarationsIn(workflow);
	declarations.set(workflow, known);
	return known.get(name.toLowerCase()) ?? [];
}

function declarationsIn(workflow: Workflow): ReadonlyMap<string, readonly Owner[]> {
	const found = new Map<string, Owner[]>();
	for (const owner of owners(workflow)) {
		for (const { name } of owner.sequence.variables) {
			const key = name.toLowerCase();
			found.set(key, [...(found.get(key) ?? []), owner]);
		}
	}
	return found;
}

function declared(of: readonly Variable[], scope: string): RuleFinding[] {
	const seen = new Set<string>();
	return of.flatMap((variable) => {
		const found: RuleFinding[] = [];
		const lower = variable.name.toLowerCase();
		if (seen.has(lower)) {
			found.push(
				finding(
					variable.place,
					"variable-duplicate",
					`Expected a variable that is declared once, got ${variable.name} again.`,
					"Remove one of the two.",
				),
			);
		}
		seen.add(lower);
		if (scopeOf(variable.name) !== scope || Object.hasOwn(builtIns, lower)) {
			const prefix = `${scope.slice(0, 1).toUpperCase()}${scope.slice(1)}.`;
			const message = `Expected the variables of a ${scope} to be named ${prefix}<name>, got ${variable.name}.`;
			found.push(finding(variable.place, "variable-scope", message, `Name it ${prefix}<name>, or declare it where it belongs.`));
		}
		if (!initialValueFits(variable)) {
			const message = `Expected the initial value of ${variable.name} to be of type ${variable.type}, got another literal.`;
			found.push(
				finding(
					variable.initialValue.place ?? variable.place,
					"type",
					message,
					"Write a literal of the variable's type, or noValue: true.",
				),
			);
		}
		return found;
	});
}

function initialValueFits({ type, initialValue }: Variable): boolean {
	return initialValue.kind !== "lit" || initialValue.open === true || literalFits(initialValue.lit, type);
}

/** A date-time literal is written as text, and so are a currency, a phone number and JSON; an integer is a decimal too. */
export function literalFits(literal: Extract<Variable["initialValue"], { kind: "lit" }>["lit"], type: Variable["type"]): boolean {
	if (isCollectionLiteral(literal)) {
		const element = elementOf(type);
		return element !== undefined && literal.every((each) => each === null || literalFits(each, element));
	}
	if (isEntityLiteral(literal)) return entityTypes.some((each) => each === type);
	if (typeof literal === "string") return type === "string" || isTextForm(literal, type);
	if (typeof literal === "boolean") return type === "boolean";
	if (typeof literal === "number") return type === "decimal" || (type === "integer" && Number.isInteger(literal));
	return type === "duration" && amountOf(literal) !== undefined;
}

function isTextForm(literal: string, type: Variable["type"]): boolean {
	if (!textForms.includes(type)) return false;
	try {
		return readLiteral(literal, type).content !== undefined || type === "json";
	} catch {
		return false;
	}
}
