import type { Expression } from "../expressions/syntax.ts";
import type { Value } from "../model.ts";
import { keyOf, tryParse } from "./constants.ts";
import { assigned, isKnown, type Known } from "./known.ts";
import type { Owner } from "./steps.ts";

/** Whether a value may be NOT_SET where these variables are known to be set. */
export function mayBeNotSet(value: Value, known: Known, owner: Owner): boolean {
	if (value.kind !== "exp") return value.kind === "noValue";
	const expression = tryParse(value.exp);
	return expression !== undefined && nullable(expression, known, owner);
}

/** A conversion gives NOT_SET for NOT_SET; a choice, and a part of something, may be NOT_SET themselves. */
function nullable(expression: Expression, known: Known, owner: Owner): boolean {
	switch (expression.kind) {
		case "literal":
			return expression.type === "notSet";
		case "variable":
			return !isKnown(expression.name, known, owner);
		case "conditional":
			return nullable(expression.yes, known, owner) || nullable(expression.no, known, owner);
		case "call": {
			const name = expression.name.toLowerCase();
			const [first, ...rest] = expression.args;
			if (name === "if") return !guarded(expression.args, known, owner) && rest.some((each) => nullable(each, known, owner));
			if (mayFindNothing.has(name)) return true;
			return name.startsWith("to") && first !== undefined && nullable(first, known, owner);
		}
		case "index":
		case "property":
			return true;
		default:
			return false;
	}
}

/** Functions that give NOT_SET where they find nothing. */
const mayFindNothing: ReadonlySet<string> = new Set([
	"getat",
	"getjsonobjectproperty",
	"finduser",
	"findqueue",
	"findskill",
	"findlanguageskill",
]);

/** `If(IsSet(x), x, other)`. */
function guarded([condition, yes, no]: readonly Expression[], known: Known, owner: Owner): boolean {
	if (condition?.kind !== "call" || condition.name.toLowerCase() !== "isset" || yes === undefined || no === undefined) return false;
	const [guard] = condition.args;
	if (guard?.kind !== "variable") return false;
	return !nullable(yes, assigned(known, keyOf(guard.name, owner), true), owner) && !nullable(no, known, owner);
}
