import { type Typing, typeOf, type VariableTypes } from "../expressions/check.ts";
import { childrenOf, type Expression } from "../expressions/syntax.ts";
import type { Type } from "../expressions/values.ts";
import type { Workflow } from "../model.ts";
import { tryParse } from "./constants.ts";
import { builtIns, isOpaque, visibleVariables } from "./scope.ts";
import type { Owner } from "./steps.ts";

/** Of an expression that holds a placeholder outside of its texts, or an opaque variable, nothing can be said. */
const unknown: Typing = { type: undefined, findings: [], notSetUnsafe: [], knownSet: { whenTrue: [], whenFalse: [] } };
const texts = /"(?:[^"\\]|\\.)*"/g;

/** The typing of each expression where it stands, worked out once. */
export class Typings {
	readonly #workflow: Workflow;
	readonly #known = new Map<Owner["sequence"], Map<string, Typing>>();

	constructor(workflow: Workflow) {
		this.#workflow = workflow;
	}

	of(expression: string, owner: Owner): Typing {
		const known = this.#known.get(owner.sequence) ?? new Map<string, Typing>();
		this.#known.set(owner.sequence, known);
		const typing = known.get(expression) ?? this.#typing(expression, owner);
		known.set(expression, typing);
		return typing;
	}

	#typing(text: string, owner: Owner): Typing {
		if (text.includes("{{") && text.replace(texts, "").includes("{{")) return unknown;
		const expression = tryParse(text);
		if (expression === undefined) return typeOf(text, {});
		const names = variablesIn(expression);
		if (names.some((name) => isOpaque(name, this.#workflow, owner))) return unknown;
		// Only the variables that it names: the checker's work grows with what it is given.
		return typeOf(expression, this.#types(names, owner));
	}

	#types(names: readonly string[], owner: Owner): VariableTypes {
		const visible = visibleVariables(this.#workflow, owner);
		const found = names.flatMap((name): [string, Type][] => {
			const type = Object.hasOwn(builtIns, name.toLowerCase()) ? builtIns[name.toLowerCase()] : visible.get(name)?.type;
			return type === undefined ? [] : [[name, type]];
		});
		return Object.fromEntries(found);
	}
}

/** The names of the variables that an expression uses, each as often as it does. */
export function variablesIn(expression: Expression): string[] {
	return expression.kind === "variable" ? [expression.name] : childrenOf(expression).flatMap(variablesIn);
}
