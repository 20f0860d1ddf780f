import { fromJson } from "../expressions/exchange.ts";
import { type FlowValue, ValueError } from "../expressions/values.ts";
import type { Workflow } from "../model.ts";

/** Inputs that do not fit the flow's declared input variables; each problem says expected / got / allowed. */
export class InputError extends Error {
	readonly problems: readonly string[];
	constructor(problems: readonly string[]) {
		super(problems.join(" "));
		this.name = "InputError";
		this.problems = problems;
	}
}

/** The inputs of a launch by variable name in lower case; null and absent ones are left out. Throws InputError with every problem. */
export function readInputs(workflow: Workflow, inputs: Readonly<Record<string, unknown>>): ReadonlyMap<string, FlowValue> {
	const declared = workflow.variables.filter((variable) => variable.isInput);
	const problems: string[] = [];
	const values = new Map<string, FlowValue>();
	for (const [name, json] of Object.entries(inputs)) {
		const variable = declared.find((each) => each.name.toLowerCase() === name.toLowerCase());
		if (variable === undefined) {
			problems.push(
				`Expected an input variable of the flow, got "${name}"; allowed: ${declared.map((each) => each.name).join(", ") || "none"}.`,
			);
		} else if (values.has(variable.name.toLowerCase())) {
			problems.push(`Expected each input once, got ${variable.name} twice.`);
		} else {
			try {
				const value = fromJson(variable.type, json);
				if (value.content !== undefined) values.set(variable.name.toLowerCase(), value);
			} catch (error) {
				if (!(error instanceof ValueError)) throw error;
				problems.push(`${variable.name} (${variable.type}): ${error.message}.`);
			}
		}
	}
	if (problems.length > 0) throw new InputError(problems);
	return values;
}
