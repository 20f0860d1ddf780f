import { type Typing, typeOf, type VariableTypes } from "../expressions/check.ts";
import type { Workflow } from "../model.ts";
import type { Owner } from "./rule.ts";
import { builtIns, visibleVariables } from "./scope.ts";

/** The typing of each expression where it stands, worked out once. */
export class Typings {
	readonly #workflow: Workflow;
	readonly #variables = new Map<Owner["sequence"], VariableTypes>();
	readonly #known = new Map<Owner["sequence"], Map<string, Typing>>();

	constructor(workflow: Workflow) {
		this.#workflow = workflow;
	}

	of(expression: string, owner: Owner): Typing {
		const known = this.#known.get(owner.sequence) ?? new Map<string, Typing>();
		this.#known.set(owner.sequence, known);
		const typing = known.get(expression) ?? typeOf(expression, this.#types(owner));
		known.set(expression, typing);
		return typing;
	}

	#types(owner: Owner): VariableTypes {
		const types = this.#variables.get(owner.sequence) ?? {
			...builtIns,
			...Object.fromEntries([...visibleVariables(this.#workflow, owner).values()].map(({ name, type }) => [name, type])),
		};
		this.#variables.set(owner.sequence, types);
		return types;
	}
}
